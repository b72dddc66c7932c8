"""Runs on a Dask cluster: a real scheduler and two real workers on this machine, killed where it must be."""

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from processes import alive, within
from tiny_study import PAGES, Silence, Tiny

from helpers.running import only_run, run_pipeline
from helpers.running.executing import cluster as cluster_module
from helpers.study import InputFault

pytest.importorskip("distributed", reason="the extra [cluster] is not installed")
# A test's own client warns of what the run is to refuse.
pytestmark = pytest.mark.filterwarnings("ignore::distributed.versions.VersionMismatchWarning")
SLEEP = ["import os, time\nfrom pathlib import Path",
         "Path('kernel.pid').write_text(str(os.getpid()))\nwhile not Path('go').exists():\n    time.sleep(0.1)"]


class Cluster:
    """A scheduler and its workers, as processes."""

    def __init__(self, place: Path) -> None:
        self.place, self.processes = place, []
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.address = f"tcp://127.0.0.1:{free.getsockname()[1]}"
        self.start("scheduler", "--host", "127.0.0.1", "--port", self.address.rpartition(":")[2], "--no-dashboard")

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
        return run_pipeline(tiny.prepare(), pages=PAGES, watch=Silence(), cluster=address, **asked)


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


def faults(tiny: Tiny, address: str) -> list[str]:
    with pytest.raises(InputFault) as fault:
        run(tiny, address)
    assert tiny.files() == []
    return fault.value.faults


def test_a_worker_with_another_version_or_more_threads_or_without_the_folder_is_refused(own_cluster, tmp_path):
    shadow = tmp_path / "shadow"
    (shadow / "pandas-0.1.dist-info").mkdir(parents=True)
    (shadow / "pandas-0.1.dist-info" / "METADATA").write_text("Metadata-Version: 2.1\nName: pandas\nVersion: 0.1\n")
    before = os.environ.get("PYTHONPATH", "")
    own_cluster.worker("--name", "other", env={"PYTHONPATH": f"{shadow}{os.pathsep}{before}"})
    own_cluster.start("worker", own_cluster.address, "--nthreads", "2", "--no-dashboard")
    own_cluster.wait_for(2)
    said = "\n".join(faults(Tiny(tmp_path / "study"), own_cluster.address))
    assert "other versions than here: pandas 0.1 (here " in said
    assert "it has 2 threads, and a notebook needs a process for itself; start it with --nthreads 1." in said
    assert len(said.splitlines()) == 2


def test_a_worker_that_lacks_a_package_or_sight_of_the_folder_is_told_so():
    own = {"packages": {"Python": "3.12.1", "pandas": "3.0"}, "needs": ["pandas"], "source": "a"}
    other = {"packages": {"Python": "3.11.9", "numpy": "2.0"}, "source": "b", "sees": False, "threads": 1}
    assert cluster_module._objections(own, other) == [
        "other versions than here: Python 3.11.9 (here 3.12.1) and pandas missing (here 3.0); install the same from "
        "requirements.txt.",
        "another Throughcare than here; install the same version there.",
        "it does not see the study's folder; share the folder under the same path."]


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
