"""Rules as objects: one name, one reason in the reader's words and one mask, applied, counted and printed alike."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from helpers.extracts.codebook import Codebook, Rule
from helpers.extracts.conditions import holds, within
from helpers.extracts.rows import ANSWERED, EMPTY, RAGGED, UNREADABLE, Rows

Others = Callable[[str], pd.DataFrame]  # the cleaned table of another extract


@dataclass(frozen=True)
class Applied:
    """A rule ready to be applied: `mask` gives the rows it catches, `columns` what the row's sender should look at."""

    name: str
    severity: str
    sentence: str
    remedy: str
    columns: tuple[str, ...]
    mask: Callable[[Rows], np.ndarray]
    always_shown: bool = True  # a rule that every extract keeps is listed only where it caught something


def applied_rules(codebook: Codebook, others: Others) -> list[Applied]:
    """The rules in the order they are applied: those every extract keeps, then the codebook's own."""
    return [*_general(codebook), *(_declared(rule, others) for rule in codebook.rules)]


def _general(codebook: Codebook) -> list[Applied]:
    rules = [
        Applied("empty_row", "exclude", "Nothing stands in the row.", "", (),
                lambda rows: rows.origin["state"].to_numpy() == EMPTY, False),
        Applied("ragged_row", "quarantine", "The row has more or fewer cells than the header.",
                "Put answers that hold a delimiter into quotation marks.", (),
                lambda rows: rows.origin["state"].to_numpy() == RAGGED, False),
    ]
    for column in codebook.columns:
        if column.personal is None and column.type in ("count", "date"):
            what = "whole number" if column.type == "count" else "date of the declared format"
            rules.append(Applied(f"{column.name}_unreadable", "quarantine", f"{column.label}: not a {what}.",
                                 "Correct the value in the source.", (column.name,), _unreadable(column.name), False))
        if column.required and column.personal is None:
            sentence = f"{column.label}: no answer, and every {codebook.row} needs one."
            rules.append(Applied(f"{column.name}_required", "quarantine", sentence, "Fill in the value in the source.",
                                 (column.name,), _lacks([column.name]), False))
    return rules


def _unreadable(column: str) -> Callable[[Rows], np.ndarray]:
    return lambda rows: rows.kinds[column] == UNREADABLE


def _lacks(columns: list[str]) -> Callable[[Rows], np.ndarray]:
    return lambda rows: rows.answered(columns) < len(columns)


def _declared(rule: Rule, others: Others) -> Applied:
    look_at = tuple(rule.columns or ([rule.column] if rule.column else []) or rule.then or rule.where)
    mask = {
        "range": lambda rows: _out_of_range(rule, rows),
        "required": _lacks(rule.columns),
        "unique": lambda rows: _repeated(rule, rows),
        "exact_duplicate": _seen_before,
        "order": lambda rows: _out_of_order(rule, rows),
        "when": lambda rows: holds(rule.where, rows) & ~holds(rule.then, rows),
        "row_is": lambda rows: holds(rule.where, rows),
        "in_extract": lambda rows: _not_found(rule, rows, others),
        "answered": lambda rows: rows.answered(rule.columns) < rule.minimum,
    }[rule.check]
    return Applied(rule.name, rule.severity, rule.sentence, rule.remedy, look_at, mask)


def _out_of_range(rule: Rule, rows: Rows) -> np.ndarray:
    there = rows.kinds[rule.column] == ANSWERED
    return there & ~within(rows.table[rule.column], rule.min, rule.max)


def _repeated(rule: Rule, rows: Rows) -> np.ndarray:
    """Rows whose key another row has, but for the one to keep; a row without a whole key is compared with none."""
    keyed = rows.answered(rule.columns) == len(rule.columns)
    keys = rows.table.loc[keyed, rule.columns]
    if rule.keep == "most_complete":
        fullest = np.argsort(-rows.answered(list(rows.table.columns))[keyed], kind="stable")
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


def _not_found(rule: Rule, rows: Rows, others: Others) -> np.ndarray:
    """Rows whose key no row of the other extract's cleaned table has."""
    other = others(rule.extract)
    there = rows.answered(rule.columns) == len(rule.columns)
    return there & ~_keys(rows.table[rule.columns]).isin(_keys(other[rule.columns])).to_numpy(dtype=bool)


def _keys(table: pd.DataFrame) -> pd.Series:
    """The columns as one text a row."""
    texts = [table[name].astype("str") for name in table.columns]
    return texts[0].str.cat(texts[1:], sep="\x1f") if len(texts) > 1 else texts[0]
