"""Van Elteren's exact p-value: weights 1/(N_h + 1) put sums on no grid, so a rigorous bracket where they are many."""

from dataclasses import dataclass

import numpy as np
from scipy import signal

from helpers.inference.methods.exact import TIE, doubled_ranks, sum_distribution

MOST = 2_000_000  # points held for half of the strata: beyond that only a bracket is given
FINEST = 2e-5  # the smallest step that is tried: a second's work
FEW = 50_000  # points up to which listing them all is quicker than a bracket
FFT_ERROR = 1e-13  # what each convolution by Fourier transform may add to a probability


@dataclass(frozen=True)
class Half:
    """The distribution of a sum: points in order, and their probabilities."""

    points: np.ndarray
    pmf: np.ndarray

    def upper(self, least: np.ndarray) -> np.ndarray:
        """P(sum ≥ least), for each."""
        tail = np.append(np.cumsum(self.pmf[::-1])[::-1], 0.0)
        return tail[np.searchsorted(self.points, least, side="left")]

    def lower(self, most: np.ndarray) -> np.ndarray:
        """P(sum ≤ most), for each."""
        tail = np.append(0.0, np.cumsum(self.pmf))
        return tail[np.searchsorted(self.points, most, side="right")]


@dataclass(frozen=True)
class ElterenExact:
    """Exact p-values of van Elteren's statistic."""

    first: Half
    second: Half
    statistic: float

    @property
    def _tie(self) -> float:
        return TIE * max(1.0, abs(self.statistic))

    @property
    def p_exact_greater(self) -> float:
        return self._upper(self.statistic)

    @property
    def p_exact_less(self) -> float:
        return self._lower(self.statistic)

    @property
    def p_exact_two_sided(self) -> float:
        far = abs(self.statistic)
        return 1.0 if far <= self._tie else min(1.0, self._upper(far) + self._lower(-far))

    def _upper(self, least: float) -> float:
        return min(1.0, float(self.first.pmf @ self.second.upper(least - self._tie - self.first.points)))

    def _lower(self, most: float) -> float:
        return min(1.0, float(self.first.pmf @ self.second.lower(most + self._tie - self.first.points)))


def van_elteren_exact(counts: np.ndarray, *, most: int = MOST) -> ElterenExact:
    """The distribution of van Elteren's statistic over all relabellings within strata. `counts`: strata × 2 × levels.

    Strata of one size lie on a common grid and are convolved; the rest is put together from two halves, so that their
    product is never listed. Raises ValueError where a half has more than `most` points: use `van_elteren_bracket`.
    """
    parts = sorted(_by_size(counts), key=lambda part: -len(part.points))
    halves = [Half(np.zeros(1), np.ones(1)), Half(np.zeros(1), np.ones(1))]
    for part in parts:
        smaller = int(len(halves[1].points) < len(halves[0].points))
        halves[smaller] = _product(halves[smaller], part, most)
    return ElterenExact(*halves, _statistic(counts))


def _statistic(counts: np.ndarray) -> float:
    ranks = np.stack([doubled_ranks(totals) for totals in counts.sum(axis=1)])
    size = counts.sum(axis=(1, 2))
    centred = (counts[:, 0] * ranks).sum(axis=1) / 2 - counts[:, 0].sum(axis=1) * (size + 1) / 2
    return float((centred / (size + 1)).sum())


def _stratum(table: np.ndarray) -> tuple[int, np.ndarray]:
    """Smallest value and probabilities of twice the centred rank sum."""
    totals, n = table.sum(axis=0), int(table[0].sum())
    low, pmf = sum_distribution(totals, n, doubled_ranks(totals))
    return low - n * (int(totals.sum()) + 1), pmf


def _by_size(counts: np.ndarray) -> list[Half]:
    """One distribution for all strata of one size."""
    sizes = counts.sum(axis=(1, 2))
    parts = []
    for size in np.unique(sizes[sizes > 0]):
        low, pmf = 0, np.ones(1)
        for table in counts[sizes == size]:
            first, more = _stratum(table)
            low, pmf = low + first, np.convolve(pmf, more)
        held = np.flatnonzero(pmf)
        parts.append(Half((low + held) / 2 / (size + 1), pmf[held]))
    return parts


def _product(first: Half, second: Half, most: int) -> Half:
    if len(first.points) * len(second.points) > most:
        raise ValueError("too many different sums for an exact p-value; use van_elteren_bracket.")
    points = np.add.outer(first.points, second.points).ravel()
    pmf = np.multiply.outer(first.pmf, second.pmf).ravel()
    order = np.argsort(points, kind="stable")
    points, pmf = points[order], pmf[order]
    new = np.append(True, np.diff(points) > 1e-11)
    return Half(points[new], np.bincount(np.cumsum(new) - 1, pmf))


@dataclass(frozen=True)
class Bracket:
    """Two numbers between which the exact two-sided p-value certainly lies."""

    low: float
    high: float

    @property
    def width(self) -> float:
        return self.high - self.low


def table_cells(counts: np.ndarray) -> int:
    """How large a table the largest stratum's distribution takes: people drawn × sums of their doubled ranks."""
    n, size = counts[:, 0].sum(axis=1), counts.sum(axis=(1, 2))
    return int((np.minimum(n, size - n) ** 2 * 2 * size).max(initial=0))


def van_elteren_bracket(counts: np.ndarray, *, step: float = 1e-3, width: float | None = None) -> Bracket:
    """A rigorous bracket of van Elteren's exact two-sided p-value. `counts`: strata × 2 × levels.

    Each stratum's sums are rounded down to multiples of `step`, so the true sum lies between the rounded one and that
    plus strata × step. A smaller step gives a narrower bracket and takes longer in proportion; with `width` it is made
    smaller until the bracket is no wider, or FINEST is reached. Data with few sums are listed instead: no width at all.
    """
    if width is not None:
        try:
            listed = van_elteren_exact(counts, most=FEW).p_exact_two_sided
            return Bracket(max(0.0, listed - FFT_ERROR), min(1.0, listed + FFT_ERROR))
        except ValueError:
            pass
    strata = [(int(table.sum()), *_stratum(table)) for table in counts if table.sum()]
    far = abs(_statistic(counts))
    found = _bracket(strata, far, step)
    while width is not None and found.width > width and step > FINEST:
        step = max(step * min(0.9 * width / found.width, 0.5), FINEST)
        found = _bracket(strata, far, step)
    return found


def _bracket(strata: list[tuple[int, int, np.ndarray]], far: float, step: float) -> Bracket:
    pmf, low = np.ones(1), 0
    for size, first, probabilities in strata:
        held = np.flatnonzero(probabilities)
        place = np.floor((first + held) / 2 / (size + 1) / step + TIE).astype(np.int64)
        rounded = np.bincount(place - place[0], probabilities[held])
        pmf, low = np.maximum(signal.fftconvolve(pmf, rounded), 0), low + int(place[0])
    sums, slack = (low + np.arange(len(pmf))) * step, len(strata) * step
    tie, error = TIE * max(1.0, far), FFT_ERROR * len(strata)
    at_least = pmf[(sums >= far - tie) | (sums + slack <= -far + tie)].sum()
    at_most = pmf[(sums + slack >= far - tie) | (sums <= -far + tie)].sum()
    return Bracket(max(0.0, float(at_least) - error), min(1.0, float(at_most) + error))
