"""A notebook run by hand, or by plain papermill, checks its parameters as the runner does: real kernels, no runner."""

import subprocess
import sys

import nbformat
import pytest
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from project import ROOT
from tiny_study import Tiny

LINES = """family: str = "level"  # which family of the plan
years: int = 3  # how many years back (range: 1..5)
unit: str = "share"  # what is shown (choices: share | count)
table: str = "table.csv"  # where it lies (path)
since: str = "2020-01-31"  # the first day (date)"""
CHECK = "from helpers import study\nstudy.check_parameters()"


@pytest.fixture
def by_papermill(tmp_path):
    """A notebook run by the papermill command with the words given: exit code, and what it says."""
    (tmp_path / "table.csv").write_text("a\n")
    cells = [nbformat.v4.new_code_cell(LINES, metadata={"tags": ["parameters"]}), nbformat.v4.new_code_cell(CHECK),
             nbformat.v4.new_code_cell("print('ran', years)")]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), tmp_path / "in.ipynb")

    def run(*words):
        done = subprocess.run([sys.executable, "-m", "papermill", "in.ipynb", "out.ipynb", "-k", "python3", "-l",
                               "python", "--no-progress-bar", *words], cwd=tmp_path, capture_output=True, text=True)
        return done.returncode, done.stderr

    return run


def test_plain_papermill_with_good_values_runs(by_papermill):
    assert by_papermill("-p", "years", "5", "-p", "unit", "count")[0] == 0


def test_plain_papermill_is_told_every_fault_at_once(by_papermill):
    code, said = by_papermill("-p", "yaers", "5", "-p", "unit", "shares", "-p", "table", "gone.csv",
                              "-p", "since", "31/01/2020", "-p", "years", "six")
    assert code != 0
    for fault in ("parameters cell: the notebook has no parameter 'yaers'; did you mean 'years'?",
                  "parameters cell: parameter 'years' is 'six'; expected a whole number.",
                  "parameters cell: parameter 'unit' is 'shares'; did you mean 'share'?",
                  "parameters cell: parameter 'table' is 'gone.csv', where there is nothing; give the path of what",
                  "parameters cell: parameter 'since' is '31/01/2020'; expected a date such as 2020-01-31."):
        assert fault in said, fault


def by_hand(*cells: str, folder) -> None:
    """The cells executed one after another in one kernel, as in JupyterLab."""
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    NotebookClient(notebook, kernel_name="python3", resources={"metadata": {"path": str(folder)}}).execute()


def test_by_hand_an_edited_cell_counts_as_it_was_last_run(tmp_path):
    (tmp_path / "table.csv").write_text("a\n")
    by_hand(LINES, CHECK, LINES.replace("= 3", "= 4"), CHECK, "%precision 3", CHECK, folder=tmp_path)
    by_hand(LINES.replace("= 3", "= 4"), LINES, "years = 5", CHECK, folder=tmp_path)
    with pytest.raises(CellExecutionError, match=r"parameter 'years' is 9; expected 1 to 5\."):
        by_hand(LINES, CHECK, LINES.replace("= 3", "= 9"), CHECK, folder=tmp_path)
    with pytest.raises(CellExecutionError, match=r"parameter 'years' is 9; expected 1 to 5\."):
        by_hand(LINES, CHECK, "years = 9", CHECK, folder=tmp_path)
    with pytest.raises(CellExecutionError, match=r"parameter 'years' is gone; run the parameters cell again\."):
        by_hand(LINES, "del years", CHECK, folder=tmp_path)


def test_by_hand_every_fault_is_told_at_once_those_of_lines_too(tmp_path):
    edited = 'study_folder: str = "study"\n' + LINES.replace("= 3", "= 9").replace("2020-01-31", "31/1/20") + "\nx = 1"
    with pytest.raises(CellExecutionError) as caught:
        by_hand(edited, "# Parameters\nyaers = 3", CHECK, folder=tmp_path)
    for fault in ("parameters cell, line 7: expected `name: type = value  # help`.",
                  "parameters cell: the notebook has no parameter 'yaers'; did you mean 'years'?",
                  "parameters cell: parameter 'years' is 9; expected 1 to 5.",
                  "parameters cell: parameter 'table' is 'table.csv', where there is nothing; give the path of what",
                  "parameters cell: parameter 'since' is '31/1/20'; expected a date such as 2020-01-31."):
        assert fault in str(caught.value), fault


def test_by_hand_a_cell_of_one_s_own_that_looks_like_parameters_is_not_taken_for_them(tmp_path):
    with pytest.raises(CellExecutionError, match=r"parameter 'years' is 9; expected 1 to 5\."):
        by_hand('study_folder: str = "study"\n' + LINES, "years = 9", "mine: int = 3", CHECK, folder=tmp_path)


def test_a_path_is_the_same_in_a_notebook_s_own_folder(tmp_path):
    made = Tiny(tmp_path)
    made.write("table.csv", "a\n")
    opened = ("from helpers import study\nthe_study = study.open_study(study_folder)\n"
              "study.check_parameters(the_study)\nassert the_study.place(table).read_text() == 'a\\n'")
    cells = ['study_folder: str = "study"  # it\ntable: str = "table.csv"  # where it lies (path)', opened]
    by_hand(*cells, folder=tmp_path)
    by_hand(*cells, folder=tmp_path / "notebooks")
    with pytest.raises(CellExecutionError, match=r"gone\.csv: there is nothing; give the path of what exists"):
        by_hand(*cells, "the_study.place('gone.csv')", folder=tmp_path)


def test_by_hand_and_by_plain_papermill_a_secret_is_in_nothing_that_comes_of_it(tmp_path, monkeypatch):
    value = "s3cr€t & <käse> 12"
    monkeypatch.setenv("TINY_TOKEN", value)
    cells = ['token: str = "env:TINY_TOKEN"  # opens it (secret)', CHECK,
             "import os, pandas as pd\nvalue = os.environ['TINY_TOKEN']\nprint(value, study.secret(token))",
             "pd.DataFrame({'token': [value]})", "raise ValueError(value)"]
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    notebook.cells[0].metadata["tags"] = ["parameters"]
    nbformat.write(notebook, tmp_path / "in.ipynb")
    done = subprocess.run([sys.executable, "-m", "papermill", "in.ipynb", "out.ipynb", "-k", "python3", "--log-output",
                           "--no-progress-bar"], cwd=tmp_path, capture_output=True, text=True)
    written = (tmp_path / "out.ipynb").read_text(encoding="utf-8")
    assert written.count("••••••") >= 4 and "ValueError: ••••••" in done.stderr
    assert not any(word in text for word in ("s3cr", "käse") for text in (written, done.stdout, done.stderr))
    with pytest.raises(CellExecutionError) as caught:
        by_hand(*cells, folder=tmp_path)
    assert "••••••" in str(caught.value) and "käse" not in str(caught.value)


@pytest.mark.parametrize("given, words", [
    ("hunter2hunter2", "parameter 'token' is no reference to a secret; write env:NAME or file:PATH."),
    ("env:TINY_NOT_SET", "parameter 'token' is in env:TINY_NOT_SET, which is empty or not set"),
    ("file:gone", "parameter 'token' is in file:gone, which cannot be read (FileNotFoundError)"),
])
def test_by_hand_a_reference_that_leads_nowhere_is_a_fault_that_quotes_no_secret(tmp_path, given, words):
    with pytest.raises(CellExecutionError) as caught:
        by_hand(f"token: str = '{given}'  # opens it (secret)", CHECK, folder=tmp_path)
    assert words in str(caught.value) and "hunter2" not in str(caught.value)


def test_without_a_parameters_cell_or_outside_a_notebook_there_is_nothing_to_check(tmp_path):
    by_hand("x = 1", CHECK, folder=tmp_path)
    subprocess.run([sys.executable, "-c", CHECK], check=True)


@pytest.mark.parametrize("path", sorted((ROOT / "notebooks").glob("*.ipynb")), ids=lambda path: path.stem)
def test_every_notebook_checks_its_parameters_before_it_opens_the_study(path):
    cells = [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]
    place = next(number for number, cell in enumerate(cells) if "parameters" in cell.metadata.get("tags", []))
    assert cells[place + 1].source.splitlines()[:2] == [
        "the_study = study.open_study(study_folder)", "study.check_parameters(the_study)"]


@pytest.mark.parametrize("name, parameter, value, words", [
    ("2_compare_outcomes", "family", "wellbeing_levle", "is 'wellbeing_levle', which is not in plan.toml; did you"),
    ("4_partnership", "partnership", "CPP_1", "is 'CPP_1', which is not in study.toml; did you mean"),
    ("1_clean_survey", "extract", "staf_survey", "is 'staf_survey', which is not in study.toml; did you"),
    ("2_check_methods", "seeds", "0", "parameter 'seeds' is 0; expected 1 to 1000."),
    ("3_protect_release", "study_foldr", "x", "no parameter 'study_foldr'; did you mean 'study_folder'?"),
])
def test_the_study_s_own_names_are_checked_by_hand_too(tmp_path, name, parameter, value, words):
    done = subprocess.run([sys.executable, "-m", "papermill", str(ROOT / "notebooks" / f"{name}.ipynb"),
                           str(tmp_path / "out.ipynb"), "-k", "python3", "--no-progress-bar", "-p", parameter, value],
                          cwd=ROOT, capture_output=True, text=True)
    assert done.returncode != 0 and words in done.stderr
