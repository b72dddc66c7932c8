"""Blocked permutation: one set of shuffled labels for every outcome of a family, and step-down max-T on it.

Labels are shuffled among all records of a stratum, those without an answer included, so that outcomes keep their
dependence. What is missing is handled conditionally: an outcome's midranks are taken among who answered, and each
relabelling's statistic is standardised with the number of answers that the relabelled group really has in each
stratum. Statistics of one outcome are thus comparable over relabellings, and of all outcomes with one another.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

TIE = 1e-9  # statistics closer than this are the same: ties are common on six levels
CHUNK = 2_000_000  # keys held at once; part of the result's definition, since draws follow one another
FEW = 4096  # records in a stratum up to which 32-bit keys leave 20 random bits above the record's own number


@dataclass(frozen=True)
class Block:
    """One stratum: who is in the compared group, and each outcome's scores, centred among who answered."""

    compared: np.ndarray  # (records,) bool
    scores: np.ndarray  # (records, outcomes) whole numbers, 0 where missing
    answered: np.ndarray  # (records, outcomes) bool
    divisor: np.ndarray  # (outcomes,) what a score is to be divided by

    def sums(self, labels: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Statistic and permutation variance by relabelling and outcome. `labels`: relabellings × records."""
        size = self.answered.sum(axis=0)
        gaps = size < len(self.answered)
        columns = np.concatenate([self.scores, self.answered[:, gaps]], axis=1)
        # Whole numbers are exact in 32 bits up to 2^24, and ties have to stay ties.
        exact = np.float32 if np.abs(columns).sum(axis=0).max(initial=0) < 2**24 else np.float64
        sums = labels.astype(exact) @ columns.astype(exact)
        squares = (self.scores.astype(float) ** 2).sum(axis=0) / self.divisor**2 / np.maximum(size * (size - 1.0), 1)
        n = np.full((1, len(size)), float(self.compared.sum()))
        if gaps.any():
            n = np.repeat(n, len(labels), axis=0)
            n[:, gaps] = sums[:, len(size):]
        return sums[:, :len(size)] * (1 / self.divisor), n * (size - n) * squares


def rank_block(compared: np.ndarray, codes: np.ndarray) -> Block:
    """A stratum scored by midranks over N + 1 (van Elteren). `codes`: records × outcomes, below 0 = missing."""
    answered = codes >= 0
    scores = np.zeros(codes.shape, dtype=np.int64)
    for column in range(codes.shape[1]):
        held = answered[:, column]
        _, place, ties = np.unique(codes[held, column], return_inverse=True, return_counts=True)
        scores[held, column] = (2 * np.cumsum(ties) - ties - ties.sum())[place]  # 2 · midrank − (N + 1)
    return Block(compared, scores, answered, 2.0 * (answered.sum(axis=0) + 1))


def event_block(compared: np.ndarray, codes: np.ndarray) -> Block:
    """A stratum scored by the event (CMH). `codes`: 1 = event, 0 = none, below 0 = missing."""
    answered = codes >= 0
    events, size = (codes * answered).sum(axis=0), answered.sum(axis=0)
    return Block(compared, (codes * size - events) * answered, answered, np.maximum(size, 1).astype(float))


def standardised(blocks: Sequence[Block], rng: np.random.Generator, permutations: int) -> np.ndarray:
    """z by relabelling and outcome, shape (1 + permutations) × outcomes; the first row is the labelling observed.

    An outcome of which no stratum can say anything has NaN throughout.
    """
    outcomes = blocks[0].scores.shape[1]
    total = np.zeros((2, 1 + permutations, outcomes))
    for block in blocks:
        _add(total[:, :1], block.sums(block.compared[None]))
        for where, keys in shuffled(rng, len(block.compared), permutations):
            _add(total[:, 1 + where.start:1 + where.stop], block.sums(lowest(keys, int(block.compared.sum()))))
    return ratio(*total)


def _add(total: np.ndarray, more: tuple[np.ndarray, np.ndarray]) -> None:
    total[0] += more[0]
    total[1] += more[1]


def ratio(statistic: np.ndarray, variance: np.ndarray) -> np.ndarray:
    """z; 0 for a relabelling without variance, NaN where the observed labelling (first row) has none."""
    z = np.divide(statistic, np.sqrt(variance), out=np.zeros_like(statistic), where=variance > 0)
    z[:, ~(variance[0] > 0)] = np.nan
    return z


def shuffled(rng: np.random.Generator, records: int, permutations: int) -> Iterator[tuple[slice, np.ndarray]]:
    """Random keys by relabelling and record, no two alike within a relabelling, in chunks with their place."""
    kind = np.uint32 if records <= FEW else np.uint64
    own = np.arange(records, dtype=kind)
    upper = ~kind((1 << max(records - 1, 1).bit_length()) - 1)
    step = max(CHUNK // max(records, 1), 1)
    for start in range(0, permutations, step):
        where = slice(start, min(start + step, permutations))
        keys = _random_bits(rng, (where.stop - start, records), kind)
        keys &= upper
        keys |= own
        yield where, keys


def _random_bits(rng: np.random.Generator, shape: tuple[int, int], kind: type) -> np.ndarray:
    """Whole numbers with every bit random; two of 32 bits are cut from one of 64, which is three times as quick."""
    needed = shape[0] * shape[1] * np.dtype(kind).itemsize
    bits = rng.integers(0, np.iinfo(np.uint64).max, -(-needed // 8), dtype=np.uint64, endpoint=True)
    return bits.astype("<u8", copy=False).view(f"<u{np.dtype(kind).itemsize}")[:shape[0] * shape[1]].reshape(shape)


def lowest(keys: np.ndarray, size: int) -> np.ndarray:
    """Which records have the `size` lowest keys of their row, as a boolean array."""
    if not size:
        return np.zeros(keys.shape, dtype=bool)
    return keys <= np.partition(keys, size - 1, axis=1)[:, size - 1:size]


def signs(first_higher: np.ndarray, rng: np.random.Generator, permutations: int) -> np.ndarray:
    """The sign test's z under random exchange of first and second, the same for all pairs of one person.

    `first_higher`: people × pairs with 1, −1 and 0 (tied or missing). Shape as `standardised`.
    """
    people = len(first_higher)
    scores = first_higher.astype(np.float32)
    total = np.empty((1 + permutations, first_higher.shape[1]))
    total[0] = first_higher.sum(axis=0)
    step = max(CHUNK // max(people, 1), 1)
    for start in range(0, permutations, step):
        rows = min(step, permutations - start)
        bits = _random_bits(rng, (rows, -(-people // 8)), np.uint8)
        kept = np.unpackbits(bits, axis=1, count=people).astype(np.float32)
        total[1 + start:1 + start + rows] = 2.0 * (kept @ scores) - total[0]
    return ratio(total, np.broadcast_to(np.abs(first_higher).sum(axis=0), total.shape).astype(float))


@dataclass(frozen=True)
class MaxT:
    """p-values by outcome, two-sided: each alone, against the largest of all, and step-down."""

    raw: np.ndarray
    single_step: np.ndarray
    step_down: np.ndarray


def max_t(z: np.ndarray) -> MaxT:
    """Westfall and Young's step-down max-T; the first row of `z` is the labelling observed, and counts as one.

    So p = (1 + hits)/(1 + B) for B random relabellings, and hits/B for a full enumeration that begins with the
    observed one. An outcome of NaN gets NaN and is no part of the largest.
    """
    size = np.abs(z)
    raw, single, down = (np.full(z.shape[1], np.nan) for _ in range(3))
    known = np.flatnonzero(~np.isnan(z[0]))
    if not known.size:
        return MaxT(raw, single, down)
    order = known[np.argsort(-size[0, known], kind="stable")]
    ranked = size[:, order]
    successive = np.maximum.accumulate(ranked[:, ::-1], axis=1)[:, ::-1]  # largest of this and the less extreme
    seen = ranked[0] - TIE
    raw[order] = (ranked >= seen).mean(axis=0)
    single[order] = (successive[:, :1] >= seen).mean(axis=0)
    down[order] = np.maximum.accumulate((successive >= seen).mean(axis=0))
    return MaxT(raw, single, down)


def enumerated(blocks: Sequence[Block]) -> np.ndarray:
    """As `standardised`, over every relabelling within strata, the observed one first: for small data only."""
    sums = [np.array(np.broadcast_arrays(*block.sums(_labellings(block.compared)))) for block in blocks]
    total = sums[0]
    for more in sums[1:]:
        total = (total[:, :, None] + more[:, None]).reshape(2, -1, total.shape[-1])
    return ratio(*total)


def _labellings(compared: np.ndarray) -> np.ndarray:
    """Every choice of as many records as are compared, the observed choice first."""
    chosen = np.array(list(combinations(range(len(compared)), int(compared.sum()))), dtype=int)
    labels = np.zeros((len(chosen), len(compared)), dtype=bool)
    np.put_along_axis(labels, chosen, True, axis=1)
    observed = (labels == compared).all(axis=1)
    return np.concatenate([labels[observed], labels[~observed]])
