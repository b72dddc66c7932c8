"""The comparison adjusted for covariates: a proportional odds model, and its answer on the comparison's own scale."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.special import expit

from helpers.inference.methods.ordinal_model import OrdinalModel, ordinal_logit

TOLERANCE = 1e-5  # of a log odds ratio's interval: far below what any report shows
RANK = 1e-8  # a column that the others give to within this is no column of its own


@dataclass(frozen=True)
class Adjusted:
    """What the model says of the group. What cannot be estimated is NaN."""

    odds_ratio: float = np.nan
    or_low: float = np.nan  # profile likelihood
    or_high: float = np.nan
    chi2: float = np.nan  # likelihood ratio of the group
    df: int = 0
    p_value: float = np.nan
    po_chi2: float = np.nan  # one coefficient a threshold against one for all
    po_df: int = 0
    po_p: float = np.nan
    effect: float = np.nan  # theta, or with two levels the difference of the upper level's shares
    ci_low: float = np.nan
    ci_high: float = np.nan
    n: int = 0
    converged: bool = False


def adjusted(level: np.ndarray, compared: np.ndarray, stratum: np.ndarray, covariates: np.ndarray, *, levels: int,
             confidence: float = 0.95) -> Adjusted:
    """Proportional odds with stratum terms, covariates and the group; its effect standardised over the records used.

    `level`: codes from 0 below `levels`, −1 = missing; `compared`: True in the group compared; `stratum`: codes;
    `covariates`: records × columns of numbers. Records without a level or a covariate are left out; levels that nobody
    has are merged away, and so are columns that others give.

    The effect asks, for everybody in turn, how they would be rated as one of the group compared and as one of the
    reference, all else as it is: theta is the mean of P(higher) + ½ P(equal) of those two (the parametric g-formula).
    Its interval carries the profile interval of the coefficient, the other parameters refitted at each end.
    """
    covariates = np.asarray(covariates, dtype=float)
    used = (level >= 0) & (stratum >= 0) & ~np.isnan(covariates).any(axis=1)
    found, codes = np.unique(level[used], return_inverse=True)
    group = compared[used].astype(float)
    if len(found) < 2 or len(set(group)) < 2:
        return Adjusted(n=int(used.sum()))
    columns = _independent(group, stratum[used], covariates[used])
    if columns is None:
        return Adjusted(n=int(used.sum()))
    named = {"group": group} | {f"x{place}": column for place, column in enumerate(columns.T)}
    model = ordinal_logit(codes, named, group=["group"], levels=found, confidence=confidence, tolerance=TOLERANCE)
    return _told(model, _effect_of(model, columns, two_levels=levels == 2), int(used.sum()))


def _independent(group: np.ndarray, stratum: np.ndarray, covariates: np.ndarray) -> np.ndarray | None:
    """Stratum terms and covariates without what others give; None where they give the group itself away."""
    terms = stratum[:, None] == np.unique(stratum)[None, 1:]
    columns = np.column_stack([terms.astype(float), covariates])
    whole, kept = np.ones((len(group), 1)), []
    for place, column in enumerate(columns.T):
        if _adds(whole, column):
            whole, kept = np.column_stack([whole, column]), [*kept, place]
    return columns[:, kept] if _adds(whole, group) else None


def _adds(whole: np.ndarray, column: np.ndarray) -> bool:
    rest = column - whole @ np.linalg.lstsq(whole, column, rcond=None)[0]
    return bool(np.abs(rest).max() > RANK * max(np.abs(column).max(), 1.0))


def _told(model: OrdinalModel, effect: Callable[[np.ndarray], float], n: int) -> Adjusted:
    if not model.fit.converged:
        return Adjusted(n=n)
    ends = model.group_profile_low, model.group_profile_high
    low, high = (effect(model.held_at(end).parameters) if np.isfinite(end) else np.nan for end in ends)
    ratio = float(np.exp(model.coef["group"]))
    return Adjusted(
        ratio, float(np.exp(ends[0])), float(np.exp(ends[1])), max(model.group_lr_chi2, 0.0), model.group_lr_df,
        model.group_lr_p, model.po_lr_chi2 if model.po_lr_df else np.nan, model.po_lr_df, model.po_lr_p,
        effect(model.fit.parameters), low, high, n, converged=True,
    )


def _effect_of(model: OrdinalModel, columns: np.ndarray, *, two_levels: bool) -> Callable[[np.ndarray], float]:
    """The standardised effect as a function of the model's parameters (thresholds, group, columns)."""
    cuts = len(model.levels) - 1

    def effect(parameters: np.ndarray) -> float:
        linear = columns @ parameters[cuts + 1:]
        first, second = (_chances(parameters[:cuts], linear + shift) for shift in (parameters[cuts], 0.0))
        if two_levels:
            return float((first[:, -1] - second[:, -1]).mean())
        below = np.cumsum(second, axis=1) - second / 2
        return float((first * below).sum(axis=1).mean())

    return effect


def _chances(thresholds: np.ndarray, linear: np.ndarray) -> np.ndarray:
    """The chance of every level, records × levels."""
    below = expit(thresholds - linear[:, None])
    ends = np.zeros((len(linear), 1))
    return np.diff(np.concatenate([ends, below, ends + 1], axis=1), axis=1)
