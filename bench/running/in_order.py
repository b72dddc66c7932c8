"""Runs begun as soon as what they read is written, for the variants that have nobody else to see to it."""

from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, wait
from graphlib import TopologicalSorter

from helpers.running import Run
from helpers.running.pipeline.order import needed


def carry_out(executor: Executor, runs: Sequence[Run], work: Callable, *more: object) -> None:
    """`work(run, *more)` done for every run by the executor; raises what any of them raised."""
    by_name = {run.name: run for run in runs}
    sorter = TopologicalSorter(needed(runs))
    sorter.prepare()
    going = {}
    while sorter.is_active():
        going |= {executor.submit(work, by_name[name], *more): name for name in sorter.get_ready()}
        for future in wait(going, return_when=FIRST_COMPLETED).done:
            future.result()
            sorter.done(going.pop(future))
