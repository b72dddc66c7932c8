"""What was measured, in lines of text."""

from collections.abc import Iterator
from itertools import pairwise
from statistics import median

from bench.cleaning.trial import FLOOR, Trial

PHASES = ("read", "read and recode", "recode", "rules", "write")
Trials = dict[str, list[Trial]]


def table(rows: int, trials: Trials, size: int) -> Iterator[str]:
    """Medians of every variant on one file, as times the floor's; `best` holds the shortest run against the floor's."""
    yield f"\n{rows:,} rows ({size / 1e6:.0f} MB), medians of {_rounds(trials)} rounds, all outputs equal"
    yield f"{'':22} {'work':>8} {'× floor':>8} {'best':>6} {'busy':>8} {'× floor':>8} {'process':>8} {'× floor':>8} " \
          f"{'GiB':>6}  phases"
    for name, runs in trials.items():
        times = " ".join(_against_floor(runs, trials[FLOOR], what) for what in ("work", "busy", "whole"))
        yield f"{name:22} {times} {median(_all(runs, 'peak')) / 2**30:6.2f}  {_phases(runs)}"


def _against_floor(runs: list[Trial], floor: list[Trial], what: str) -> str:
    """The median, as times the floor's; and of the work the shortest as times the floor's shortest."""
    times, least = _all(runs, what), _all(floor, what)
    best = f" {min(times) / min(least):6.1f}" if what == "work" else ""
    return f"{median(times):7.2f}s {median(times) / median(least):8.1f}{best}"


def _rounds(trials: Trials) -> int:
    return min(map(len, trials.values()))


def _all(runs: list[Trial], what: str) -> list[float]:
    return [getattr(run, what) for run in runs]


def _phases(runs: list[Trial]) -> str:
    return ", ".join(f"{phase} {median(run.phases[phase] for run in runs):.2f}" for phase in PHASES
                     if phase in runs[0].phases)


def growth(lengths: dict[int, Trials]) -> Iterator[str]:
    """How each variant's time grows: a fixed part and seconds per 100,000 rows, fitted to the medians."""
    if len(lengths) < 2:
        return
    yield "\nWork as a fixed part and so much per 100,000 rows (least squares of relative errors); worst misfit; " \
          "work on each file as times the one before"
    for name in next(iter(lengths.values())):
        points = [(rows / 1e5, median(_all(trials[name], "work"))) for rows, trials in lengths.items()]
        fixed, each = fitted(points)
        worst = max(abs(fixed + each * rows - seconds) / seconds for rows, seconds in points)
        steps = ", ".join(f"×{after[1] / before[1]:.1f}" for before, after in pairwise(points))
        yield f"{name:22} {fixed:6.2f}s + {each:6.3f}s  misfit {worst:4.0%}  {steps}"


def fitted(points: list[tuple[float, float]]) -> tuple[float, float]:
    """Intercept and slope of the line with the least squared relative errors."""
    weights = [1 / seconds**2 for _, seconds in points]
    total = sum(weights)
    middle = sum(w * x for w, (x, _) in zip(weights, points, strict=True)) / total
    height = sum(w * y for w, (_, y) in zip(weights, points, strict=True)) / total
    slope = sum(w * (x - middle) * (y - height) for w, (x, y) in zip(weights, points, strict=True)) / \
        sum(w * (x - middle) ** 2 for w, (x, _) in zip(weights, points, strict=True))
    return height - slope * middle, slope
