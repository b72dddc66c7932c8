"""Workers on other machines: a Dask cluster behind the same interface as local ones; storage is shared by path."""

import threading
import warnings
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, CancelledError, Executor, Future
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile

from helpers.running.executing.worker import Workers
from helpers.running.outcome import listed
from helpers.study import InputFault

PATIENCE = 60  # seconds without a single worker, or without the scheduler, after which the runs are given up
LONGEST_GREETING = "10s"
LOOK = 1  # seconds between two looks whether anybody is there


@contextmanager
def cluster_workers(address: str, *, folder: Path, shared: Path, modules: Sequence[str] = ()) -> Iterator[Workers]:
    """The workers of the Dask cluster whose scheduler is at the address, each with a server that forks its kernels.

    Raises InputFault with a sentence for every worker that would not do: another version of a package, no sight of
    `shared`, more than one thread. A worker that dies has its work done by another.
    """
    client = _client(address)
    from helpers.running.executing import cluster_host  # it needs the package that _client found

    try:
        _suitable(client, cluster_host, shared)
        client.register_plugin(cluster_host.Host(list(modules)), name=cluster_host.NAME)
        executor = ClusterExecutor(client)
        try:
            yield Workers(executor, cluster_host.work, len(_known(client)), True,
                          lambda: next(filter(None, client.run(cluster_host.trial, folder).values()), ""))
        finally:
            executor.shutdown()
            if client.status == "running":
                client.unregister_worker_plugin(cluster_host.NAME)
    finally:
        client.close(timeout=5)


class ClusterExecutor(Executor):
    """Hands work to a Dask cluster; a worker that died for good is told as any executor of processes tells it."""

    def __init__(self, client) -> None:
        self.client, self.inner = client, client.get_executor(pure=False)
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
        if outer.done():
            return
        self.going.discard(outer)
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
            alone = 0 if self.client.status == "running" and _known(self.client) else alone + LOOK
            if alone >= PATIENCE:
                for outer in list(self.going):
                    self.going.discard(outer)
                    if not outer.done():
                        outer.set_exception(BrokenExecutor("no worker is left"))


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
            return distributed.Client(address, timeout=LONGEST_GREETING, set_as_default=False)
    except (OSError, ValueError, TimeoutError) as error:
        raise InputFault(f"--cluster {address}: no Dask scheduler answers there ({type(error).__name__}); give the "
                         "address that `dask scheduler` prints, such as tcp://10.0.0.5:8786.") from None


def _suitable(client, cluster_host, shared: Path) -> None:
    """Raise InputFault with every reason why the workers would not make what this machine would."""
    own, faults = cluster_host.told(), []
    with NamedTemporaryFile(dir=shared, prefix=".seen-") as token:
        try:
            answers = client.run(cluster_host.told, token.name)
        except ModuleNotFoundError:
            raise InputFault("--cluster: its workers have no Throughcare; install the same version there.") from None
    if not answers:
        raise InputFault("--cluster: the scheduler has no worker; start some by `dask worker ADDRESS --nthreads 1`.")
    for number, worker in enumerate(sorted(answers), start=1):
        faults += [f"--cluster, worker {number} ({worker}): {words}" for words in _objections(own, answers[worker])]
    if faults:
        raise InputFault(faults)


def _objections(own: dict, other: dict) -> list[str]:
    found = []
    needed = {name: version for name, version in own["packages"].items()
              if name in other["packages"] or name in own["needs"]}
    differ = [f"{name} {other['packages'].get(name, 'missing')} (here {version})" for name, version in needed.items()
              if other["packages"].get(name) != version]
    if differ:
        found.append(f"other versions than here: {listed(differ)}; install the same from requirements.txt.")
    if other["source"] != own["source"]:
        found.append("another Throughcare than here; install the same version there.")
    if not other["sees"]:
        found.append("it does not see the study's folder; share the folder under the same path.")
    if other["threads"] != 1:
        found.append(f"it has {other['threads']} threads, and a notebook needs a process for itself; start it with "
                     "--nthreads 1.")
    return found


def _known(client) -> dict:
    return client.scheduler_info(n_workers=-1)["workers"]
