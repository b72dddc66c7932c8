"""pipeline.toml as typed objects: which notebook runs with which values, what it reads, writes and reports."""

import os
import re
from collections import Counter
from dataclasses import dataclass
from itertools import product
from pathlib import Path

from pydantic import Field

from helpers.running.pipeline.order import circle, overlap
from helpers.study import InputFault, Strict, Study, nearest, read_toml

Value = str | int | float | bool
SOURCES = ("raw/", "published/", "processed/", "staged/")


class Entry(Strict):
    """One [[runs]] of pipeline.toml, as written."""

    notebook: str
    each: dict[str, list[Value]] = {}
    reads: list[str] = []
    writes: list[str] = []
    report: str | None = None
    gate: bool = False
    timeout_minutes: float | None = Field(default=None, gt=0, allow_inf_nan=False)  # the file's, unless it has its own


class PipelineFile(Strict):
    """pipeline.toml, whole."""

    notebooks: str = "../notebooks"  # where notebooks lie, relative to the study folder
    timeout_minutes: float = Field(default=120, gt=0, allow_inf_nan=False)  # a night is over by then; none takes long
    runs: list[Entry] = Field(min_length=1)


@dataclass(frozen=True)
class Run:
    """One notebook with one set of values: placeholders filled in."""

    name: str
    notebook: str
    path: Path
    values: dict[str, Value]
    reads: tuple[str, ...]
    writes: tuple[str, ...]
    report: str | None
    gate: bool
    timeout_minutes: float


def open_pipeline(study: Study) -> list[Run]:
    """Every run of the study's pipeline.toml, in the order written; raises InputFault with all its faults at once."""
    file = study.folder / "pipeline.toml"
    content = read_toml(file, PipelineFile)
    notebooks = study.folder / content.notebooks
    faults = _unfillable(content.runs)
    if not faults:
        runs = [run for entry in content.runs for run in _expanded(entry, notebooks, content.timeout_minutes)]
        faults = [*_names(runs), *_notebooks(runs), *_values(runs, study), *_reads(runs, study), *_writes(runs),
                  *_reports(runs), *_gates(runs)]
        faults += [] if faults else _circles(runs)
    if faults:
        raise InputFault([f"{file.as_posix()}, {fault}" for fault in faults])
    return runs


def _expanded(entry: Entry, notebooks: Path, timeout_minutes: float) -> list[Run]:
    """One run for every combination of the entry's `each`."""
    runs = []
    for combination in product(*entry.each.values()):
        values = dict(zip(entry.each, combination, strict=True))
        inner = ",".join(re.sub(r"[/\\:]", "-", str(value)) for value in combination)  # files are named so
        runs.append(Run(
            name=f"{entry.notebook}[{inner}]" if inner else entry.notebook,
            notebook=entry.notebook,
            path=notebooks / f"{entry.notebook}.ipynb",
            values=values,
            reads=tuple(text.format(**values) for text in entry.reads),
            writes=tuple(text.format(**values) for text in entry.writes),
            report=entry.report.format(**values) if entry.report else None,
            gate=entry.gate,
            timeout_minutes=entry.timeout_minutes or timeout_minutes,
        ))
    return runs


def _unfillable(entries: list[Entry]) -> list[str]:
    """Placeholders no `each` fills, and lists of `each` that are empty."""
    faults = []
    for entry in entries:
        faults += [f"run '{entry.notebook}': each.{key} lists no value, so nothing would run; add values or remove it."
                   for key, values in entry.each.items() if not values]
        for text in [*entry.reads, *entry.writes, *([entry.report] if entry.report else [])]:
            if re.search(r"[{}]", re.sub(r"\{\w+\}", "", text)):
                faults.append(f"run '{entry.notebook}': '{text}' has a brace that is no placeholder's; remove it.")
            faults += [f"run '{entry.notebook}': '{text}' names {{{key}}}, which `each` does not give; "
                       + nearest(key, entry.each)
                       for key in re.findall(r"\{(\w+)\}", text) if key not in entry.each]
    return faults


def _names(runs: list[Run]) -> list[str]:
    counts = Counter(run.name for run in runs)
    return [f"run '{name}': declared {times} times; every run needs a notebook and values of its own."
            for name, times in counts.items() if times > 1]


def _notebooks(runs: list[Run]) -> list[str]:
    faults = []
    for notebook, path in {run.notebook: run.path for run in runs}.items():
        if not path.is_file():
            folder = Path(os.path.normpath(path.parent)).as_posix()
            faults.append(f"run '{notebook}': no notebook {path.name} in {folder}; "
                          + nearest(notebook, sorted(file.stem for file in path.parent.glob("*.ipynb"))))
    return faults


def _values(runs: list[Run], study: Study) -> list[str]:
    """Values of `each` that the study or its plan does not have, and planned families that no run compares."""
    faults = [f"run '{run.name}': {key} {words}" for run in runs for key, value in run.values.items()
              if (words := study.objection(key, value))]
    compared = {run.values["family"] for run in runs if "family" in run.values}
    if compared:
        faults += [f"family '{name}' of plan.toml is in no `each`: a planned comparison may not be left out; add it."
                   for name in (family.name for family in study.plan.families) if name not in compared]
    return faults


def _reads(runs: list[Run], study: Study) -> list[str]:
    written = [pattern for run in runs for pattern in run.writes]
    faults = []
    for run in runs:
        for pattern in run.reads:
            kind, _, rest = pattern.partition("/")
            if not pattern.startswith(SOURCES):
                faults.append(f"run '{run.name}': reads '{pattern}'; a name begins with {', '.join(SOURCES)}.")
            elif kind == "raw" and not rest.endswith("*") and rest not in study.settings.extracts:
                faults.append(f"run '{run.name}': reads '{pattern}', which is no extract of study.toml; "
                              + nearest(rest, study.settings.extracts))
            elif kind == "published" and study.published is None:
                faults.append(f"run '{run.name}': reads '{pattern}', but study.toml has no data.published; add it.")
            elif kind == "staged" and not run.gate:
                faults.append(f"run '{run.name}': reads '{pattern}', as only a gate may; remove it or add gate = true.")
            elif kind == "processed" and not any(overlap(pattern, other) for other in written):
                faults.append(f"run '{run.name}': reads '{pattern}', which no run writes; {nearest(pattern, written)}")
    return faults


def _writes(runs: list[Run]) -> list[str]:
    faults = [f"run '{run.name}': writes '{pattern}'; a notebook writes below processed/ only."
              for run in runs for pattern in run.writes if not pattern.startswith("processed/") or ".." in pattern]
    for place, run in enumerate(runs):
        for other in runs[place + 1:]:
            faults += [f"runs '{run.name}' and '{other.name}': both write '{theirs}'; give each its own."
                       for mine in run.writes for theirs in other.writes if overlap(mine, theirs)]
    return faults


def _reports(runs: list[Run]) -> list[str]:
    faults, owner = [], {}
    for run in runs:
        if run.report is None:
            continue
        if not re.fullmatch(r"(public|internal)/[\w.-]+\.html", run.report) or run.report.endswith("/index.html"):
            faults.append(f"run '{run.name}': report '{run.report}' is no page; write public/NAME.html or "
                          "internal/NAME.html (index.html is the list of pages).")
        if run.report in owner:
            faults.append(f"runs '{owner[run.report]}' and '{run.name}': both make '{run.report}'; give each its own.")
        owner[run.report] = run.name
    return faults


def _gates(runs: list[Run]) -> list[str]:
    """A pipeline without a gate, or a gate whose own page would go out unseen by any gate."""
    if not any(run.gate for run in runs):
        return ["no run has gate = true, so nothing decides whether the staged files may be published; add the gate."]
    return [f"run '{run.name}': a gate's page is made after the scan, so it stays internal; write internal/NAME.html."
            for run in runs if run.gate and run.report and run.report.startswith("public/")]


def _circles(runs: list[Run]) -> list[str]:
    found = circle(runs)
    return [f"runs wait for each other in a circle: {' → '.join(found)}; cut one of the reads."] if found else []
