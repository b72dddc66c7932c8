"""The other designs on trial: pairs, shares of a known frame, partnerships beyond these, trends, equivalence, gaps.

Each world draws one sample and says of each method whether its interval held the truth (or, of equivalence, whether
"no important difference" was declared), under the study's own numbers of people where they matter.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.optimize import brentq

from helpers.inference.estimates import estimate
from helpers.inference.methods.heterogeneity import mean_of_strata
from helpers.inference.methods.imputation import pool
from helpers.inference.methods.imputing import impute
from helpers.inference.methods.paired import dominance, tango
from helpers.inference.methods.prevalence import simple_share, weighted_share
from helpers.inference.methods.theta import stratified_theta
from helpers.inference.methods.trend import mean_slope
from helpers.inference.validation.design import Cells, Design
from helpers.inference.validation.samples import levels_of
from helpers.inference.validation.scenarios import EFFECT, VARYING, of_shifts
from helpers.inference.validation.trial import ALPHA, CONFIDENCE, Tally, stream

Outcome = dict[str, bool]  # method → held, or declared
MARGIN = 0.05  # of theta, as the sample study's plan has it
PAIRS, YEARS, A_YEAR = 400, np.arange(2017, 2021), 0.01
CHILD = 1.5  # spread (sd, log odds) of what a child's answers have in common


@dataclass(frozen=True)
class World:
    """One design in one world; `target` is the rate that every method claims there (NaN: none)."""

    name: str
    title: str
    what: str
    measure: str
    target: float
    draw: Callable[[Design, Cells, np.random.Generator], Outcome]


def further(design: Design, cells: Cells, *, replicates: int, seed: int,
            watch: Callable[[Iterable], Iterable] = iter) -> pd.DataFrame:
    """Rows as `trial`, a row a world and method."""
    rows = []
    for world in WORLDS:
        rng = stream(seed, world.name)
        found = [world.draw(design, cells, rng) for _ in watch(range(replicates))]
        for method in found[0]:
            hits = np.array([each[method] for each in found])
            rows.append(Tally.of(hits, np.ones(len(hits), dtype=bool)).row(
                method=method, title=method, scenario=world.name, measure=world.measure, target=world.target))
    return pd.DataFrame(rows)


def _holds(found: tuple[float, float], truth: float) -> bool:
    return bool(found[0] <= truth <= found[1])


def _pairs(design: Design, cells: Cells, rng: np.random.Generator) -> Outcome:
    """Pairs of which 35% are lower and 20% higher: D is -0.15."""
    lower, higher, _ = rng.multinomial(PAIRS, [0.35, 0.20, 0.45])
    found = dominance(higher, lower, PAIRS)
    return {"D, normal": _holds((found.ci_low, found.ci_high), -0.15),
            "Tango": _holds(tango(higher, lower, PAIRS), -0.15)}


def _frame(design: Design, cells: Cells, rng: np.random.Generator) -> Outcome:
    """The frame itself is drawn, then the sample from its cells, whose shares differ with what part of them is drawn.
    """
    chance = 0.35 + 0.4 * np.argsort(np.argsort(cells.sampled / cells.population)) / len(cells.sampled)
    events = rng.binomial(cells.population, chance)
    seen = rng.hypergeometric(events, cells.population - events, cells.sampled)
    truth = events.sum() / cells.population.sum()
    ours = weighted_share(seen, cells.sampled, cells.population)
    uncorrected = weighted_share(seen, cells.sampled, cells.population, drawn=False)
    plain = simple_share(seen.sum(), cells.sampled.sum())
    return {"share, weighted, finite population": _holds((ours.ci_low, ours.ci_high), truth),
            "share, weighted, no correction": _holds((uncorrected.ci_low, uncorrected.ci_high), truth),
            "share, not weighted": _holds((plain.ci_low, plain.ci_high), truth)}


def _counts(design: Design, shift: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Answers of one sample whose compared group is shifted in each partnership: partnerships × 2 × levels."""
    sizes = np.stack([design.compared, design.reference], axis=1)
    return rng.multinomial(sizes, of_shifts(design, np.stack([shift, np.zeros_like(shift)], axis=1)))


def _theta(design: Design, shift: float) -> float:
    """The true theta of that shift."""
    first, second = of_shifts(design, np.array([shift, 0.0]))
    return float(first @ (np.cumsum(second) - second / 2))


def _over_normal(values: Callable[[float], np.ndarray], spread: float) -> np.ndarray:
    """The mean of what depends on a normal deviate, by a fine grid of it."""
    grid = np.linspace(-5, 5, 201)
    weight = np.exp(-(grid**2) / 2)
    return np.tensordot(weight / weight.sum(), np.array([values(spread * each) for each in grid]), axes=1)


def _beyond(design: Design, cells: Cells, rng: np.random.Generator) -> Outcome:
    """The effect varies from partnership to partnership about one that is there on average."""
    counts = _counts(design, EFFECT + VARYING * rng.standard_normal(len(design.size)), rng)
    truth = float(_over_normal(lambda each: _theta(design, EFFECT + each), VARYING))
    found, within = stratified_theta(counts), estimate("ordinal", counts, confidence=CONFIDENCE)
    mean = mean_of_strata(found.theta, none=0.5)
    return {"mean of partnerships, t": _holds((mean.ci_low, mean.ci_high), truth),
            "theta within these, read as beyond": _holds((within.ci_low, within.ci_high), truth)}


def _trend(design: Design, cells: Cells, rng: np.random.Generator) -> Outcome:
    """A share rises by a point a year on average, by more here and less there."""
    places = len(design.size)
    slopes = A_YEAR + 0.006 * rng.standard_normal(places)
    total = np.broadcast_to(8 * design.size[:, None], (places, len(YEARS)))
    share = 0.3 + 0.05 * rng.standard_normal((places, 1)) + slopes[:, None] * (YEARS - YEARS.mean())
    part = rng.binomial(total, np.clip(share, 0.01, 0.99))
    found = mean_slope(part, total, YEARS)
    pooled = mean_slope(part.sum(axis=0, keepdims=True), total.sum(axis=0, keepdims=True), YEARS)
    return {"slope, partnerships and t": _holds((found.ci_low, found.ci_high), A_YEAR),
            "slope, pooled and binomial": _holds((pooled.ci_low, pooled.ci_high), A_YEAR)}


def _equivalent(design: Design, shift: float, rng: np.random.Generator) -> Outcome:
    found = estimate("ordinal", _counts(design, np.full(len(design.size), shift), rng), confidence=1 - 2 * ALPHA)
    return {"no important difference, by the 90% interval": bool(
        found.ci_low > 0.5 - MARGIN and found.ci_high < 0.5 + MARGIN)}


def _at_the_margin(design: Design, cells: Cells, rng: np.random.Generator) -> Outcome:
    shift = brentq(lambda each: _theta(design, each) - (0.5 - MARGIN), -3, 0)
    return _equivalent(design, shift, rng)


def _alike(design: Design, cells: Cells, rng: np.random.Generator) -> Outcome:
    return _equivalent(design, 0.0, rng)


def _gaps(design: Design, cells: Cells, rng: np.random.Generator) -> Outcome:
    """Two outcomes of a child go together; in the compared group the first is missing where the second is low."""
    group, stratum = design.is_compared, design.stratum
    chances = of_shifts(design, EFFECT * group + CHILD * rng.standard_normal(len(group)))
    codes = np.stack([levels_of(rng.random(len(group)), chances) for _ in range(2)], axis=1)
    kept = codes.copy()
    kept[rng.random(len(group)) < np.where(group & (codes[:, 1] < design.cut), 0.7, 0.1), 0] = -1
    people = np.column_stack([stratum[:, None] == np.arange(1, len(design.size)), group]).astype(float)
    filled = impute(kept, [len(design.levels)] * 2, people, wanted=kept < 0, rng=rng)
    effects, errors = zip(*(_of_codes(design, each[:, 0]) for each in filled), strict=True)
    pooled = pool(effects, np.square(errors), n_complete=len(group), n_parameters=len(design.size) + 1)
    alone, error = _of_codes(design, kept[:, 0])
    first, second = (_over_normal(lambda each, shift=shift: of_shifts(design, shift + each), CHILD)
                     for shift in (EFFECT, 0.0))
    truth = float(first @ (np.cumsum(second) - second / 2))
    return {"theta, imputed": _holds((pooled.ci_low, pooled.ci_high), truth),
            "theta, complete cases": _holds((alone - 1.96 * error, alone + 1.96 * error), truth)}


def _of_codes(design: Design, codes: np.ndarray) -> tuple[float, float]:
    """Stratified theta of everybody's codes (-1 missing), and its standard error."""
    shape = (len(design.size), 2, len(design.levels))
    place = (design.stratum * 2 + ~design.is_compared) * shape[2] + codes
    found = stratified_theta(np.bincount(place[codes >= 0], minlength=int(np.prod(shape))).reshape(shape))
    return found.theta_cmh, found.se_cmh


WORLDS = (
    World("pairs", "Pairs", f"{PAIRS} people rate two things; the first is lower by a surplus of 15 in 100.",
          "coverage", CONFIDENCE, _pairs),
    World("known_frame", "A share of a known frame", "A finite frame, sampled with the study's own unequal fractions; "
          "the more a cell is sampled, the higher its share.", "coverage", CONFIDENCE, _frame),
    World("beyond", "Partnerships beyond these", "A difference on average, larger in some partnerships than in others.",
          "coverage", CONFIDENCE, _beyond),
    World("trend", "A trend", "A share rises by one point a year on average, faster in some partnerships.", "coverage",
          CONFIDENCE, _trend),
    World("at_the_margin", "A difference as large as the margin", "Theta is 0.45 everywhere: just large enough to "
          "matter.", "false assurance", ALPHA, _at_the_margin),
    World("alike", "No difference at all", "No difference anywhere.", "assurance", np.nan, _alike),
    World("gaps", "Missing where another answer is low", "In the compared group an answer goes missing where another "
          "of the same child is low.", "coverage", CONFIDENCE, _gaps),
)
