"""Ours, by its public door: `clean` and `save` on a study folder whose codebook says what the others say in code."""

import importlib
import shutil
import sys
import time
from pathlib import Path

from bench.cleaning.clock import Clock
from helpers import extracts, study

STUDY = Path(__file__).parent / "study"

# What a phase is timed by: functions that the door goes through, each once.
PHASES = {
    "read": ("helpers.extracts.clean", "receive"),
    "recode": ("helpers.extracts.cleaning.account", "_recoded"),
    "rules": ("helpers.extracts.cleaning.account", "_ruled"),
    "write": ("helpers.extracts", "save"),
}


def folder(source: Path, target: Path) -> Path:
    """The study folder made ready in the target, its one extract the source."""
    place = target / "study"
    shutil.copytree(STUDY, place)
    (place / "raw").mkdir()
    (place / "raw" / "survey.csv").symlink_to(source.resolve())
    return place


def timed(clock: Clock) -> None:
    """From here on each phase's function is timed; the time between them stays without a phase."""
    for phase, (module, name) in PHASES.items():
        place = importlib.import_module(module)
        setattr(place, name, _timed(getattr(place, name), phase, clock))


def _timed(function, phase: str, clock: Clock):
    def call(*given, **named):
        began = time.perf_counter()
        result = function(*given, **named)
        clock.add(phase, time.perf_counter() - began)
        return result
    return call


if __name__ == "__main__":
    place = folder(Path(sys.argv[1]), Path(sys.argv[2]))
    clock = Clock()
    timed(clock)
    opened = study.open_study(place)
    extracts.save(opened, "survey", extracts.clean(opened, "survey"))
    clock.tell()
