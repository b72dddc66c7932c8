"""Charts of comparisons: the effects of a family, its other analyses, one outcome over the partnerships."""

from functools import partial

import pandas as pd

from helpers.reporting.charts.forest import forest
from helpers.reporting.charts.rows import INTERVALS, UNKNOWN, WITHHELD, Row, Scale, above, bounds, chosen, said
from helpers.reporting.charts.sheet import chart
from helpers.reporting.display import Chart, Text
from helpers.reporting.measures import Measure, only_measure, withheld
from helpers.reporting.naming import call, side_of, standing
from helpers.reporting.words import ANALYSES, lower_first, p_words

BAND = "Within the shaded band a difference is too small to matter, as the plan set before anyone looked."


def effects(rows: pd.DataFrame, labels: dict[str, str], *, margin: float | None = None) -> Chart | Text:
    """A forest of comparison rows (one kind of effect), in the order given, with adjusted p.

    `margin` is the plan's, on the scale of the effect. A Text where there is no row.
    """
    if rows.empty:
        return Text("There is no comparison to show here.")
    names = _row_names(rows, labels)
    return _effects(rows, names, labels, margin, "comparisons", adjusted=True)


def sensitivity(rows: pd.DataFrame, others: pd.DataFrame, labels: dict[str, str]) -> Chart | Text:
    """The first outcome of a family: its main analysis (the diamond), and below it the other analyses of the plan."""
    if rows.empty or others.empty:
        return Text("The plan names no other analysis of this family.")
    outcome = rows["outcome"].iloc[0]
    every = pd.concat([rows.assign(analysis="main"), others], ignore_index=True)
    every = every[(every["outcome"] == outcome) & every["effect_name"].eq(rows["effect_name"].iloc[0])]
    every = every.sort_values("reference", kind="stable", key=lambda names: names.map(list(names.unique()).index))
    names = [ANALYSES.get(row.analysis, call(labels, row.analysis)) for row in every.itertuples()]
    return _effects(every, names, labels, None, f"analyses of “{call(labels, outcome, rows['family'].iloc[0])}”",
                    focus=every["analysis"] == "main")


def agreement(local: pd.DataFrame, rows: pd.DataFrame, others: pd.DataFrame, labels: dict[str, str], *,
              margin: float | None = None) -> Chart | Text:
    """The first outcome of a family within every partnership, on its own scale; below them their mean within them (the
    diamond), and what partnerships like them would show on average, where the plan asks that."""
    if rows.empty or local.empty:
        return Text("This comparison is not made partnership by partnership.")
    first = rows.iloc[0]
    same = ["outcome", "group", "reference", "effect_name"]
    here = local[(local[same] == first[same]).all(axis=1)]
    beyond = others[(others["analysis"] == "beyond_partnerships") & (others[same] == first[same]).all(axis=1)]
    every = pd.concat([here, rows.head(1), beyond.drop(columns="analysis")], ignore_index=True)
    names = [*(call(labels, name) for name in here["partnership"]), "All of these", *["Beyond these"] * len(beyond)]
    focus = pd.Series(range(len(every))) == len(here)
    return _effects(every, names, labels, margin, "estimates: partnerships, then all of them together", focus=focus)


def partnerships(rows: pd.DataFrame, outcome: str, labels: dict[str, str], *, family: str | None = None,
                 margin: float | None = None, focus: str | None = None) -> Chart | Text:
    """A forest of one outcome over the partnerships (release table `by_partnership`); withheld ones are named.

    `focus` is the partnership that a page is about.
    """
    here = chosen(rows, outcome, family)
    if here.empty:
        return Text(f"Nothing is published by partnership on “{call(labels, outcome)}”.")
    names = [call(labels, partnership) for partnership in here["partnership"]]
    return _effects(here, names, labels, margin, "partnerships", focus=here["partnership"] == focus)


def _row_names(rows: pd.DataFrame, labels: dict[str, str]) -> list[str]:
    """What tells the rows apart: the outcome, or whom the group is compared with, or both."""
    outcomes = [call(labels, row.outcome, row.family) for row in rows.itertuples()]
    against = [f"against {lower_first(call(labels, row.reference, row.family))}" for row in rows.itertuples()]
    if len(set(outcomes)) == len(rows):
        return outcomes
    if len(set(outcomes)) == 1:
        return [_capital(words) for words in against]
    return [f"{outcome}, {words}" for outcome, words in zip(outcomes, against, strict=True)]


def _effects(rows: pd.DataFrame, names: list[str], labels: dict[str, str], margin: float | None, what: str,
             *, adjusted: bool = False, focus: pd.Series | None = None) -> Chart:
    measure = only_measure(rows)
    apart = [False] * len(rows) if focus is None else focus
    drawn = [_effect_row(row, name, measure, adjusted, is_apart)
             for row, name, is_apart in zip(rows.itertuples(), names, apart, strict=True)]
    if not adjusted:
        drawn = _under_references(drawn, rows, labels)
    scale = axis_of(rows, labels, measure, margin, any(row.extra for row in drawn))
    none = "" if measure.none is None else f" {measure.none} means no difference."
    alt = f"{len(rows)} {what}. {scale.title}.{none} " + said(drawn)
    caption = f"{INTERVALS} {BAND}" if scale.margin else INTERVALS
    return chart(partial(forest, drawn, scale), alt, f"{standing(rows)} {caption}".strip())


def _under_references(drawn: list[Row], rows: pd.DataFrame, labels: dict[str, str]) -> list[Row]:
    """The rows under a heading for each group they are compared with, where there are several."""
    references = list(rows["reference"])
    if len(set(references)) == 1:
        return drawn
    headed = []
    for place, row in enumerate(drawn):
        if place == 0 or references[place] != references[place - 1]:
            words = f"Against {lower_first(call(labels, references[place], rows['family'].iloc[place]))}"
            headed.append(Row(words, heading=True))
        headed.append(row)
    return headed


def _effect_row(row, name: str, measure: Measure, adjusted: bool, focus: bool) -> Row:
    if pd.isna(row.effect):
        return Row(name, shown=WITHHELD if withheld(row) else UNKNOWN, focus=focus)
    shown = f"{measure.value(row.effect)} ({measure.interval(row.ci_low, row.ci_high)})"
    extra = p_words(row.p_adjusted) if adjusted and pd.notna(row.p_adjusted) else ""
    return Row(name, measure.per * row.effect, *bounds(row, measure.per), shown, extra, focus)


def axis_of(rows: pd.DataFrame, labels: dict[str, str], measure: Measure, margin: float | None,
            extra: bool = False) -> Scale:
    """What the axis under these rows means; `extra`: whether an adjusted p stands beside them."""
    if rows["effect_name"].iloc[0] == "D":
        sides = {name: [side_of(labels, row.outcome, side, row.family) for row in rows.itertuples()]
                 for name, side in (("group", "first"), ("reference", "second"))}
    else:
        sides = {name: [call(labels, getattr(row, name), row.family) for row in rows.itertuples()]
                 for name in ("group", "reference")}
    if measure.none is None:
        each = rows.itertuples()
        titles = {f"{call(labels, row.outcome, row.family)}: {above(labels, row.outcome)}" for row in each}
        title = titles.pop() if len(titles) == 1 else "Share with the upper answers"
        if measure.per != 100:
            return Scale(title=measure.axis, shown_heading=measure.heading, whole=measure.per)
        return Scale(title=f"{title}, per cent", shown_heading=measure.heading, suffix=measure.suffix)
    words = {"group": _shared(sides["group"], "the group"), "reference": _shared(sides["reference"], "the reference")}
    return Scale(
        title=_capital(measure.axis.format(**words)), shown_heading=measure.heading,
        extra_heading="Adjusted p" if extra else "", none=measure.none, margin=measure.per * margin if margin else None,
        lower=_capital(measure.lower.format(**words)), higher=_capital(measure.higher.format(**words)),
        suffix=measure.suffix,
        bounds=(0, 100) if measure.none == 50 else None,
    )


def _shared(names: list[str], otherwise: str) -> str:
    return lower_first(names[0]) if len(set(names)) == 1 else otherwise


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
