"""Tables of rows × columns: Pearson's χ² with Cramér's V, and the Cochran-Mantel-Haenszel tests over strata.

Tables over strata have the shape strata × rows × columns. By hand: statsmodels has these for 2 × 2 only.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import optimize, stats


@dataclass(frozen=True)
class NominalTable:
    """Pearson's χ² of one table, without correction, and the strength of the association."""

    chi2: float
    df: int
    g: float
    n: int
    smaller: int  # rows or columns, whichever are fewer
    adjusted_residuals: list
    confidence: float

    @property
    def p_value(self) -> float:
        return float(stats.chi2.sf(self.chi2, self.df)) if self.df else np.nan

    @property
    def cramers_v(self) -> float:
        return float(np.sqrt(self.chi2 / self._scale)) if self.df else np.nan

    @property
    def v_low(self) -> float:
        return self._v_at((1 + self.confidence) / 2)

    @property
    def v_high(self) -> float:
        return self._v_at((1 - self.confidence) / 2)

    @property
    def _scale(self) -> float:
        return self.n * (self.smaller - 1)

    def _v_at(self, below: float) -> float:
        """V at the noncentrality that leaves `below` under the χ² seen; 0 where none does. Smithson (2003), 4.3."""
        if not self.df:
            return np.nan
        if stats.chi2.cdf(self.chi2, self.df) < below:
            return 0.0
        top = self.chi2 + 10 * np.sqrt(self.chi2 + self.df) + 50
        noncentral = optimize.brentq(lambda nc: stats.ncx2.cdf(self.chi2, self.df, nc) - below, 1e-9, top)
        return min(1.0, float(np.sqrt((noncentral + self.df) / self._scale)))


def nominal_table(counts: np.ndarray, *, confidence: float = 0.95) -> NominalTable:
    """Pearson's χ², the likelihood ratio G, Cramér's V with its interval and the adjusted residuals of a table.

    Rows and columns without anybody are left out of the test; their residuals are NaN.
    """
    counts = np.asarray(counts, dtype=float)
    rows, cols, size = counts.sum(axis=1), counts.sum(axis=0), counts.sum()
    with np.errstate(divide="ignore", invalid="ignore"):
        expected = np.outer(rows, cols) / size
        residuals = (counts - expected) / np.sqrt(expected * np.outer(1 - rows / size, 1 - cols / size))
        logs = np.where(counts > 0, counts * np.log(counts / expected), 0)
        parts = np.where(expected > 0, (counts - expected) ** 2 / expected, 0)
    held = (int((rows > 0).sum()), int((cols > 0).sum()))
    return NominalTable(float(parts.sum()), (held[0] - 1) * (held[1] - 1), float(2 * logs.sum()), int(size), min(held),
                        residuals.tolist(), confidence)


@dataclass(frozen=True)
class StratifiedTest:
    """A generalised CMH statistic; `z` only where one direction is tested."""

    chi2: float
    df: int
    z: float = np.nan

    @property
    def p_value(self) -> float:
        if self.df == 1 and not np.isnan(self.z):
            return float(2 * stats.norm.sf(abs(self.z)))
        return float(stats.chi2.sf(self.chi2, self.df)) if self.df else np.nan


def cmh_general(tables: np.ndarray) -> StratifiedTest:
    """Whether rows and columns, both nominal, are associated within strata. Landis, Heyman and Koch (1978)."""
    tables = _held(tables)
    return _quadratic(tables, np.eye(tables.shape[1])[:-1], np.eye(tables.shape[2])[:-1])


def cmh_row_mean(tables: np.ndarray, scores: Sequence[float]) -> StratifiedTest:
    """Whether rows differ in their mean column score; with two rows `z` is positive where the first scores higher.

    `scores`: a number a column, or strata × columns where each stratum has its own (midranks, say).
    """
    tables = np.asarray(tables, dtype=float)
    held = tables.sum(axis=(0, 2)) > 0
    columns = np.asarray(scores, dtype=float)[..., None, :]
    return _quadratic(tables[:, held], np.eye(int(held.sum()))[:-1], columns)


def cmh_correlation(tables: np.ndarray, row_scores: Sequence[float], column_scores: Sequence[float]) -> StratifiedTest:
    """Whether row scores and column scores rise together within strata; `z` is positive where they do."""
    rows, columns = np.asarray(row_scores, dtype=float)[None], np.asarray(column_scores, dtype=float)[None]
    return _quadratic(np.asarray(tables, dtype=float), rows, columns)


def _held(tables: np.ndarray) -> np.ndarray:
    tables = np.asarray(tables, dtype=float)
    return tables[:, tables.sum(axis=(0, 2)) > 0][:, :, tables.sum(axis=(0, 1)) > 0]


def _quadratic(tables: np.ndarray, rows: np.ndarray, columns: np.ndarray) -> StratifiedTest:
    """G'V⁻¹G, where G sums row scores × column scores of observed − expected, V its permutation variance.

    `columns`: scores × columns, or strata × scores × columns.
    """
    total = np.zeros(len(rows) * columns.shape[-2])
    variance = np.zeros((len(total), len(total)))
    for table, scores in zip(tables, np.broadcast_to(columns, (len(tables), *columns.shape[-2:])), strict=True):
        size = table.sum()
        if size < 2:
            continue
        r, c = table.sum(axis=1) / size, table.sum(axis=0) / size
        total += (rows @ (table - size * np.outer(r, c)) @ scores.T).ravel()
        spread_r = rows @ (np.diag(r) - np.outer(r, r)) @ rows.T
        spread_c = scores @ (np.diag(c) - np.outer(c, c)) @ scores.T
        variance += size**2 / (size - 1) * np.kron(spread_r, spread_c)
    df = int(np.linalg.matrix_rank(variance, hermitian=True)) if variance.any() else 0
    if not df:
        return StratifiedTest(np.nan, 0)
    chi2 = float(total @ np.linalg.pinv(variance, hermitian=True) @ total)
    return StratifiedTest(chi2, df, float(total[0] / np.sqrt(variance[0, 0])) if len(total) == 1 else np.nan)


def linear_by_linear(outcome: Sequence[float], scores: Sequence[float]) -> StratifiedTest:
    """Whether midranks of the outcome rise with the scores of ordered groups, one stratum, record by record."""
    ranks, scores = stats.rankdata(outcome), np.asarray(scores, dtype=float)
    ranks, scores = ranks - ranks.mean(), scores - scores.mean()
    spread = (ranks**2).sum() * (scores**2).sum() / (len(ranks) - 1)
    z = float(ranks @ scores / np.sqrt(spread)) if spread > 0 else np.nan
    return StratifiedTest(z**2, 1, z)
