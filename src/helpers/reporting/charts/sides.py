"""Two groups side by side in one partnership: one pair of points an outcome."""

from functools import partial

import pandas as pd
from matplotlib.figure import Figure

from helpers.reporting import theme
from helpers.reporting.charts.points import points
from helpers.reporting.charts.rows import bounds
from helpers.reporting.charts.sheet import LEADING, WIDE, Sheet, chart, fold, text_width
from helpers.reporting.display import Chart, Text
from helpers.reporting.naming import call
from helpers.reporting.words import percent

KINDS = ("focus", "other")  # the group, and whom it is compared with
APART = 9  # of a row's two points from its middle
NUMBER = 62  # pixels from a number's right end to the middle of its mark


def sides(shares: pd.DataFrame, partnership: str, labels: dict[str, str], *, group: str, reference: str,
          family: str | None = None) -> Chart | Text:
    """Shares of `group` (diamonds) and `reference` (circles) in one partnership, an outcome a row.

    Protected shares are not drawn, and the row says so. A Text where nothing is published.
    """
    here = shares[(shares["partnership"] == partnership) & shares["group"].isin([group, reference])]
    here = (here[here["family"] == family] if family else here).drop_duplicates(["outcome", "group"])
    if here.empty:
        return Text(f"Nothing is published on the two groups in {call(labels, partnership)}.")
    rows = [(call(labels, outcome), (_one(here, outcome, group), _one(here, outcome, reference)))
            for outcome in here["outcome"].unique()]
    heads = _family_heads(here, labels)
    names = tuple(call(labels, side, here["family"].iloc[0]) for side in (group, reference))
    alt = f"{call(labels, partnership)}, shares of {names[0]} and {names[1]}. " + "; ".join(
        f"{label}: {names[0]} {_said(first)}, {names[1]} {_said(second)}" for label, (first, second) in rows) + "."
    caption = f"Diamonds: {names[0]}. Circles: {names[1]}. Lines are 95% intervals."
    return chart(partial(_draw, rows, names, heads), alt, caption)


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


def _draw(rows: list, names: tuple[str, str], heads: dict[int, str], width: int) -> Figure:
    sheet, wide = Sheet(width), width == WIDE
    room = min(max(text_width(name) for name, _ in rows) + 24, 230) if wide else width - 2 * NUMBER - 40
    left, right = (room, width - 130) if wide else (12, width - 12)
    keys = _key(sheet, names, left, wide)
    top = y = 36.0 if wide else 56.0
    drawn, below = [], []
    for place, (name, pair) in enumerate(rows):
        if place in heads:
            lines = fold(heads[place], width, bold=True)
            sheet.write(0, y + 30, lines, bold=True)
            y += 20 + LEADING * len(lines)
        lines = fold(name, room - 16 if wide else room)
        height = max(56, len(lines) * LEADING + 20) if wide else len(lines) * LEADING + 52
        middle = y + height / 2 if wide else y + height - 26
        sheet.write(0, middle + 6 - (len(lines) - 1) * LEADING / 2 if wide else y + 16, lines)
        drawn += _points(pair, middle)
        keys += _written(sheet, pair, middle if wide else y + 11, wide)
        y += height
        below.append(y)
    axes = sheet.panel(left, right, top, y, across=(0, 100))
    axes.hlines(below, 0, width, color=theme.BAND, linewidth=1, transform=sheet.pixels, clip_on=False)
    for kind in KINDS:
        at = [(x, y, size) for x, y, size, of in keys if of == kind]
        axes.scatter(*zip(*at, strict=True), color=theme.COLOURS[kind], marker=theme.SHAPES[kind], linewidth=0,
                     transform=sheet.pixels, clip_on=False, gid="key")
    points(axes, pd.DataFrame(drawn))
    axes.spines["bottom"].set_visible(False)
    sheet.ticks(axes, (0, 25, 50, 75, 100), "%")
    return sheet.close(y + 34)


def _key(sheet: Sheet, names: tuple[str, str], left: float, wide: bool) -> list:
    """Which mark is which, written once, above; gives the marks still to be drawn."""
    keys, x, y = [], left if wide else 0, 16.0
    for name, kind in zip(names, KINDS, strict=True):
        keys.append((x + 8, y - 6, 120, kind))
        sheet.write(x + 24, y, name)
        x, y = (x + 48 + text_width(name), y) if wide else (x, y + 24)
    return keys


def _points(pair: tuple, middle: float) -> list[dict]:
    return [dict(zip(("low", "high"), bounds(row), strict=True), value=100 * row.share, kind=kind, y=middle + offset)
            for row, kind, offset in zip(pair, KINDS, (-APART, APART), strict=True) if _known(row)]


def _written(sheet: Sheet, pair: tuple, middle: float, wide: bool) -> list:
    """Both shares as text, in line with their marks, a withheld one saying so; gives the marks still to be drawn."""
    keys, width = [], sheet.width
    places = [(width, middle - 4), (width, middle + 17)] if wide else [(width - NUMBER - 18, middle + 5),
                                                                       (width, middle + 5)]
    for row, (x, y), kind in zip(pair, places, KINDS, strict=True):
        cell = f"cell:{row.cell}" if getattr(row, "cell", None) else ""
        if _known(row):
            sheet.write(x, y, percent(row.share), anchor="right", gid=cell)
            keys.append((x - NUMBER + 6, y - 6, 50, kind))
        else:
            sheet.write(x, y, "withheld [c]" if wide else "[c]", anchor="right", colour=theme.QUIET,
                        gid=f"withheld {cell}".strip())
    return keys
