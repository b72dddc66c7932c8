"""Each kind of effect: the scale readers see it on, its words, and the value that means no difference."""

from dataclasses import dataclass

import pandas as pd

from helpers.reporting.words import signed


@dataclass(frozen=True)
class Measure:
    """How one kind of effect is shown: times 100 (pairs in 100, points, percent), but for those in their own unit."""

    heading: str  # over a column of numbers
    axis: str  # under a chart; {group} and {reference} are filled in
    none: float | None  # no difference, on the scale shown
    lower: str  # what values below `none` say
    higher: str
    decimals: int = 0
    suffix: str = ""
    per: float = 100  # what the effect is multiplied by to be shown

    @property
    def no_difference(self) -> float | None:
        """No difference, on the scale of the effect."""
        return None if self.none is None else self.none / self.per

    def value(self, effect: float) -> str:
        """The effect as shown."""
        return signed(self.per * effect, self.decimals) + self.suffix

    def interval(self, low: float, high: float) -> str:
        """The interval as shown, "28 to 38", or "interval not estimable"."""
        if pd.isna(low) or pd.isna(high):
            return "interval not estimable"
        return f"{self.value(low)} to {self.value(high)}"


MEASURES = {
    "theta": Measure("Pairs in 100", "Of 100 pairs, those in which {group} has the higher rating (ties shared)", 50,
                     "{group} rated lower", "{group} rated higher"),
    "risk difference": Measure("Percentage points", "{group} minus {reference}, percentage points", 0,
                               "{group} lower", "{group} higher"),
    "D": Measure("In 100 answers", "Surplus in 100 answers of “{group}” rated higher over rated lower", 0,
                 "{group} rated lower", "{group} rated higher"),
    "mean difference": Measure("Difference of means", "{group} minus {reference}, difference of means", 0,
                               "{group} lower", "{group} higher", decimals=1, per=1),
    "Cramér's V": Measure("Cramér’s V", "Strength of the association, Cramér’s V", None, "", "", decimals=2, per=1),
    "share": Measure("Per cent", "", None, "", "", suffix="%"),
    "share a year": Measure("Points a year", "Change a year, percentage points", 0, "falling", "rising", decimals=1),
}


def measure(effect_name: str) -> Measure:
    """The measure of that name; raises KeyError for an effect the contract does not know."""
    return MEASURES[effect_name]


def only_measure(rows: pd.DataFrame) -> Measure:
    """The measure all rows share; raises ValueError where effects of several kinds would stand on one axis."""
    names = rows["effect_name"].dropna().unique()
    if len(names) != 1:
        raise ValueError(f"one axis shows one kind of effect, not {list(names)}")
    return measure(names[0])


def withheld(row) -> bool:
    """Whether disclosure control took the effect away: its counts are gone as well."""
    return pd.isna(row.effect) and pd.isna(row.n_group)
