"""Columns of labels without an order: nominal ones, and those in which one cell holds several picks."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

from helpers.extracts.codebooks.spelling import folded
from helpers.extracts.drafting.guess import File, Guess
from helpers.extracts.drafting.missing import kind_said
from helpers.extracts.drafting.said import Said

QUOTABLE = 3  # rows that must say a label before it is no single person's any more
_FEW, _MANY, _MOST = 12, 60, 400  # labels: of any category; of a long list; of a list of places or codes
_LONG = 90  # characters, on average, that no label has
_RARE = 0.05  # of the rows may say labels that too few others say
_SEPARATORS = (";", "|", ",")


def nominal(start: Guess, file: File) -> Guess | None:
    """The column as labels without an order, where few are said by many; None where they are words of people's own."""
    labels = _once(start.said.labels)
    declared = [label for label in start.field.labels if kind_said(label) is None]
    if declared:
        said_too = [label for label in labels if folded(label) not in set(map(folded, declared))]
        return replace(start, type="nominal", labels=(*declared, *said_too))
    if start.said.is_sample or not labels or not _are_categories(labels, start.said):
        return None
    rare = [label for label, rows in labels.items() if rows < QUOTABLE]
    if len(labels) <= _FEW or not rare:
        return replace(start, type="nominal", labels=tuple(labels))
    rows = sum(labels[label] for label in rare)
    return replace(start, type="nominal", labels=tuple(label for label in labels if label not in rare), others_apart=True, remarks=(
        f"QUESTION: {len(rare)} labels that fewer than {QUOTABLE} rows say are not written down here ({rows} rows), since they may "
        "tell who somebody is; their rows go into quarantine until they are declared.",))


def _once(labels: Mapping[str, int]) -> dict[str, int]:
    """Label → rows, labels that a reader takes for the same put together under the most frequent spelling."""
    first: dict[str, str] = {}
    rows: dict[str, int] = {}
    for label, count in labels.items():
        shown = first.setdefault(folded(label), " ".join(label.split()))
        rows[shown] = rows.get(shown, 0) + count
    return rows


def _are_categories(labels: Mapping[str, int], heard: Said) -> bool:
    """Whether the labels are short and few beside the rows that say them."""
    repeated = heard.filled / len(labels)
    long = sum(map(len, labels)) / len(labels)
    rare = sum(rows for rows in labels.values() if rows < QUOTABLE) / heard.filled
    if len(labels) <= _FEW:
        return long <= _LONG and (repeated >= 2 or (len(labels) <= 3 and repeated > 1) or rare <= _RARE)
    if len(labels) <= _MANY:
        return long <= _LONG and repeated >= 4 and rare <= _RARE
    return len(labels) <= _MOST and long <= _LONG / 2 and repeated >= 5 and rare == 0


def picks(start: Guess, file: File) -> Guess | None:
    """The column as a multi-select question whose picks stand in one cell, where a few parts make up many labels."""
    labels = start.said.labels
    for mark in _SEPARATORS:
        parted = {label: [part for part in map(str.strip, re.split(re.escape(mark), label)) if part] for label in labels}
        several = [label for label, parts in parted.items() if len(parts) > 1]
        rows: Counter[str] = Counter()
        for label, parts in parted.items():
            rows.update(dict.fromkeys(set(parts), labels[label]))
        if not several or len(labels) < 3:
            continue
        parts = _once(rows)
        frequent = {part: count for part, count in parts.items() if count >= QUOTABLE}
        if _are_picks(parted, several, parts, frequent, mark):
            return _as_picks(start, mark, parts, frequent)
    return None


def _are_picks(parted: dict, several: list, parts: dict, frequent: dict, mark: str) -> bool:
    """Whether the same few parts come again in other company; prose with commas does not do that."""
    company = Counter(part for label in several for part in {folded(part) for part in parted[label]})
    again = sum(count > 1 for count in company.values())
    told = sum(frequent.values()) >= 0.9 * sum(parts.values())
    fewer = len(parts) < len(parted) if mark == "," else len(parts) <= 1.5 * len(parted)
    return told and fewer and 2 <= len(frequent) <= _MANY and again >= 0.6 * len(company) and max(map(len, frequent)) <= _LONG \
        and (mark != "," or (len(several) >= 3 and len(several) >= 0.25 * len(parted)))


def _as_picks(start: Guess, mark: str, parts: dict, frequent: dict) -> Guess:
    rare = len(parts) - len(frequent)
    remarks = [f"Several answers in one cell, parted by '{mark}'."]
    if rare:
        remarks.append(f"QUESTION: {rare} answers that fewer than {QUOTABLE} rows give are not written down here; their rows go "
                       "into quarantine until they are declared.")
    answers = {part: rows for part, rows in frequent.items() if kind_said(part) is None}
    return replace(start, type="multi_select", labels=tuple(answers), separator=mark, others_apart=bool(rare), remarks=tuple(remarks))
