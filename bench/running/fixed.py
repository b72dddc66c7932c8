"""The fixed workload in every variant, in turn: outputs checked each time, then medians and ratios told."""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from bench.running.trial import FLOOR, OURS, SNAKEMAKE, VARIANTS, Trial, run
from bench.running.workload import FIGURES, PAGES, laid_out, made, refuse_other

Trials = dict[str, list[Trial]]
# How many times ours a rival should take at the least; and ours the floor's at the most.
TARGETS = {"papermill and nbconvert, a command loop": 4.5, "Snakemake, two at a time": 2.5,
           "papermill's API, two processes": 1.8}
MOST = 1.35


def fixed(rounds: int) -> None:
    """Print what every variant took, and how it stands to ours."""
    if not SNAKEMAKE.exists():
        raise SystemExit("bench running: no .venv-bench with Snakemake; `make bench` makes it.")
    trials: Trials = {name: [] for name in VARIANTS}
    names = list(VARIANTS)
    try:
        for number in range(rounds):
            first = number % len(names)
            for name in names[first:] + names[:first]:
                trials[name].append(_checked(name))
                print(f"  round {number + 1} of {rounds}: {name} {trials[name][-1].wall:.1f} s", flush=True)
    finally:  # a rival that fails takes nothing of the rounds before along
        if whole := min(map(len, trials.values())):
            print("\n".join(_table({name: own[:whole] for name, own in trials.items()}, whole)), flush=True)


def _checked(name: str) -> Trial:
    """One run of the variant in a fresh folder; the bench ends where it did not make everything."""
    variant = VARIANTS[name]
    with tempfile.TemporaryDirectory() as folder:
        place = laid_out(Path(folder))
        trial = run(variant.command, place)
        notebooks = place / variant.notebooks if variant.notebooks else None
        refuse_other(name, made(place / variant.pages, notebooks), keeps=notebooks is not None)
    return trial


def _table(trials: Trials, rounds: int) -> Iterator[str]:
    yield f"\n{PAGES} notebook runs, {FIGURES} figures, {PAGES} pages, whole processes, medians of {rounds} " \
          f"(Throughcare's with its gate, a run more); everything made in every run. Ratios round by round."
    yield f"{'':42} {'wall':>7} {'busy':>8} {'÷ ours':>7}  {'busy ÷ ours':>11}"
    for name, own in trials.items():
        wall, busy = (median(getattr(trial, what) for trial in own) for what in ("wall", "busy"))
        target = f"  target at least {TARGETS[name]}" if name in TARGETS else ""
        yield f"{name:42} {wall:6.1f}s {busy:7.1f}s {against(own, trials[OURS]):7.2f}  " \
              f"{against(own, trials[OURS], 'busy'):11.2f}{target}"
    yield f"Throughcare ÷ floor: {against(trials[OURS], trials[FLOOR]):.2f}, target at most {MOST}; " \
          f"busy {against(trials[OURS], trials[FLOOR], 'busy'):.2f}"


def against(own: list[Trial], other: list[Trial], what: str = "wall") -> float:
    """The median over rounds of how many times the other's seconds its own are."""
    return median(getattr(one, what) / getattr(two, what) for one, two in zip(own, other, strict=True))
