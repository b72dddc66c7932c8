"""Rows of points with intervals on one axis: the picture under effects, partnerships, groups and published shares."""

import math
from dataclasses import dataclass

from helpers.reporting import theme
from helpers.reporting.charts.axis import Axis, axis_around, axis_over
from helpers.reporting.charts.pen import Pen, fold, text_width

WIDE, PHONE = 720, 360
LEADING = 20  # between lines of one label


@dataclass(frozen=True)
class Row:
    """One row: where its point and interval stand (on the scale shown), what is written beside it."""

    label: str
    value: float = math.nan
    low: float = math.nan
    high: float = math.nan
    shown: str = ""  # "33 (28 to 38)", or why there is no point
    extra: str = ""  # adjusted p
    focus: bool = False
    cell: str | None = None
    heading: bool = False  # no number: a line over the rows that belong to it

    @property
    def empty(self) -> bool:
        return math.isnan(self.value)

    @property
    def said(self) -> str:
        return f"{self.label} {self.shown}".rstrip() + (f", {self.extra}" if self.extra else "")


@dataclass(frozen=True)
class Scale:
    """What the axis of a forest means."""

    title: str
    shown_heading: str
    extra_heading: str = ""
    none: float | None = None  # the no-difference line
    margin: float | None = None  # half the width of the band around it
    lower: str = ""
    higher: str = ""
    suffix: str = ""
    bounds: tuple[float, float] | None = None


def forest(rows: list[Row], scale: Scale) -> tuple[str, str]:
    """The picture as two SVGs, for a wide column and for a phone."""
    return _draw(rows, scale, WIDE), _draw(rows, scale, PHONE)


def _draw(rows: list[Row], scale: Scale, width: int) -> str:
    pen, wide = Pen(width), width == WIDE
    axis = _axis(rows, scale, *_columns(rows, scale) if wide else (12, width - 12))
    top = _head(pen, scale, axis, wide)
    places, y = [], top
    for row in rows:
        beside = 0 if row.heading else width - axis.left + 24 if wide else text_width(row.shown) + 12
        lines = fold(row.label, (width - beside) * (0.92 if row.heading or row.focus else 1))  # bold runs wider
        height = max(len(lines) * LEADING + 16, 40) if wide else _phone_height(row, lines)
        places.append((row, lines, y, height))
        y += height
    # On a phone only where a row has its point, so that words stay clear.
    grounds = [(top, y)] if wide else [(start + height - 30, start + height - 6)
                                       for row, _, start, height in places if not row.empty]
    for upper, lower in grounds:
        _ground(pen, scale, axis, upper, lower)
    for row, lines, start, height in places:
        (_wide_row if wide else _phone_row)(pen, row, lines, start, height, axis)
    return pen.svg(_foot(pen, scale, axis, y))


def _columns(rows: list[Row], scale: Scale) -> tuple[float, float]:
    """Left and right end of the axis on the wide sheet: between the labels and the written numbers."""
    extra = max((text_width(row.extra) for row in rows), default=0)
    shown = max([text_width(scale.shown_heading), *(text_width(row.shown) for row in rows if not row.empty)])
    label = min(max((text_width(row.label) for row in rows if not row.heading), default=0) + 24, 230)
    return max(label, 120), WIDE - shown - 26 - (extra + 22 if extra else 0)


def _axis(rows: list[Row], scale: Scale, left: float, right: float) -> Axis:
    if scale.none is None:  # shares: from none to all, so that pictures can be compared
        return axis_over([0.0, 100.0], left, right, most=4)
    values = [v for row in rows for v in (row.value, row.low, row.high)]
    # The line of no difference stands in the middle: an effect's side is seen at once.
    reach = max([abs(v - scale.none) for v in values if not math.isnan(v)] + [(scale.margin or 0) * 1.6, 0.1])
    return axis_around(scale.none, reach, left, right, bounds=scale.bounds)


def _head(pen: Pen, scale: Scale, axis: Axis, wide: bool) -> float:
    """The words over the plot; gives the top of the first row."""
    top = 0.0
    if scale.lower and scale.higher and scale.none is not None:
        middle = axis.at(scale.none)
        room = middle - axis.left - (0 if wide else 8)  # the arrows hang on to their neighbour word
        lower = fold(f"\N{LEFTWARDS ARROW}\N{NO-BREAK SPACE}{scale.lower}", room)
        higher = fold(f"{scale.higher}\N{NO-BREAK SPACE}\N{RIGHTWARDS ARROW}", room)
        pen.lines(middle - 10, 16, lower, anchor="end", colour=theme.QUIET)
        pen.lines(middle + 10, 16, higher, colour=theme.QUIET)
        top = max(len(lower), len(higher)) * LEADING + 8
    if wide:
        if scale.extra_heading:
            pen.text(WIDE, max(top - 12, 16), scale.extra_heading, anchor="end", bold=True)
        offset = 22 + text_width("p = 0.0000") if scale.extra_heading else 0
        pen.text(WIDE - offset, max(top - 12, 16), scale.shown_heading, anchor="end", bold=True)
        top = max(top, 28)
    return top


def _ground(pen: Pen, scale: Scale, axis: Axis, top: float, bottom: float) -> None:
    if scale.none is None:
        return
    if scale.margin:
        left, right = axis.at(scale.none - scale.margin), axis.at(scale.none + scale.margin)
        pen.rect(left, top, right - left, bottom - top, colour=theme.BAND, role="margin")
    pen.line(axis.at(scale.none), top, axis.at(scale.none), bottom, colour=theme.INK, thick=1.5, role="none")


def _wide_row(pen: Pen, row: Row, lines: list[str], start: float, height: float, axis: Axis) -> None:
    middle = start + height / 2
    pen.lines(0, middle + 6 - (len(lines) - 1) * LEADING / 2, lines, bold=row.focus or row.heading)
    if row.heading:
        return
    if row.empty:
        pen.text(axis.left + 8, middle + 6, row.shown, colour=theme.QUIET, role="withheld", cell=row.cell)
        return
    _point(pen, row, middle, axis)
    if row.extra:
        pen.text(WIDE, middle + 6, row.extra, anchor="end")
    offset = 22 + text_width("p = 0.0000") if row.extra else 0
    pen.text(WIDE - offset, middle + 6, row.shown, anchor="end", cell=row.cell)


def _phone_height(row: Row, lines: list[str]) -> float:
    return len(lines) * LEADING + (14 if row.empty else 58 if row.extra else 38)


def _phone_row(pen: Pen, row: Row, lines: list[str], start: float, height: float, axis: Axis) -> None:
    pen.lines(0, start + 16, lines, bold=row.focus or row.heading)
    if row.heading:
        return
    pen.text(PHONE, start + 16, row.shown, anchor="end", cell=row.cell,
             colour=theme.QUIET if row.empty else theme.INK, role="withheld" if row.empty else "")
    below = start + len(lines) * LEADING
    if row.extra and not row.empty:
        pen.text(PHONE, below + 16, row.extra, anchor="end", colour=theme.QUIET)
    if not row.empty:
        _point(pen, row, start + height - 18, axis)


def _point(pen: Pen, row: Row, y: float, axis: Axis) -> None:
    colour = theme.FOCUS if row.focus else theme.OTHER
    if not (math.isnan(row.low) or math.isnan(row.high)):
        pen.line(axis.at(row.low), y, axis.at(row.high), y, colour=colour, thick=3, role="interval")
    pen.mark(axis.at(row.value), y, "diamond" if row.focus else "circle", colour=colour)


def _foot(pen: Pen, scale: Scale, axis: Axis, bottom: float) -> float:
    """Axis, ticks and its title; gives the height of the sheet."""
    pen.line(axis.left, bottom, axis.right, bottom, colour=theme.HAIRLINE)
    for tick in axis.ticks:
        x = axis.at(tick)
        pen.line(x, bottom, x, bottom + 5, colour=theme.HAIRLINE)
        pen.centred(x, bottom + 22, f"{tick:g}".replace("-", "\N{MINUS SIGN}") + scale.suffix)
    title = fold(scale.title, pen.width - 8)
    for index, words in enumerate(title):
        pen.centred((axis.left + axis.right) / 2, bottom + 48 + index * LEADING, words, colour=theme.QUIET)
    return bottom + 48 + (len(title) - 1) * LEADING + 10
