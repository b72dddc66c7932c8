"""A share in a known frame: weights and finite population correction by stratum; Wilson where there is no frame."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from helpers.inference.methods.normal import errors_reached
from helpers.inference.methods.proportions import wilson


@dataclass(frozen=True)
class Share:
    """A share with its standard error and interval; `base` is how many answered."""

    effect: float
    se: float
    ci_low: float
    ci_high: float
    base: int
    alone: int = 0  # strata with a single answer, whose spread was taken from the whole


def simple_share(events: int, base: int, *, confidence: float = 0.95) -> Share:
    """The unweighted share with Wilson's interval; NaN for a base of 0."""
    if not base:
        return Share(np.nan, np.nan, np.nan, np.nan, 0)
    share = events / base
    low, high = wilson(events, base, confidence=confidence)
    return Share(share, float(np.sqrt(share * (1 - share) / base)), low, high, int(base))


def finite_population(events: int, base: int, population: int, *, confidence: float = 0.95) -> Share:
    """The share of a simple random sample without replacement: p ∓ z √((1 − n/N) p(1 − p)/(n − 1)), not truncated."""
    share = events / base
    se = float(np.sqrt((1 - base / population) * share * (1 - share) / (base - 1))) if base > 1 else np.nan
    reach = errors_reached(confidence) * se
    return Share(share, se, share - reach, share + reach, int(base))


def weighted_share(
    events: Sequence[int], base: Sequence[int], population: Sequence[int], *, confidence: float = 0.95,
    drawn: bool = True,
) -> Share:
    """The share of a population from a sample stratified with unequal chances: Σ N_h p_h / Σ N_h.

    Variance Σ (N_h/N)² (1 − n_h/N_h) p_h(1 − p_h)/(n_h − 1): Cochran, Sampling Techniques, 5.24. A stratum without
    answers is left out; one with a single answer takes its spread about the whole share. A share of 0 or 1 that is
    not the whole population has no standard error: its interval is Wilson's. Where nobody was `drawn`, but people chose
    to answer, the strata are post-strata and there is no finite population correction (Cochran, 5A.9, given the n_h).
    """
    events, base, population = (np.asarray(each, dtype=float) for each in (events, base, population))
    seen = base > 0
    events, base, population = events[seen], base[seen], np.maximum(population[seen], base[seen])
    if not base.size:
        return Share(np.nan, np.nan, np.nan, np.nan, 0)
    shares, weight = events / base, population / population.sum()
    share = float(shares @ weight)
    spread = np.where(base > 1, shares * (1 - shares) / np.maximum(base - 1, 1), (shares - share) ** 2)
    correction = 1 - base / population if drawn else 1.0
    se = float(np.sqrt((weight**2 * correction * spread).sum()))
    alone = int(((base == 1) & (population > 1)).sum())
    if se == 0 and (not drawn or (base < population).any()):
        low, high = wilson(events.sum(), base.sum(), confidence=confidence)
        return Share(share, se, low, high, int(base.sum()), alone)
    reach = errors_reached(confidence) * se
    return Share(share, se, max(0.0, share - reach), min(1.0, share + reach), int(base.sum()), alone)
