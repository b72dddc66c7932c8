"""One run of a study at a time."""

import json
import os
import subprocess
import sys
import time

import pytest

from helpers.running import Busy, only_run


def test_while_one_run_goes_on_another_is_told_who_and_since_when(tmp_path):
    with only_run(tmp_path):
        owner = json.loads((tmp_path / ".lock").read_text())
        (tmp_path / ".lock").write_text(json.dumps(owner | {"since": time.time() - 600}))
        with pytest.raises(Busy) as caught, only_run(tmp_path):
            pass
    assert str(caught.value) == (
        f"Another run of this study goes on: process {os.getpid()} on {owner['host']}, begun 10 minutes ago. "
        "Wait until it has ended, or stop that process.")


def test_afterwards_the_lock_is_free_and_leaves_no_file(tmp_path):
    for _ in range(2):
        with only_run(tmp_path) as left:
            assert left == {}
    assert list(tmp_path.iterdir()) == []


def test_an_error_frees_it_too(tmp_path):
    with pytest.raises(ZeroDivisionError), only_run(tmp_path):
        1 / 0  # noqa: B018  the point is that it raises
    with only_run(tmp_path):
        pass


def test_a_dead_owner_s_lock_is_taken_over_and_the_owner_named(tmp_path):
    code = ("import os, sys; from pathlib import Path; from helpers.running.lock import only_run\n"
            "with only_run(Path(sys.argv[1])): os._exit(9)")
    dead = subprocess.Popen([sys.executable, "-c", code, str(tmp_path)])
    assert dead.wait() == 9 and (tmp_path / ".lock").exists()
    with only_run(tmp_path) as left:
        assert left["pid"] == dead.pid


def test_a_file_somebody_else_wrote_there_is_no_owner(tmp_path):
    (tmp_path / ".lock").write_text("half a")
    with only_run(tmp_path) as left:
        assert left == {}
