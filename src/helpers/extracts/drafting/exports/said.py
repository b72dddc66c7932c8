"""What a column says: its distinct texts and how many rows say each, without looking at row after row."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from helpers.extracts.codebooks.spelling import folded
from helpers.extracts.reading.coded import Coded

_MOST_FREQUENT, _SPREAD = 1500, 1500  # texts that stand for all of a column with many


@dataclass(frozen=True)
class Said:
    """`rows` that have the cell; `labels`: distinct filled text → rows, the most frequent first (a sample where there
    are many: `distinct` counts them all); `blank`: rows with nothing there."""

    rows: int
    blank: int
    distinct: int
    labels: dict[str, int]

    @property
    def filled(self) -> int:
        return self.rows - self.blank

    @property
    def is_sample(self) -> bool:
        return len(self.labels) < self.distinct

    @cached_property
    def folded(self) -> dict[str, int]:
        """The labels as a reader compares them → rows."""
        rows: dict[str, int] = {}
        for label, count in self.labels.items():
            rows[folded(label)] = rows.get(folded(label), 0) + count
        return rows

    def without(self, labels: set[str]) -> "Said":
        """The same without some labels, as if their rows were blank."""
        left = {label: rows for label, rows in self.labels.items() if label not in labels}
        gone = sum(self.labels.values()) - sum(left.values())
        return Said(self.rows, self.blank + gone, self.distinct - (len(self.labels) - len(left)), left)


def said(cells: Coded) -> Said:
    """What the column says in the rows that have it."""
    counts = cells.counts()
    heard = np.flatnonzero(counts)
    order = heard[np.argsort(-counts[heard], kind="stable")]
    here = int((cells.codes >= 0).sum())
    blank_codes = [at for at in order if not cells.texts[at].strip()]
    blank = int(counts[blank_codes].sum())
    filled = order[~np.isin(order, blank_codes)] if blank_codes else order
    if len(filled) > _MOST_FREQUENT + _SPREAD:
        rest = filled[_MOST_FREQUENT:]
        chosen = np.concatenate([filled[:_MOST_FREQUENT], rest[:: max(1, len(rest) // _SPREAD)]])
    else:
        chosen = filled

    return Said(here, blank, len(filled), {cells.texts[at]: int(counts[at]) for at in chosen})
