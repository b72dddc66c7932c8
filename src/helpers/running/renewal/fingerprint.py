"""All that a run's results follow from, as hashes: as long as they are the same, so is what the run would make."""

import hashlib
import importlib.metadata
import json
import os
import platform
import re
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from helpers.running.digest import digest, digests
from helpers.running.kernels.preload import modules_imported
from helpers.running.outcome import listed
from helpers.running.pipeline import declared, site
from helpers.running.pipeline.declared import LOCK
from helpers.running.pipeline.preflight import Prepared
from helpers.running.pipeline.runs import Run
from helpers.running.renewal.reach import Source

MOST = 3  # reasons of a kind that are spelt out


@dataclass(frozen=True)
class Fingerprint:
    """Hashes by name; `files` are what the run reads, as declared and as seen, seen from the folder that holds the
    study folder.
    """

    notebook: str
    parameters: dict
    declared: dict
    page: dict
    files: dict[str, str]
    code: dict[str, str]
    software: dict[str, str]

    def because(self, before: "Fingerprint") -> list[str]:
        """What has changed since, as phrases; none where nothing has."""
        reasons = ["the notebook changed"] if self.notebook != before.notebook else []
        reasons += _changes(before.parameters, self.parameters, _value)
        reasons += ["its lines in pipeline.toml changed"] if self.declared != before.declared else []
        reasons += _changes(before.files, self.files, _file)
        reasons += _changes(before.code, self.code, _file)
        reasons += _changes(before.software, self.software, _package)
        return reasons or (["what its page says of the study changed"] if self.page != before.page else [])


class Fingerprints:
    """Fingerprints of the runs of one pipeline, as things are when asked."""

    def __init__(self, prepared: Prepared, source: Source) -> None:
        self.prepared, self.study, self.source = prepared, prepared.study, source
        self.root = prepared.study.folder.resolve().parent
        self.software = software(self.root)
        self.by_gates = {place for run in prepared.runs if run.gate for place in places(run)}

    def of(self, run: Run, seen: Iterable[str]) -> Fingerprint:
        """The run's fingerprint now; `seen` names the files that its notebook was seen to open the last time."""
        return Fingerprint(
            notebook=notebook_digest(run.path),
            parameters=self.prepared.parameters[run.name],
            declared={"reads": list(run.reads), "writes": list(run.writes), "report": run.report, "gate": run.gate},
            page=site.page_metadata(self.study, run),
            files=self._files(run, seen),
            code=self.source.reach(modules_imported([run.path]), page=run.report is not None),
            software=self.software,
        )

    def _files(self, run: Run, seen: Iterable[str]) -> dict[str, str]:
        paths = {path.resolve() for pattern in run.reads for path in declared.read(self.study, pattern)}
        paths |= {path for name in seen if (path := self.root / name).is_file()}
        hashed = digests(paths, self.root)
        gone = {name: "" for name in seen if not (self.root / name).is_file()}
        if run.gate:
            hashed |= {f"staged/{name}": digest(path)
                       for name, path in declared.judged(self.study, self.by_gates).items()}
        return hashed | gone


def places(run: Run) -> list[str]:
    """Where in a release the files of a run lie: its page, if it makes one, and its executed notebook."""
    return [*([run.report] if run.report else []), f"internal/notebooks/{run.name}.ipynb"]


def notebook_digest(path: Path) -> str:
    """SHA-256 of the notebook as it is executed: outputs saved in it are no part of it."""
    content = json.loads(path.read_text(encoding="utf-8"))
    cells = [{key: value for key, value in cell.items() if key not in ("outputs", "execution_count")}
             for cell in content["cells"]]
    return hashlib.sha256(json.dumps(cells, sort_keys=True).encode()).hexdigest()


def software(root: Path) -> dict[str, str]:
    """Versions of Python and of every installed package, and the hash of the lock file beside the study folder."""
    lock = root / LOCK
    return {**({LOCK: digest(lock)} if lock.is_file() else {}), **packages()}


def packages() -> dict[str, str]:
    """Versions of Python and of every installed package, by the names of their folders: reading them takes longer."""
    found: dict[str, str] = {}
    for place in dict.fromkeys(sys.path):
        for name in os.listdir(place or ".") if Path(place or ".").is_dir() else ():  # noqa: PTH208
            if name.endswith(".dist-info"):
                found.setdefault(*name.removesuffix(".dist-info").rsplit("-", 1))  # the first is the one imported
    return {"Python": platform.python_version(), **dict(sorted(found.items()))}


def requirements() -> list[str]:
    """The packages that Throughcare itself names as needed, as in the names of their folders."""
    needed = [text for text in importlib.metadata.requires("throughcare") or [] if "extra ==" not in text]
    return [re.match(r"[\w.-]+", text)[0].replace("-", "_").lower() for text in needed]


def _changes(before: dict, now: dict, words) -> list[str]:
    """A phrase a name whose value has changed, come or gone; the rest of many counted."""
    phrases = [words(name, before.get(name), now.get(name)) for name in sorted({*before, *now})
               if before.get(name) != now.get(name)]
    return [listed(phrases, MOST)] if len(phrases) > MOST else phrases


def _file(name: str, before: str | None, now: str | None) -> str:
    return f"{name} {'is new' if not before else 'changed' if now else 'is gone'}"


def _value(name: str, before: object, now: object) -> str:
    return f"{name} is {now!r}, was {before!r}"


def _package(name: str, before: str | None, now: str | None) -> str:
    return _file(name, before, now) if name == LOCK else f"{name} is {now or 'gone'}, was {before or 'not there'}"
