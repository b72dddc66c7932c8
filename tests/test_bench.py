"""The benchmark's fixed workload is what the benchmark says it is, whatever becomes of the sample study."""

import json
import subprocess
import sys

import pytest
from project import ROOT

HERE = ROOT / "bench" / "running"
NOTEBOOKS = sorted([*(HERE / "notebooks").glob("*.ipynb"), HERE / "light.ipynb"])


def cells(path):
    return [cell for cell in json.loads(path.read_text(encoding="utf-8"))["cells"] if cell["cell_type"] == "code"]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_of_the_workload_is_kept_without_outputs(path):
    assert [cell["id"] for cell in cells(path) if cell["outputs"] or cell["execution_count"]] == []


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_of_the_workload_uses_none_of_the_study_s_code(path):
    assert not [cell["id"] for cell in cells(path) if "helpers" in "".join(cell["source"])]


def test_the_workload_is_fourteen_runs_with_a_page_each_and_fifty_two_figures(tmp_path):
    script = """
import sys
from pathlib import Path
from bench.running import trial, workload
place, ours = workload.laid_out(Path(sys.argv[1])), trial.VARIANTS[trial.OURS]
trial.run(ours.command, place)
print(workload.made(place / ours.pages, place / ours.notebooks))
"""
    done = subprocess.run([sys.executable, "-c", script, tmp_path], cwd=ROOT, capture_output=True, text=True)
    assert done.stdout.strip() == "Made(pages=14, figures=52, notebooks=14, errors=0)", done.stderr
