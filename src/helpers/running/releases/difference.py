"""What moved between two releases, and which input, parameter, package or line of code moved it."""

import json
import re
import subprocess
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from helpers.running.pipeline.order import overlap
from helpers.running.release import RECORD, latest
from helpers.running.releases import page_lines
from helpers.running.renewal.reach import PACKAGE
from helpers.study import InputFault, Study

HUNK = re.compile(r"^@@ -\S+ \+(\d+)(?:,(\d+))? @@", re.MULTILINE)


@dataclass(frozen=True)
class Moved:
    """One key figure before and after; None where it was not there."""

    name: str
    before: float | int | str | None
    after: float | int | str | None


@dataclass(frozen=True)
class RunDifference:
    """What of one run is otherwise: its key figures, the lines of its page (before, after), and what could have moved
    them, of its own or of what it reads.
    """

    run: str
    report: str
    figures: list[Moved]
    lines: list[tuple[str, str]]
    causes: list[str]


def release_folder(study: Study, name: str | None) -> Path:
    """The folder of a release by its name among the reports, or as given; of the latest where no name is."""
    if name is None:
        name = latest(study.reports)
        if name is None:
            raise InputFault(f"{study.reports.as_posix()}: no release has been published; `throughcare run` does.")
    return study.reports / name if (study.reports / name / RECORD).is_file() else Path(name)


def opened(place: Path) -> dict:
    """The record of the release in a folder; raises InputFault where there is none that this version understands."""
    try:
        told = json.loads((place / RECORD).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise InputFault(f"{place.as_posix()}: no release lies there; name one of the folders in reports.") from None
    if missing := {"files", "sources", "tables", "notebooks"} - set(told):
        raise InputFault(f"{place.as_posix()}: its record lacks {', '.join(sorted(missing))}: an earlier version wrote "
                         "it. Publish it again to compare it.")
    return told


class Releases:
    """Two releases by their folders, held against each other; `root` is where the study lies."""

    def __init__(self, before: Path, after: Path, root: Path) -> None:
        self.places, self.root = (before, after), root
        self.before, self.after = opened(before), opened(after)
        self.old, self.new = ({run["run"]: run for run in told["runs"]} for told in (self.before, self.after))

    def differences(self) -> list[RunDifference]:
        """Every run whose figures or page are otherwise, in the order of the later release; none where all is alike."""
        found = [self._of(name) for name in {**self.new, **self.old}]
        return [each for each in found if each.lines or each.figures]

    def _of(self, name: str) -> RunDifference:
        old, new = self.old.get(name, {}), self.new.get(name, {})
        before, after = (told.get("figures", {}) for told in (old, new))
        figures = [Moved(figure, before.get(figure), after.get(figure)) for figure in {**before, **after}
                   if before.get(figure) != after.get(figure)]
        report = new.get("report") or old.get("report") or ""
        changed = report and self.before["outputs"].get(report) != self.after["outputs"].get(report)
        lines = page_lines.moved(*(page_lines.lines(place / report, (told["release"], told["plan_hash"][:12]))
                                   for place, told in zip(self.places, (self.before, self.after), strict=True))
                                 ) if changed else []
        return RunDifference(name, report, figures, lines, self.causes(name) if figures or lines else [])

    def causes(self, name: str) -> list[str]:
        """Why a run could come out otherwise: what changed of its own, or of those whose tables it reads."""
        found, waiting = [], [name]
        for current in waiting:
            found += self._own(current)
            waiting += [other for other in self._read_from(current) if other not in waiting]
        return list(dict.fromkeys(found)) + self.software

    def _own(self, name: str) -> list[str]:
        if name not in self.old or name not in self.new:
            return [f"run {name} is {'new' if name in self.new else 'gone'}"]
        old, new = self.old[name], self.new[name]
        keys = {**old["parameters"], **new["parameters"]}
        causes = [f"parameter {key} of {name} is {new['parameters'].get(key)!r}, was {old['parameters'].get(key)!r}"
                  for key in keys if old["parameters"].get(key) != new["parameters"].get(key)]
        books = [told["notebooks"].get(new["notebook"], {}) for told in (self.before, self.after)]
        if books[0].get("digest") != books[1].get("digest"):
            causes.append(self._change(f"notebooks/{new['notebook']}.ipynb"))
        files = [file for file in dict.fromkeys([*old["reads"], *new["reads"]]) if not self._made(file)]
        causes += [self._change(file) for file in files if self._differ("files", file)]
        code = dict.fromkeys([*books[0].get("code", []), *books[1].get("code", [])])
        return causes + [self._change(file, PACKAGE.parent) for file in code if self._differ("sources", file)]

    def _read_from(self, name: str) -> list[str]:
        """The runs that write a table which this one reads and which is otherwise."""
        reads = {file for told in (self.old, self.new) for file in told.get(name, {}).get("reads", [])}
        changed = [file.removeprefix(f"{self.after['processed']}/").split(".")[0] for file in sorted(reads)
                   if self._made(file) and self._differ("tables", file)]
        return [run for run, told in {**self.old, **self.new}.items() if run != name
                and any(overlap(f"processed/{table}", pattern) for table in changed for pattern in told["writes"])]

    def _made(self, file: str) -> bool:
        """Whether the file is a table that a run made."""
        return file in self.before["tables"] or file in self.after["tables"]

    def _differ(self, kind: str, name: str) -> bool:
        return self.before[kind].get(name) != self.after[kind].get(name)

    @property
    def committed(self) -> bool:
        """Whether both releases were made from committed code, so that lines can be told."""
        return all((told["code"] or {}).get("clean") for told in (self.before, self.after))

    @cached_property
    def software(self) -> list[str]:
        """Packages whose versions differ, as phrases."""
        old, new = ({"Python": told["software"]["python"], **told["software"]["packages"]}
                    for told in (self.before, self.after))
        return [f"{name} is {new.get(name, 'gone')}, was {old.get(name, 'not there')}"
                for name in {**old, **new} if old.get(name) != new.get(name)]

    def _change(self, file: str, below: Path | None = None) -> str:
        """A phrase for a changed file, with its lines where both releases were made from committed code."""
        lines = self._lines((below or self.root) / file)
        return f"{file} changed{f', {lines}' if lines else ''}"

    def _lines(self, path: Path) -> str:
        if not self.committed:
            return ""
        commits = [told["code"]["commit"] for told in (self.before, self.after)]
        done = subprocess.run(["git", "diff", "--unified=0", *commits, "--", str(path)],
                              cwd=self.root, capture_output=True, text=True)
        spans = [(int(first), int(count or 1)) for first, count in HUNK.findall(done.stdout)]
        told = [f"{first} to {first + count - 1}" if count > 1 else str(first) for first, count in spans[:5]]
        return f"line{'s' * (len(told) > 1 or 'to' in told[0])} {', '.join(told)}" if told else ""
