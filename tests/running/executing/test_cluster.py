"""Runs on a Dask cluster: a real scheduler and two real workers on this machine, killed where it must be."""

import os
import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from processes import alive, within
from tiny_study import PAGES, Silence, Tiny

from helpers.running import Busy, only_run, run_pipeline
from helpers.running.executing import cluster as cluster_module
from helpers.study import InputFault

pytest.importorskip("distributed", reason="the extra [cluster] is not installed")
# A test's own client warns of what the run is to refuse.
pytestmark = pytest.mark.filterwarnings("ignore::distributed.versions.VersionMismatchWarning")
# Of the worker that started the server that forked the kernel.
MURDER = r"import os; server = os.getppid(); os.kill(int(open(f'/proc/{server}/stat').read().split()[3]), 9)"
SLEEP = ["import os, time\nfrom pathlib import Path",
         "Path('kernel.pid').write_text(str(os.getpid()))\nwhile not Path('go').exists():\n    time.sleep(0.1)"]


class Cluster:
    """A scheduler and its workers, as processes."""

    def __init__(self, place: Path, env: dict | None = None) -> None:
        self.place, self.processes = place, []
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.address = f"tcp://127.0.0.1:{free.getsockname()[1]}"
        self.start("scheduler", "--host", "127.0.0.1", "--port", self.address.rpartition(":")[2], "--no-dashboard",
                   env=env)

    def start(self, what: str, *words: str, env: dict | None = None) -> subprocess.Popen:
        with (self.place / f"{len(self.processes)}.log").open("w") as log:
            process = subprocess.Popen([sys.executable, "-m", "dask", what, *words], cwd=self.place, stdout=log,
                                       stderr=log, env=os.environ | (env or {}), start_new_session=True)
        self.processes.append(process)
        return process

    def worker(self, *words: str, env: dict | None = None) -> subprocess.Popen:
        return self.start("worker", self.address, "--nthreads", "1", "--no-dashboard", *words, env=env)

    def wait_for(self, workers: int) -> None:
        from distributed import Client

        with Client(self.address, timeout="60s", set_as_default=False) as client:
            client.wait_for_workers(workers, timeout=60)
            assert within(30, lambda: len(client.scheduler_info(n_workers=-1)["workers"]) == workers)

    def close(self) -> None:
        for process in self.processes:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


@pytest.fixture(scope="module")
def cluster(tmp_path_factory):
    """Two workers under nannies, as `dask worker` starts them."""
    made = Cluster(tmp_path_factory.mktemp("cluster"))
    made.worker("--nworkers", "2")
    made.wait_for(2)
    yield made
    made.close()


@pytest.fixture
def own_cluster(tmp_path):
    made = Cluster(tmp_path)
    yield made
    made.close()


def run(tiny: Tiny, address: str, **asked):
    with only_run(tiny.reports):
        return run_pipeline(tiny.prepare(), pages=PAGES, cluster=address, **{"watch": Silence()} | asked)


def bytes_of(tiny: Tiny) -> dict[str, bytes]:
    return {name: (tiny.reports / name).read_bytes() for name in tiny.files() if not name.endswith("provenance.json")}


def test_a_run_on_a_cluster_gives_the_same_bytes_as_one_on_this_machine(cluster, tmp_path):
    here, there = Tiny(tmp_path / "a" / "study"), Tiny(tmp_path / "b" / "study")
    assert here.run().state == "published"
    ending = run(there, cluster.address)
    assert ending.state == "published" and bytes_of(here) == bytes_of(there)
    assert ending.record["kernels"] == {
        "kind": "forked" if sys.platform == "linux" else "ordinary", "fell_back": False, "cluster_workers": 2}
    assert ending.outcomes["1_clean"].seen == ("data/raw/case_records.csv",)


def test_what_is_up_to_date_needs_no_cluster(cluster, tmp_path):
    tiny = Tiny(tmp_path / "study")
    run(tiny, cluster.address)
    assert run(tiny, "tcp://127.0.0.1:1").state == "up to date"


def test_a_notebook_that_fails_there_fails_as_here(cluster, tmp_path):
    tiny = Tiny(tmp_path / "study")
    tiny.replace("notebooks/4_partnership.ipynb", "print(len", "1 / 0; print(len")
    ending = run(tiny, cluster.address)
    assert ending.state == "failed" and ending.outcomes["4_partnership[CPP_01]"].error_name == "ZeroDivisionError"
    assert ending.outcomes["5_audit"].state == "skipped"


def sleeping(tmp_path) -> Tiny:
    tiny = Tiny(tmp_path / "study")
    tiny.notebook("1_clean", "Does it wait?", [*SLEEP, "Path('data/processed').mkdir(exist_ok=True)\n"
                                               "Path('data/processed/case_records.csv').write_text('a b c')"])
    tiny.write("study/pipeline.toml", (tiny.root / "study/pipeline.toml").read_text().replace(
        'reads = ["raw/case_records"]\n', ""))
    return tiny


def going(tiny: Tiny, address: str, *words: str) -> tuple[subprocess.Popen, int]:
    """The run under way as a process, and the process id of the kernel at work."""
    process = subprocess.Popen([sys.executable, "-m", "helpers", "run", "--cluster", address, *words], cwd=tiny.root,
                               stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    written = tiny.root / "kernel.pid"
    assert within(90, lambda: written.exists() and written.read_text()), process.communicate(timeout=30)[0]
    return process, int(written.read_text())


def parent(pid: int) -> int:
    return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])


@pytest.mark.skipif(sys.platform != "linux", reason="kernels are forked, and found by /proc, on Linux")
def test_when_a_worker_is_killed_another_does_its_work(cluster, tmp_path):
    tiny = sleeping(tmp_path)
    process, kernel = going(tiny, cluster.address)
    worker = parent(parent(kernel))  # of the server that forked it
    os.kill(worker, signal.SIGKILL)
    assert within(20, lambda: not alive(kernel))
    assert within(60, lambda: int((tiny.root / "kernel.pid").read_text() or 0) != kernel)
    tiny.write("go", "")
    output, _ = process.communicate(timeout=90)
    assert process.returncode == 0, output
    cluster.wait_for(2)  # the nanny has begun another


@pytest.mark.parametrize("number, code", [(signal.SIGKILL, -9), (signal.SIGTERM, 130)])
def test_when_the_driver_ends_nothing_of_it_goes_on_there_and_the_workers_are_free(cluster, tmp_path, number, code):
    tiny = sleeping(tmp_path)
    process, kernel = going(tiny, cluster.address)
    process.send_signal(number)
    process.communicate(timeout=60)
    assert process.returncode == code
    assert within(20, lambda: not alive(kernel))
    other = Tiny(tmp_path / "next" / "study")
    assert run(other, cluster.address).state == "published"


def test_without_a_worker_left_the_run_ends_and_says_so(own_cluster, tmp_path, monkeypatch):
    monkeypatch.setattr(cluster_module, "PATIENCE", 3)
    worker = own_cluster.worker()
    own_cluster.wait_for(1)
    tiny = sleeping(tmp_path)
    tiny.replace("notebooks/1_clean.ipynb", "time.sleep(0.1)", "time.sleep(0.1); os.getppid()")
    (tiny.root / "watch.py").write_text(
        "import os, signal, sys, time\nfrom pathlib import Path\n"
        "while not Path('kernel.pid').exists(): time.sleep(0.1)\nos.killpg(int(sys.argv[1]), signal.SIGKILL)\n")
    killer = subprocess.Popen([sys.executable, "watch.py", str(worker.pid)], cwd=tiny.root)
    ending = run(tiny, own_cluster.address)
    killer.wait()
    assert ending.state == "failed" and ending.outcomes["1_clean"].state == "dead worker"


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_when_the_scheduler_goes_the_run_ends_and_says_so(own_cluster, tmp_path, monkeypatch, number):
    monkeypatch.setattr(cluster_module, "PATIENCE", 3)
    own_cluster.worker()
    own_cluster.wait_for(1)
    tiny = sleeping(tmp_path)
    written = tiny.root / "kernel.pid"

    def stop() -> None:
        if within(60, lambda: written.exists() and written.read_text()):
            own_cluster.processes[0].send_signal(number)

    stopper = threading.Thread(target=stop)
    stopper.start()
    ending = run(tiny, own_cluster.address)
    stopper.join()
    assert ending.state == "failed" and ending.outcomes["1_clean"].state == "dead worker"
    assert within(20, lambda: not alive(int(written.read_text())))


def test_a_scheduler_that_goes_once_all_is_done_does_not_matter(own_cluster, tmp_path):
    class Stopping(Silence):
        def ended(self, outcome) -> None:
            if outcome.run == "5_audit":
                own_cluster.processes[0].kill()

    own_cluster.worker()
    own_cluster.wait_for(1)
    assert run(Tiny(tmp_path / "study"), own_cluster.address, watch=Stopping()).state == "published"


def faults(tiny: Tiny, address: str) -> list[str]:
    with pytest.raises(InputFault) as fault:
        run(tiny, address)
    assert tiny.files() == []
    return fault.value.faults


def shadowed(place: Path, name: str, text: str) -> dict:
    """An environment in which a file of that name comes before what is installed."""
    (place / name).parent.mkdir(parents=True)
    (place / name).write_text(text)
    return {"PYTHONPATH": f"{place}{os.pathsep}{os.environ.get('PYTHONPATH', '')}"}


def other_pandas(place: Path) -> dict:
    return shadowed(place, "pandas-0.1.dist-info/METADATA", "Metadata-Version: 2.1\nName: pandas\nVersion: 0.1\n")


def test_a_worker_with_another_version_or_more_threads_is_refused(own_cluster, tmp_path):
    own_cluster.worker("--name", "other", env=other_pandas(tmp_path / "shadow"))
    own_cluster.start("worker", own_cluster.address, "--nthreads", "2", "--no-dashboard")
    own_cluster.wait_for(2)
    said = "\n".join(faults(Tiny(tmp_path / "study"), own_cluster.address))
    assert "other versions than here: pandas 0.1 (here " in said
    assert "it has 2 threads, and a notebook needs a process for itself; start it with --nthreads 1." in said
    assert len(said.splitlines()) == 2


def test_a_worker_with_another_version_that_comes_later_gets_no_work(own_cluster, tmp_path):
    good = own_cluster.worker()
    own_cluster.wait_for(1)
    tiny = sleeping(tmp_path)
    process, kernel = going(tiny, own_cluster.address)
    own_cluster.worker(env=other_pandas(tmp_path / "shadow"))
    own_cluster.wait_for(2)
    os.killpg(good.pid, signal.SIGKILL)
    assert not within(3, lambda: int((tiny.root / "kernel.pid").read_text() or kernel) != kernel)
    log = (own_cluster.place / "2.log").read_text()
    assert "No notebook will run here: other versions than here: pandas 0.1 (here " in log
    own_cluster.worker()  # one that will do
    assert within(30, lambda: int((tiny.root / "kernel.pid").read_text() or kernel) != kernel)
    tiny.write("go", "")
    output, _ = process.communicate(timeout=90)
    assert process.returncode == 0, output


def test_a_scheduler_or_a_worker_without_throughcare_is_refused(own_cluster, tmp_path, monkeypatch):
    monkeypatch.setattr(cluster_module, "LONGEST_GREETING", "30s")
    empty = shadowed(tmp_path / "shadow", "helpers/__init__.py", "")
    own_cluster.worker(env=empty)
    own_cluster.worker()
    own_cluster.wait_for(2)
    tiny = Tiny(tmp_path / "study")
    [said] = faults(tiny, own_cluster.address)
    assert said.startswith("--cluster, worker ")
    assert said.endswith("): it has another Throughcare than here, or none; install the same version there.")
    (tmp_path / "other").mkdir()
    other = Cluster(tmp_path / "other", env=empty)
    try:
        assert faults(tiny, other.address) == ["--cluster: its scheduler has another Throughcare than here, or none; "
                                               "install the same version there."]
    finally:
        other.close()


def test_a_second_run_waits_its_turn_and_leaves_the_first_alone(cluster, tmp_path):
    tiny = sleeping(tmp_path)
    process, kernel = going(tiny, cluster.address)
    other = Tiny(tmp_path / "next" / "study")
    with pytest.raises(Busy, match=r"^--cluster: another run goes on there\. Wait until it has ended\.$"):
        run(other, cluster.address)
    assert alive(kernel) and other.files() == []
    tiny.write("go", "")
    output, _ = process.communicate(timeout=90)
    assert process.returncode == 0, output
    assert run(other, cluster.address).state == "published"


@pytest.mark.skipif(sys.platform != "linux", reason="kernels are forked on Linux")
def test_a_notebook_that_kills_worker_after_worker_is_given_up(tmp_path):
    made = Cluster(tmp_path, env={"DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "1"})
    try:
        made.worker("--nworkers", "2")
        made.wait_for(2)
        tiny = Tiny(tmp_path / "study")
        tiny.replace("notebooks/1_clean.ipynb", "processed.mkdir", f"{MURDER}; processed.mkdir")
        ending = run(tiny, made.address)
    finally:
        made.close()
    assert ending.state == "failed" and ending.outcomes["1_clean"].state == "dead worker"
    assert ending.outcomes["4_partnership[CPP_01]"].state == "skipped"
    assert not (tiny.reports / "2020-tiny").exists()


def test_nobody_at_the_address_or_no_worker_there_is_said(own_cluster, tmp_path, monkeypatch):
    monkeypatch.setattr(cluster_module, "LONGEST_GREETING", "1s")
    tiny = Tiny(tmp_path / "study")
    assert faults(tiny, "tcp://127.0.0.1:1") == [
        "--cluster tcp://127.0.0.1:1: no Dask scheduler answers there (OSError); give the address that `dask "
        "scheduler` prints, such as tcp://10.0.0.5:8786."]
    assert faults(tiny, "nonsense://x")[0].startswith("--cluster nonsense://x: no Dask scheduler answers there")
    monkeypatch.setattr(cluster_module, "LONGEST_GREETING", "30s")
    assert faults(tiny, own_cluster.address) == [
        "--cluster: the scheduler has no worker; start some by `dask worker ADDRESS --nthreads 1`."]


def test_without_the_package_the_remedy_is_named(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    assert faults(Tiny(tmp_path / "study"), "tcp://127.0.0.1:1") == [
        "--cluster: this needs the package distributed, which is not installed; install 'throughcare[cluster]'."]
