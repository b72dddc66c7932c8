"""What lives in a Dask worker while it runs notebooks: a server that forks its kernels, and an end to those of
cancelled work."""

import os
import threading
import time
from contextlib import ExitStack
from pathlib import Path

from distributed import WorkerPlugin

from helpers.running.executing.job import Job
from helpers.running.kernels import opened
from helpers.running.kernels.environment import ENVIRONMENT
from helpers.running.kernels.server import objection, warm_server
from helpers.running.outcome import Outcome
from helpers.running.renewal.fingerprint import packages, requirements
from helpers.running.renewal.reach import source_digest
from helpers.running.scratch import scratch

NAME = "throughcare"
AGAIN = 0.2  # seconds after which what should have ended is killed once more


class Host(WorkerPlugin):
    """A plugin of Dask's workers: set up once a worker, those that join later among them."""

    def __init__(self, modules: list[str]) -> None:
        self.modules = modules

    def setup(self, worker) -> None:
        """A folder for sockets, an environment, a server."""
        from helpers.running.kernels.kernel import OwnKernel
        from helpers.running.kernels.provisioner import ForkedProvisioner

        self.stack = ExitStack()
        own = self.stack.enter_context(scratch())
        os.environ.update(ENVIRONMENT, IPYTHONDIR=str(own), JUPYTER_RUNTIME_DIR=str(own))
        opened.install(own)
        server = self.stack.enter_context(warm_server(self.modules))
        OwnKernel.folder, ForkedProvisioner.door = own, server.door if server else None

    def transition(self, key, start: str, finish: str, **_) -> None:
        """Work that nobody waits for any more is stopped by the death of its kernel."""
        if start == "executing" and finish in ("cancelled", "released", "forgotten"):
            threading.Thread(target=_stop, args=(Going.job,), daemon=True).start()

    def teardown(self, worker) -> None:
        """Nothing is left behind."""
        _kill()
        self.stack.close()


class Going:
    """The job that this worker, which has one thread, is at."""

    job: Job | None = None


def work(job: Job) -> Outcome:
    """How the run ended, on a worker."""
    from helpers.running.executing.execute import run_job

    Going.job = job
    try:
        return run_job(job)
    finally:
        Going.job = None


def _stop(job: Job | None) -> None:
    """Kill the job's kernels until it is given up: one that did not come up is begun once more."""
    while job is not None and Going.job is job:
        _kill()
        time.sleep(AGAIN)


def _kill() -> None:
    from helpers.running.kernels.kernel import OwnKernel

    for kernel in list(OwnKernel.begun):
        kernel.kill()


def trial(folder: Path) -> str:
    """Why kernels are not forked on this worker; empty where they are."""
    from helpers.running.kernels import ready

    return objection() or ready.trial(folder)


def told(token: str = "", dask_worker=None) -> dict:
    """What must be the same everywhere, and what a worker must have."""
    return {"packages": packages(), "needs": requirements(), "source": source_digest(),
            "sees": bool(token) and Path(token).is_file(),
            "threads": dask_worker.state.nthreads if dask_worker else 1}
