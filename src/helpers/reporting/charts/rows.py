"""What a forest shows: its rows, and what its axis means."""

import math
from dataclasses import dataclass

import pandas as pd

from helpers.reporting.words import lower_first

WITHHELD = "withheld [c]"
UNKNOWN = "not estimable [x]"
INTERVALS = "Points are estimates; lines are 95% intervals."


@dataclass(frozen=True)
class Row:
    """One row: where its point and interval stand (on the scale shown), what is written beside it."""

    label: str
    value: float = math.nan
    low: float = math.nan
    high: float = math.nan
    shown: str = ""  # "33 (28 to 38)", or why there is no point
    extra: str = ""  # adjusted p
    focus: bool = False
    cell: str | None = None
    heading: bool = False  # no number: a line over the rows that belong to it

    @property
    def empty(self) -> bool:
        return math.isnan(self.value)

    @property
    def bold(self) -> bool:
        return self.focus or self.heading

    @property
    def gid(self) -> str:
        """What its number is, for the gate."""
        return f"{'withheld ' if self.empty else ''}cell:{self.cell}" if self.cell else "withheld" * self.empty

    @property
    def said(self) -> str:
        return f"{self.label} {self.shown}".rstrip() + (f", {self.extra}" if self.extra else "")


@dataclass(frozen=True)
class Scale:
    """What the axis of a forest means."""

    title: str
    shown_heading: str
    extra_heading: str = ""
    none: float | None = None  # the no-difference line
    margin: float | None = None  # half the width of the band around it
    lower: str = ""
    higher: str = ""
    suffix: str = ""
    bounds: tuple[float, float] | None = None
    whole: float = 100  # where the axis ends that has no line of no difference


def said(rows: list[Row]) -> str:
    """The rows in words, for those who do not see them."""
    return "; ".join(row.said for row in rows) + "."


def chosen(frame: pd.DataFrame, outcome: str, family: str | None) -> pd.DataFrame:
    """The rows on one outcome, of one family where one is named."""
    here = frame[frame["outcome"] == outcome]
    return here[here["family"] == family] if family else here


def bounds(row, per: float = 100) -> tuple[float, float]:
    """The interval's ends as shown; both unknown where one is."""
    known = pd.notna(row.ci_low) and pd.notna(row.ci_high)
    return (per * float(row.ci_low), per * float(row.ci_high)) if known else (math.nan, math.nan)


def above(labels: dict[str, str], outcome: str) -> str:
    """What the upper answers to one outcome are called inside a sentence."""
    return lower_first(labels.get(f"{outcome}.above", "upper answers"))
