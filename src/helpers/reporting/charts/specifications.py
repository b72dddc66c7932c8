"""The specification curve: one question asked in every reasonable way, its answers in order and what each chose."""

from functools import partial

import pandas as pd
from matplotlib.figure import Figure

from helpers.reporting import theme
from helpers.reporting.charts.comparisons import axis_of
from helpers.reporting.charts.points import round_steps
from helpers.reporting.charts.rows import Scale
from helpers.reporting.charts.sheet import LEADING, WIDE, Sheet, chart, fold
from helpers.reporting.display import Chart, Text
from helpers.reporting.measures import Measure, only_measure
from helpers.reporting.naming import call
from helpers.reporting.specified import CHOICES, in_words, own
from helpers.reporting.words import lower_first

CURVE, ROW = 260, 24  # pixels: the height of the curve, of one row of choices
NAMES, AXIS, GAP = 210, 44, 8


def specifications(rows: pd.DataFrame, labels: dict[str, str], *, margin: float | None = None) -> Chart | Text:
    """The frame `specifications` of one family as a curve, the plan's own analysis marked; a Text without a row."""
    rows = rows.dropna(subset=["effect", "ci_low", "ci_high"])
    if rows.empty:
        return Text("There is no other way to ask this question of these data.")
    measure = only_measure(rows)
    ordered = rows.sort_values(["effect", "ci_low", *CHOICES], kind="stable").reset_index(drop=True)
    scale = axis_of(rows, labels, measure, margin)
    topic = lower_first(call(labels, rows["outcome"].iloc[0], rows["family"].iloc[0]))
    caption = (f"Each line is one way to compare “{topic}”, with its 95% interval, in order of what it finds; the "
               "marks below say what it chose. The diamond is the analysis that the plan fixed.")
    alt = f"Specification curve of “{topic}”. {in_words(rows)}"
    return chart(partial(_draw, ordered, scale, measure), alt, caption)


def _draw(rows: pd.DataFrame, scale: Scale, measure: Measure, width: int) -> Figure:
    sheet = Sheet(width)
    left = NAMES if width == WIDE else AXIS
    steps = _steps(rows, scale, measure)
    top = _title(sheet, scale, left, width)
    bottom = top + CURVE
    axes = sheet.panel(left, width - GAP, top, bottom + _height(rows, width), across=(-0.7, len(rows) - 0.3))
    axes.spines["bottom"].set_visible(False)

    def height(effect: pd.Series) -> pd.Series:
        return bottom - CURVE * (measure.per * effect - steps[0]) / (steps[-1] - steps[0])

    _ground(sheet, axes, scale, steps, left, len(rows), lambda shown: height(pd.Series(shown) / measure.per))
    kinds = own(rows).map({True: "focus", False: "other"})
    axes.vlines(rows.index, height(rows["ci_low"]), height(rows["ci_high"]), colors=list(kinds.map(theme.COLOURS)),
                linewidth=2 if width == WIDE else 1.5, clip_on=False, gid="interval")
    for kind in ("other", "focus"):
        here = rows[kinds == kind]
        axes.scatter(here.index, height(here["effect"]), s=90 if kind == "focus" else 22, linewidth=0, clip_on=False,
                     marker=theme.SHAPES[kind], color=theme.COLOURS[kind], zorder=4, gid="mark")
    end = _choices(sheet, axes, rows, kinds, bottom + 20, width)
    return sheet.close(end)


def _steps(rows: pd.DataFrame, scale: Scale, measure: Measure) -> list[float]:
    ends, margin = measure.per * pd.concat([rows["ci_low"], rows["ci_high"]]), scale.margin or 0
    return round_steps(min(ends.min(), scale.none - margin), max(ends.max(), scale.none + margin), 6)


def _title(sheet: Sheet, scale: Scale, left: float, width: int) -> float:
    lines = fold(scale.title, width - (left if width == WIDE else 0))
    sheet.write(left if width == WIDE else 0, 16, lines, colour=theme.QUIET)
    return len(lines) * LEADING + 14


def _ground(sheet: Sheet, axes, scale: Scale, steps: list[float], left: float, many: int, height) -> None:
    """The band within which a difference is too small to matter, the line of no difference, and the numbers beside."""
    if scale.margin:
        high, low = height([scale.none + scale.margin, scale.none - scale.margin])
        axes.fill_between([-0.7, many - 0.3], low, high, color=theme.BAND, linewidth=0, zorder=0)
    [middle] = height([scale.none])
    axes.hlines([middle], -0.7, many - 0.3, color=theme.INK, linewidth=1.5, gid="none")
    for step, y in zip(steps, height(steps), strict=True):
        words = f"{step:g}".replace("-", "\N{MINUS SIGN}")
        sheet.write(left - 10, y + 6, words, anchor="right", bold=step == scale.none)


def _held(rows: pd.DataFrame) -> dict[str, tuple[str, dict[str, str]]]:
    """The choices that these rows make differently, with the values that occur."""
    held = {name: (heading, {value: words for value, words in values.items() if (rows[name] == value).any()})
            for name, (heading, values) in CHOICES.items()}
    return {name: choice for name, choice in held.items() if len(choice[1]) > 1}


def _height(rows: pd.DataFrame, width: int) -> float:
    lines = sum(len(values) for _, values in _held(rows).values())
    per_line = ROW if width == WIDE else ROW + LEADING - 4
    return 20 + len(_held(rows)) * (ROW + 8) + lines * per_line


def _choices(sheet: Sheet, axes, rows: pd.DataFrame, kinds: pd.Series, y: float, width: int) -> float:
    """A row a value of every choice, with a mark under each way that chose it."""
    for name, (heading, values) in _held(rows).items():
        y += 8
        sheet.write(0, y + 16, heading, bold=True)
        y += ROW
        for value, words in values.items():
            sheet.write(0, y + 16, words)
            y += 0 if width == WIDE else LEADING - 4
            for kind in ("other", "focus"):
                here = rows.index[(rows[name] == value) & (kinds == kind)]
                axes.scatter(here, [y + 11] * len(here), s=30 if kind == "focus" else 14, linewidth=0, clip_on=False,
                             marker=theme.SHAPES[kind], color=theme.COLOURS[kind], gid="choice")
            y += ROW
    return y + 4
