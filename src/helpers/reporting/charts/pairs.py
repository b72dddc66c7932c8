"""What people who rated two things rated higher: one bar a pair, around the middle of those who rated both the same."""

from dataclasses import dataclass
from functools import partial

import pandas as pd
from matplotlib.figure import Figure

from helpers.reporting import theme
from helpers.reporting.charts.sheet import LEADING, WIDE, Sheet, chart, fold, text_width
from helpers.reporting.display import Chart, Text
from helpers.reporting.naming import call, side_of
from helpers.reporting.words import percent

PARTS = {"second_higher": theme.DARK_BLUE, "same": "#DCE1E6", "first_higher": theme.ORANGE}
INKS = ("white", theme.INK, theme.INK)  # of the number on each part
BAR = 26


@dataclass(frozen=True)
class Pair:
    """One bar: what is rated, the two sides, and the three shares (None where protected)."""

    label: str
    first: str
    second: str
    shares: tuple[float, float, float] | None

    @property
    def said(self) -> str:
        if self.shares is None:
            return "withheld [c]"
        second, same, first = map(percent, self.shares)
        return f"{self.second} higher {second}, same {same}, {self.first} higher {first}"


def pairs(counts: pd.DataFrame, labels: dict[str, str], *, family: str | None = None) -> Chart | Text:
    """Of everybody who rated two things: second higher, same, first higher, a pair a row, around the middle of "same".

    From release table `counts` (rows of all partnerships). A row of which one part is protected draws nothing.
    """
    here = counts[counts["answer"].isin(list(PARTS)) & (counts["partnership"] == "all")]
    here = here[here["family"] == family] if family else here
    if here.empty:
        return Text("No pair of answers is published here.")
    rows = [_pair(table, labels) for _, table in here.groupby(["family", "outcome"], sort=False)]
    told = "; ".join(f"{pair.label}: {pair.said}" for pair in rows)
    caption = "Of all who rated both: who rated the left higher, both the same (pale), the right higher."
    return chart(partial(_draw, rows), f"Which of two things people rated higher. {told}.", caption)


def _pair(table: pd.DataFrame, labels: dict[str, str]) -> Pair:
    outcome, family = table["outcome"].iloc[0], table["family"].iloc[0]
    n = table.drop_duplicates("answer").set_index("answer")["n"].reindex(list(PARTS))
    known = n.notna().all() and n.sum() > 0
    return Pair(call(labels, outcome, family), side_of(labels, outcome, "first", family),
                side_of(labels, outcome, "second", family),
                tuple(float(part) / float(n.sum()) for part in n) if known else None)


def _draw(rows: list[Pair], width: int) -> Figure:
    """Every bar is centred on the middle of its "same" part: the longer arm is the side more people chose."""
    sheet, half = Sheet(width), max((max(s[0], s[2]) + s[1] / 2 for pair in rows if (s := pair.shares)), default=0.5)
    names = 190 if width == WIDE else 0
    middle, reach = (names + width) / 2, (width - names) / 2
    y, sides, bars = 0.0, None, []
    for pair in rows:
        if sides != (pair.first, pair.second):  # said once for all bars that share them
            y = _sides(sheet, pair, middle, reach, y + (16 if sides is None else 26)) + 12
            sides = pair.first, pair.second
        lines = fold(pair.label, names - 16 if names else width, bold=True)
        top = y if names else y + len(lines) * LEADING + 4
        sheet.write(0, top + 19 if names else y + 16, lines, bold=True)
        _numbers(sheet, pair, middle, reach / half, top + 19)
        bars += [(top + BAR / 2, pair.shares)] if pair.shares else []
        y = top + max(BAR, len(lines) * LEADING if names else 0) + 14
    axes = sheet.panel(names, width, 0, y, across=(-half, half))
    axes.spines["bottom"].set_visible(False)
    for part, colour in enumerate(PARTS.values()):
        starts = [sum(shares[:part]) - shares[0] - shares[1] / 2 for _, shares in bars]
        ends = [start + shares[part] for start, (_, shares) in zip(starts, bars, strict=True)]
        sheet.bars(axes, [at for at, _ in bars], starts, ends, BAR, color=colour, gid="mark")
    return sheet.close(y - 10)


def _sides(sheet: Sheet, pair: Pair, middle: float, reach: float, y: float) -> float:
    """What the left and the right arm of a bar stand for; gives the last baseline."""
    left = fold(f"\N{LEFTWARDS ARROW}\N{NO-BREAK SPACE}{pair.second} rated higher", reach - 8)
    right = fold(f"{pair.first} rated higher\N{NO-BREAK SPACE}\N{RIGHTWARDS ARROW}", reach - 8)
    sheet.write(middle - reach, y, left, colour=theme.QUIET)
    sheet.write(middle + reach, y, right, anchor="right", colour=theme.QUIET)
    return y + (max(len(left), len(right)) - 1) * LEADING


def _numbers(sheet: Sheet, pair: Pair, middle: float, per: float, y: float) -> None:
    """Each part's share upon it, or beside the bar where the part is too narrow."""
    if pair.shares is None:
        sheet.write(middle, y, "withheld [c]", anchor="center", colour=theme.QUIET, gid="withheld")
        return
    x = middle - (pair.shares[0] + pair.shares[1] / 2) * per
    for part, (share, ink) in enumerate(zip(pair.shares, INKS, strict=True)):
        if share * per > text_width(percent(share)) + 6:
            sheet.write(x + share * per / 2, y, percent(share), anchor="center", colour=ink)
        elif part == 2:
            sheet.write(x + share * per + 6, y, percent(share))
        elif part == 0:
            sheet.write(x - 6, y, percent(share), anchor="right")
        x += share * per
