"""The package source that a notebook can reach: every module its cells import, and what those import in turn."""

import ast
import hashlib
import json
from collections.abc import Iterable
from functools import cached_property
from importlib.metadata import entry_points
from pathlib import Path

import helpers

PACKAGE = Path(helpers.__file__).parent
EXECUTING = ("helpers.running.executing.execute", "helpers.running.executing.worker", "helpers.running.kernels.warm")
NOT_FOLLOWED = PACKAGE / "running" / "__init__.py"  # it names the driver, too, on which no result depends
EXPORTERS, EXPORTER = "nbconvert.exporters", "throughcare"  # named, so that running knows nothing of reporting


class Source:
    """The package's files as they are now. What a file imports is remembered on disk by its contents."""

    def __init__(self, remembered: Path) -> None:
        self.remembered = remembered
        self.digests: dict[str, str] = {}  # by path seen from the package
        self.reached: dict[tuple[str, ...], dict[str, str]] = {}

    def reach(self, names: Iterable[str], *, page: bool) -> dict[str, str]:
        """SHA-256 by path of the files behind the names imported, and behind the making of a page where there is one.

        Data files of the packages reached count too, such as templates.
        """
        wanted = tuple(sorted({*names, *EXECUTING, *([_exporter()] if page else [])}))
        if wanted not in self.reached:
            modules = self._modules(wanted)
            files = {*modules, *(file for module in modules for file in _beside(module))}
            self.reached[wanted] = {_name(file): self._digest(file) for file in sorted(files)}
        return self.reached[wanted]

    def save(self) -> None:
        """Remember on disk what was parsed."""
        self.remembered.parent.mkdir(parents=True, exist_ok=True)
        new = self.remembered.with_suffix(".new")
        new.write_text(json.dumps(self._imports, sort_keys=True), encoding="utf-8")
        new.replace(self.remembered)

    @cached_property
    def _imports(self) -> dict[str, list[str]]:
        """Names imported, by the digest of the module that imports them."""
        try:
            return json.loads(self.remembered.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}

    def _modules(self, names: Iterable[str]) -> set[Path]:
        found, waiting = set(), [file for name in names for file in _files(name)]
        while waiting:
            file = waiting.pop()
            if file not in found and file != NOT_FOLLOWED:
                found.add(file)
                waiting += [other for name in self._imported(file) for other in _files(name)]
        return found

    def _imported(self, file: Path) -> list[str]:
        digest = self._digest(file)
        if digest not in self._imports:
            self._imports[digest] = sorted(_imported(file))
        return self._imports[digest]

    def _digest(self, file: Path) -> str:
        name = _name(file)
        if name not in self.digests:
            self.digests[name] = hashlib.sha256(file.read_bytes()).hexdigest()
        return self.digests[name]


def source_digest() -> str:
    """One hash of the whole package."""
    files = sorted(file for file in PACKAGE.rglob("*") if file.is_file() and "__pycache__" not in file.parts)
    return hashlib.sha256(b"".join(_name(file).encode() + file.read_bytes() for file in files)).hexdigest()


def _exporter() -> str:
    return next(iter(entry_points(group=EXPORTERS, name=EXPORTER))).module


def _files(name: str) -> list[Path]:
    """The files of the package that importing the name runs: the module and every __init__ above it; none of others."""
    first, *parts = name.split(".")
    if first != PACKAGE.name:
        return []
    files, place = [PACKAGE / "__init__.py"], PACKAGE
    for part in parts:
        place = place / part
        if (module := place.with_suffix(".py")).is_file():
            return [*files, module]
        if not (package := place / "__init__.py").is_file():
            return files  # a name inside the last module
        files.append(package)
    return files


def _beside(module: Path) -> list[Path]:
    """The data files that lie in a module's package, or in folders of it that are no packages."""
    found = []
    for path in module.parent.iterdir() if module.name == "__init__.py" else ():
        if path.is_dir() and path.name != "__pycache__" and not (path / "__init__.py").exists():
            found += [file for file in path.rglob("*") if file.is_file()]
        elif path.is_file() and path.suffix != ".py":
            found.append(path)
    return found


def _imported(file: Path) -> set[str]:
    """Absolute names that a module imports, wherever in it: those of modules, and those that may be one in a package.
    """
    names: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:  # the linter forbids relative ones
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith("import_module"):  # at first use
            names |= {word.value for word in node.args if isinstance(word, ast.Constant)}
    return {name for name in names if name.split(".")[0] == PACKAGE.name}


def _name(file: Path) -> str:
    return file.relative_to(PACKAGE.parent).as_posix()
