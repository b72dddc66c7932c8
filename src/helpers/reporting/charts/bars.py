"""Charts of counts as lengths: what pairs of answers say, what cleaning did, what was left unanswered."""

from dataclasses import dataclass

import pandas as pd

from helpers.reporting import theme
from helpers.reporting.charts.forest import LEADING, PHONE, WIDE
from helpers.reporting.charts.pen import Pen, fold, text_width
from helpers.reporting.display import Chart, Text
from helpers.reporting.naming import call, side_of
from helpers.reporting.words import percent, whole

PARTS = ("second_higher", "same", "first_higher")
PART_COLOURS = (theme.DARK_BLUE, "#DCE1E6", theme.ORANGE)
BAR = 26

REMOVED = {"quarantine": "set aside", "exclude": "left out", "refuse": "refused"}

# Kinds of missing by what they mean for an analysis: three shades, never more.
MISSING_KINDS = {
    "Not asked or not applicable": ("not_asked", "not_applicable"),
    "Don’t know or prefer not to say": ("dont_know", "prefer_not_to_say"),
    "Not recorded or illegible": ("not_recorded", "illegible"),
}
MISSING_COLOURS = ("#C9D1D9", "#6BACE6", theme.DARK_BLUE)


def pairs(counts: pd.DataFrame, labels: dict[str, str], *, family: str | None = None) -> Chart | Text:
    """Of everybody who rated two things: second higher, same, first higher, a pair a row, around the middle of "same".

    From release table `counts` (rows of all partnerships). A row of which one part is protected draws nothing.
    """
    here = counts[counts["answer"].isin(PARTS) & (counts["partnership"] == "all")]
    here = here[here["family"] == family] if family else here
    if here.empty:
        return Text("No pair of answers is published here.")
    rows = [_pair(table, labels) for _, table in here.groupby(["family", "outcome"], sort=False)]
    said = "; ".join(f"{pair.label}: {pair.said}" for pair in rows)
    caption = "Of all who rated both: who rated the left higher, both the same (pale), the right higher."
    return Chart(_draw_pairs(rows, WIDE), f"Which of two things people rated higher. {said}.", caption,
                 _draw_pairs(rows, PHONE))


@dataclass(frozen=True)
class _Pair:
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


def _pair(table: pd.DataFrame, labels: dict[str, str]) -> _Pair:
    outcome, family = table["outcome"].iloc[0], table["family"].iloc[0]
    n = table.drop_duplicates("answer").set_index("answer")["n"].reindex(PARTS)
    known = n.notna().all() and n.sum() > 0
    return _Pair(call(labels, outcome, family), side_of(labels, outcome, "first", family),
                 side_of(labels, outcome, "second", family),
                 tuple(float(part) / float(n.sum()) for part in n) if known else None)


def _draw_pairs(rows: list[_Pair], width: int) -> str:
    """Every bar is centred on the middle of its "same" part: the longer arm is the side more people chose."""
    pen, half = Pen(width), max((max(s[0], s[2]) + s[1] / 2 for pair in rows if (s := pair.shares)), default=0.5)
    label = 190 if width == WIDE else 0
    middle, reach = (label + width) / 2, (width - label) / 2
    y, sides = 0.0, None
    for pair in rows:
        if sides != (pair.first, pair.second):  # said once for all bars that share them
            y = _pair_sides(pair, middle, reach, y + (16 if sides is None else 26), pen) + 12
            sides = pair.first, pair.second
        lines = fold(pair.label, label - 16 if label else width)
        top = y if label else y + len(lines) * LEADING + 4
        pen.lines(0, top + 19 if label else y + 16, lines, bold=True)
        _pair_bar(pen, pair.shares, middle, reach / half, top)
        y = top + max(BAR, len(lines) * LEADING if label else 0) + 14
    return pen.svg(y - 10)


def _pair_sides(pair: _Pair, middle: float, reach: float, y: float, pen: Pen) -> float:
    """What the left and the right arm of a bar stand for; gives the last baseline."""
    ends = (fold(f"\N{LEFTWARDS ARROW}\N{NO-BREAK SPACE}{pair.second} rated higher", reach - 8),
            fold(f"{pair.first} rated higher\N{NO-BREAK SPACE}\N{RIGHTWARDS ARROW}", reach - 8))
    pen.lines(middle - reach, y, ends[0], colour=theme.QUIET)
    pen.lines(middle + reach, y, ends[1], anchor="end", colour=theme.QUIET)
    return y + (max(map(len, ends)) - 1) * LEADING


def _pair_bar(pen: Pen, shares: tuple[float, float, float] | None, middle: float, per: float, y: float) -> None:
    if shares is None:
        pen.text(middle, y + 19, "withheld [c]", anchor="middle", colour=theme.QUIET, role="withheld")
        return
    x = middle - (shares[0] + shares[1] / 2) * per
    for share, colour, ink in zip(shares, PART_COLOURS, ("white", theme.INK, theme.INK), strict=True):
        pen.rect(x, y, share * per, BAR, colour=colour, role="mark")
        if share * per > text_width(percent(share)) + 6:
            pen.text(x + share * per / 2, y + 19, percent(share), anchor="middle", colour=ink)
        elif colour == PART_COLOURS[-1]:  # too narrow for its number, which then stands beside it
            pen.text(x + share * per + 6, y + 19, percent(share))
        elif colour == PART_COLOURS[0]:
            pen.text(x - 6, y + 19, percent(share), anchor="end")
        x += share * per


def ledger_flow(ledger: pd.DataFrame) -> Chart | Text:
    """From received to kept, a step a rule that took rows out; rules that took none are counted in the caption."""
    if ledger.empty:
        return Text("Nothing was received, so there is nothing to account for.")
    received, kept = int(ledger["rows_in"].iloc[0]), int(ledger["rows_left"].iloc[-1])
    took = ledger[ledger["severity"].isin(list(REMOVED)) & (ledger["rows_caught"] > 0)]
    quiet = int((ledger["severity"].isin(list(REMOVED)) & (ledger["rows_caught"] == 0)).sum())
    noted = ledger[(ledger["severity"] == "note") & (ledger["rows_caught"] > 0)]
    first, last = (ledger["sentence"].iloc[place].rstrip(".") for place in (0, -1))
    steps = [(first, received, 0, "")] + [
        (row.sentence, int(row.rows_left), int(row.rows_caught), REMOVED[row.severity]) for row in took.itertuples()
    ] + [(last, kept, 0, "")]
    alt = f"{first}: {whole(received)}. " + "".join(
        f"{sentence} {whole(caught)} {how}, {whole(left)} left. " for sentence, left, caught, how in steps[1:-1]
    ) + f"{last}: {whole(kept)}."
    caption = f"Rules that caught nothing: {quiet}. Rules that noted something and removed nothing: {len(noted)}."
    return Chart(_draw_flow(steps, received, WIDE), alt, caption, _draw_flow(steps, received, PHONE))


def _draw_flow(steps: list, received: int, width: int) -> str:
    """One bar a step: dark what goes on, orange what this step took; the end of a bar is where the next one starts."""
    pen, label = Pen(width), 270 if width == WIDE else 0
    room = width - label - (150 if label else 0)
    y, previous = 0.0, None
    for sentence, left, caught, how in steps:
        lines = fold(sentence, label - 20 if label else width)
        top = y if label else y + len(lines) * LEADING + 2
        length, taken = room * left / max(received, 1), max(room * caught / max(received, 1), 4 if caught else 0)
        if previous is not None:
            pen.line(label + previous[0], previous[1], label + previous[0], top, colour=theme.QUIET, dashed=True)
        pen.lines(0, top + 19 if label else y + 16, lines, bold=not how)
        pen.rect(label, top, length, BAR, colour=theme.DARK_BLUE, role="mark")
        if caught:
            pen.rect(label + length + 1, top, taken, BAR, colour=theme.ORANGE, role="taken")
        words = f"{whole(caught)} {how}" if caught else whole(left)
        if label:
            pen.text(width, top + 19, words, anchor="end", bold=not how)
        else:
            pen.text(8, top + 19, words, colour="white", bold=not how)
        previous = (length, top + BAR)
        y = top + max(BAR, len(lines) * LEADING if label else 0) + (18 if label else 14)
    return pen.svg(y - 8)


def missing(answered: pd.DataFrame, *, most: int = 20) -> Chart | Text:
    """Of every column with gaps, the share missing by kind; the `most` columns with most gaps are drawn."""
    kinds = [column for column in answered.columns if column not in ("column", "label", "answered")]
    table = answered.assign(total=answered[["answered", *kinds]].sum(axis=1), gaps=answered[kinds].sum(axis=1))
    table = table[(table["gaps"] > 0) & (table["total"] > 0)]
    if table.empty:
        return Text("Every question was answered in every row.")
    table = table.assign(share=table["gaps"] / table["total"]).sort_values("share", ascending=False, kind="stable")
    drawn = table.head(most)
    rows = [(row["label"], [float(sum(row.get(kind, 0) for kind in members)) / float(row["total"])
                            for members in MISSING_KINDS.values()]) for _, row in drawn.iterrows()]
    said = "; ".join(f"{label} {percent(sum(parts))}" for label, parts in rows)
    caption = f"{len(drawn)} of {len(answered)} columns: those with most gaps."
    return Chart(_draw_missing(rows, WIDE), f"Share of rows without an answer: {said}.", caption,
                 _draw_missing(rows, PHONE))


def _draw_missing(rows: list, width: int) -> str:
    pen, label = Pen(width), 270 if width == WIDE else 0
    room, y = width - label - 56, 0.0
    for name, colour in zip(MISSING_KINDS, MISSING_COLOURS, strict=True):
        pen.rect(label, y + 3, 16, 16, colour=colour, role="key")
        pen.text(label + 26, y + 17, name)
        y += 26
    y += 8
    longest = max(sum(parts) for _, parts in rows)
    for name, parts in rows:
        lines = fold(name, label - 20 if label else width)
        top = y if label else y + len(lines) * LEADING + 2
        pen.lines(0, top + 16 if label else y + 16, lines)
        x = float(label)
        for share, colour in zip(parts, MISSING_COLOURS, strict=True):
            if share:
                pen.rect(x, top, max(room * share / longest, 1), 20, colour=colour, role="mark")
                x += room * share / longest
        pen.text(x + 8, top + 16, percent(sum(parts)))
        y = top + max(20, len(lines) * LEADING if label else 0) + 12
    return pen.svg(y)
