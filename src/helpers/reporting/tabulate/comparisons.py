"""Tables of comparisons and of the claims they answer."""

import pandas as pd

from helpers.reporting.display import Block, Text
from helpers.reporting.measures import MEASURES, withheld
from helpers.reporting.naming import call, side_of, standing
from helpers.reporting.tables import Table, folded
from helpers.reporting.words import ANALYSES, lower_first, p_cell, whole


def comparisons(rows: pd.DataFrame, labels: dict[str, str], *, caption: str = "Comparisons") -> Block | Table | Text:
    """Comparison rows: who is compared, how many, effect, interval, p and adjusted p, each in its own column.

    Rows of several families become a table each, folded away under the family's title. A name that is the same in
    every row stands below the table, not in it. Protected numbers are [c], what could not be estimated [x].
    """
    if rows.empty:
        return Text("There is no comparison to show here.")
    if len(set(rows["family"])) > 1:
        families = {call(labels, name): part for name, part in rows.groupby("family", sort=False)}
        return folded({title: comparisons(part, labels, caption=title) for title, part in families.items()})
    names = _names(rows.reset_index(drop=True), labels)
    told = {head: values for head, values in names.items() if len(set(values)) > 1} or {"Outcome": names["Outcome"]}
    numbers = pd.DataFrame([_numbers(row) for row in rows.itertuples()])
    numbers = numbers.loc[:, (numbers != "[z]").any()]
    if len(set(rows["effect_name"])) == 1:
        numbers = numbers.rename(columns={"Effect": MEASURES[rows["effect_name"].iloc[0]].heading})
    notes = [*filter(None, [standing(rows).removesuffix(".")]), *_same(names, told), *_tests_used(rows)]
    return Table(pd.concat([pd.DataFrame(told), numbers], axis=1), caption, notes=notes)


def sensitivity(rows: pd.DataFrame, labels: dict[str, str]) -> Block | Text:
    """The other analyses that a careful reader would ask for: a table each, folded away under its name."""
    if rows.empty:
        return Text("The plan names no other analysis of this family.")
    analyses = {ANALYSES.get(name, call(labels, name)): part.drop(columns="analysis")
                for name, part in rows.groupby("analysis", sort=False)}
    return folded({title: comparisons(part, labels, caption=title) for title, part in analyses.items()})


def _same(names: dict[str, list[str]], told: dict[str, list[str]]) -> list[str]:
    """What every row has in common, for the notes."""
    common = {head: values[0] for head, values in names.items()
              if head not in told and head != "Measure" and values[0] not in (ANALYSES["main"], "[z]")}
    if {"Group", "Compared with"} <= set(common):
        return [f"{common.pop('Group')} compared with {lower_first(common.pop('Compared with'))}",
                *(f"{head}: {value}" for head, value in common.items())]
    return [f"{head}: {value}" for head, value in common.items()]


def _names(rows: pd.DataFrame, labels: dict[str, str]) -> dict[str, list[str]]:
    """What may tell comparison rows apart, in the order of the columns."""
    each = list(rows.itertuples())
    names = {
        "Analysis": [ANALYSES.get(name, call(labels, name)) for name in rows.get("analysis", [])],
        "Partnership": [call(labels, name) for name in rows.get("partnership", [])],
        "Outcome": [call(labels, row.outcome, row.family) for row in each],
        "Group": [_side(row, "group", labels) for row in each],
        "Compared with": [_side(row, "reference", labels) for row in each],
        "Measure": [MEASURES[row.effect_name].heading for row in each],
    }
    return {head: values for head, values in names.items() if values}


def _side(row, side: str, labels: dict[str, str]) -> str:
    if row.effect_name == "D":
        return side_of(labels, row.outcome, "first" if side == "group" else "second", row.family)
    name = getattr(row, side)
    return call(labels, name, row.family) if name else "[z]"


def _numbers(row) -> dict[str, str]:
    measure = MEASURES[row.effect_name]
    hidden = "[c]" if withheld(row) else "[x]"
    alone = row.effect_name in ("share", "D")  # one group of people, whose number is told once
    return {
        "Number in group": _count(row.n_group), "Number compared": "[z]" if alone else _count(row.n_reference),
        "Effect": hidden if pd.isna(row.effect) else measure.value(row.effect),
        "Lower bound": hidden if pd.isna(row.ci_low) else measure.value(row.ci_low),
        "Upper bound": hidden if pd.isna(row.ci_high) else measure.value(row.ci_high),
        "p": _p(row.p_value, hidden, row), "Adjusted p": _p(row.p_adjusted, hidden, row),
    }


def _count(n) -> str:
    return "[c]" if pd.isna(n) else whole(n)


def _p(p, hidden: str, row) -> str:
    if row.effect_name == "share":
        return "[z]"
    return hidden if withheld(row) or pd.isna(p) else p_cell(p)


def _tests_used(rows: pd.DataFrame) -> list[str]:
    tests = [test for test in rows["test"].dropna().unique() if test not in ("", "none")]
    return ["Bounds are those of 95% intervals", *([f"Test: {'; '.join(tests)}"] if tests else [])]


def claims(frame: pd.DataFrame) -> Table | Text:
    """The published sentences, what these data say of each, and the estimate that decides."""
    if frame.empty:
        return Text("No published sentence was put to these data.")
    measures = [MEASURES.get(name) for name in frame["effect_name"]]

    def column(name: str) -> list[str]:
        return ["[x]" if measure is None or pd.isna(value) else measure.value(value)
                for measure, value in zip(measures, frame[name], strict=True)]

    shown = pd.DataFrame({
        "Published sentence": frame["sentence"], "These data": [verdict.capitalize() for verdict in frame["verdict"]],
        "Measure": ["[x]" if measure is None else measure.heading for measure in measures],
        "Estimate": column("effect"), "Lower bound": column("ci_low"), "Upper bound": column("ci_high"),
    })
    return Table(shown, "The published sentences and the estimates that decide on them",
                 notes=["Bounds are those of 95% intervals"])
