"""Numbers that are followed from night to night and from release to release: told to the record, shown to nobody."""

from dataclasses import dataclass

import pandas as pd

from helpers.reporting.measures import MEASURES
from helpers.reporting.naming import call

MIME = "application/vnd.throughcare.figures+json"  # what the record of a run is made of
CLAIM = "Claim: "  # begins the name of a verdict
LEFT_OUT = {"exclude": "left out", "quarantine": "set aside"}
UNUSED = {"answered", "not_asked"}  # not_asked is the instrument's doing and no gap


@dataclass(frozen=True)
class KeyFigures:
    """Numbers, or words such as a verdict, by name."""

    values: dict[str, float | int | str]

    def _repr_mimebundle_(self, include=None, exclude=None):
        return {MIME: self.values, "text/plain": f"{len(self.values)} key figures for the record."}


def of_cleaning(title: str, ledger: pd.DataFrame, missing: pd.DataFrame) -> KeyFigures:
    """The quality of an extract's data: rows received, kept, set aside and left out, per cent of answers missing.

    `ledger` and `missing` are as extracts gives them, a row a rule and a row a column.
    """
    caught = ledger.groupby("severity")["rows_caught"].sum()
    gaps = missing.drop(columns=["column", "label"])
    asked = gaps.drop(columns="not_asked", errors="ignore").to_numpy().sum()
    empty = gaps.drop(columns=list(UNUSED), errors="ignore").to_numpy().sum()
    figures = {"rows received": int(ledger["rows_left"].iloc[0]), "rows kept": int(ledger["rows_left"].iloc[-1]),
               **{f"rows {words}": int(caught.get(severity, 0)) for severity, words in LEFT_OUT.items()},
               "answers missing, per cent": round(100 * float(empty) / float(asked), 1) if asked else 0.0}
    return KeyFigures({f"{title}: {name}": value for name, value in figures.items()})


def of_release(claims: pd.DataFrame, comparisons: pd.DataFrame, labels: dict[str, str]) -> KeyFigures:
    """The verdict on every claim, and effect, interval and adjusted p of every comparison, as they are published.

    What is protected or could not be estimated is left out.
    """
    figures: dict[str, float | str] = {f"{CLAIM}{row.sentence}": row.verdict for row in claims.itertuples()}
    for row in comparisons[comparisons["effect"].notna()].itertuples():
        measure = MEASURES[row.effect_name]
        name = (f"{call(labels, row.family)}: {call(labels, row.outcome)}, {call(labels, row.group)} and "
                f"{call(labels, row.reference)}")
        figures[f"{name}: {measure.heading.lower()}"] = _number(measure.value(row.effect))
        if pd.notna(row.ci_low):
            figures[f"{name}: interval"] = measure.interval(row.ci_low, row.ci_high)
        if pd.notna(row.p_adjusted):
            figures[f"{name}: adjusted p"] = float(row.p_adjusted)
    return KeyFigures(figures)


def _number(shown: str) -> float | str:
    """The number that a page shows, on the page's scale; its text where that is more than a number."""
    try:
        return float(shown.replace("\N{MINUS SIGN}", "-"))
    except ValueError:
        return shown
