"""Shares over years as small multiples: one panel a series, the first and the last value written on the line."""

import pandas as pd

from helpers.reporting import theme
from helpers.reporting.charts.axis import Axis, axis_over
from helpers.reporting.charts.forest import LEADING, PHONE, WIDE
from helpers.reporting.charts.pen import Pen, fold
from helpers.reporting.display import Chart, Text
from helpers.reporting.words import percent

PLOT = 120  # height of one panel's plot


def trends(frame: pd.DataFrame) -> Chart | Text:
    """The share of each series by year (release table `trends`); years whose share is withheld are left open."""
    if frame.empty:
        return Text("No series over the years is published here.")
    series = [(part["title"].iloc[0], part.sort_values("year", kind="stable")) for _, part in
              frame.groupby("series", sort=False)]
    said = "; ".join(f"{title}: " + ", ".join(f"{row.year} {_said(row.share)}" for row in part.itertuples())
                     for title, part in series)
    caption = "Every panel has its own scale and starts at zero."
    return Chart(_draw(series, WIDE), f"Shares by year. {said}.", caption, _draw(series, PHONE))


def _said(share: float) -> str:
    return "withheld [c]" if pd.isna(share) else percent(share, 1)


def _draw(series: list, width: int) -> str:
    pen, columns = Pen(width), 2 if width == WIDE else 1
    gap = 40
    panel = (width - gap * (columns - 1)) / columns
    y = 0.0
    for start in range(0, len(series), columns):
        together = series[start:start + columns]
        titles = [fold(title, panel) for title, _ in together]
        top = y + max(map(len, titles)) * LEADING + 34
        for index, ((_, part), title) in enumerate(zip(together, titles, strict=True)):
            left = index * (panel + gap)
            pen.lines(left, y + 16, title, bold=True)
            _panel(pen, part, left, left + panel, top)
        y = top + PLOT + 52
    return pen.svg(y - 18)


def _panel(pen: Pen, part: pd.DataFrame, left: float, right: float, top: float) -> None:
    years = list(part["year"])
    last = float(years[-1]) if len(years) > 1 else float(years[0]) + 1
    across = Axis(float(years[0]), last, left + 22, right - 26, ())
    up = axis_over([0.0, *(100 * part["share"].dropna())], top + PLOT, top, most=4, bounds=(0, 100))
    pen.line(left, top + PLOT, right, top + PLOT, colour=theme.HAIRLINE)
    pen.text(right, top + PLOT - 6, "0%", anchor="end", colour=theme.QUIET)
    known = part[part["share"].notna()]
    places = [(across.at(float(row.year)), up.at(100 * row.share)) for row in known.itertuples()]
    for run in _unbroken(part, across, up):
        pen.path(run, colour=theme.DARK_BLUE, role="line")
    for x, y in places:
        pen.mark(x, y, "circle", colour=theme.DARK_BLUE, size=4.5)
    for row in part[part["share"].isna()].itertuples():
        pen.centred(across.at(float(row.year)), top + PLOT - 8, "[c]", colour=theme.QUIET, role="withheld")
    for place, row in zip(places, known.itertuples(), strict=True):
        if row.year in (known["year"].iloc[0], known["year"].iloc[-1]):
            pen.centred(place[0], place[1] - 13, percent(row.share, 1), bold=True)
    for year in (years if len(years) <= 2 else [years[0], years[-1]]):
        pen.centred(across.at(float(year)), top + PLOT + 22, year)


def _unbroken(part: pd.DataFrame, across: Axis, up: Axis) -> list[list[tuple[float, float]]]:
    """The line in stretches without a withheld year."""
    runs, current = [], []
    for row in part.itertuples():
        if pd.isna(row.share):
            runs, current = [*runs, current], []
        else:
            current = [*current, (across.at(float(row.year)), up.at(100 * row.share))]
    return [run for run in [*runs, current] if len(run) > 1]
