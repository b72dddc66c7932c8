"""Tables of released counts and shares: each number carries the id of its cell, for the gate to check."""

import pandas as pd

from helpers.reporting.display import Block, Text
from helpers.reporting.naming import call, side_of
from helpers.reporting.tables import Table, joined
from helpers.reporting.words import SYMBOLS, lower_first, percent

ANSWER_ORDER = ["base", "above", "below", "first_higher", "same", "second_higher", "part", "rest", "missing"]



def counts(frame: pd.DataFrame, partnership: str, labels: dict[str, str], *,
           family: str | None = None) -> Block | Table | Text:
    """The released counts of one partnership ("all" for all together): a table a family, a column an answer."""
    here = frame[frame["partnership"] == partnership]
    here = here[here["family"] == family] if family else here
    tables = [_counts(part, labels) for _, part in here.groupby("family", sort=False)]
    if not tables:
        return Text(f"No count is published on {call(labels, partnership)}.")
    return tables[0] if len(tables) == 1 else joined(tables)


def _counts(here: pd.DataFrame, labels: dict[str, str]) -> Table:
    family, partnership = here["family"].iloc[0], here["partnership"].iloc[0]
    answers = [answer for answer in ANSWER_ORDER if (here["answer"] == answer).any()]
    keys = list(here[["outcome", "group"]].drop_duplicates().itertuples(index=False, name=None))
    found = {(row.outcome, row.group, row.answer): row for row in here.itertuples()}
    heads = {"Outcome": [call(labels, outcome, family) for outcome, _ in keys],
             "Group": [call(labels, group, family) for _, group in keys]}
    if {group for _, group in keys} == {"all"}:
        heads.pop("Group")
    shown, cells = pd.DataFrame(heads), pd.DataFrame(None, index=range(len(keys)), columns=list(heads), dtype=object)
    for answer in answers:
        rows = [found.get((*key, answer)) for key in keys]
        head = _answer_head(answer, [outcome for outcome, _ in keys], labels, family)
        shown[head] = ["[z]" if row is None else row.shown for row in rows]
        cells[head] = [None if row is None else row.cell for row in rows]
    return Table(shown, f"{call(labels, partnership)}: {lower_first(call(labels, family))}, counts", cells)


def _answer_head(answer: str, outcomes: list[str], labels: dict[str, str], family: str) -> str:
    """What an answer is called: by scale or pair where all outcomes share one, else in general words."""
    if answer in ("first_higher", "second_higher"):
        sides = {side_of(labels, outcome, answer.removesuffix("_higher"), family) for outcome in outcomes}
        return f"{sides.pop()} rated higher" if len(sides) == 1 else call(labels, answer)
    own = {labels.get(f"{outcome}.{answer}") for outcome in outcomes}
    return own.pop() if len(own) == 1 and None not in own else call(labels, answer)


def shares(frame: pd.DataFrame, labels: dict[str, str], *, caption: str = "Shares with 95% intervals") -> Table | Text:
    """Released shares: group, outcome (where there are several), share and bounds in columns of their own."""
    if frame.empty:
        return Text("No share is published here.")
    heads = {"Group": [call(labels, name) for name in frame["group"]],
             "Outcome": [call(labels, name) for name in frame["outcome"]]}
    if len(set(frame["outcome"])) == 1:
        heads.pop("Outcome")
    shown = pd.DataFrame(heads | {
        "Share": list(frame["shown"]),
        "Lower bound": [_bound(row.ci_low, row.shown) for row in frame.itertuples()],
        "Upper bound": [_bound(row.ci_high, row.shown) for row in frame.itertuples()],
    })
    cells = pd.DataFrame(None, index=shown.index, columns=shown.columns, dtype=object)
    cells["Share"] = list(frame["cell"])
    return Table(shown, caption, cells)


def groups(frame: pd.DataFrame, outcome: str, labels: dict[str, str]) -> Table | Text:
    """Every care group's share of one outcome, all partnerships together."""
    here = frame[(frame["outcome"] == outcome) & (frame["partnership"] == "all")].drop_duplicates("group")
    what = labels.get(f"{outcome}.above", "upper answers")
    return shares(here, labels, caption=f"{call(labels, outcome)}: share of {lower_first(what)}, by group")


def side_by_side(frame: pd.DataFrame, family, labels: dict[str, str]) -> Table | Text:
    """The share of the family's lead outcome in each partnership, its group beside its reference."""
    sides = [side for side in (family.group, family.reference) if side]
    here = frame[(frame["family"] == family.name) & (frame["outcome"] == family.lead) & frame["group"].isin(sides)]
    here = here[here["partnership"] != "all"]
    if here.empty:
        return Text(f"Nothing is published by partnership on “{call(labels, family.lead)}”.")
    found = {(row.partnership, row.group): row for row in here.itertuples()}
    places = list(here["partnership"].unique())
    shown = pd.DataFrame({"Partnership": [call(labels, place) for place in places]})
    cells = pd.DataFrame({"Partnership": [None] * len(places)}, dtype=object)
    for side in sides:
        rows = [found.get((place, side)) for place in places]
        shown[call(labels, side, family.name)] = ["[z]" if row is None else row.shown for row in rows]
        cells[call(labels, side, family.name)] = [None if row is None else row.cell for row in rows]
    what = labels.get(f"{family.lead}.above", "upper answers")
    return Table(shown, f"{call(labels, family.lead)}: share of {lower_first(what)}, by partnership", cells)


def _bound(value, shown: str) -> str:
    return (shown if shown in SYMBOLS else "[x]") if pd.isna(value) else percent(value)
