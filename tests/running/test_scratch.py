"""The folder for sockets: one's own, and no dead run's left lying."""

import os
import subprocess
import sys
import tempfile

import pytest

from helpers.running.scratch import scratch, sweep

pytestmark = pytest.mark.skipif(os.name != "posix", reason="who holds a folder is known by flock")
DIES = "import os\nfrom helpers.running.scratch import scratch\nwith scratch() as place:\n    os._exit(9)"


@pytest.fixture(autouse=True)
def temporary(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    return tmp_path


def test_it_is_there_while_it_is_used_whoever_sweeps_and_gone_afterwards(temporary):
    with scratch() as place:
        (place / "socket").touch()
        sweep()
        assert (place / "socket").exists()
    assert list(temporary.iterdir()) == []


def test_that_of_a_run_that_died_is_swept_and_nothing_else(temporary):
    assert subprocess.run([sys.executable, "-c", DIES], env=os.environ).returncode == 9
    (temporary / "throughcare-other").mkdir()
    (temporary / "throughcare-run-link").symlink_to(temporary / "throughcare-other")
    assert len(list(temporary.iterdir())) == 3
    sweep()
    assert sorted(path.name for path in temporary.iterdir()) == ["throughcare-other", "throughcare-run-link"]
