"""The trial: samples drawn by the hundred, every method put to each, and its rates held against what it claims."""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from helpers.inference.estimates import Estimate
from helpers.inference.methods.proportions import wilson
from helpers.inference.validation.design import Design
from helpers.inference.validation.methods import METHODS, Method
from helpers.inference.validation.samples import Samples, draw
from helpers.inference.validation.scenarios import SCENARIOS, Scenario
from helpers.inference.validation.verdicts import verdict

ALPHA = 0.05
CONFIDENCE = 0.95
BATCH = 20  # samples that share their relabellings; part of the result's definition, since draws follow one another
INTERVALS = (  # name, title, where on the samples, scale, true value
    ("theta", "theta within partnerships", "within", "ordinal", "theta"),
    ("risk_difference", "risk difference within partnerships", "within", "binary", "risk_difference"),
    ("theta_pooled", "theta, pooled", "pooled", "ordinal", "theta"),
    ("risk_difference_pooled", "risk difference, pooled", "pooled", "binary", "risk_difference"),
)


@dataclass(frozen=True)
class Tally:
    """How often something happened in so many samples."""

    hits: int
    samples: int

    @classmethod
    def of(cls, happened: np.ndarray, known: np.ndarray) -> "Tally":
        return cls(int((happened & known).sum()), int(known.sum()))

    def row(self, *, method: str, title: str, scenario: str, measure: str, target: float) -> dict:
        """A row of the trial; `target` is what the method claims, NaN where it claims nothing."""
        if not self.samples:
            observed = se = low = high = np.nan
        else:
            observed = self.hits / self.samples
            se = float(np.sqrt(observed * (1 - observed) / self.samples))
            low, high = wilson(self.hits, self.samples)
        return {
            "method": method, "title": title, "scenario": scenario, "measure": measure, "nominal": target,
            "observed": observed, "mc_se": se, "low": low, "high": high, "replicates": self.samples,
            "verdict": verdict(measure, observed, target, self.samples),
        }


def trial(design: Design, *, replicates: int, permutations: int, seed: int, scenarios: Sequence[Scenario] = SCENARIOS,
          methods: Sequence[Method] = METHODS, intervals: Sequence[tuple] = INTERVALS,
          watch: Callable[[Iterable], Iterable] = iter) -> pd.DataFrame:
    """A row a scenario and method: how often the test rejects at 5%, or the interval of 95% holds the true value.

    `measure` is "error" where the null that the test claims is true, "detection" where it is false, "coverage" for
    intervals; `mc_se` is the Monte Carlo standard error, `low` and `high` a 95% Wilson interval of the rate.
    `watch` wraps the loop to show its progress.
    """
    # Every scenario has its own stream, so that leaving one out changes no other.
    batches = [(scenario, min(BATCH, replicates - start)) for scenario in scenarios
               for start in range(0, replicates, BATCH)]
    streams = {scenario.name: stream(seed, scenario.name) for scenario in scenarios}
    found: dict[str, list[tuple]] = {scenario.name: [] for scenario in scenarios}
    for scenario, size in watch(batches):
        rng = streams[scenario.name]
        samples = draw(design, scenario, rng, size)
        rejected = [method.p_values(samples, rng, permutations) for method in methods]
        covered = [_covered(samples, *each[2:]) for each in intervals]
        found[scenario.name].append((rejected, covered))
    return pd.DataFrame([row for scenario in scenarios
                         for row in _rows(scenario, methods, intervals, found[scenario.name])])


def stream(seed: int, *purpose: str) -> np.random.Generator:
    """The generator of one purpose's draws, the same on every machine."""
    text = "/".join([str(seed), *purpose])
    return np.random.default_rng(int.from_bytes(hashlib.sha256(text.encode()).digest()[:16], "big"))


def _covered(samples: Samples, where: str, scale: str, truth: str) -> np.ndarray:
    """1 where the interval holds the true value, 0 where it does not, NaN where there is none."""
    estimates: list[Estimate] = getattr(samples, where)[scale]
    low, high = (np.array([getattr(each, end) for each in estimates]) for end in ("ci_low", "ci_high"))
    true = getattr(samples, truth)
    return np.where(np.isnan(low), np.nan, (low <= true) & (true <= high))


def _rows(scenario: Scenario, methods: Sequence[Method], intervals: Sequence[tuple], found: list[tuple]) -> list[dict]:
    p_values = [np.concatenate(parts) for parts in zip(*(batch[0] for batch in found), strict=True)]
    covers = [np.concatenate(parts) for parts in zip(*(batch[1] for batch in found), strict=True)]
    rows = []
    for method, p in zip(methods, p_values, strict=True):
        true = method.null_holds(scenario)
        rows.append(Tally.of(p <= ALPHA, ~np.isnan(p)).row(
            method=method.name, title=method.title, scenario=scenario.name, measure="error" if true else "detection",
            target=ALPHA if true else np.nan))
    for (name, title, *_), held in zip(intervals, covers, strict=True):
        rows.append(Tally.of(held == 1, ~np.isnan(held)).row(
            method=name, title=title, scenario=scenario.name, measure="coverage", target=CONFIDENCE))
    return rows
