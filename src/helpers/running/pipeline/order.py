"""The order of runs: it follows from what they read and write alone, and any executor of futures carries it out."""

from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from graphlib import CycleError, TopologicalSorter
from typing import Protocol

from helpers.running.outcome import Outcome, skipped, worker_died

TICK = 0.25  # seconds between two looks at the clock on a terminal


class Step(Protocol):
    """What the order of a run follows from."""

    name: str
    reads: tuple[str, ...]
    writes: tuple[str, ...]


class Watch(Protocol):
    """Who is told how the runs go."""

    def began(self, name: str) -> None: ...
    def ended(self, outcome: Outcome) -> None: ...
    def tick(self) -> None: ...


def overlap(one: str, other: str) -> bool:
    """Whether two names mean a table in common; a trailing * stands for any ending."""
    if one.endswith("*") and other.endswith("*"):
        return one[:-1].startswith(other[:-1]) or other[:-1].startswith(one[:-1])
    if one.endswith("*"):
        return other.startswith(one[:-1])
    return one.startswith(other[:-1]) if other.endswith("*") else one == other


def needed(steps: Sequence[Step]) -> dict[str, list[str]]:
    """For every step the names of those whose writes it reads."""
    return {step.name: [other.name for other in steps
                        if any(overlap(read, write) for read in step.reads for write in other.writes)]
            for step in steps}


def circle(steps: Sequence[Step]) -> list[str]:
    """The names along a circle of reads and writes; empty where there is none."""
    try:
        TopologicalSorter(needed(steps)).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def carry_out(steps: Sequence[Step], *, begin: Callable[[Step], Future], width: int, watch: Watch,
              after: dict[str, Outcome] | None = None) -> dict[str, Outcome]:
    """The outcome of every step, begun as soon as what it reads is written, `width` at a time.

    `begin` hands a step to any concurrent.futures executor. What depends on a step that failed is not begun; all
    depend on the outcomes in `after`.
    """
    by_name, before = {step.name: step for step in steps}, dict(after or {})
    waits_for = needed(steps)
    sorter = TopologicalSorter(waits_for)
    sorter.prepare()
    outcomes: dict[str, Outcome] = {}
    ready: list[str] = []
    going: dict[Future, str] = {}

    def end(outcome: Outcome) -> None:
        outcomes[outcome.run] = outcome
        sorter.done(outcome.run)
        watch.ended(outcome)

    while sorter.is_active():
        ready += sorter.get_ready()
        for name in list(ready):
            came_before = [*before.values(), *(outcomes[other] for other in waits_for[name])]
            if not all(outcome.good for outcome in came_before):
                ready.remove(name)
                end(skipped(by_name[name], came_before))
        while ready and len(going) < width:
            name = ready.pop(0)
            watch.began(name)
            going[_begun(begin, by_name[name])] = name
        finished, _ = wait(going, timeout=TICK, return_when=FIRST_COMPLETED)
        for future in finished:
            end(_ended(future, by_name[going.pop(future)]))
        watch.tick()
    return outcomes


def submit_to(executor: Executor, work: Callable, prepare: Callable) -> Callable[[Step], Future]:
    """How a step is begun on `executor`: `prepare` makes the job that `work` does there."""
    return lambda step: executor.submit(work, prepare(step))


def _begun(begin: Callable[[Step], Future], step: Step) -> Future:
    """The step's future; already failed where the executor has lost its workers."""
    try:
        return begin(step)
    except BrokenExecutor as error:
        broken: Future = Future()
        broken.set_exception(error)
        return broken


def _ended(future: Future, step: Step) -> Outcome:
    """The step's outcome; a worker that died is one, an exception inside it is our bug and goes up."""
    try:
        return future.result()
    except BrokenExecutor:
        return worker_died(step)
