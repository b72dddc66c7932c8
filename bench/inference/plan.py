"""The whole plan of the sample study through `compare_family`, all sensitivity analyses included."""

import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd

from helpers import extracts, study
from helpers.extracts import Loaded
from helpers.inference import compare_family

ROOT = Path(__file__).parents[2]


@cache
def _study() -> study.Study:
    return replace(study.open_study(ROOT / "study"), folder=ROOT / "study")


@cache
def _cleaned(extract: str) -> Loaded:
    found = extracts.clean(_study(), extract)
    return Loaded(found.table, found.missing, found.codebook)


def families() -> list[str]:
    """The plan's families, those that take longest first, so that two processes end together."""
    named = _study().plan.families
    return [family.name for family in sorted(named, key=lambda family: -len(family.outcomes) * len(family.contrasts))]


def seconds(family: str, times: int = 1) -> float:
    """What comparing a family takes, its extract cleaned beforehand and every record taken `times` over."""
    named = _study().family(family)
    frame = _study().extract(named.extract).frame
    loaded, listed = (_repeated(_cleaned(name), times) if name else None for name in (named.extract, frame))
    began = time.perf_counter()
    compare_family(_study(), named, loaded, listed)
    return time.perf_counter() - began


def _repeated(loaded: Loaded, times: int) -> Loaded:
    if times == 1:
        return loaded
    rows = np.tile(np.arange(len(loaded.table)), times)
    table, missing = (frame.iloc[rows].reset_index(drop=True) for frame in (loaded.table, loaded.missing))
    return Loaded(pd.DataFrame(table), pd.DataFrame(missing), loaded.codebook)


def in_processes(processes: int) -> tuple[float, dict[str, float]]:
    """Wall seconds of the whole plan in so many warm processes, and the seconds of each family."""
    with ProcessPoolExecutor(processes) as pool:
        list(pool.map(_warm, range(processes)))
        began = time.perf_counter()
        found = dict(zip(families(), pool.map(seconds, families()), strict=True))
        return time.perf_counter() - began, found


def _warm(_: int) -> None:
    """Everything cleaned, as it is when comparing begins."""
    for extract in _study().settings.extracts:
        _cleaned(extract)
    time.sleep(0.2)  # so that the pool gives each process its own share of these


def growth(times: tuple[int, ...] = (1, 10, 100), family: str = "relationships") -> Iterator[tuple[int, int, float]]:
    """(times, records, seconds) of one family as its records grow."""
    for each in times:
        yield each, each * len(_cleaned(_study().family(family).extract).table), seconds(family, each)
