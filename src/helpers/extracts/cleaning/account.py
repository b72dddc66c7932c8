"""Cleaning: what was received in; a cleaned table, its kinds of missing, a ledger, the recodes, a quarantine out."""

from collections.abc import Callable, Iterator

import pandas as pd

from helpers.extracts.cleaning.cleaned import Cleaned
from helpers.extracts.cleaning.derive import derived, routed
from helpers.extracts.cleaning.ledger import Ledger
from helpers.extracts.cleaning.linking import linked
from helpers.extracts.cleaning.picks import picked
from helpers.extracts.cleaning.recode import Recoded, recoded
from helpers.extracts.cleaning.rows import Rows
from helpers.extracts.cleaning.rules import Applied, applied_rules
from helpers.extracts.cleaning.scored import scored
from helpers.extracts.cleaning.unexplained import column_faults
from helpers.extracts.codebooks.codebook import Codebook
from helpers.extracts.codebooks.spelling import header_quoted, rows_of
from helpers.extracts.codebooks.variables import Column
from helpers.extracts.reading.received import Received
from helpers.study import InputFault

_QUARANTINE = ["file", "row", "column", "value", "rule", "sentence", "remedy"]

Others = Callable[[str], Cleaned]  # another extract of the study, cleaned


def cleaned(received: Received, codebook: Codebook, name: str, others: Others) -> Cleaned:
    """What was received, cleaned; `others` gives the other extracts that links and rules look into."""
    rows, changes = _recoded(received, codebook)
    ledger = Ledger(len(rows), codebook.row)
    for rule, sentence, count in received.notes:
        ledger.note(rule, sentence, count)
    for shown, count in received.dropped.items():
        ledger.note("personal_column", f"Column {header_quoted(shown)} is personal; it was dropped unread.", count)
    rows, more = _made(rows, codebook, others)
    rows, answered_anyway = routed(rows, codebook)
    for column, count in answered_anyway.items():
        label = next(known.label for known in codebook.columns if known.name == column)
        ledger.note(f"{column}_not_asked", f"{label}: answered though it was not asked; the answer stays.", count)
    rules = applied_rules(codebook, lambda other: others(other).table)
    rows, quarantine = _ruled(rows, rules, ledger, received, codebook, name)
    order = [column.name for column in codebook.kept]
    recodes = pd.DataFrame(changes + more, columns=["column", "from", "to", "rows"]).astype(
        {"column": "str", "from": "str", "to": "str", "rows": "int64"})
    return Cleaned(rows.table[order], rows.missing[order], ledger.frame(len(rows)), recodes, quarantine, codebook)


def _recoded(received: Received, codebook: Codebook) -> tuple[Rows, list[tuple]]:
    """The rows with answers for texts, and what became of each label; raises InputFault with all files' faults."""
    table, kinds, changes, faults = {}, {}, [], list(received.faults)
    for column in codebook.columns if received.parts else []:
        if not column.is_read:
            continue
        for key, one, result in _read(received, column, codebook):
            table[one.name], kinds[one.name] = result.answers, result.kinds
            if column.personal is None:
                changes += [(one.name, *change) for change in result.changes]
            faults += column_faults(key, one, codebook, result, received)
    if faults:
        raise InputFault(list(dict.fromkeys(faults)), "data")
    origin = received.origin()
    return Rows(pd.DataFrame(table, index=origin.index), kinds, origin), changes


def _read(received: Received, column: Column, codebook: Codebook) -> Iterator[tuple[str, Column, Recoded]]:
    """Where the texts of each column stand that the question makes, the column, and what became of them."""
    if column.type == "multi_select":
        yield from picked(received, column, codebook)
    elif column.items:
        for made in column.in_table:
            item = column.model_copy(update={"name": made.name, "label": made.label, "items": {}})
            yield made.name, item, recoded(received.column(made.name), item, codebook)
    else:
        yield column.name, column, recoded(received.column(column.name), column, codebook)


def _made(rows: Rows, codebook: Codebook, others: Others) -> tuple[Rows, list[tuple]]:
    """The rows with linked, scored and derived columns, and what decided each."""
    changes = []
    for link in codebook.linked:
        other = others(link.extract)
        rows = linked(rows, link, other.table, other.missing)
    for score in codebook.scores:
        rows, counts = scored(rows, score, codebook)
        changes += [(score.name, *change) for change in counts if change[-1]]
    for column in codebook.derived:
        rows, counts = derived(rows, column, codebook)
        changes += [(column.name, *change) for change in counts]
    return rows, changes


def _ruled(rows: Rows, rules: list[Applied], ledger: Ledger, texts: Received, codebook: Codebook,
           name: str) -> tuple[Rows, pd.DataFrame]:
    """The rows that no rule sets aside, and those in quarantine; the first rule that catches a row owns it."""
    aside, refused = [], []
    personal = {column.name for column in codebook.working if column.personal}
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
            aside += list(_set_aside(rows.where(caught), rule, texts, personal))
        if rule.severity in ("quarantine", "exclude") and count:
            rows = rows.where(~caught)
    if refused:
        raise InputFault(refused, "data")
    return rows, pd.DataFrame(aside, columns=_QUARANTINE)


def _set_aside(rows: Rows, rule: Applied, texts: Received, personal: set[str]) -> Iterator[tuple]:
    """One line a row for its sender: where it stands, what it says there, and what to do."""
    for number, (file, row, at) in enumerate(rows.origin[["file", "row", "at"]].itertuples(index=False)):
        values = [_said(column, number, at, rows, texts) if column not in personal else "(personal)"
                  for column in rule.columns]
        yield file, row, ", ".join(rule.columns), ", ".join(values), rule.name, rule.sentence, rule.remedy


def _said(column: str, number: int, at: int, rows: Rows, texts: Received) -> str:
    """What the row says in the column as received; its value, where the column was made."""
    text = texts.text(column, at)
    if text is not None or column not in rows.table:
        return text or ""
    value = rows.table[column].iloc[number]
    return "" if pd.isna(value) else str(value)
