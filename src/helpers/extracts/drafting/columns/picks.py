"""Columns in which one cell holds several picks of a multi-select question."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from helpers.extracts.codebooks.spelling import folded
from helpers.extracts.drafting.columns.guess import File, Guess
from helpers.extracts.drafting.columns.labels import QUOTABLE, once
from helpers.extracts.drafting.columns.missing import kind_said

_SEPARATORS = (";", "|", ",")
_MOST, _LONGEST = 60, 90  # picks a question offers; characters of one
_TOLD, _AGAIN = 0.9, 0.6  # of the picks are frequent ones; of the parts come again in other company


@dataclass(frozen=True)
class _Picks:
    """The labels taken apart at one mark: `parted` label → parts, `rows` part → rows that name it."""

    mark: str
    parted: dict[str, list[str]]
    rows: dict[str, int]

    @property
    def frequent(self) -> dict[str, int]:
        return {part: rows for part, rows in self.rows.items() if rows >= QUOTABLE}


def picks(start: Guess, file: File) -> Guess | None:
    """The column as a multi-select question whose picks stand in one cell, where a few parts make up many labels."""
    if len(start.said.labels) < 3 or start.field.declared:
        return None
    for mark in _SEPARATORS:
        found = _taken_apart(start.said.labels, mark)
        if found and _are_picks(found):
            return _as_picks(start, found)
    return None


def _taken_apart(labels: Mapping[str, int], mark: str) -> _Picks | None:
    if not any(mark in label for label in labels):
        return None
    parted = {label: [part.strip() for part in label.split(mark) if part.strip()] for label in labels}
    rows: Counter[str] = Counter()
    for label, parts in parted.items():
        rows.update(dict.fromkeys(set(parts), labels[label]))
    return _Picks(mark, parted, once(rows))


def _are_picks(found: _Picks) -> bool:
    """Whether the same few parts come again in other company; prose with commas does not do that."""
    several = [parts for parts in found.parted.values() if len(parts) > 1]
    company = Counter(part for parts in several for part in set(map(folded, parts)))
    if not several or not 2 <= len(found.frequent) <= _MOST or max(map(len, found.frequent)) > _LONGEST:
        return False
    told = sum(found.frequent.values()) >= _TOLD * sum(found.rows.values())
    again = _many(count > 1 for count in company.values())
    if found.mark == ",":
        enough = len(several) >= max(3, 0.25 * len(found.parted)) and len(found.rows) < len(found.parted)
    else:
        enough = len(found.rows) <= 1.5 * len(found.parted)
    return told and again and enough


def _many(answers: Iterable[bool]) -> bool:
    said = list(answers)
    return sum(said) >= _AGAIN * len(said)


def _as_picks(start: Guess, found: _Picks) -> Guess:
    rare = len(found.rows) - len(found.frequent)
    remarks = [f"Several answers in one cell, parted by '{found.mark}'."]
    if rare:
        remarks.append(f"QUESTION: {rare} answers that fewer than {QUOTABLE} rows give are not written down here; "
                       "their rows go into quarantine until they are declared.")
    answers = tuple(part for part in found.frequent if kind_said(part) is None)
    return replace(start, type="multi_select", labels=answers, separator=found.mark, others_apart=bool(rare),
                   remarks=tuple(remarks))
