"""Tables of published statistics: real figures, unlike those of a synthetic sample."""

import pandas as pd

from helpers.reporting.display import Text
from helpers.reporting.naming import call
from helpers.reporting.tables import Table
from helpers.reporting.words import p_cell, signed, whole


def published(tables: dict[str, pd.DataFrame]) -> Table | Text:
    """The published tables that were read: how many figures each holds, and where they were printed."""
    if not tables:
        return Text("The study has no published statistics.")
    rows = [(call({}, name), len(table), " ".join(table["source"].dropna().unique())) for name, table in tables.items()]
    return Table(pd.DataFrame(rows, columns=["Table", "Figures", "Source"]), "Published tables")


def official(frame: pd.DataFrame) -> Table | Text:
    """Tests of published tables: real figures, unlike those of a synthetic sample."""
    if frame.empty:
        return Text("No question was put to published statistics.")
    shown = pd.DataFrame({
        "Question": frame["question"], "Number": [whole(n) for n in frame["n"]], "Test": frame["test"],
        "Statistic": [_decimal(value) for value in frame["statistic"]],
        "Degrees of freedom": [_whole(value) for value in frame["df"]],
        "p": [p_cell(p) for p in frame["p_value"]], "Effect": frame["effect_name"],
        "Estimate": [_decimal(value) for value in frame["effect"]],
        "Lower bound": [_decimal(value) for value in frame["ci_low"]],
        "Upper bound": [_decimal(value) for value in frame["ci_high"]],
    })
    same = [head for head in ("Test", "Effect") if len(set(shown[head])) == 1]
    notes = [f"{head}: {shown[head].iloc[0]}" for head in same] + list(frame["caveat"].dropna().unique())
    return Table(shown.drop(columns=same), "Questions put to published statistics", notes=notes)


def _decimal(value) -> str:
    return "[x]" if pd.isna(value) else signed(value, 2)


def _whole(value) -> str:
    return "[x]" if pd.isna(value) else whole(value)
