"""Workers on other machines: a Dask cluster behind the same interface as local ones; storage is shared by path."""

import asyncio
import threading
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import BrokenExecutor, CancelledError, Executor, Future
from contextlib import contextmanager, suppress
from pathlib import Path

from helpers.running.executing.fitness import NAME, marked, objections, told
from helpers.running.executing.worker import Workers
from helpers.running.lock import Busy
from helpers.study import InputFault

PATIENCE = 60  # seconds without a single worker, or without the scheduler, after which the runs are given up
LONGEST_GREETING = "10s"
LOOK = 1  # seconds between two looks whether anybody is there
GONE = (OSError, asyncio.CancelledError)  # how Dask says that the scheduler is not there any more


@contextmanager
def cluster_workers(address: str, *, folder: Path, files: Mapping[str, str], shared: Iterable[Path],
                    modules: Sequence[str] = ()) -> Iterator[Workers]:
    """The workers of the Dask cluster whose scheduler is at the address, each with a server that forks its kernels.

    Raises InputFault with a sentence for every worker that would not do: another version of a package, other `files`
    (SHA-256 by path), no sight of the folders `shared`, more than one thread; and Busy where another run goes on
    there. A worker that dies has its work done by another; one that comes later and would not do gets none.
    """
    client = _client(address)
    from helpers.running.executing import cluster_host  # it needs the package that _client found

    try:
        with marked(shared) as marks:
            own = told() | {"files": {**files, **marks}}
            _free(client, cluster_host, own)
            width = _suitable(client, own)
            client.register_plugin(cluster_host.Host(list(modules), own), name=NAME)
            executor = ClusterExecutor(client)
            try:
                yield Workers(executor, cluster_host.work, width, True, lambda: _tried(client, cluster_host, folder))
            finally:
                executor.shutdown()
                if client.status == "running":
                    with suppress(*GONE, ValueError):  # or another has taken its place, which knows no such plugin
                        client.unregister_worker_plugin(NAME)
    finally:
        client.close(timeout=5)


class ClusterExecutor(Executor):
    """Hands work to a Dask cluster; a worker that died for good is told as any executor of processes tells it."""

    def __init__(self, client) -> None:
        self.client, self.inner = client, client.get_executor(pure=False, resources={NAME: 1})
        self.going: set[Future] = set()
        self.over = threading.Event()
        threading.Thread(target=self._watch, daemon=True).start()

    def submit(self, work: Callable, /, *given) -> Future:
        """The work's future, done on whichever worker is free."""
        outer: Future = Future()
        self.going.add(outer)
        self.inner.submit(work, *given).add_done_callback(lambda inner: self._pass_on(inner, outer))
        return outer

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Nothing goes on afterwards."""
        self.over.set()
        self.inner.shutdown(wait=False)

    def _pass_on(self, inner: Future, outer: Future) -> None:
        if not self._ends(outer):
            return
        try:
            outer.set_result(inner.result())
        except CancelledError as error:
            outer.set_exception(BrokenExecutor(str(error)))
        except Exception as error:
            killed = type(error).__name__ in ("KilledWorker", "CancelledError", "FutureCancelledError")
            outer.set_exception(BrokenExecutor(str(error)) if killed else error)

    def _watch(self) -> None:
        """Give up what nobody will ever do: no worker has been there for a while, or no scheduler."""
        alone = 0
        while not self.over.wait(LOOK):
            alone = 0 if self._anybody() else alone + LOOK
            if alone >= PATIENCE:
                for outer in filter(self._ends, list(self.going)):
                    outer.set_exception(BrokenExecutor("no worker is left"))

    def _ends(self, outer: Future) -> bool:
        """Whether it is for the caller to end the future: two threads may want to."""
        with suppress(KeyError):
            self.going.remove(outer)
            return True
        return False

    def _anybody(self) -> bool:
        """Whether there is a worker that will do."""
        with suppress(*GONE):
            return self.client.status == "running" and any(
                worker["resources"].get(NAME)
                for worker in self.client.scheduler_info(n_workers=-1)["workers"].values())
        return False


def _client(address: str):
    """A client of the cluster; raises InputFault where there is no such package, or nobody at the address."""
    try:
        import distributed
    except ImportError:
        raise InputFault("--cluster: this needs the package distributed, which is not installed; install "
                         "'throughcare[cluster]'.") from None
    try:
        with warnings.catch_warnings():  # of other versions, which _suitable refuses in words of its own
            warnings.simplefilter("ignore", distributed.versions.VersionMismatchWarning)
            return distributed.Client(address, timeout=LONGEST_GREETING, set_as_default=False, name=NAME)
    except (OSError, ValueError, TimeoutError) as error:
        raise InputFault(f"--cluster {address}: no Dask scheduler answers there ({type(error).__name__}); give the "
                         "address that `dask scheduler` prints, such as tcp://10.0.0.5:8786.") from None


def _free(client, cluster_host, own: Mapping) -> None:
    """Raise InputFault where the scheduler would not understand us, Busy where it has another run: a worker can have
    one server only.
    """
    try:
        there = client.run_on_scheduler(cluster_host.told_by_scheduler, client.id)
    except (ImportError, AttributeError):
        there = {}
    if there.get("source") != own["source"]:
        raise InputFault("--cluster: its scheduler has another Throughcare than here, or none; install the same "
                         "version there.")
    if there["busy"]:
        raise Busy("--cluster: another run goes on there. Wait until it has ended.")


def _suitable(client, own: Mapping) -> int:
    """How many workers there are; raises InputFault with every reason why they would not make what this machine would.
    """
    answers = {name: answer for name, answer in client.run(told, list(own["files"]), on_error="return").items()
               if not isinstance(answer, OSError)}  # it has just gone
    if not answers:
        raise InputFault("--cluster: the scheduler has no worker; start some by `dask worker ADDRESS --nthreads 1`.")
    faults = [f"--cluster, worker {number} ({name}): {words}" for number, name in enumerate(sorted(answers), start=1)
              for words in _objections(own, answers[name])]
    if faults:
        raise InputFault(faults)
    return len(answers)


def _tried(client, cluster_host, folder: Path) -> str:
    """Why a worker says that kernels are not forked there; empty where none does. One that has just gone, or will not
    do, says nothing.
    """
    with suppress(*GONE):
        answers = client.run(cluster_host.trial, folder, on_error="return").values()
        return next((answer for answer in answers if answer and isinstance(answer, str)), "")
    return ""


def _objections(own: Mapping, answer: dict | Exception) -> list[str]:
    """Why a worker that answered so would not do."""
    if not isinstance(answer, Exception):
        return objections(own, answer)
    if "ModuleNotFoundError" in repr(answer) or "AttributeError" in repr(answer):  # Dask keeps the text alone
        return ["it has another Throughcare than here, or none; install the same version there."]
    raise answer
