"""Several outcomes asked at once: how often a family finds something where nothing is, adjusted and not."""

from collections.abc import Callable, Iterable

import numpy as np
import pandas as pd
from scipy.special import ndtr

from helpers.inference.methods.multiplicity import adjust
from helpers.inference.methods.permutation import max_t, rank_block, standardised
from helpers.inference.validation.design import Design
from helpers.inference.validation.samples import levels_of
from helpers.inference.validation.scenarios import EFFECT, Scenario, probabilities
from helpers.inference.validation.trial import ALPHA, BATCH, Tally, stream

CHILD = 0.5  # correlation of one child's ratings before they are cut into levels: a design choice
SHARE_DIFFERING = 1 / 3  # of the outcomes, where some differ
ADJUSTMENTS = {"unadjusted": "van Elteren, not adjusted", "holm": "van Elteren, Holm",
               "max_t": "van Elteren, step-down max-T"}
FAMILIES = (
    Scenario("none_differs", "Several outcomes, none differs", "No difference in any outcome."),
    Scenario("some_differ", "Several outcomes, a third differ", "A difference in one outcome of three, none in the "
             "others.", effect=EFFECT),
)


def several(design: Design, *, replicates: int, permutations: int, seed: int,
            watch: Callable[[Iterable], Iterable] = iter) -> pd.DataFrame:
    """Rows as `trial`: "family error", how often any outcome without a difference is called one at 5%, and
    "detection", how often all those that differ are found. As many outcomes as the study's family has.
    """
    rows = []
    for scenario in FAMILIES:
        rng, differs = stream(seed, scenario.name), differing(design, scenario)
        batches = [min(BATCH, replicates - start) for start in range(0, replicates, BATCH)]
        found = [rejections(design, _codes(design, scenario, rng, size), rng, permutations) for size in watch(batches)]
        for name, title in ADJUSTMENTS.items():
            rejected = np.concatenate([batch[name] for batch in found])
            rows += _rows(rejected, differs, method=name, title=title, scenario=scenario.name)
    return pd.DataFrame(rows)


def _rows(rejected: np.ndarray, differs: np.ndarray, **named) -> list[dict]:
    every = np.ones(len(rejected), dtype=bool)
    wrong = Tally.of(rejected[:, ~differs].any(axis=1), every).row(**named, measure="family error", target=ALPHA)
    if not differs.any():
        return [wrong]
    right = Tally.of(rejected[:, differs].all(axis=1), every).row(**named, measure="detection", target=np.nan)
    return [wrong, right]


def differing(design: Design, scenario: Scenario) -> np.ndarray:
    """Which outcomes differ between the groups."""
    many = max(round(SHARE_DIFFERING * design.outcomes), 1) if scenario.effect else 0
    return np.arange(design.outcomes) < many


def _codes(design: Design, scenario: Scenario, rng: np.random.Generator, samples: int) -> np.ndarray:
    """Samples × people × outcomes; the answers of one child go together."""
    shared = rng.standard_normal((samples, len(design.stratum), 1))
    own = rng.standard_normal((samples, len(design.stratum), design.outcomes))
    uniform = ndtr(np.sqrt(CHILD) * shared + np.sqrt(1 - CHILD) * own)
    chances = probabilities(design, scenario, rng, samples)[:, design.stratum]
    # Outcomes that do not differ give both groups the chances of the reference.
    side = ~(design.is_compared[:, None] & differing(design, scenario))
    return np.stack([levels_of(uniform[:, :, outcome], chances[:, np.arange(len(side)), side[:, outcome].astype(int)])
                     for outcome in range(design.outcomes)], axis=2)


def rejections(design: Design, codes: np.ndarray, rng: np.random.Generator,
               permutations: int) -> dict[str, np.ndarray]:
    """Which outcomes are called different, samples × outcomes, by adjustment."""
    samples, _, outcomes = codes.shape
    flat = np.moveaxis(codes, 0, 1).reshape(codes.shape[1], -1)
    stratum, compared = design.stratum, design.is_compared
    blocks = [rank_block(compared[stratum == code], flat[stratum == code]) for code in range(len(design.size))]
    z = standardised(blocks, rng, permutations).reshape(-1, samples, outcomes)
    found = [max_t(z[:, sample]) for sample in range(samples)]
    raw = np.array([each.raw for each in found])
    p_values = {"unadjusted": raw, "holm": np.array([adjust(each, "holm") for each in raw]),
                "max_t": np.fmax(raw, [each.step_down for each in found])}
    return {name: p <= ALPHA for name, p in p_values.items()}
