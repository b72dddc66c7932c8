"""The project as tests handle it: its root, a copy of it with nothing made yet, and the command as a user types it."""

import shutil
import subprocess
import sys
from pathlib import Path

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
