"""The notebooks as they are committed: essays without outputs, over a package, runnable by plain papermill."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from project import ROOT, copy_project

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


@pytest.fixture(params=NOTEBOOKS, ids=lambda path: path.stem)
def notebook(request):
    return nbformat.read(request.param, as_version=4)


def code(notebook):
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def test_no_notebook_is_committed_with_outputs(notebook):
    assert all(not cell.outputs and cell.execution_count is None for cell in code(notebook))


def test_cell_ids_are_words_so_that_a_diff_reads_like_prose(notebook):
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", cell.id) for cell in notebook.cells)


def test_the_title_is_a_question(notebook):
    title = notebook.cells[0].source.splitlines()[0]
    assert title.startswith("# ") and title.endswith("?")


def test_one_cell_is_tagged_parameters_and_each_line_says_what_it_is(notebook):
    [cell] = [cell for cell in notebook.cells if "parameters" in cell.metadata.get("tags", [])]
    for line in cell.source.splitlines():
        assert re.fullmatch(r"[a-z_]+: (str|int|float|bool) = \S+  # [^=]+", line), line


def test_logic_stays_in_the_package(notebook):
    for cell in code(notebook):
        for node in ast.walk(ast.parse(cell.source)):
            assert not isinstance(node, ast.FunctionDef | ast.ClassDef | ast.Lambda | ast.For | ast.While), cell.source
        assert len(cell.source.splitlines()) <= 5, cell.source
        assert "/" not in cell.source.split("#")[0] or "parameters" in cell.metadata.get("tags", []), cell.source


def test_public_notebooks_open_no_record(notebook):
    if notebook.cells[0].source.splitlines()[0] in PUBLIC_TITLES:
        names = {alias.name for cell in code(notebook) for node in ast.walk(ast.parse(cell.source))
                 if isinstance(node, ast.ImportFrom) for alias in node.names}
        assert names <= {"disclosure", "reporting", "study"}


PUBLIC_TITLES = {nbformat.read(path, as_version=4).cells[0].source.splitlines()[0]
                 for path in NOTEBOOKS if path.stem.startswith("4_")}


def test_plain_papermill_runs_them_one_after_the_other(tmp_path):
    place = copy_project(tmp_path)
    for name, parameters in [("1_clean_case_records", ["extract", "pre_inspection_return"]),
                             ("1_clean_survey", ["extract", "young_people_survey"]),
                             ("2_compare_outcomes", ["family", "relationships"])]:
        done = subprocess.run(
            [sys.executable, "-m", "papermill", f"notebooks/{name}.ipynb", f"{name}.out.ipynb", "-p", *parameters,
             "--no-progress-bar"], cwd=place, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr[-3000:]
    pictures = [output for cell in code(nbformat.read(Path(place, "2_compare_outcomes.out.ipynb"), as_version=4))
                for output in cell.outputs if "image/svg+xml" in output.get("data", {})]
    assert pictures, "the comparison shows its picture"
