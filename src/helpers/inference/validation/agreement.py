"""Agreement with R: every number of the reference cases, and how far the package's own is from it."""

import json
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

import pandas as pd

from helpers.inference.validation.reference_procedures import BY_FAMILY


@dataclass(frozen=True)
class Deviation:
    """One number of a case. `expected` is None where R gives none."""

    place: str
    got: float | None
    expected: float | None
    within: bool  # the tolerance that the case states

    @property
    def relative(self) -> float:
        """The deviation relative to what R gives; NaN where that is zero or nothing."""
        if not self.expected or self.got is None:
            return math.nan
        return abs(self.got - self.expected) / abs(self.expected)

    @property
    def absolute_from_zero(self) -> float:
        """The deviation where R gives zero; NaN elsewhere."""
        return abs(self.got) if self.expected == 0 and self.got is not None else math.nan

    def __str__(self) -> str:
        got = self.got if self.got is None else float(self.got)
        return f"{self.place}: {got!r}, expected {'nothing' if self.expected is None else repr(self.expected)}"


def reference_cases(path: Path | None = None) -> list[dict]:
    """The cases computed by R that are kept with the package, or those of another file of the same form."""
    place = path or files("helpers.inference.validation") / "reference_cases.json"
    return json.loads(place.read_text(encoding="utf-8"))


def deviations(case: dict, procedures: Mapping[str, Callable] = BY_FAMILY) -> list[Deviation]:
    """Every number of one case against the package's own; KeyError for a family or a key that nobody answers for."""
    got = procedures[case["family"]](case["input"], case["options"])
    tolerances = case.get("abs_tol") or {}
    return [each for key, expected in case["expected"].items()
            for each in _held(got(key), expected, key, case["rel_tol"], tolerances.get(key))]


def _held(got, expected, place: str, rel_tol: float, abs_tol: float | None) -> list[Deviation]:
    if isinstance(expected, dict):
        return [each for key, value in expected.items()
                for each in _held(got[key], value, f"{place}[{key}]", rel_tol, abs_tol)]
    if isinstance(expected, list):
        if len(got) != len(expected):
            return [Deviation(f"{place}, how many", len(got), len(expected), False)]
        return [each for row, value in enumerate(expected)
                for each in _held(got[row], value, f"{place}[{row}]", rel_tol, abs_tol)]
    if expected is None:
        return [Deviation(place, got, None, got is None or math.isnan(got))]
    absolute = abs_tol if abs_tol is not None else (1e-12 if expected == 0 else 0.0)
    return [Deviation(place, got, expected, bool(abs(got - expected) <= max(rel_tol * abs(expected), absolute)))]


def agreement(cases: list[dict]) -> pd.DataFrame:
    """A row a family: cases, numbers held against R's, those beyond their tolerance, and the largest deviations.

    `largest_relative` is over numbers that R gives as other than zero, `largest_from_zero` over those it gives as
    zero (NaN where there are none); `allowed` is the widest relative tolerance of the family's cases.
    """
    every = [(case["family"], case["id"], case["rel_tol"], each) for case in cases for each in deviations(case)]
    numbers = pd.DataFrame({
        "family": [family for family, *_ in every], "case": [case for _, case, *_ in every],
        "allowed": [rel_tol for *_, rel_tol, _ in every], "beyond": [not each.within for *_, each in every],
        "relative": [each.relative for *_, each in every], "from_zero": [each.absolute_from_zero for *_, each in every],
    }).astype({"relative": float, "from_zero": float})
    return numbers.groupby("family", sort=True).agg(
        cases=("case", "nunique"), numbers=("case", "size"), beyond_tolerance=("beyond", "sum"),
        largest_relative=("relative", "max"), largest_from_zero=("from_zero", "max"), allowed=("allowed", "max"),
    ).reset_index()
