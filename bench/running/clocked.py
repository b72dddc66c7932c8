"""`throughcare run` with a clock on what it calls, in driver and workers; told to the file that CLOCKED names.

Clocks are put on from outside, so that the project itself keeps none. Workers are spawned and import this module again,
as `__mp_main__`: that is why it acts at import.
"""

import functools
import importlib
import json
import os
import sys
import time
from collections.abc import Callable

FILE = "CLOCKED"  # the environment's name of the file that all processes append to
# Module and what is called there, by a name that the caller looks up at the time of the call → phase.
DRIVER = {
    "helpers.cli.commands:open_study": "study opened",
    "helpers.cli.data:check_data": "data checked",
    "helpers.running:prepare": "runs prepared",
    "helpers.running:run_pipeline": "pipeline",
}
WORKER = {
    "helpers.running.executing.execute:run_job": "run",
    "helpers.running.executing.execute:next_kernel": "kernel asked for",
    "helpers.running.executing.execute:_staged": "staged",
    "helpers.running.kernels.kernel:OwnClient.start_channels": "channels",
    "helpers.running.kernels.kernel:OwnClient.wait_for_ready": "kernel waited for",
    "nbclient.client:NotebookClient.execute_cell": "cells",
    "helpers.running.kernels.kernel:OwnKernel.end": "kernel ended",
    "helpers.running.executing.execute:get_exporter": "exporter found",
    "helpers.running.executing.execute:settled": "outputs cleaned",
}


def clock(places: dict[str, str]) -> None:
    """Put a clock on each of these."""
    for place, phase in places.items():
        module, _, name = place.partition(":")
        holder = importlib.import_module(module)
        *path, last = name.split(".")
        for part in path:
            holder = getattr(holder, part)
        setattr(holder, last, _clocked(getattr(holder, last), phase))


def _clocked(call: Callable, phase: str) -> Callable:
    """The call with its seconds told; of a coroutine those until it is done."""
    @functools.wraps(call)
    def called(*given, **named):
        began = time.time()
        found = call(*given, **named)
        if hasattr(found, "__await__"):
            return _awaited(found, phase, began)
        tell(phase, began)
        return found

    return called


async def _awaited(waiting, phase: str, began: float):
    found = await waiting
    tell(phase, began)
    return found


def tell(phase: str, began: float) -> None:
    """A line of JSON, short enough to be appended whole."""
    line = json.dumps({"process": os.getpid(), "phase": phase, "began": began, "ended": time.time()}) + "\n"
    with open(os.environ[FILE], "a", encoding="utf-8") as file:  # noqa: PTH123 - as little as may be
        file.write(line)


def _worker_begins() -> None:
    """A worker's clocks go on once it has imported what it needs, as it does by itself."""
    from helpers.running.executing import worker

    ready, trial = worker._get_ready, worker._trial

    @functools.wraps(ready)
    def get_ready(*given, **named) -> None:
        began = time.time()
        ready(*given, **named)
        tell("worker ready", began)
        clock(WORKER)

    worker._get_ready, worker._trial = get_ready, _clocked(trial, "trial")


if __name__ == "__mp_main__":
    _worker_begins()

if __name__ == "__main__":
    from helpers.cli import main

    clock(DRIVER)
    code = main(sys.argv[1:])
    tell("all", float(os.environ["CLOCKED_FROM"]))
    sys.exit(code)
