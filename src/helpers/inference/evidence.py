"""What bears on one claim, and its figures in words."""

from dataclasses import dataclass

import pandas as pd

from helpers.extracts import open_codebook
from helpers.inference.rows import NO_DIFFERENCE
from helpers.study import Claim, Study

AGES = "ages_16_plus"  # the sensitivity analysis that guards a claim against age

# How an effect is worded, and its numbers' scale and decimals.
WORDS = {
    "theta": ("a chance of {} of being rated higher", 1, 2),
    "risk difference": ("a difference of {} percentage points", 100, 1),
    "D": ("a surplus (D) of {}", 1, 2),
    "share": ("{} per cent", 100, 1),
    "share a year": ("{} percentage points a year", 100, 2),
}


@dataclass(frozen=True)
class Evidence:
    """The claim's main rows, those of ages 16 and over, and those of the partnerships.

    Figures in words are effects and intervals; how many people stand behind them is for the protected tables to say.
    """

    study: Study
    claim: Claim
    rows: pd.DataFrame
    older: pd.DataFrame
    areas: pd.DataFrame

    @property
    def row(self) -> pd.Series:
        """The only row, of rules that rest on one."""
        return self.rows.iloc[0]

    @property
    def none(self) -> float:
        """The effect where there is no difference."""
        return NO_DIFFERENCE[self.row["effect_name"]]

    @property
    def margin(self) -> float:
        return self.study.family(self.claim.family).margin

    @property
    def alpha(self) -> float:
        return self.study.plan.alpha

    @property
    def partnerships(self) -> int:
        return len(self.study.settings.partnerships)

    def figure(self, row: pd.Series) -> str:
        """The estimate with its interval, in the unit of its effect."""
        words, scale, decimals = WORDS[row["effect_name"]]

        def number(value: float) -> str:
            return f"{scale * value:.{decimals}f}".replace("-", "\N{MINUS SIGN}")

        if pd.isna(row["effect"]):
            return "not estimable"
        if pd.isna(row["ci_low"]):
            return f"{words.format(number(row['effect']))} (interval not estimable)"
        even = "; 0.50 is no difference" if row["effect_name"] == "theta" else ""
        interval = f"{100 * (1 - self.alpha):.3g}% interval {number(row['ci_low'])} to {number(row['ci_high'])}"
        return f"{words.format(number(row['effect']))} ({interval}{even})"

    def about(self, row: pd.Series) -> str:
        """Who is compared with whom, in the study's words."""
        return f"{self._called(row['group'])} against {self._called(row['reference'])}"

    def _called(self, group: str) -> str:
        family = self.study.family(self.claim.family)
        if family.design != "independent":
            return group.replace("_", " ")
        if family.by == "care_group":
            return self.study.label(group).lower()
        return open_codebook(self.study, family.extract).answers(family.by).get(group, group.replace("_", " ")).lower()


def percent(value: float) -> str:
    return f"{100 * value:.3g} per cent"


def among(count: int, size: int, word: str) -> str:
    """"3 of 4 comparisons"."""
    return f"{count} of {size} {word}{'' if size == 1 else 's'}"
