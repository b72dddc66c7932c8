"""Cleaning: raw files in; a cleaned table, its kinds of missing, a ledger, the recodes and a quarantine out."""

from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from helpers.extracts.agreement import open_codebook
from helpers.extracts.codebook import KINDS, Codebook
from helpers.extracts.derive import derived, routed
from helpers.extracts.ledger import Ledger
from helpers.extracts.received import Received, receive
from helpers.extracts.recode import recoded
from helpers.extracts.rows import Rows
from helpers.extracts.rules import Applied, applied_rules
from helpers.extracts.spelling import quoted, rows_of
from helpers.extracts.unexplained import column_faults
from helpers.study import InputFault, Study

_QUARANTINE = ["file", "row", "column", "value", "rule", "sentence", "remedy"]


@dataclass(frozen=True)
class Cleaned:
    """An extract cleaned. `quarantine` is record-level: it stays in data/processed and is never displayed."""

    table: pd.DataFrame
    missing: pd.DataFrame
    ledger: pd.DataFrame
    recodes: pd.DataFrame
    quarantine: pd.DataFrame
    codebook: Codebook


def clean(study: Study, name: str) -> Cleaned:
    """The extract `name` cleaned by its codebook.

    `table`: one row a kept row in the order received, clean names, ordinal and binary columns as ordered categoricals
    (low to high), other coded ones unordered, counts Int64, dates datetime64. `missing`: the same shape, the kind of
    missing where there is no value. `ledger`, `recodes` (column, from, to, rows), `quarantine` (file, row as a
    spreadsheet numbers it, column, value, rule, sentence, remedy). Raises InputFault with every fault of the codebook,
    or of all files, at once.
    """
    return clean_once(study, name, {})


def clean_once(study: Study, name: str, done: dict[str, Cleaned | None]) -> Cleaned:
    """`clean`, with what is cleaned already in `done`: an extract that several rules look into is cleaned once."""
    if name in done:
        if done[name] is None:
            raise InputFault(f"extract '{name}': its rules look into an extract whose rules look back; drop one rule.")
        return done[name]
    done[name] = None
    try:
        codebook = open_codebook(study, name)
        done[name] = _cleaned(study, name, codebook, lambda other: clean_once(study, other, done).table)
    finally:
        if done[name] is None:
            del done[name]
    return done[name]


def _cleaned(study: Study, name: str, codebook: Codebook, others) -> Cleaned:
    received = receive(study, name, codebook)
    rows, changes = _recoded(received, codebook)
    ledger = Ledger(len(rows), codebook.row)
    for shown, count in received.dropped.items():
        ledger.note("personal_column", f"Column {quoted(shown)} is personal; it was dropped unread.", count)
    for column in codebook.derived:
        rows, counts = derived(rows, column, codebook)
        changes += [(column.name, *change) for change in counts]
    rows, answered_anyway = routed(rows, codebook)
    for column, count in answered_anyway.items():
        ledger.note(f"{column}_not_asked", f"{codebook.column(column).label}: answered though it was not asked; the "
                    "answer stays.", count)
    rows, quarantine = _ruled(rows, applied_rules(codebook, others), ledger, received, name)
    order = [column.name for column in codebook.kept]
    recodes = pd.DataFrame(changes, columns=["column", "from", "to", "rows"]).astype(
        {"column": "str", "from": "str", "to": "str", "rows": "int64"})
    return Cleaned(rows.table[order], rows.missing[order], ledger.frame(len(rows)), recodes, quarantine, codebook)


def _recoded(received: Received, codebook: Codebook) -> tuple[Rows, list[tuple]]:
    """The rows with answers for texts, and what became of each label; raises InputFault with all files' faults."""
    table, kinds, changes, faults = {}, {}, [], list(received.faults)
    for column in codebook.columns if received.parts else []:
        if column.personal is None:
            made = recoded(received.column(column.name), column, codebook)
            table[column.name], kinds[column.name] = made.answers, made.kinds
            changes += [(column.name, *change) for change in made.changes]
            faults += column_faults(column, codebook, made, received)
    if faults:
        raise InputFault(faults, "data")
    return Rows(pd.DataFrame(table), kinds, received.origin()), changes


def _ruled(rows: Rows, rules: list[Applied], ledger: Ledger, texts: Received,
           name: str) -> tuple[Rows, pd.DataFrame]:
    """The rows that no rule sets aside, and those in quarantine; the first rule that catches a row owns it."""
    aside, refused = [], []
    for rule in rules:
        caught = rule.mask(rows)
        count = int(caught.sum())
        if rule.severity == "refuse" and count:
            first = rows.origin.loc[caught].iloc[0]
            refused.append(" ".join([f"{first['file']}, row {first['row']}:", rule.sentence, rule.remedy,
                                     f"({rows_of(count)} of extract '{name}' in all.)"]))
        if count or rule.always_shown:
            ledger.step(rule, count)
        if rule.severity == "quarantine" and count:
            aside += list(_set_aside(rows.where(caught), rule, texts))
        if rule.severity in ("quarantine", "exclude") and count:
            rows = rows.where(~caught)
    if refused:
        raise InputFault(refused, "data")
    return rows, pd.DataFrame(aside, columns=_QUARANTINE)


def _set_aside(rows: Rows, rule: Applied, texts: Received) -> Iterator[tuple]:
    """One line a row for its sender: where it stands, what it says there, and what to do."""
    for number, (file, row, at) in enumerate(rows.origin[["file", "row", "at"]].itertuples(index=False)):
        said = [texts.text(column, at) for column in rule.columns]
        values = [_cell(rows.table[column].iloc[number]) if text is None else text
                  for column, text in zip(rule.columns, said, strict=True)]
        yield file, row, ", ".join(rule.columns), ", ".join(values), rule.name, rule.sentence, rule.remedy


def _cell(value) -> str:
    return "" if pd.isna(value) else str(value)


def missing_by_kind(cleaned) -> pd.DataFrame:
    """How many rows answer each column and how many lack it: column, label, answered, then one column a kind found."""
    counts = pd.DataFrame({
        kind: [int((cleaned.missing[name] == kind).sum()) for name in cleaned.table.columns] for kind in KINDS
    })
    frame = pd.DataFrame({
        "column": list(cleaned.table.columns),
        "label": [cleaned.codebook.column(name).label for name in cleaned.table.columns],
        "answered": [int(count) for count in cleaned.table.notna().sum()],
    })
    return pd.concat([frame, counts.loc[:, counts.sum() > 0]], axis=1)
