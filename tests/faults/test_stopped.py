"""A run stopped in the middle: by Ctrl-C, by a scheduler's SIGTERM, by a power cut's nearest relative, SIGKILL."""

import json
import os
import signal
import subprocess
import sys

import pytest
from processes import alive, within
from tiny_study import Tiny

from helpers.running import only_run
from helpers.running.release import stage

PIPELINE = """
[[runs]]
notebook = "1_sleep"
[[runs]]
notebook = "5_audit"
gate = true
"""
SLEEP = ["import os, time\nfrom pathlib import Path",
         "Path('kernel.pid').write_text(str(os.getpid()))\ntime.sleep(600)"]


@pytest.fixture(params=["forked"])
def going(tmp_path, request):
    """The study, its run under way, and the process id of the kernel at work."""
    tiny = Tiny(tmp_path / "tiny")
    tiny.write("study/pipeline.toml", PIPELINE)
    tiny.notebook("1_sleep", "Does it stop?", SLEEP)
    (tmp_path / "tmp").mkdir()
    process = subprocess.Popen(
        [sys.executable, "-m", "helpers", "run"], cwd=tiny.root,
        env=os.environ | {"TMPDIR": str(tmp_path / "tmp"), "THROUGHCARE_KERNELS": request.param},
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True)
    written = tiny.root / "kernel.pid"
    assert within(120, lambda: written.exists() and written.read_text()), "the kernel never came to its cell"
    yield tiny, process, int(written.read_text())
    if process.poll() is None:
        process.kill()
    process.communicate()


@pytest.mark.parametrize("number, everyone", [(signal.SIGINT, True), (signal.SIGTERM, False)])
def test_a_cancelled_run_leaves_no_process_no_files_and_no_lock(going, tmp_path, number, everyone):
    tiny, process, kernel = going
    (os.killpg if everyone else os.kill)(process.pid, number)  # a terminal signals the whole group
    output, _ = process.communicate(timeout=30)
    assert process.returncode == 130
    assert output.splitlines()[-1] == "Cancelled: nothing was published, and nothing goes on running."
    assert "Traceback" not in output
    assert within(5, lambda: not alive(kernel))
    assert sorted(path.name for path in tiny.reports.iterdir()) == [
        "failed.html", "failed.json", "history.html", "history.jsonl"]
    assert list((tmp_path / "tmp").iterdir()) == []


def test_the_record_and_the_page_say_that_a_run_was_cancelled_and_what_was_not_done(going):
    tiny, process, _ = going
    process.terminate()
    process.communicate(timeout=30)
    record = json.loads((tiny.reports / "failed.json").read_text())
    assert record["state"] == "cancelled" and [run["state"] for run in record["runs"]] == ["cancelled", "cancelled"]
    assert "cancelled" in (tiny.reports / "failed.html").read_text()


@pytest.mark.parametrize("going", ["forked", "ordinary"], indirect=True)
def test_a_killed_run_takes_its_workers_and_kernels_along_and_hinders_nobody(going):
    tiny, process, kernel = going
    process.kill()
    process.wait()
    assert within(10, lambda: not alive(kernel))
    assert within(10, lambda: not members_of(process.pid))
    with only_run(tiny.reports) as left:
        assert left["pid"] == process.pid
        assert list(stage(tiny.reports).iterdir()) == []


def members_of(group: int) -> list[int]:
    """Processes of the group still at work."""
    found = subprocess.run(["ps", "-eo", "pid=,pgid="], capture_output=True, text=True, check=True).stdout.splitlines()
    pairs = [tuple(map(int, line.split())) for line in found]
    return [pid for pid, of in pairs if of == group and alive(pid)]
