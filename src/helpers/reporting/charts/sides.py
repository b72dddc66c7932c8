"""Two groups side by side in one partnership: one pair of points an outcome."""

import math

import pandas as pd

from helpers.reporting import theme
from helpers.reporting.charts.axis import Axis
from helpers.reporting.charts.forest import LEADING, PHONE, WIDE
from helpers.reporting.charts.pen import Pen, fold, text_width
from helpers.reporting.display import Chart, Text
from helpers.reporting.naming import call
from helpers.reporting.words import percent

TICKS = (0, 25, 50, 75, 100)
MARKS = (("diamond", theme.FOCUS), ("circle", theme.OTHER))  # the group, and whom it is compared with


def sides(shares: pd.DataFrame, partnership: str, labels: dict[str, str], *, group: str, reference: str,
          family: str | None = None) -> Chart | Text:
    """Shares of `group` (diamonds) and `reference` (circles) in one partnership, an outcome a row.

    Protected shares are not drawn, and the row says so. A Text where nothing is published.
    """
    here = shares[(shares["partnership"] == partnership) & shares["group"].isin([group, reference])]
    here = (here[here["family"] == family] if family else here).drop_duplicates(["outcome", "group"])
    if here.empty:
        return Text(f"Nothing is published on the two groups in {call(labels, partnership)}.")
    rows = [(call(labels, outcome), _one(here, outcome, group), _one(here, outcome, reference))
            for outcome in here["outcome"].unique()]
    heads = _family_heads(here, labels)
    names = tuple(call(labels, side, here["family"].iloc[0]) for side in (group, reference))
    alt = f"{call(labels, partnership)}, shares of {names[0]} and {names[1]}. " + "; ".join(
        f"{label}: {names[0]} {_said(first)}, {names[1]} {_said(second)}" for label, first, second in rows) + "."
    caption = f"Diamonds: {names[0]}. Circles: {names[1]}. Lines are 95% intervals."
    return Chart(_draw(rows, names, heads, WIDE), alt, caption, _draw(rows, names, heads, PHONE))


def _family_heads(here: pd.DataFrame, labels: dict[str, str]) -> dict[int, str]:
    """Before which row a family starts, and its title; none where all rows are of one family."""
    first = here.drop_duplicates("outcome")["family"].reset_index(drop=True)
    starts = first[first != first.shift()]
    return {place: call(labels, name) for place, name in starts.items()} if len(starts) > 1 else {}


def _one(frame: pd.DataFrame, outcome: str, group: str):
    found = frame[(frame["outcome"] == outcome) & (frame["group"] == group)]
    return next(found.itertuples(), None)


def _known(row) -> bool:
    return row is not None and not pd.isna(row.share)


def _said(row) -> str:
    return percent(row.share) if _known(row) else "withheld [c]"


def _draw(rows: list, names: tuple[str, str], heads: dict[int, str], width: int) -> str:
    pen, wide = Pen(width), width == WIDE
    label = min(max(text_width(name) for name, *_ in rows) + 24, 230) if wide else 0
    axis = Axis(0, 100, label or 12, width - (116 if wide else 12), TICKS)
    _key(pen, names, axis, wide)
    y = 36.0 if wide else 56.0
    for place, (name, first, second) in enumerate(rows):
        if place in heads:
            pen.text(0, y + 30, heads[place], bold=True)
            y += 40
        lines = fold(name, label - 16 if wide else PHONE - 130)
        height = max(56, len(lines) * LEADING + 20) if wide else len(lines) * LEADING + 52
        middle = y + height / 2 if wide else y + height - 26
        pen.lines(0, middle + 6 - (len(lines) - 1) * LEADING / 2 if wide else y + 16, lines)
        for row, offset, (shape, colour) in ((first, -9, MARKS[0]), (second, 9, MARKS[1])):
            _point(pen, row, middle + offset, shape, colour, axis)
        _written(pen, first, second, middle if wide else y + 11, width, wide)
        y += height
        pen.line(0, y, width, y, colour=theme.BAND)
    _ticks(pen, axis, y)
    return pen.svg(y + 32)


def _key(pen: Pen, names: tuple[str, str], axis: Axis, wide: bool) -> None:
    """Which mark is which: written once, above."""
    x, y = axis.left, 16.0
    for name, (shape, colour) in zip(names, MARKS, strict=True):
        pen.mark(x + 8, y - 6, shape, colour=colour, role="key")
        pen.text(x + 24, y, name)
        x, y = (x + 24 + text_width(name) + 24, y) if wide else (x, y + 24)


def _point(pen: Pen, row, y: float, shape: str, colour: str, axis: Axis) -> None:
    if not _known(row):
        return
    if not math.isnan(row.ci_low):
        pen.line(axis.at(100 * row.ci_low), y, axis.at(100 * row.ci_high), y, colour=colour, thick=3, role="interval")
    pen.mark(axis.at(100 * row.share), y, shape, colour=colour)


def _written(pen: Pen, first, second, middle: float, width: int, wide: bool) -> None:
    """Both shares as text, in line with their marks; a withheld one says so."""
    places = ((first, width, middle - 4), (second, width, middle + 17)) if wide else (
        (first, width - 72, middle + 5), (second, width, middle + 5))
    for (row, x, y), (shape, colour) in zip(places, MARKS, strict=True):
        known = _known(row)
        shown = percent(row.share) if known else ("withheld [c]" if wide else "[c]")
        if known:
            pen.mark(x - 48, y - 6, shape, colour=colour, size=4, role="key")
        pen.text(x, y, shown, anchor="end", cell=getattr(row, "cell", None), role="" if known else "withheld",
                 colour=theme.INK if known else theme.QUIET)


def _ticks(pen: Pen, axis: Axis, y: float) -> None:
    for tick in axis.ticks:
        pen.line(axis.at(tick), y, axis.at(tick), y + 5, colour=theme.HAIRLINE)
        pen.centred(axis.at(tick), y + 24, f"{tick}%")
