"""Questions put to published tables: rows against columns of counts, with an effect and its interval."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from helpers.inference.estimates import shares_of
from helpers.inference.methods.proportions import newcombe, wilson
from helpers.inference.methods.tables import cmh_correlation, nominal_table
from helpers.study import InputFault, OfficialTest, Plan, Study, nearest

TEST_COLUMNS = [
    "name", "question", "test", "statistic", "df", "p_value", "effect_name", "effect", "ci_low", "ci_high", "n",
    "caveat", "source",
]
SHARE_COLUMNS = ["name", "row", "events", "base", "share", "ci_low", "ci_high"]


@dataclass(frozen=True)
class Official:
    """Tests of published tables, and the shares of their rows."""

    tests: pd.DataFrame
    shares: pd.DataFrame


def official_tests(plan: Plan, tables: dict[str, pd.DataFrame]) -> Official:
    """Each question of the plan answered from its published table (long form: row, column, value, unit, source).

    `tests`: one row a question. Two rows and an event: the difference of their shares, first minus second, with
    Newcombe's interval; otherwise Cramér's V. kind "trend": the shares' association with the order of the rows, and
    the difference last minus first. `shares`: the event's share in each row, with Wilson's interval.

    Raises InputFault with every table, row, column or count that the plan names and the tables do not have.
    """
    faults = [fault for question in plan.official for fault in _faults(question, tables)]
    if faults:
        raise InputFault(faults)
    tests, shares = [], []
    for question in plan.official:
        counts = _counts(question, tables[question.table])
        tests.append(_tested(question, counts, tables[question.table], 1 - plan.alpha))
        shares += _shares(question, counts, 1 - plan.alpha)
    return Official(pd.DataFrame(tests, columns=TEST_COLUMNS).astype({"df": "Int64", "n": "Int64"}),
                    pd.DataFrame(shares, columns=SHARE_COLUMNS).astype({"events": "Int64", "base": "Int64"}))


def save_official(study: Study, official: Official, tables: dict[str, pd.DataFrame]) -> None:
    """Keeps tests and shares as official/tests and official/shares, the tables as official/published/NAME."""
    study.write("official/tests", official.tests)
    study.write("official/shares", official.shares)
    for name, table in tables.items():
        study.write(f"official/published/{name}", table)


def _faults(question: OfficialTest, tables: dict[str, pd.DataFrame]) -> list[str]:
    place = f"plan.toml, official '{question.name}'"
    if question.table not in tables:
        return [f"{place}: no published table '{question.table}'; {nearest(question.table, tables)}"]
    table, faults = tables[question.table], []
    for kind, wanted in (("row", question.rows), ("column", question.columns)):
        known = list(dict.fromkeys(table[kind].astype(str)))
        faults += [f"{place}: {question.table}.csv has no {kind} '{name}'; {nearest(name, known)}"
                   for name in wanted if name not in known]
    if question.event is not None and question.event not in question.columns:
        faults.append(f"{place}: the event '{question.event}' is none of its columns; "
                      + nearest(question.event, question.columns))
    if question.kind == "trend" and (question.event is None or len(question.rows) < 3):
        faults.append(f"{place}: a trend needs an event and three rows in order; add them, or make it two_way.")
    if min(len(question.rows), len(question.columns)) < 2:
        faults.append(f"{place}: one row or column has nothing to be compared with; name at least two of each.")
    return faults or _cell_faults(place, question, table)


def _cell_faults(place: str, question: OfficialTest, table: pd.DataFrame) -> list[str]:
    faults = []
    for row in question.rows:
        for column in question.columns:
            cell = table[(table["row"].astype(str) == row) & (table["column"].astype(str) == column)]
            if len(cell) != 1 or cell["value"].isna().any() or cell["unit"].str.contains("percent").any():
                faults.append(f"{place}: {question.table}.csv has no single count for row '{row}', column '{column}'; "
                              "give one, or ask a question that does without it.")
    return faults


def _counts(question: OfficialTest, table: pd.DataFrame) -> pd.DataFrame:
    long = table.assign(row=table["row"].astype(str), column=table["column"].astype(str))
    chosen = long[long["row"].isin(question.rows) & long["column"].isin(question.columns)]
    return chosen.pivot_table(index="row", columns="column", values="value", aggfunc="sum").loc[
        question.rows, question.columns].astype("int64")


def _events(question: OfficialTest, counts: pd.DataFrame) -> np.ndarray:
    """Rows × (event, no event)."""
    events = counts[question.event].to_numpy()
    return np.column_stack([events, counts.to_numpy().sum(axis=1) - events])


def _tested(question: OfficialTest, counts: pd.DataFrame, table: pd.DataFrame, confidence: float) -> tuple:
    found = nominal_table(counts.to_numpy(), confidence=confidence)
    name, statistic, df, p_value = "Pearson chi-square", found.chi2, found.df, found.p_value
    effect = ("Cramér's V", found.cramers_v, found.v_low, found.v_high)
    if question.kind == "trend":
        trend = cmh_correlation(_events(question, counts)[None], _scores(question.rows), [1, 0])
        name, statistic, df, p_value = "linear trend", trend.z, 1, trend.p_value
    if question.event and (question.kind == "trend" or len(question.rows) == 2):
        rows = [-1, 0] if question.kind == "trend" else [0, 1]
        shares = shares_of(_events(question, counts)[rows])
        effect = ("risk difference", shares.effect, *newcombe(shares, confidence=confidence))
    used = table[table["row"].astype(str).isin(question.rows) & table["column"].astype(str).isin(question.columns)]
    return (question.name, question.question, name, statistic, df, p_value, *effect, int(counts.to_numpy().sum()),
            question.caveat, " ; ".join(dict.fromkeys(used["source"])))


def _scores(rows: list[str]) -> list[float]:
    """The rows' own numbers where all are numbers (years), else their order."""
    return [float(row) for row in rows] if all(row.isdecimal() for row in rows) else list(range(len(rows)))


def _shares(question: OfficialTest, counts: pd.DataFrame, confidence: float) -> list[tuple]:
    if question.event is None:
        return []
    events, base = _events(question, counts)[:, 0], counts.to_numpy().sum(axis=1)
    low, high = wilson(events, base, confidence=confidence)
    share = np.divide(events, base, out=np.full(len(base), np.nan), where=base > 0)
    return [(question.name, *row) for row in zip(question.rows, events, base, share, low, high, strict=True)]
