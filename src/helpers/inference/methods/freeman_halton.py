"""Fisher's exact test of rows × columns (Freeman and Halton), and by Monte Carlo for tables too large for it."""

import numpy as np
from scipy import stats
from scipy.special import gammaln

MOST = 20_000_000  # partial tables held at once
SAME = 1e-7  # relative tolerance within which two tables count as equally probable, as in R


def freeman_halton(counts: np.ndarray) -> float:
    """The probability of all tables with these margins that are no more probable than the one seen.

    The two largest columns are filled last: given what the others leave of the rows, one of the two decides both, and
    all their fillings are compared at once with all fillings of the others. Raises ValueError where those are too many:
    use `freeman_halton_monte_carlo`.
    """
    counts = _held(counts)
    if min(counts.shape) < 2:
        return np.nan
    rows, columns = counts.sum(axis=1), np.sort(counts.sum(axis=0))
    factorial = gammaln(np.arange(counts.sum() + 1) + 1.0)
    constant = factorial[rows].sum() + factorial[columns].sum() - factorial[-1]
    limit = constant - factorial[counts].sum() + np.log1p(SAME)
    filled, logs, ways = _filled(rows, columns[:-2], factorial)
    order = np.lexsort(filled.T)
    filled, logs, ways = filled[order], logs[order], ways[order]
    starts = np.flatnonzero(np.append(True, (np.diff(filled, axis=0) != 0).any(axis=1)))
    total = 0.0
    for start, end in zip(starts, np.append(starts[1:], len(filled)), strict=True):
        left = rows - filled[start]
        cells = _columns(left, int(columns[-2]))
        last = np.sort(constant - factorial[cells].sum(axis=1) - factorial[left - cells].sum(axis=1))
        below = np.append(0.0, np.cumsum(np.exp(last)))
        counted = below[np.searchsorted(last, limit - logs[start:end], "right")]
        total += ways[start:end] @ (np.exp(logs[start:end]) * counted)
    return min(1.0, float(total))


def _held(counts: np.ndarray) -> np.ndarray:
    """The table without empty rows and columns, the shorter side as rows."""
    counts = np.asarray(counts, dtype=np.int64)
    counts = counts[counts.sum(axis=1) > 0][:, counts.sum(axis=0) > 0]
    return counts if counts.shape[0] <= counts.shape[1] else counts.T


def _filled(rows: np.ndarray, columns: np.ndarray, factorial: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Every filling of these columns as (what it takes of each row, log of its cells, in how many ways)."""
    filled, logs, ways = np.zeros((1, len(rows)), dtype=np.int64), np.zeros(1), np.ones(1)
    for size in columns:
        cells = _columns(rows, int(size))
        if len(filled) * len(cells) > MOST:
            raise ValueError("too many tables for an exact p-value; use freeman_halton_monte_carlo.")
        sums = (filled[:, None] + cells).reshape(-1, len(rows))
        able = (sums <= rows).all(axis=1)
        more = np.add.outer(logs, -factorial[cells].sum(axis=1)).ravel()[able]
        many = np.repeat(ways, len(cells))[able]
        # Fillings that take the same and are equally probable are one from here on.
        keys, place = np.unique(np.column_stack([sums[able], np.round(more, 9)]), axis=0, return_inverse=True)
        filled, logs, ways = keys[:, :-1].astype(np.int64), keys[:, -1], np.bincount(place.ravel(), many)
    return filled, logs, ways


def _columns(left: np.ndarray, size: int) -> np.ndarray:
    """Every way of taking `size` out of what the rows have left, one a row."""
    if np.prod(np.minimum(left[:-1], size) + 1.0) > MOST:
        raise ValueError("too many tables for an exact p-value; use freeman_halton_monte_carlo.")
    cells = np.stack(np.meshgrid(*(np.arange(min(most, size) + 1) for most in left[:-1]), indexing="ij"), axis=-1)
    cells = cells.reshape(-1, len(left) - 1)
    last = size - cells.sum(axis=1)
    able = (last >= 0) & (last <= left[-1])
    return np.column_stack([cells[able], last[able]])


def freeman_halton_monte_carlo(counts: np.ndarray, rng: np.random.Generator, *, tables: int = 10_000) -> float:
    """The same p-value from random tables with these margins, (1 + hits)/(1 + tables)."""
    counts = _held(counts)
    if min(counts.shape) < 2:
        return np.nan
    margins = stats.random_table(counts.sum(axis=1), counts.sum(axis=0))
    drawn = gammaln(margins.rvs(size=tables, random_state=rng) + 1.0).sum(axis=(1, 2))
    return float((1 + (drawn >= gammaln(counts + 1.0).sum() - SAME).sum()) / (1 + tables))
