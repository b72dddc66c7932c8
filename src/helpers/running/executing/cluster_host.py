"""What lives in a Dask worker while it runs notebooks: a server that forks its kernels, and an end to those of
cancelled work."""

import logging
import os
import threading
import time
from contextlib import ExitStack
from pathlib import Path

from distributed import Status, WorkerPlugin

from helpers.running.executing.fitness import NAME, objections, told
from helpers.running.executing.job import Job
from helpers.running.kernels import opened
from helpers.running.kernels.environment import ENVIRONMENT
from helpers.running.kernels.server import objection, warm_server
from helpers.running.outcome import Outcome
from helpers.running.renewal.reach import source_digest
from helpers.running.scratch import scratch

LOG = logging.getLogger("distributed.worker.throughcare")  # so that a worker's own log shows it
AGAIN = 0.2  # seconds after which what should have ended is killed once more


class Host(WorkerPlugin):
    """A plugin of Dask's workers: set up once a worker, those that join later among them; `own` is what the driver's
    machine tells of itself.
    """

    def __init__(self, modules: list[str], own: dict) -> None:
        self.modules, self.own = modules, own

    async def setup(self, worker) -> None:
        """A folder for sockets, an environment, a server; then the worker has one of what runs ask for. One that would
        not do has none.
        """
        self.stack = ExitStack()
        if reasons := objections(self.own, told(self.own["files"], worker)):
            LOG.warning("No notebook will run here: %s", " ".join(reasons))
            await worker.set_resources(**{NAME: 0})
            return
        self._open()
        await worker.set_resources(**{NAME: 1})
        if worker.status == Status.running:  # to the scheduler it came with nothing; now it looks at it once more
            worker.status = Status.paused
            worker.status = Status.running

    def _open(self) -> None:
        from helpers.running.kernels.kernel import OwnKernel
        from helpers.running.kernels.provisioner import ForkedProvisioner

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


def told_by_scheduler(client: str, dask_scheduler=None) -> dict:
    """What a scheduler has, and whether another run came to it before the client did."""
    names = list(dask_scheduler.clients)
    return {"source": source_digest(),
            "busy": any(name.startswith(f"Client-{NAME}-") for name in names[:names.index(client)])}
