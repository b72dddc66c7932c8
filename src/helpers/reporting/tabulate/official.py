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
    effects = list(frame["effect_name"].unique())
    shown = pd.DataFrame({
        "Question": frame["question"], "Number": [whole(n) for n in frame["n"]], "Effect": frame["effect_name"],
        "Estimate": [_decimal(value) for value in frame["effect"]],
        "Lower bound": [_decimal(value) for value in frame["ci_low"]],
        "Upper bound": [_decimal(value) for value in frame["ci_high"]],
        "p": [p_cell(p) for p in frame["p_value"]],
    })
    if len(effects) == 1:
        shown = shown.drop(columns="Effect").rename(columns={"Estimate": effects[0]})
    return Table(shown, "Questions put to published statistics",
                 notes=["Bounds are those of 95% intervals", _tests(frame), *frame["caveat"].dropna().unique()])


def _tests(frame: pd.DataFrame) -> str:
    """What only a statistician asks for: the tests, their statistics and degrees of freedom."""
    one = len(set(frame["test"])) == 1
    rows = [("" if one else f"{row.test} ") + _decimal(row.statistic)
            + (f" on {whole(row.df)} degrees of freedom" if pd.notna(row.df) else "") for row in frame.itertuples()]
    return (f"Test: {frame['test'].iloc[0]}, " if one else "Tests: ") + "; ".join(rows)


def _decimal(value) -> str:
    return "[x]" if pd.isna(value) else signed(value, 2)
