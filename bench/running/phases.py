"""Where the time of a run goes: its timeline in the driver, and seconds of the workers by phase."""

import json
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median

from bench.running.clocked import FILE
from bench.running.sample import copied
from bench.running.trial import run
from bench.running.workload import laid_out

COMMAND = (sys.executable, "-m", "bench.running.clocked", "run")
TIMELINE = ("study opened", "runs prepared", "data checked", "worker ready", "trial", "first run", "last run",
            "pipeline", "all")
INSIDE = ("kernel asked for", "channels", "kernel waited for", "cells", "kernel ended", "staged")


def phases(rounds: int) -> None:
    """Print the phases of the fixed workload and of the sample study."""
    for name, lay_out in (("The fixed workload", laid_out), ("The sample study", copied)):
        told = [_told(lay_out) for _ in range(rounds)]
        print(f"{name}, medians of {rounds}:")
        print("\n".join(_lines(told)), flush=True)


def _told(lay_out: Callable[[Path], Path]) -> list[dict]:
    """What all processes of one run told, times counted from its start."""
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as beside:
        file, place = Path(beside, "told"), lay_out(Path(folder))
        began = time.time()
        run(COMMAND, place, **{FILE: str(file), "CLOCKED_FROM": str(began)})
        lines = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    return [line | {"began": line["began"] - began, "ended": line["ended"] - began} for line in lines]


def _lines(told: list[list[dict]]) -> Iterator[str]:
    yield "  seconds after the start:"
    stretches = [_timeline(lines) for lines in told]
    for phase in (phase for phase in TIMELINE if all(phase in stretch for stretch in stretches)):
        began, ended = (median(stretch[phase][place] for stretch in stretches) for place in (0, 1))
        yield f"    {phase:24} {began:6.2f} to {ended:6.2f}"
    spent = [_spent(lines) for lines in told]
    runs = int(median(each["runs"] for each in spent))
    yield f"  seconds of workers in {runs} runs, and a run:"
    for phase in ("run", *INSIDE, "the rest"):
        seconds = median(each[phase] for each in spent)
        yield f"    {phase:24} {seconds:6.2f} {seconds / runs:8.3f}"


def _timeline(lines: list[dict]) -> dict[str, tuple[float, float]]:
    """From when to when each phase lasted, that of several processes from the first to the last."""
    found: dict[str, list[dict]] = defaultdict(list)
    for line in lines:
        found[line["phase"]].append(line)
    runs = sorted(found["run"], key=lambda line: line["began"])
    found |= {"first run": runs[:1], "last run": runs[-1:]}
    return {phase: (min(line["began"] for line in own), max(line["ended"] for line in own))
            for phase, own in found.items()}


def _spent(lines: list[dict]) -> dict[str, float]:
    """Seconds of all workers by phase; those of the trial, which is no run, left out."""
    trial = [line for line in lines if line["phase"] == "trial"]
    own = [line for line in lines if not any(each["process"] == line["process"] and each["began"] <= line["began"]
                                             and line["ended"] <= each["ended"] for each in trial)]
    spent: dict[str, float] = defaultdict(float)
    for line in own:
        spent[line["phase"]] += line["ended"] - line["began"]
    spent["runs"] = sum(line["phase"] == "run" for line in own)
    spent["the rest"] = spent["run"] - sum(spent[phase] for phase in INSIDE)
    return spent
