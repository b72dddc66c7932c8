"""Shares over years as small multiples: one panel a series, the first and the last value written on the line."""

from functools import partial

import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from helpers.reporting import theme
from helpers.reporting.charts.points import round_steps
from helpers.reporting.charts.sheet import LEADING, WIDE, Sheet, chart, fold
from helpers.reporting.display import Chart, Text
from helpers.reporting.words import percent

PLOT = 120  # height of one panel's plot
GAP = 40  # between panels
INSET = 24  # of the first and the last year from the panel's ends


def trends(frame: pd.DataFrame) -> Chart | Text:
    """The share of each series by year (release table `trends`); years whose share is withheld are left open."""
    if frame.empty:
        return Text("No series over the years is published here.")
    series = [(part["title"].iloc[0], part.sort_values("year", kind="stable")) for _, part in
              frame.groupby("series", sort=False)]
    told = "; ".join(f"{title}: " + ", ".join(f"{row.year} {_said(row.share)}" for row in part.itertuples())
                     for title, part in series)
    return chart(partial(_draw, series), f"Shares by year. {told}.",
                 "Every panel has its own scale and starts at zero.")


def _said(share: float) -> str:
    return "withheld [c]" if pd.isna(share) else percent(share, 1)


def _draw(series: list[tuple[str, pd.DataFrame]], width: int) -> Figure:
    sheet, columns = Sheet(width), 2 if width == WIDE else 1
    panel = (width - GAP * (columns - 1)) / columns
    y, placed, grounds = 0.0, [], []
    for start in range(0, len(series), columns):
        together = series[start:start + columns]
        titles = [fold(title, panel, bold=True) for title, _ in together]
        bottom = y + max(map(len, titles)) * LEADING + 34 + PLOT
        for index, ((_, part), title) in enumerate(zip(together, titles, strict=True)):
            left = index * (panel + GAP)
            sheet.write(left, y + 16, title, bold=True)
            placed.append(_placed(part, left, left + panel, bottom).assign(series=len(placed)))
            _words(sheet, placed[-1], left, left + panel, bottom)
            grounds.append((bottom, left, left + panel))
        y = bottom + 52
    axes = sheet.panel(0, width, 0, y, across=(0, width))  # all series at once: a panel each takes four times as long
    axes.spines["bottom"].set_visible(False)
    axes.hlines(*zip(*grounds, strict=True), color=theme.HAIRLINE, linewidth=1, clip_on=False)
    _lines(axes, pd.concat(placed))
    return sheet.close(y - 18)


def _placed(part: pd.DataFrame, left: float, right: float, bottom: float) -> pd.DataFrame:
    """The series with the place of every year on the sheet: from zero to a round share, a stretch a line."""
    years = part["year"].astype(float)
    across = (years - years.iloc[0]) / max(years.iloc[-1] - years.iloc[0], 1)
    highest = min(round_steps(0, 100 * max(part["share"].max(), 0.001), 4)[-1], 100)
    # A withheld year begins another stretch.
    return part.assign(x=left + INSET + across * (right - left - 2 * INSET), stretch=part["share"].isna().cumsum(),
                       y=bottom - PLOT * 100 * part["share"] / highest)


def _words(sheet: Sheet, part: pd.DataFrame, left: float, right: float, bottom: float) -> None:
    """The first and last value over their points, the first and last year under the ground, and what is withheld."""
    known = part[part["share"].notna()]
    sheet.write(right, bottom - 6, "0%", anchor="right", colour=theme.QUIET)
    for anchor, edge, years, values in (("left", left, part.head(1), known.head(1)),
                                        ("right", right, part.tail(len(part) > 1), known.tail(len(known) > 1))):
        for row in years.itertuples():
            sheet.write(edge, bottom + 22, str(row.year), anchor=anchor)
        for row in values.itertuples():
            at_edge = row.year in (part["year"].iloc[0], part["year"].iloc[-1])
            sheet.write(edge if at_edge else row.x, row.y - 13, percent(row.share, 1), bold=True,
                        anchor=anchor if at_edge else "center")
    for row in part[part["share"].isna()].itertuples():
        sheet.write(row.x, bottom - 8, "[c]", anchor="center", colour=theme.QUIET, gid="withheld")


def _lines(axes: Axes, placed: pd.DataFrame) -> None:
    known = placed[placed["share"].notna()]
    if known.empty:
        return
    sns.lineplot(known, x="x", y="y", units=known["series"].astype(str) + " " + known["stretch"].astype(str),
                 estimator=None, color=theme.DARK_BLUE, linewidth=2.5, marker="o", markersize=9, markeredgewidth=0,
                 clip_on=False, gid="line", ax=axes)
    axes.set(xlabel="", ylabel="")
