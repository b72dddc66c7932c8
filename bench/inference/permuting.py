"""Step-down max-T four ways: ours, SciPy's permutation test used two ways, and the arithmetic none can do without."""

import numpy as np
from scipy import stats

from bench.inference.family import Data
from helpers.inference import max_t, rank_block, standardised

TIE = 1e-9


def ours(data: Data, permutations: int) -> np.ndarray:
    """z by relabelling and outcome, then step-down max-T: p-values, raw and adjusted (2 × outcomes)."""
    blocks = [rank_block(compared, codes) for compared, codes in data.strata]
    found = max_t(standardised(blocks, np.random.default_rng(1), permutations))
    return np.array([found.raw, found.step_down])


def scipy_jointly(data: Data, permutations: int) -> np.ndarray:
    """SciPy's best use: one call a stratum for all outcomes at once, its null distributions summed over strata."""
    observed, null, variance = 0.0, 0.0, 0.0
    for number, (compared, codes) in enumerate(data.strata):
        scores, spread = _scored(compared, codes)
        first, second = scores[:, compared], scores[:, ~compared]
        found = stats.permutation_test(
            (first, second), _sum, permutation_type="independent", vectorized=True, axis=-1,
            n_resamples=permutations, rng=np.random.default_rng(number))
        observed, null, variance = observed + found.statistic, null + found.null_distribution, variance + spread
    return _stepped(observed, null, variance)


def scipy_one_by_one(data: Data, permutations: int) -> np.ndarray:
    """The plain use: one call a stratum and an outcome, with the same draws for all outcomes of a stratum."""
    outcomes = data.codes.shape[1]
    observed, variance, null = np.zeros(outcomes), np.zeros(outcomes), np.zeros((permutations, outcomes))
    for number, (compared, codes) in enumerate(data.strata):
        scores, spread = _scored(compared, codes)
        variance += spread
        for outcome in range(outcomes):
            found = stats.permutation_test(
                (scores[outcome, compared], scores[outcome, ~compared]), _sum, permutation_type="independent",
                vectorized=True, n_resamples=permutations, rng=np.random.default_rng(number))
            observed[outcome] += found.statistic
            null[:, outcome] += found.null_distribution
    return _stepped(observed, null, variance)


def floor(data: Data, permutations: int) -> np.ndarray:
    """Random words for every label, and one matrix product a stratum in single precision; no test."""
    rng, total = np.random.default_rng(1), 0.0
    for compared, codes in data.strata:
        words = rng.integers(0, 2**63, permutations * len(compared) // 2, dtype=np.uint64)
        labels = np.zeros((permutations, len(compared)), dtype=np.float32)
        total = total + labels @ codes.astype(np.float32)
        labels[0, 0] = words[0] % 2
    return total


def _sum(first: np.ndarray, second: np.ndarray, axis: int = -1) -> np.ndarray:
    return first.sum(axis=axis)


def _scored(compared: np.ndarray, codes: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Centred midranks over N + 1, outcomes × records, and the permutation variance of their sum."""
    size, n = len(compared), int(compared.sum())
    scores = (stats.rankdata(codes, axis=0) - (size + 1) / 2) / (size + 1)
    return scores.T, n * (size - n) * (scores**2).sum(axis=0) / (size * (size - 1))


def _stepped(observed: np.ndarray, null: np.ndarray, variance: np.ndarray) -> np.ndarray:
    """Step-down max-T in plain NumPy on the distributions that SciPy drew."""
    z = np.abs(np.vstack([observed, null]) / np.sqrt(variance))
    order = np.argsort(-z[0], kind="stable")
    ranked = z[:, order]
    successive = np.maximum.accumulate(ranked[:, ::-1], axis=1)[:, ::-1]
    raw, down = np.empty(len(order)), np.empty(len(order))
    raw[order] = (ranked >= ranked[0] - TIE).mean(axis=0)
    down[order] = np.maximum.accumulate((successive >= ranked[0] - TIE).mean(axis=0))
    return np.array([raw, down])


VARIANTS = {"ours": ours, "SciPy, all outcomes in a call a stratum": scipy_jointly,
            "SciPy, a call a stratum and outcome": scipy_one_by_one, "arithmetic floor": floor}
