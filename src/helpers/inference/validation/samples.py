"""Samples drawn under the study's design: codes person by person, and the counts that the methods take."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from helpers.inference.estimates import Estimate, estimate
from helpers.inference.validation.design import Design
from helpers.inference.validation.scenarios import Scenario, missing_chance, probabilities


@dataclass(frozen=True)
class Samples:
    """Several samples of one world, drawn alike: nobody's partnership or group changes from one to the next."""

    design: Design
    codes: np.ndarray  # samples × people, −1 where missing
    truth: np.ndarray  # the chance of each level: samples × partnerships × (compared, reference) × levels

    @cached_property
    def counts(self) -> np.ndarray:
        """Samples × partnerships × (compared, reference) × levels."""
        shape = self.truth.shape
        person = 2 * self.design.stratum + ~self.design.is_compared
        place = (np.arange(shape[0])[:, None] * shape[1] * 2 + person) * shape[3] + self.codes
        return np.bincount(place[self.codes >= 0], minlength=int(np.prod(shape))).reshape(shape)

    @cached_property
    def events(self) -> np.ndarray:
        """The counts in two categories: the last axis is (lower, upper answers)."""
        return self._in_two(self.counts)

    @cached_property
    def within(self) -> dict[str, list[Estimate]]:
        """What the package reports of each sample, ordinal and binary: test, effect and 95% interval."""
        return self._estimates(lambda counts: counts)

    @cached_property
    def pooled(self) -> dict[str, list[Estimate]]:
        """The same with partnerships set aside."""
        return self._estimates(lambda counts: counts.sum(axis=0, keepdims=True))

    @cached_property
    def theta(self) -> np.ndarray:
        """The true θ of each sample: within partnerships, weighted by who answered, n m/(N + 1).

        A partnership with one person in a group counts here, though an interval leaves it out.
        """
        compared, reference = self.truth[:, :, 0], self.truth[:, :, 1]
        wins = (compared * (np.cumsum(reference, axis=-1) - reference / 2)).sum(axis=-1)
        return self._weighted(wins, 1)

    @cached_property
    def risk_difference(self) -> np.ndarray:
        """The true difference of shares of each sample: within partnerships, weighted n m/N."""
        upper = self._in_two(self.truth)[..., 1]
        return self._weighted(upper[:, :, 0] - upper[:, :, 1], 0)

    def _weighted(self, values: np.ndarray, more: int) -> np.ndarray:
        n, m = np.moveaxis(self.counts.sum(axis=-1), -1, 0)
        weight = n * m / np.maximum(n + m + more, 1)
        return (values * weight).sum(axis=1) / weight.sum(axis=1)

    def _in_two(self, levels: np.ndarray) -> np.ndarray:
        cut = self.design.cut
        return np.stack([levels[..., :cut].sum(axis=-1), levels[..., cut:].sum(axis=-1)], axis=-1)

    def _estimates(self, arranged) -> dict[str, list[Estimate]]:
        return {scale: [estimate(scale, arranged(each), confidence=0.95) for each in counts]
                for scale, counts in (("ordinal", self.counts), ("binary", self.events))}


def draw(design: Design, scenario: Scenario, rng: np.random.Generator, samples: int) -> Samples:
    """So many samples of a scenario, under the study's design (with the scenario's own shares where it has some)."""
    design = design.with_shares(*scenario.shares) if scenario.shares else design
    truth = probabilities(design, scenario, rng, samples)
    stratum, side = design.stratum, (~design.is_compared).astype(int)
    codes = levels_of(rng.random((samples, len(stratum))), truth[:, stratum, side])
    lost = rng.random(codes.shape) < missing_chance(design, scenario.missing)[stratum, side, codes]
    return Samples(design, np.where(lost, -1, codes), truth)


def levels_of(uniform: np.ndarray, chances: np.ndarray) -> np.ndarray:
    """The level that each uniform number falls on; `chances` has the levels along its last axis."""
    return (uniform[..., None] >= np.cumsum(chances, axis=-1)[..., :-1]).sum(axis=-1)
