"""The processes that run notebooks: each ends with its kernel when told to stop, or when whoever started it is gone."""

import multiprocessing
import os
import shutil
import signal
import sys
import tempfile
import threading
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing.connection import Connection
from pathlib import Path

from helpers.running.job import Job
from helpers.running.outcome import Outcome


@contextmanager
def local_workers(jobs: int) -> Iterator[Executor]:
    """An executor of `jobs` processes on this machine; on any exception they and their kernels are killed at once.

    Spawned, not forked: papermill changes the working folder of its whole process, and threads do not survive a fork.
    """
    context = multiprocessing.get_context("spawn")
    told, teller = context.Pipe(duplex=False)
    folder = Path(tempfile.mkdtemp(prefix="throughcare-"))
    executor = ProcessPoolExecutor(jobs, mp_context=context, initializer=begin, initargs=(told, folder))
    try:
        yield executor
        executor.shutdown()
    finally:
        teller.close()  # the far end reads end-of-file; so it does when this process is killed
        executor.shutdown(cancel_futures=True)
        told.close()
        shutil.rmtree(folder, ignore_errors=True)


def begin(told: Connection, folder: Path) -> None:
    """What a worker does first: an environment of its own, and a watch on whoever started it."""
    # jsonschema checks web addresses if this package is there; its grammar takes 0.8 s to compile and nobody needs it.
    sys.modules.setdefault("rfc3987_syntax", None)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole terminal; the driver decides
    from helpers.running.kernel import ENVIRONMENT, OwnKernel

    own = folder / str(os.getpid())
    own.mkdir()
    os.environ.update(ENVIRONMENT, IPYTHONDIR=str(own), JUPYTER_RUNTIME_DIR=str(own))
    OwnKernel.folder = own
    threading.Thread(target=_end_when_told, args=(told,), daemon=True).start()


def work(job: Job) -> Outcome:
    """How the run ended; imported here, so that the driver need not load what only workers use."""
    from helpers.running.execute import run_job

    return run_job(job)


def _end_when_told(told: Connection) -> None:
    """Wait for the far end to close, then kill the kernel and leave without ceremony."""
    from helpers.running.kernel import OwnKernel

    told.poll(None)
    if OwnKernel.latest is not None:
        OwnKernel.latest.kill()
    os._exit(1)
