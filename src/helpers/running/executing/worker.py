"""The processes that run notebooks: each ends with its kernels when told to, or when whoever started it is gone."""

import multiprocessing
import os
import signal
import socket
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from multiprocessing.connection import Connection
from pathlib import Path

from helpers.running.executing.job import Job
from helpers.running.kernels.environment import ENVIRONMENT
from helpers.running.kernels.server import objection, warm_server
from helpers.running.outcome import Outcome
from helpers.running.scratch import scratch


@dataclass
class Workers:
    """An executor with the work it does, how many runs it takes at a time, and whether kernels can be forked there:
    `tried` says whether that was to be found out by a trial, `objection` makes it.
    """

    executor: Executor
    work: Callable[[Job], Outcome]
    width: int
    tried: bool
    objection: Callable[[], str]

    @cached_property
    def ordinary_because(self) -> str:
        """Why kernels are started anew each; empty where they are forked. Waits for the trial."""
        return self.objection()


def cores() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def local_workers(jobs: int, *, folder: Path, modules: Sequence[str] = ()) -> Iterator[Workers]:
    """Workers on this machine, `jobs` processes of them, and a server that has imported the modules to fork kernels
    which work in the folder; on any exception all of them and their kernels are killed at once.

    Spawned, not forked: papermill changes the working folder of its whole process, and threads do not survive a fork.
    """
    context = multiprocessing.get_context("spawn")
    told, teller = context.Pipe(duplex=False)
    with scratch() as own, warm_server(modules) as server:
        executor = ProcessPoolExecutor(jobs, mp_context=context, initializer=begin,
                                       initargs=(told, own, server.door if server else None))
        try:
            with _sheltered():
                for _ in range(jobs):
                    executor.submit(_get_ready, folder, forked=server is not None)
            yield Workers(executor, work, jobs, server is not None,
                          lambda: _tried(executor, folder) if server else objection())
            executor.shutdown()
        finally:
            teller.close()  # the far end reads end-of-file; so it does when this process is killed
            executor.shutdown(cancel_futures=True)
            told.close()


@contextmanager
def _sheltered() -> Iterator[None]:
    """A stretch in which Ctrl-C waits, here and in processes begun: they come up unable to be hit half awake."""
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def begin(told: Connection, folder: Path, door: socket.socket | None) -> None:
    """What a worker does first: an environment of its own, and a watch on whoever started it."""
    # jsonschema checks web addresses if this package is there; its grammar takes 0.8 s to compile and nobody needs it.
    sys.modules.setdefault("rfc3987_syntax", None)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole terminal; the driver decides
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGINT])  # blocked so far; kernels must hear it
    threading.Thread(target=_end_when_told, args=(told,), daemon=True).start()
    from helpers.running.kernels import opened
    from helpers.running.kernels.kernel import OwnKernel
    from helpers.running.kernels.provisioner import ForkedProvisioner

    own = folder / str(os.getpid())
    own.mkdir()
    os.environ.update(ENVIRONMENT, IPYTHONDIR=str(own), JUPYTER_RUNTIME_DIR=str(own))
    OwnKernel.folder, ForkedProvisioner.door = own, door
    opened.install(own)


def work(job: Job) -> Outcome:
    """How the run ended; imported here, so that the driver need not load what only workers use."""
    from helpers.running.executing.execute import run_job

    with _deaf_again():
        return run_job(job)


@contextmanager
def _deaf_again() -> Iterator[None]:
    """Work after which Ctrl-C is the driver's alone once more: asyncio, taking nbclient's handler away, puts Python's
    own in its place, and an idle worker would end in a traceback."""
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)


def _get_ready(folder: Path, *, forked: bool) -> None:
    """Have what a worker needs at hand before there is work: the server is busy importing, too."""
    import helpers.running.executing.execute  # noqa: F401
    from helpers.running.kernels.ready import begin_ahead

    if forked:
        begin_ahead(folder)


def _tried(executor: Executor, folder: Path) -> str:
    try:
        return executor.submit(_trial, folder).result()
    except BrokenExecutor:
        return "the process that tried one was ended from outside"


def _trial(folder: Path) -> str:
    from helpers.running.kernels.ready import trial

    with _deaf_again():
        return trial(folder)


def _end_when_told(told: Connection) -> None:
    """Wait for the far end to close, then kill the kernels and leave without ceremony."""
    told.poll(None)
    try:
        for begun in list(sys.modules["helpers.running.kernels.kernel"].OwnKernel.begun):
            begun.kill()
    finally:  # also where that module is not imported yet, or just being
        os._exit(1)
