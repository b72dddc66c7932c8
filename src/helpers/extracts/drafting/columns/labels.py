"""Columns of labels without an order."""

import re
from collections.abc import Mapping
from dataclasses import replace

from helpers.extracts.codebooks.spelling import folded, folded_header
from helpers.extracts.drafting.columns.guess import File, Guess
from helpers.extracts.drafting.columns.missing import kind_said
from helpers.extracts.drafting.scales.recognised import recognised

QUOTABLE = 3  # rows that must say a label before it is no single person's any more
_FEW, _MANY, _MOST = 12, 60, 400  # labels: of any category; of a long list; of a list of places or codes
_LONG = 90  # characters, on average, that no label has
_RARE = 0.05  # of the rows may say labels that too few others say
_LEAST_ORDERED = 3  # labels beside the odd one; of two, one is always odd

# Headers of what is a category however few rows there are.
_CATEGORY = re.compile(
    r"\b(sex|gender|ethnic\w*|placement|legal|status|type|category|reason|group|class|kind|level|stage|religion|"
    r"disability|setting|provider|accommodation|agency|sector|outcome)\b")


def nominal(start: Guess, file: File) -> Guess | None:
    """The column as labels without an order, where few are said by many; None where they are words of people's own."""
    labels = once(start.said.labels)
    declared = [label for label, _ in start.field.declared if kind_said(label) is None]
    if declared:
        known = set(map(folded, declared))
        undeclared = (label for label in labels if folded(label) not in known)
        return replace(start, type="nominal", labels=(*declared, *undeclared))
    if start.said.is_sample or not labels or not _are_categories(start, labels):
        return None
    rare = {label for label, rows in labels.items() if rows < QUOTABLE}
    if len(labels) <= _FEW or not rare:
        return replace(start, type="nominal", labels=tuple(labels), remarks=_nearly_ordered(labels))
    rows = sum(labels[label] for label in rare)
    asked = f"QUESTION: {len(rare)} labels that fewer than {QUOTABLE} rows say are not written down here ({rows} " \
            "rows), since they may tell who somebody is; their rows go into quarantine until they are declared."
    frequent = tuple(label for label in labels if label not in rare)
    return replace(start, type="nominal", labels=frequent, others_apart=True, remarks=(asked,))


def once(labels: Mapping[str, int]) -> dict[str, int]:
    """Label → rows, labels that a reader takes for the same put together under the most frequent spelling."""
    first: dict[str, str] = {}
    rows: dict[str, int] = {}
    for label, count in labels.items():
        shown = first.setdefault(folded(label), " ".join(label.split()))
        rows[shown] = rows.get(shown, 0) + count
    return rows


def _are_categories(start: Guess, labels: Mapping[str, int]) -> bool:
    """Whether the labels are short and few beside the rows that say them."""
    repeated = start.said.filled / len(labels)
    length = sum(map(len, labels)) / len(labels)
    rare = sum(rows for rows in labels.values() if rows < QUOTABLE) / start.said.filled
    if len(labels) <= _FEW:
        says_so = bool(_CATEGORY.search(folded_header(start.field.header.shown).replace("_", " ")))
        return length <= _LONG and (repeated >= 2 or rare <= _RARE or says_so)
    if len(labels) <= _MANY:
        return length <= _LONG and repeated >= 4 and rare <= _RARE
    return len(labels) <= _MOST and length <= _LONG / 2 and repeated >= 5 and rare == 0


def _nearly_ordered(labels: Mapping[str, int]) -> tuple[str, ...]:
    """A question where all labels but one have an order: it may be a point, or a kind of missing."""
    worded = sum(any(map(str.isalpha, label)) for label in labels)
    if not _LEAST_ORDERED < len(labels) <= _FEW or 2 * worded < len(labels):
        return ()
    for odd in labels:
        if found := recognised([label for label in labels if label != odd]):
            order = " < ".join(sorted(found.places, key=found.places.__getitem__))
            shown = f"'{odd}'" if labels[odd] >= QUOTABLE else "one label"
            return (f"QUESTION: all but {shown} have an order ({order}). If it is a kind of missing, move it there and "
                    "make this an ordinal column; if it is a point, say where.",)
    return ()
