"""Missing answers imputed by chained equations: each outcome by a proportional odds model on all the others.

All imputations are chains that run side by side, so that one Newton step serves every one of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from helpers.inference.methods.chains import Parameters, Records, draw_levels, posterior_draw

MOST = 4_000_000  # numbers in the predictors of all chains that run side by side; part of the result's definition
UNKNOWN = 0.0  # a question never put enters the other outcomes' models at its mean


@dataclass(frozen=True)
class Chained:
    """What does not change while the chains run."""

    codes: np.ndarray  # records × outcomes, −1 where there is no answer
    wanted: np.ndarray
    covariates: np.ndarray  # records × columns, standardised


def impute(codes: np.ndarray, levels: Sequence[int], covariates: np.ndarray, *, wanted: np.ndarray,
           rng: np.random.Generator, imputations: int = 20, cycles: int = 5) -> np.ndarray:
    """Completed answers, imputations × records × outcomes; what was answered stays as it is.

    `codes`: records × outcomes, whole numbers from 0 below `levels`, −1 without an answer; `wanted`: True where a
    missing answer is to be filled in (others stay −1); `covariates`: records × columns of numbers, none missing.
    Van Buuren (2007): parameters are drawn from their approximate posterior in every cycle of every chain, so that
    the imputations differ as much as they should (Rubin's proper imputation). A level that nobody chose is never
    imputed; an outcome that nobody answered stays as it is.
    """
    codes, wanted = np.asarray(codes, dtype=np.int64), np.asarray(wanted, dtype=bool)
    fixed = Chained(codes, wanted & (codes < 0), standardised(np.asarray(covariates, dtype=float)))
    columns = fixed.covariates.shape[1] + codes.shape[1]
    together = min(max(MOST // max(len(codes) * columns, 1), 1), imputations)
    parts = [min(together, imputations - start) for start in range(0, imputations, together)]
    return np.concatenate([_imputed(fixed, levels, rng, part, cycles) for part in parts])


def _imputed(fixed: Chained, levels: Sequence[int], rng: np.random.Generator, imputations: int,
             cycles: int) -> np.ndarray:
    """So many chains side by side."""
    codes, filled = fixed.codes, _started(fixed, rng, imputations)
    lacking = [place for place in range(codes.shape[1])
               if fixed.wanted[:, place].any() and (codes[:, place] >= 0).any()]
    modes: dict[int, Parameters | None] = dict.fromkeys(lacking)  # each fit begins where the last of its kind ended
    for _ in range(cycles if lacking else 0):
        for place in lacking:
            filled[:, fixed.wanted[:, place], place] = _redrawn(fixed, filled, place, levels, rng, modes)
    return filled


def standardised(columns: np.ndarray) -> np.ndarray:
    """Columns with mean 0 and standard deviation 1, without those that do not vary."""
    spread = columns.std(axis=0)
    varied = spread > 1e-12
    return (columns[:, varied] - columns[:, varied].mean(axis=0)) / spread[varied]


def _started(fixed: Chained, rng: np.random.Generator, imputations: int) -> np.ndarray:
    """Every chain begun with answers drawn from those that were given."""
    filled = np.repeat(fixed.codes[None], imputations, axis=0)
    for place in range(fixed.codes.shape[1]):
        seen = fixed.codes[fixed.codes[:, place] >= 0, place]
        if seen.size:
            lacking = fixed.wanted[:, place]
            filled[:, lacking, place] = rng.choice(seen, (imputations, int(lacking.sum())))
    return filled


def _redrawn(fixed: Chained, filled: np.ndarray, place: int, levels: Sequence[int],
             rng: np.random.Generator, modes: dict[int, Parameters | None]) -> np.ndarray:
    """New answers to one outcome for those who gave none: imputations × people."""
    answered, lacking = fixed.codes[:, place] >= 0, fixed.wanted[:, place]
    used, level = np.unique(fixed.codes[answered, place], return_inverse=True)
    if len(used) == 1:
        return np.full((len(filled), int(lacking.sum())), used[0])
    others = np.delete(filled, place, axis=2)
    scale = [max(levels[other] - 1, 1) for other in range(filled.shape[2]) if other != place]
    records = _records(fixed.covariates[answered], others[:, answered], level, len(used), scale)
    predictors = _predictors(fixed.covariates[lacking], others[:, lacking], scale)
    drawn, modes[place] = posterior_draw(records, rng, modes[place])
    return used[draw_levels(drawn, predictors, rng)]


def _predictors(covariates: np.ndarray, others: np.ndarray, scale: Sequence[int]) -> np.ndarray:
    """Covariates and the other outcomes as numbers about from −1 to 1: imputations × people × columns."""
    numbers = np.where(others < 0, UNKNOWN, 2 * others / np.array(scale) - 1)
    return np.concatenate([np.broadcast_to(covariates, (len(others), *covariates.shape)), numbers], axis=2)


def _records(covariates: np.ndarray, others: np.ndarray, level: np.ndarray, levels: int,
             scale: Sequence[int]) -> Records:
    """The records of one model; where one other outcome and few kinds of people make few cells, the cells, weighted."""
    if others.shape[2] == 1:
        kinds, kind = np.unique(covariates, axis=0, return_inverse=True)
        steps = scale[0] + 2  # −1 and every level
        cells = len(kinds) * steps * levels
        if cells < len(level) / 4:
            cell = (kind * steps + others[:, :, 0] + 1) * levels + level
            weight = np.stack([np.bincount(each, minlength=cells) for each in cell]).astype(float)
            people, step, own = np.unravel_index(np.arange(cells), (len(kinds), steps, levels))
            return Records(own, _predictors(kinds[people], (step - 1)[None, :, None], scale), weight, levels)
    return Records(level, _predictors(covariates, others, scale), np.ones((1, len(level))), levels)
