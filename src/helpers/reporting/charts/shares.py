"""Charts of shares with their intervals: care groups, and published statistics."""

from functools import partial

import pandas as pd

from helpers.reporting.charts.forest import forest
from helpers.reporting.charts.rows import INTERVALS, WITHHELD, Row, Scale, above, bounds, chosen, said
from helpers.reporting.charts.sheet import chart
from helpers.reporting.display import Chart, Text
from helpers.reporting.naming import call
from helpers.reporting.words import percent


def groups(shares: pd.DataFrame, outcome: str, labels: dict[str, str], *, focus: str | None = None,
           family: str | None = None) -> Chart | Text:
    """Each care group's share of one outcome over all partnerships, with its interval; `focus` is set apart."""
    here = chosen(shares, outcome, family)
    if "partnership" in here:
        here = here[here["partnership"] == "all"]
    here = here.drop_duplicates("group")
    if here.empty:
        return Text(f"No share by care group is published on “{call(labels, outcome)}”.")
    rows = [_share_row(row, call(labels, row.group, row.family), row.group == focus) for row in here.itertuples()]
    title = f"{call(labels, outcome)}: {above(labels, outcome)}, per cent"
    return _shares(rows, title, f"Shares of {len(rows)} groups. ")


def official(shares: pd.DataFrame, labels: dict[str, str]) -> Chart | Text:
    """The shares of published tables (release table `official_shares`) with intervals, each under its question."""
    if shares.empty:
        return Text("The published tables hold no share to show.")
    rows = []
    for name, part in shares.groupby("name", sort=False):
        rows.append(Row(call(labels, name), heading=True))
        rows += [_share_row(row, call(labels, row.row), False) for row in part.itertuples()]
    return _shares(rows, "Per cent", f"Published shares, {len(shares)} rows. ")


def _share_row(row, name: str, focus: bool) -> Row:
    cell = getattr(row, "cell", None)
    if pd.isna(row.share):
        if getattr(row, "shown", "[c]") == "[z]":
            return Row(name, shown="nobody rated [z]", focus=focus)
        return Row(name, shown=WITHHELD, focus=focus, cell=cell)
    interval = "" if pd.isna(row.ci_low) else f" ({percent(row.ci_low)} to {percent(row.ci_high)})"
    return Row(name, 100 * row.share, *bounds(row), percent(row.share) + interval, "", focus, cell)


def _shares(rows: list[Row], title: str, opening: str) -> Chart:
    draw = partial(forest, rows, Scale(title=title, shown_heading="Per cent", suffix="%"))
    focused = [row.label for row in rows if row.focus]
    apart = f" {focused[0]} is the diamond." if focused else ""
    return chart(draw, f"{opening}{title}. {said(rows)}", INTERVALS + apart)
