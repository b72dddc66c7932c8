"""The checks that a codebook's rules are made of: each gives the mask of the rows that a rule catches."""

from collections.abc import Callable
from functools import partial

import numpy as np
import pandas as pd

from helpers.extracts.cleaning.conditions import holds, within
from helpers.extracts.cleaning.linking import keyed
from helpers.extracts.cleaning.rows import ANSWERED, Rows
from helpers.extracts.codebooks.ruled import Rule
from helpers.extracts.codebooks.variables import KINDS

Others = Callable[[str], pd.DataFrame]  # the cleaned table of another extract

_OF_ITS_OWN = ("when", "row_is", "unique", "adds_up")  # checks that read `if` themselves; it narrows all others


def mask_of(rule: Rule, others: Others) -> Callable[[Rows], np.ndarray]:
    """The function from rows to the mask of those that the rule catches."""
    checks: dict[str, Callable[[Rows], np.ndarray]] = {
        "range": partial(_out_of_range, rule),
        "allowed": partial(_not_allowed, rule),
        "pattern": partial(_of_other_form, rule),
        "required": partial(lacking, rule.columns),
        "unique": partial(_repeated, rule),
        "exact_duplicate": _seen_before,
        "order": partial(_out_of_order, rule),
        "apart": partial(_too_far_apart, rule),
        "when": lambda rows: holds(rule.where, rows) & ~holds(rule.then, rows),
        "row_is": partial(holds, rule.where),
        "in_extract": lambda rows: _whole(rule, rows) & ~_found(rule, rows, others),
        "not_in_extract": lambda rows: _whole(rule, rows) & _found(rule, rows, others),
        "agrees": lambda rows: _disagrees(rule, rows, others),
        "answered": lambda rows: rows.answered(rule.columns) < rule.minimum,
        "adds_up": partial(_does_not_add_up, rule),
        "all_different": partial(_alike, rule),
    }
    check = checks[rule.check]
    if not rule.where or rule.check in _OF_ITS_OWN:
        return check
    return lambda rows: check(rows) & holds(rule.where, rows)


def lacking(columns: list[str], rows: Rows) -> np.ndarray:
    """Rows that answer fewer than all of the columns."""
    return rows.answered(columns) < len(columns)


def _out_of_range(rule: Rule, rows: Rows) -> np.ndarray:
    there = rows.kinds[rule.column] == ANSWERED
    return there & ~within(rows.table[rule.column], rule.min, rule.max)


def _not_allowed(rule: Rule, rows: Rows) -> np.ndarray:
    return (rows.kinds[rule.column] == ANSWERED) & ~holds({rule.column: list(rule.values)}, rows)


def _of_other_form(rule: Rule, rows: Rows) -> np.ndarray:
    """Answers that the regular expression does not match from end to end."""
    said = rows.table[rule.column].astype("str").str.fullmatch(rule.pattern)
    return (rows.kinds[rule.column] == ANSWERED) & ~said.fillna(False).to_numpy(dtype=bool)


def _repeated(rule: Rule, rows: Rows) -> np.ndarray:
    """Rows whose key another row has, but for the one to keep; a row without a whole key is compared with none, nor
    is one for which `if` does not hold."""
    keyed_rows = (rows.answered(rule.columns) == len(rule.columns)) & holds(rule.where, rows)
    keys = rows.table.loc[keyed_rows, rule.columns]
    if rule.keep == "most_complete":
        fullest = np.argsort(-rows.answered(list(rows.table.columns))[keyed_rows], kind="stable")
        keys = keys.iloc[fullest]
    keep = {"most_complete": "first", "none": False}.get(rule.keep, rule.keep)
    repeated = keys.duplicated(keep=keep)
    caught = np.zeros(len(rows), dtype=bool)
    caught[repeated.index[repeated]] = True
    return caught


def _seen_before(rows: Rows) -> np.ndarray:
    """Rows that repeat an earlier one in every value and every kind of missing; hashes only name the candidates."""
    sums = pd.util.hash_pandas_object(rows.table, index=False).to_numpy()
    for number, kinds in enumerate(rows.kinds.values()):
        sums = sums + (kinds.astype(np.uint64) + np.uint64(7)) * np.uint64(2 * number + 1)
    alike = pd.Series(sums).duplicated(keep=False).to_numpy()
    candidates = rows.where(alike)
    kinds = pd.DataFrame({f"{name} kind": kind for name, kind in candidates.kinds.items()})
    whole = pd.concat([candidates.table, kinds], axis=1)
    caught = np.zeros(len(rows), dtype=bool)
    caught[np.flatnonzero(alike)] = whole.duplicated().to_numpy()
    return caught


def _out_of_order(rule: Rule, rows: Rows) -> np.ndarray:
    earlier, later = (rows.table[name] for name in rule.columns)
    return (earlier > later).fillna(False).to_numpy(dtype=bool)


def _too_far_apart(rule: Rule, rows: Rows) -> np.ndarray:
    """Rows whose two counts, numbers or days differ by more than `max`."""
    one, other = (rows.table[name] for name in rule.columns)
    apart = (one - other).dt.days.abs() if one.dtype.kind == "M" else (one - other).abs()
    return (apart > rule.max).fillna(False).to_numpy(dtype=bool)


def _whole(rule: Rule, rows: Rows) -> np.ndarray:
    return rows.answered(rule.columns) == len(rule.columns)


def _found(rule: Rule, rows: Rows, others: Others) -> np.ndarray:
    """Rows whose key some row of the other extract's cleaned table has."""
    other = others(rule.extract)
    return keyed(rows.table[rule.columns]).isin(keyed(other[rule.columns])).to_numpy(dtype=bool)


def _disagrees(rule: Rule, rows: Rows, others: Others) -> np.ndarray:
    """Rows whose key is there and whose value is another one there; a value missing on either side disagrees never."""
    other = others(rule.extract)
    pairs = other[[*rule.columns, rule.column]].dropna()
    both = pd.Index(keyed(pairs), dtype="object")
    here = [*rule.columns, rule.column]
    known = keyed(rows.table[rule.columns]).isin(keyed(pairs[rule.columns]))
    same = keyed(rows.table[here]).isin(both)
    return (known & ~same).to_numpy(dtype=bool) & (rows.answered(here) == len(here))


def _alike(rule: Rule, rows: Rows) -> np.ndarray:
    """Rows that give the same answer in two of the columns: ranks, say, of which each is given once."""
    texts = np.column_stack([rows.table[name].astype("object").map(str).to_numpy() for name in rule.columns])
    there = np.column_stack([rows.kinds[name] == ANSWERED for name in rule.columns])
    caught = np.zeros(len(rows), dtype=bool)
    for one in range(len(rule.columns)):
        for other in range(one):
            caught |= (texts[:, one] == texts[:, other]) & there[:, one] & there[:, other]
    return caught


def _does_not_add_up(rule: Rule, rows: Rows) -> np.ndarray:
    """The total and the parts of every group (rows alike in `columns`) whose parts do not add up to its total.

    `if` names the total; `parts`, where it is given, what is added, else all other rows of the group are. Rounded
    figures may be off by half a step each, the total's own included. A part that is not applicable is none. A group
    with a part that is not given, or without one total, cannot be checked: its parts may only not exceed the total.
    """
    values = rows.table[rule.column].astype("Float64").to_numpy(dtype=float, na_value=np.nan)
    total = holds(rule.where, rows)
    part = ~total & (rows.kinds[rule.column] != KINDS.index("not_applicable"))
    if rule.parts:
        part &= holds(rule.parts, rows)
    group = rows.table[rule.columns].astype("str").fillna("").groupby(rule.columns, sort=False).ngroup().to_numpy()
    count = int(group.max()) + 1 if len(group) else 0
    sums = np.bincount(group[part], weights=np.nan_to_num(values[part]), minlength=count)
    parts = np.bincount(group[part], minlength=count)
    unknown = np.bincount(group[part], weights=np.isnan(values[part]), minlength=count)
    totals = np.bincount(group[total], weights=values[total], minlength=count)
    stated = np.bincount(group[total], minlength=count) == 1
    slack = (parts + 1) * rule.rounded_to / 2 + 1e-9 * np.abs(np.nan_to_num(totals))
    over, under = sums - totals > slack, (totals - sums > slack) & (unknown == 0)
    wrong = stated & ~np.isnan(totals) & (parts > 0) & (over | under)
    return wrong[group] & (total | part)
