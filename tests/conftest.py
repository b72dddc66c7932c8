"""The whole run, done once a test session on a copy of the project, and the folders that tests read."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


def copy_project(place: Path, study: Path = ROOT / "study", raw: Path = ROOT / "data" / "raw") -> Path:
    """A study and the notebooks in a folder of their own, with nothing made yet."""
    shutil.copytree(study, place / "study")
    shutil.copytree(ROOT / "notebooks", place / "notebooks", ignore=shutil.ignore_patterns(".ipynb_checkpoints"))
    shutil.copytree(raw, place / "data" / "raw")
    return place


def throughcare(*arguments: str, cwd: Path) -> subprocess.CompletedProcess:
    """The command as a user types it."""
    return subprocess.run([sys.executable, "-m", "helpers", *arguments], cwd=cwd, capture_output=True, text=True)


@pytest.fixture(scope="session")
def sample_run(tmp_path_factory):
    """The sample study run as `make report` runs it; its folder. Tests read it and change nothing in it."""
    place = copy_project(tmp_path_factory.mktemp("sample"))
    done = throughcare("run", cwd=place)
    assert done.returncode == 0, done.stdout + done.stderr
    return place
