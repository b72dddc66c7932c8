"""Scores: the mean or sum of items, where enough of them are answered."""

import numpy as np
import pandas as pd

from helpers.extracts.cleaning.rows import ANSWERED, Rows
from helpers.extracts.codebooks.codebook import Codebook
from helpers.extracts.codebooks.variables import KINDS, Score


def scored(rows: Rows, score: Score, codebook: Codebook) -> tuple[Rows, list[tuple[str, str, int]]]:
    """The rows with the score, and (why, kind of missing, rows) where there is none.

    An item counts its level's points; a reversed one counts them mirrored within its scale (lowest plus highest less
    its own). A sum with items missing is the mean of those answered times the number of items (person-mean
    imputation: Downey and King 1998, Journal of Social Psychology 138(2), 175-191). Fewer answered than `minimum`: no
    score, "not asked" where no item was asked, else "not recorded".
    """
    points = np.column_stack([_points(rows, item, codebook, item in score.reversed) for item in score.items])
    answered = np.sum(~np.isnan(points), axis=1)
    enough = answered >= score.minimum
    total = np.nansum(points, axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        values = total / answered * (len(score.items) if score.how == "sum" else 1)
    not_asked = np.all([rows.kinds[item] == KINDS.index("not_asked") for item in score.items], axis=0)
    kinds = np.where(enough, ANSWERED, np.where(not_asked, KINDS.index("not_asked"), KINDS.index("not_recorded")))
    column = pd.Series(pd.array(np.where(enough, values, np.nan), dtype="Float64")).mask(~enough)
    too_few = int((~enough & ~not_asked).sum())
    why = f"fewer than {score.minimum} of {len(score.items)} items answered"
    return rows.with_column(score.name, column, kinds.astype(np.int8)), [(why, "not_recorded", too_few)]


def _points(rows: Rows, item: str, codebook: Codebook, mirrored: bool) -> np.ndarray:
    """What each row's level counts; NaN where there is no answer."""
    points = np.array(codebook.scale(codebook.column(item).scale).points, dtype=float)
    if mirrored:
        points = points.min() + points.max() - points
    return np.append(points, np.nan)[rows.table[item].cat.codes.to_numpy()]
