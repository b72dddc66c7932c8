"""What was left unanswered, and in what way."""

from functools import partial

import pandas as pd
from matplotlib.figure import Figure

from helpers.reporting import theme
from helpers.reporting.charts.sheet import LEADING, WIDE, Sheet, chart, fold
from helpers.reporting.display import Chart, Text
from helpers.reporting.words import percent

# Kinds of missing by what they mean for an analysis: three shades, never more.
KINDS = {
    "Not asked or not applicable": ("not_asked", "not_applicable"),
    "Don’t know or prefer not to say": ("dont_know", "prefer_not_to_say"),
    "Not recorded or illegible": ("not_recorded", "illegible"),
}
# The same for published figures, which are withheld and not left unanswered.
FIGURE_KINDS = {
    "Not applicable": ("not_asked", "not_applicable"),
    "Suppressed": ("suppressed",),
    "Not available or rounds to zero": ("not_available", "rounds_to_zero", "not_recorded"),
}
SHADES = ("#C9D1D9", "#6BACE6", theme.DARK_BLUE)
NAMES, NUMBER = 270, 56  # pixels beside the bars
BAR = 20


def missing(answered: pd.DataFrame, *, most: int = 20) -> Chart | Text:
    """Of every column with gaps, the share missing by kind; the `most` columns with most gaps are drawn."""
    kinds = [column for column in answered.columns if column not in ("column", "label", "answered")]
    groups = FIGURE_KINDS if {"suppressed", "not_available", "rounds_to_zero"} & set(kinds) else KINDS
    table = answered.assign(total=answered[["answered", *kinds]].sum(axis=1), gaps=answered[kinds].sum(axis=1))
    table = table[(table["gaps"] > 0) & (table["total"] > 0)]
    if table.empty:
        return Text("Every question was answered in every row.")
    table = table.assign(share=table["gaps"] / table["total"]).sort_values("share", ascending=False, kind="stable")
    drawn = table.head(most)
    rows = [(row["label"], [float(sum(row.get(kind, 0) for kind in members)) / float(row["total"])
                            for members in groups.values()]) for _, row in drawn.iterrows()]
    told = "; ".join(f"{label} {percent(sum(parts))}" for label, parts in rows)
    caption = f"{len(drawn)} of {len(answered)} columns: those with most gaps."
    return chart(partial(_draw, rows, list(groups)), f"Share of rows without an answer: {told}.", caption)


def _draw(rows: list[tuple[str, list[float]]], kinds: list[str], width: int) -> Figure:
    sheet, names = Sheet(width), NAMES if width == WIDE else 0
    longest = max(sum(parts) for _, parts in rows)
    per = (width - names - NUMBER) / longest
    y, middles = 26.0 * len(kinds) + 8, []
    for name, parts in rows:
        lines = fold(name, names - 20 if names else width)
        top = y if names else y + len(lines) * LEADING + 2
        sheet.write(0, top + 16 if names else y + 16, lines)
        sheet.write(names + sum(parts) * per + 8, top + 16, percent(sum(parts)))
        middles.append(top + BAR / 2)
        y = top + max(BAR, len(lines) * LEADING if names else 0) + 12
    axes = sheet.panel(names, width - NUMBER, 0, y, across=(0, longest))
    axes.spines["bottom"].set_visible(False)
    for kind, (name, shade) in enumerate(zip(kinds, SHADES, strict=True)):
        starts = [sum(parts[:kind]) for _, parts in rows]
        sheet.bars(axes, middles, starts, [start + parts[kind] for start, (_, parts) in zip(starts, rows, strict=True)],
                   BAR, color=shade, gid="mark")
        axes.scatter([names + 8], [26 * kind + 11], s=256, marker="s", color=shade, linewidth=0, clip_on=False,
                     transform=sheet.pixels, gid="key")
        sheet.write(names + 26, 26 * kind + 17, name)
    return sheet.close(y)
