"""The worlds that samples are drawn from: in each it is known whether there is a difference, and how large.

All shifts are log odds on a cumulative-logit scale: −0.7 halves the odds of a higher answer. Sizes are design choices.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy.special import expit, logit, ndtri

from helpers.inference.validation.design import Design

QUALITY = 0.6  # spread (sd) of the partnerships' quality: as large as the effect looked for, which is what misleads
EFFECT = -0.5  # about 42 wins in 100 pairs: somewhat beyond the 45 that the sample study's plan takes for noticeable
VARYING = 0.4  # spread (sd) of an effect that is nothing on average
FAR_APART = (0.12, 0.62)  # shares of the compared group, where they are as different as they may well be

Quality = Literal["equal", "by chance", "follows shares"]
Missing = Literal["nobody", "by partnership", "by group", "low answers"]


@dataclass(frozen=True)
class Scenario:
    """One world. Nothing is there unless `effect` or `varying` says so."""

    name: str
    title: str
    what: str
    quality: Quality = "by chance"
    effect: float = 0.0  # shift of everybody in the compared group
    varying: float = 0.0  # spread of the shift between partnerships, about `effect`
    missing: Missing = "nobody"
    shares: tuple[float, float] | None = None  # instead of the study's own

    @property
    def nothing_anywhere(self) -> bool:
        """Whether there is no difference in any partnership."""
        return not self.effect and not self.varying

    @property
    def nothing_on_average(self) -> bool:
        """Whether there is no difference on average over partnerships such as these."""
        return not self.effect


SCENARIOS = (
    Scenario("equal_quality", "Partnerships are alike", "No difference anywhere; partnerships do not differ.", "equal"),
    Scenario("quality_differs", "Quality differs", "No difference anywhere; partnerships differ in quality, and not "
             "by their shares."),
    Scenario("shares_follow_quality", "Shares follow quality", "No difference anywhere; the better a partnership, the "
             "larger its share of the compared group.", "follows shares"),
    Scenario("shares_far_apart", "Shares follow quality, far apart", "The same, with shares of the compared group from "
             f"{FAR_APART[0]:.0%} to {FAR_APART[1]:.0%}.", "follows shares", shares=FAR_APART),
    Scenario("effect_varies", "The effect varies around none", "A difference in each partnership, up or down by "
             "chance, and none on average over such partnerships.", varying=VARYING),
    Scenario("missing_by_partnership", "Missing by partnership", "No difference anywhere; 2% to 30% of the answers "
             "missing, by partnership.", missing="by partnership"),
    Scenario("missing_by_group", "Missing by group", "No difference anywhere; 30% missing in the compared group, 5% in "
             "the reference, whatever the answer.", missing="by group"),
    Scenario("missing_low_answers", "Low answers missing", "No difference anywhere, but 30% of the compared group's "
             "lower answers are missing and 5% of all others: what is left differs.", missing="low answers"),
    Scenario("true_effect", "A difference, partnerships alike", "The compared group answers lower everywhere; "
             "partnerships do not differ.", "equal", effect=EFFECT),
    Scenario("true_effect_hidden", "A difference, shares follow quality", "The compared group answers lower "
             "everywhere; the better a partnership, the larger its share of that group.", "follows shares",
             effect=EFFECT),
)


def probabilities(design: Design, scenario: Scenario, rng: np.random.Generator, samples: int) -> np.ndarray:
    """The chance of each level: samples × partnerships × (compared, reference) × levels."""
    effects = scenario.effect + scenario.varying * rng.standard_normal((samples, len(design.size)))
    quality = _quality(design, scenario, rng, samples)
    return of_shifts(design, np.stack([quality + effects, quality], axis=-1))


def of_shifts(design: Design, shift: np.ndarray) -> np.ndarray:
    """The chance of each level (last axis) for people shifted by so many log odds."""
    below = np.cumsum(design.levels)[:-1]
    below = expit(logit(below) - np.asarray(shift)[..., None])
    edges = np.zeros((*below.shape[:-1], 1))
    return np.diff(np.concatenate([edges, below, edges + 1], axis=-1), axis=-1)


def _quality(design: Design, scenario: Scenario, rng: np.random.Generator, samples: int) -> np.ndarray:
    """The partnerships' shifts: normal scores, dealt out by chance or in the order of the shares."""
    places = len(design.size)
    scores = QUALITY * ndtri((np.arange(places) + 0.5) / places)
    if scenario.quality == "equal":
        return np.zeros((samples, places))
    if scenario.quality == "by chance":
        return rng.permuted(np.tile(scores, (samples, 1)), axis=1)
    ordered = np.empty(places)
    ordered[np.argsort(design.share, kind="stable")] = scores
    return np.tile(ordered, (samples, 1))


def missing_chance(design: Design, missing: Missing) -> np.ndarray:
    """The chance that an answer is missing: partnerships × (compared, reference) × levels."""
    chance = np.zeros((len(design.size), 2, len(design.levels)))
    if missing == "by partnership":
        chance += np.linspace(0.02, 0.30, len(design.size))[:, None, None]
    elif missing == "by group":
        chance += np.array([0.30, 0.05])[:, None]
    elif missing == "low answers":
        chance += 0.05
        chance[:, 0, :design.cut] = 0.30
    return chance
