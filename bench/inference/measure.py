"""`python -m bench inference`: permutations, exact p-values and the whole plan, on one thread of BLAS."""

import statistics
import time
from collections.abc import Callable
from functools import partial

import numpy as np

from bench.inference import plan
from bench.inference.family import LEVELS, STRATA, Data, drawn
from bench.inference.permuting import VARIANTS
from helpers.inference import blocked_rank_sum_exact, blocked_score_exact, van_elteren_bracket
from helpers.inference.methods.tabulation import count

PERMUTATIONS, ROUNDS, WIDTH = 10_000, 5, 5e-4
APART = 0.03  # by which p-values of two sets of 10,000 draws may differ: six standard errors at p = 0.5


def measure(rounds: int = ROUNDS) -> None:
    """Print every table in turn."""
    permutations(rounds)
    exact(rounds)
    growth(rounds)
    whole_plan()


def permutations(rounds: int) -> None:
    """Ours, SciPy two ways and the arithmetic floor, interleaved; p-values compared in the first round."""
    for share, title in ((0.0, "nothing missing"), (0.05, "5% of the answers missing (ours and the floor only)")):
        data = drawn(missing=share)
        named = [name for name in VARIANTS if not share or not name.startswith("SciPy")]
        times: dict[str, list[float]] = {name: [] for name in named}
        for number in range(rounds):
            found = {}
            for name in named:
                took, found[name] = timed(partial(VARIANTS[name], data, PERMUTATIONS))
                times[name].append(took)
            if number == 0:
                _refuse_unequal(found)
        print(f"\n20 outcomes, 754 records, {STRATA} strata, {PERMUTATIONS:,} permutations with max-T, {title}:")
        for name in named:
            ratio = statistics.median(other / own for other, own in zip(times[name], times["ours"], strict=True))
            print(f"  {name:40s} {1000 * statistics.median(times[name]):9.0f} ms   {ratio:7.2f} × ours", flush=True)


def _refuse_unequal(found: dict[str, np.ndarray]) -> None:
    """Ends the bench where a rival's p-values are not ours: times of unequal work say nothing."""
    for name, p_values in found.items():
        if name.startswith("SciPy") and (apart := np.abs(p_values - found["ours"]).max()) > APART:
            raise SystemExit(f"{name}: p-values differ from ours by {apart:.3f}")


def exact(rounds: int) -> None:
    """Exact p-values of one outcome after another: medians over outcomes and rounds."""
    data = drawn()
    side = (~data.compared).astype(np.int64)
    tables = [count(data.codes[:, place], side, data.stratum, shape=(STRATA, 2, LEVELS)) for place in range(20)]
    ways: dict[str, Callable] = {
        "integer scores": lambda counts: blocked_score_exact(counts, range(LEVELS)).p_exact_two_sided,
        "midranks, equally weighted": lambda counts: blocked_rank_sum_exact(counts).p_exact_two_sided,
        f"van Elteren, bracket of {WIDTH:g}": lambda counts: van_elteren_bracket(counts, width=WIDTH).width,
    }
    print(f"\nExact p-values, 754 records in {STRATA} strata, an outcome:")
    for name, way in ways.items():
        told = [timed(partial(way, counts)) for _ in range(rounds) for counts in tables]
        widest = f", widest {max(value for _, value in told):.1e}" if "bracket" in name else ""
        print(f"  {name:40s} {1000 * statistics.median(took for took, _ in told):9.1f} ms"
              f"   (slowest {1000 * max(took for took, _ in told):.0f}{widest})", flush=True)


def growth(rounds: int) -> None:
    """How the permutations' time grows with outcomes, permutations and records."""
    print("\nHow it grows (ours, ms):")
    sizes = [("outcomes", many, drawn(outcomes=many), PERMUTATIONS) for many in (5, 20, 80)]
    sizes += [("permutations", many, drawn(), many) for many in (1_000, 10_000, 100_000)]
    sizes += [("records", many, drawn(many), PERMUTATIONS) for many in (754, 7_540, 75_400)]
    for name, many, data, draws in sizes:
        times = [_ours(data, draws) for _ in range(rounds if many < 50_000 else 1)]
        print(f"  {many:>8,} {name:14s} {1000 * statistics.median(times):9.0f}", flush=True)


def _ours(data: Data, draws: int) -> float:
    return timed(partial(VARIANTS["ours"], data, draws))[0]


def whole_plan() -> None:
    """Every family of the sample with all its sensitivity analyses, in two processes; then one family grown."""
    wall, families = plan.in_processes(2)
    print(f"\nThe whole plan, every sensitivity analysis: {wall:.1f} s in two processes; of work:")
    for name, took in families.items():
        print(f"  {name:40s} {took:9.2f} s")
    print("\nOne family of one outcome, its eight sensitivity analyses included, as its records grow:")
    for times, records, took in plan.growth():
        print(f"  ×{times:<4d} {records:>10,} records {took:24.1f} s", flush=True)


def timed(work: Callable) -> tuple[float, object]:
    """Seconds that the work took, and what it gave."""
    began = time.perf_counter()
    found = work()
    return time.perf_counter() - began, found


if __name__ == "__main__":
    measure()
