"""What a kernel opens, seen by Python itself and told when the kernel ends.

Every kernel runs this file as it starts, by a line in its IPython profile: nothing of it stays in the notebook's names.
"""

import atexit
import json
import os
import sys
from collections.abc import Iterable
from pathlib import Path

TOLD = "opened-{}.json"  # by the kernel's process id
STARTUP = Path("profile_default", "startup", "opened.py")  # IPython runs what lies there


def watch(folder: str) -> None:
    """Note every file opened for reading from now on, and write their names into the folder at the end."""
    seen: dict[tuple[str, str], None] = {}

    def hook(event: str, words: tuple) -> None:
        if event == "open" and isinstance(words[0], (str, bytes, os.PathLike)) and not words[2] & os.O_WRONLY:
            seen[os.fsdecode(words[0]), os.getcwd()] = None  # noqa: PTH109

    def tell() -> None:
        names = sorted({os.path.realpath(os.path.join(place, name)) for name, place in list(seen)})  # noqa: PTH118
        Path(folder, TOLD.format(os.getpid())).write_text(json.dumps(names), encoding="utf-8")

    sys.addaudithook(hook)
    atexit.register(tell)


def install(folder: Path) -> None:
    """Have every kernel whose IPython folder this is watch itself."""
    startup = folder / STARTUP
    startup.parent.mkdir(parents=True, exist_ok=True)
    startup.write_text(f"__import__('runpy').run_path({__file__!r}, run_name='watch', "
                       f"init_globals={{'folder': {str(folder)!r}}})\n", encoding="utf-8")


def told(folder: Path, pid: int, root: Path, *, but: Iterable[Path]) -> list[str]:
    """Files below `root` that the ended kernel opened, seen from there: no software, nothing of `but` or in it."""
    told_in = folder / TOLD.format(pid)
    if not told_in.is_file():
        return []
    paths = {_source(Path(name)) for name in json.loads(told_in.read_text(encoding="utf-8"))}
    told_in.unlink()
    software = (sys.prefix, sys.base_prefix, Path(__file__).parents[2], folder)
    without, root = [Path(place).resolve() for place in (*software, *but)], root.resolve()
    return sorted(path.relative_to(root).as_posix() for path in paths
                  if path.is_relative_to(root) and path.is_file()
                  and not any(path.is_relative_to(place) for place in without))


def _source(path: Path) -> Path:
    """The module behind a compiled file."""
    if path.parent.name != "__pycache__":
        return path
    return path.parents[1] / f"{path.name.partition('.')[0]}.py"


if __name__ == "watch":
    watch(globals()["folder"])
