"""Rows of points with intervals on one axis: names on the left, the axis, the numbers written out on the right."""

import math
from dataclasses import dataclass

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from helpers.reporting import theme
from helpers.reporting.charts.points import points, round_steps
from helpers.reporting.charts.rows import Row, Scale
from helpers.reporting.charts.sheet import LEADING, WIDE, Sheet, fold, text_width

NAMES = 230  # the most that names may take of the width
GAP = 26  # between columns
MARGIN = 12  # beside a phone's axis, for half of the mark at its end


@dataclass(frozen=True)
class Columns:
    """Where things stand across the sheet: the axis, and the right ends of the two columns of numbers."""

    left: float
    right: float
    shown: float
    extra: float

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2


def forest(rows: list[Row], scale: Scale, width: int) -> Figure:
    """The picture at one width."""
    sheet, wide = Sheet(width), width == WIDE
    columns = _columns(rows, scale) if wide else Columns(MARGIN, width - MARGIN, width, width)
    top = _head(sheet, scale, columns)
    places, y = [], top
    for number, row in enumerate(rows):
        y += 12 if row.heading and number else 0
        places.append((row, y, *_space(row, columns, wide)))
        y += places[-1][-1]
    steps = _steps(rows, scale)
    axes = sheet.panel(columns.left, columns.right, top, y, across=(steps[0], steps[-1]))
    drawn = [(row, start, start + height) for row, start, _, height in places if not row.empty]
    # On a phone only where a row has its point, so that words stay clear.
    _ground(axes, scale, [(top, y)] if wide else [(end - 30, end - 6) for _, _, end in drawn])
    points(axes, pd.DataFrame([{
        "value": row.value, "low": row.low, "high": row.high, "kind": "focus" if row.focus else "other",
        "y": (start + end) / 2 if wide else end - 18} for row, start, end in drawn]))
    for place in places:
        (_wide_words if wide else _phone_words)(sheet, columns, *place)
    sheet.ticks(axes, steps, scale.suffix)
    title = fold(scale.title, 2 * min(columns.middle, width - columns.middle))
    sheet.write(columns.middle, y + 48, title, anchor="center", colour=theme.QUIET)
    return sheet.close(y + 48 + (len(title) - 1) * LEADING + 10)


def _columns(rows: list[Row], scale: Scale) -> Columns:
    """The wide sheet's columns, each as wide as what stands in it."""
    extra = max([text_width(scale.extra_heading, bold=True), *(text_width(row.extra) for row in rows)])
    shown = max([text_width(scale.shown_heading, bold=True),
                 *(text_width(row.shown) for row in rows if not row.empty)])
    names = max((text_width(row.label, bold=row.focus) for row in rows if not row.heading), default=0)
    end = WIDE - (extra + GAP if extra else 0)
    return Columns(min(max(names + GAP, 120), NAMES), end - shown - GAP, end, WIDE)


def _space(row: Row, columns: Columns, wide: bool) -> tuple[list[str], float]:
    """A row's name in lines, and the height it takes."""
    if wide:
        lines = fold(row.label, WIDE if row.heading else columns.left - 16, bold=row.bold)
        return lines, max(len(lines) * LEADING + 16, 40)
    beside = 0 if row.heading else text_width(row.shown) + 12
    lines = fold(row.label, columns.extra - beside, bold=row.bold)
    return lines, len(lines) * LEADING + (14 if row.empty else 58 if row.extra else 38)


def _steps(rows: list[Row], scale: Scale) -> list[float]:
    """The places written under the axis; it ends with the first and the last."""
    if scale.none is None:  # shares: from none to all, so that pictures can be compared
        return [scale.whole * quarter / 4 for quarter in range(5)]
    values = [value for row in rows for value in (row.value, row.low, row.high) if not math.isnan(value)]
    # The line of no difference stands in the middle: an effect's side is seen at once.
    reach = max([*(abs(value - scale.none) for value in values), 1.6 * (scale.margin or 0), 0.1])
    least, most = scale.bounds or (-math.inf, math.inf)
    return [step for step in round_steps(scale.none - reach, scale.none + reach, 6) if least <= step <= most]


def _head(sheet: Sheet, scale: Scale, columns: Columns) -> float:
    """The words over the plot; gives the top of the first row."""
    top, middle = 0.0, columns.middle
    if scale.lower and scale.higher and scale.none is not None:
        # Into the gap beside a wide axis, not over a phone's edge; the arrows hang on to their neighbour word.
        room = middle - columns.left + (8 if sheet.width == WIDE else -10)
        lower = fold(f"\N{LEFTWARDS ARROW}\N{NO-BREAK SPACE}{scale.lower}", room)
        higher = fold(f"{scale.higher}\N{NO-BREAK SPACE}\N{RIGHTWARDS ARROW}", room)
        sheet.write(middle - 10, 16, lower, anchor="right", colour=theme.QUIET)
        sheet.write(middle + 10, 16, higher, colour=theme.QUIET)
        top = max(len(lower), len(higher)) * LEADING + 8
    if sheet.width == WIDE:
        top = max(top, 28)
        for x, words in ((columns.shown, scale.shown_heading), (columns.extra, scale.extra_heading)):
            if words:
                sheet.write(x, top - 12, words, anchor="right", bold=True)
    return top


def _ground(axes: Axes, scale: Scale, spans: list[tuple[float, float]]) -> None:
    """The line of no difference, and the band around it within which a difference is too small to matter."""
    if scale.none is None or not spans:
        return
    if scale.margin:
        middles, heights = zip(*(((start + end) / 2, end - start) for start, end in spans), strict=True)
        axes.hlines(middles, scale.none - scale.margin, scale.none + scale.margin, color=theme.BAND,
                    linewidths=heights, clip_on=False, gid="margin")
    axes.vlines([scale.none] * len(spans), *zip(*spans, strict=True), color=theme.INK, linewidth=1.5, clip_on=False,
                gid="none")


def _wide_words(sheet: Sheet, columns: Columns, row: Row, start: float, lines: list[str], height: float) -> None:
    baseline = start + height / 2 + 6
    sheet.write(0, baseline - (len(lines) - 1) * LEADING / 2, lines, bold=row.bold)
    if row.empty:
        sheet.write(columns.left + 8, baseline, row.shown, colour=theme.QUIET, gid=row.gid)
    else:
        sheet.write(columns.shown, baseline, row.shown, anchor="right", gid=row.gid)
        sheet.write(columns.extra, baseline, row.extra, anchor="right")


def _phone_words(sheet: Sheet, columns: Columns, row: Row, start: float, lines: list[str], height: float) -> None:
    sheet.write(0, start + 16, lines, bold=row.bold)
    sheet.write(columns.shown, start + 16, row.shown, anchor="right", gid=row.gid,
                colour=theme.QUIET if row.empty else theme.INK)
    sheet.write(columns.extra, start + len(lines) * LEADING + 16, row.extra, anchor="right", colour=theme.QUIET)
