"""What the last good run of each notebook made, kept with its fingerprint, so that it need not be made again.

It lies in data/processed, as restricted as the tables there, and may be deleted: then everything runs.
"""

import json
import shutil
from dataclasses import asdict, dataclass, field
from pathlib import Path

from helpers.running.digest import digest, digests
from helpers.running.outcome import Outcome
from helpers.running.pipeline.declared import written
from helpers.running.pipeline.runs import Run
from helpers.running.renewal.fingerprint import Fingerprint, places
from helpers.running.storage import write_json

FOLDER = ".kept"


@dataclass(frozen=True)
class Kept:
    """The last good run of a notebook. `made` are SHA-256 of its files in the release by place; `tables` of those in
    data/processed by path below it; `seen` are the files it was seen to open.
    """

    fingerprint: Fingerprint
    made: dict[str, str]
    tables: dict[str, str]
    seen: list[str]
    warnings: int = 0
    figures: dict = field(default_factory=dict)


class Shelf:
    """The kept runs of a study, by the name of the run."""

    def __init__(self, processed: Path) -> None:
        self.processed, self.folder = processed, processed / FOLDER

    def last(self, run: Run) -> Kept | None:
        """The last good run; None where there is none, or another version wrote it."""
        try:
            plain = json.loads(self._file(run).read_text(encoding="utf-8"))
            return Kept(Fingerprint(**plain.pop("fingerprint")), **plain)
        except (OSError, ValueError, TypeError, KeyError):
            return None

    def spoilt(self, run: Run, kept: Kept) -> str:
        """What of the run's own files is no longer as it left them, as a phrase; empty where all are."""
        tables = self._tables(run)
        for name in sorted({*tables, *kept.tables}):
            if tables.get(name) != kept.tables.get(name):
                return f"its table {name} {'is gone' if name not in tables else 'changed'}"
        copies = {self._copy(run, place): before for place, before in kept.made.items()}
        good = all(path.is_file() and digest(path) == before for path, before in copies.items())
        return "" if good else "its kept page is gone or changed"

    def keep(self, run: Run, fingerprint: Fingerprint, outcome: Outcome, staged: Path) -> None:
        """Keep what a good run made, to be found whole or not at all."""
        self._file(run).unlink(missing_ok=True)
        made = {}
        for place in places(run):
            copy = self._copy(run, place)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(staged / place, copy)
            made[place] = digest(copy)
        write_json(self._file(run), asdict(Kept(fingerprint, made, self._tables(run), list(outcome.seen),
                                                  outcome.warnings, outcome.figures)))

    def stage(self, run: Run, kept: Kept, staged: Path) -> None:
        """Put what was kept where a run would."""
        for place in kept.made:
            target = staged / place
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(self._copy(run, place), target)

    def _tables(self, run: Run) -> dict[str, str]:
        paths = {path for pattern in run.writes for path in written(self.processed, pattern)}
        return digests(paths, self.processed)

    def _file(self, run: Run) -> Path:
        return self.folder / f"{run.name}.json"

    def _copy(self, run: Run, place: str) -> Path:
        return self.folder / f"{run.name}{Path(place).suffix}"
