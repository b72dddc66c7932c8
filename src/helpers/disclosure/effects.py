"""Comparison rows made publishable: what rests on a withheld number goes with it, what is left is rounded."""

import re

import pandas as pd

from helpers.disclosure import cells as written
from helpers.disclosure.cells import EVERYWHERE, cell_id
from helpers.disclosure.protected import Protected
from helpers.study import Family, Study

PEOPLE = ["n_group", "n_reference", "missing_group", "missing_reference"]
FINDINGS = ["statistic", "p_value", "p_adjusted", "effect", "ci_low", "ci_high"]
HALVES = {"independent": ("above", "below"), "prevalence": (), "paired": ("first_higher", "same", "second_higher")}


def publishable_rows(study: Study, protected: Protected, rows: pd.DataFrame) -> pd.DataFrame:
    """The rows with NA where a number rests on a withheld one, everything else in published precision.

    A row without its effect has no numbers of people either: that is how a reader tells withheld from not estimable.
    """
    places = rows["partnership"] if "partnership" in rows else pd.Series(EVERYWHERE, rows.index)
    analyses = rows["analysis"] if "analysis" in rows else pd.Series("main", rows.index)
    minimum = study.settings.disclosure.minimum_base
    standing = [study.family(name).standing for name in rows["family"]]
    judged = [_Row(study.family(row.family), row, place, analysis, protected, minimum)
              for row, place, analysis in zip(rows.itertuples(index=False), places, analyses, strict=True)]
    gone = pd.Series([row.gone for row in judged], rows.index, dtype=bool)
    beside = pd.Series([row.beside_withheld for row in judged], rows.index, dtype=bool)
    local = gone | (places != EVERYWHERE)
    rounded = _rounded(rows)
    masked = rounded.assign(**{name: rounded[name].mask(gone) for name in FINDINGS})
    masked = masked.assign(**{name: masked[name].astype("Int64").mask(gone) for name in PEOPLE})
    # How many did not answer is told for all partnerships together alone.
    masked = masked.assign(**{name: masked[name].mask(local) for name in PEOPLE[2:]})
    # Which strata told nothing, and an exact statistic, speak of single partnerships: not beside withheld counts.
    telling = beside & masked["note"].str.contains(_names(study), regex=True)
    partial = gone | (beside & (masked["strata_used"] < len(study.settings.partnerships)) & (places == EVERYWHERE))
    masked = masked.assign(statistic=masked["statistic"].mask(beside), test=masked["test"].mask(gone, ""),
                           note=masked["note"].mask(telling | gone, pd.Series(standing, rows.index)),
                           strata_used=masked["strata_used"].astype("Int64").mask(partial))
    for name in ("p_value", "p_adjusted"):
        coarse = [row.p(p) for row, p in zip(judged, rows[name], strict=True)]
        masked[name] = pd.Series(coarse, rows.index, dtype="float64").mask(gone)
    # Holm over partnerships: the adjusted p of one tells the rank of a withheld other.
    return masked.assign(p_adjusted=masked["p_adjusted"].mask(beside & (places != EVERYWHERE)))


def _names(study: Study) -> str:
    partnerships = study.settings.partnerships
    return "|".join(re.escape(name) for name in (*partnerships, *partnerships.values()))


def _rounded(rows: pd.DataFrame) -> pd.DataFrame:
    yearly, rounded = rows["effect_name"] == "share a year", {}
    for name in ("effect", "ci_low", "ci_high"):
        fine, usual = rows[name].round(written.YEARLY_DECIMALS), rows[name].round(written.EFFECT_DECIMALS)
        rounded[name] = fine.where(yearly, usual)
    rounded["statistic"] = rows["statistic"].round(written.STATISTIC_DECIMALS)
    return rows.assign(**rounded)


class _Row:
    """One comparison row beside the cells it rests on."""

    def __init__(self, family: Family, row, place: str, analysis: str, protected: Protected,
                 minimum: int) -> None:
        self.family, self.row, self.place, self.analysis = family, row, place, analysis
        self.protected, self.minimum = protected, minimum

    @property
    def gone(self) -> bool:
        """Whether the finding rests on a number that is withheld, or on too few people."""
        return self._too_few() or bool(self.protected.telling.intersection(self._rests_on()))

    def p(self, p_value: float) -> float:
        """The p-value in the most decimals that tell no withheld count; NaN where any would."""
        pair = f"{self.row.group}-{self.row.reference}"
        for decimals in written.P_DECIMALS:
            if self._cell(pair, f"p{decimals}") not in self.protected.gone:
                return written.rounded_p(p_value, decimals) if p_value == p_value else p_value
        return float("nan")

    @property
    def beside_withheld(self) -> bool:
        """Whether any partnership's count of this outcome is withheld."""
        return (self.family.name, self.row.outcome) in self.protected.outcomes_with_withheld

    def _too_few(self) -> bool:
        if self.family.design == "trend":  # sums of yearly returns, no group of people
            return False
        people = [self.row.n_group, *([self.row.n_reference] if self.row.reference else [])]
        return any(n < self.minimum for n in people)

    def _rests_on(self) -> list[str]:
        sides = {"independent": [self.row.group, self.row.reference], "prevalence": [self.row.group],
                 "paired": ["all"], "trend": []}[self.family.design]
        answers = ["base", "share", *(HALVES.get(self.family.design, ()) if self.place != EVERYWHERE else ())]
        if self.family.design == "paired":
            answers = ["base", *HALVES["paired"]]
        cells = [self._cell(side, answer) for side in sides for answer in answers]
        if self.family.design == "independent":
            cells.append(self._cell(f"{self.row.group}-{self.row.reference}", "effect"))
        if self.analysis != "main":  # the same people or part of them: what is withheld of the main analysis binds too
            cells += [cell_id(self.family.name, self.row.outcome, self.place, side, "share") for side in sides]
        return cells

    def _cell(self, group: str, answer: str) -> str:
        return cell_id(self.family.name, self.row.outcome, self.place, group, answer, self.analysis)
