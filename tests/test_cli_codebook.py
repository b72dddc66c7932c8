"""`throughcare codebook` as a user types it: drafting, comparing, sending a codebook out and bringing it back."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from project import ROOT
from test_cli import CODEBOOK

from helpers.cli import main
from helpers.extracts.codebooks.codebook import Codebook
from helpers.study import read_toml


@pytest.fixture
def said(capsysbinary, tmp_path, monkeypatch):
    """The exit code of a command line in an empty folder that holds one codebook, its output, its words on stderr."""
    monkeypatch.chdir(tmp_path)
    Path("records.toml").write_text(CODEBOOK, encoding="utf-8")

    def run(*words):
        code = main(["codebook", *words])
        output = capsysbinary.readouterr()
        return code, output.out.decode(), output.err.decode()
    return run


def test_a_codebook_goes_out_and_comes_back(said):
    code, output, errors = said("to-workbook", "records.toml")
    assert (code, errors) == (0, "") and output == (
        "Written to records.xlsx. `throughcare codebook from-workbook records.xlsx` reads it back.\n")
    assert said("from-workbook", "records.xlsx", "--to", "back.toml") == (0, "Written to back.toml.\n", "")
    assert read_toml(Path("back.toml"), Codebook) == read_toml(Path("records.toml"), Codebook)
    code, output, _ = said("from-workbook", "records.xlsx")
    assert (code, output) == (0, Path("back.toml").read_text(encoding="utf-8"))


def test_a_study_s_own_lists_stay_names(said):
    listed = CODEBOOK + '[[columns]]\nname = "area"\nlabel = "Area"\ntype = "nominal"\nvalues = "partnerships"\n'
    Path("records.toml").write_text(listed, encoding="utf-8")
    said("to-workbook", "records.toml", "--to", "sent.xlsx")
    assert 'values = "partnerships"' in said("from-workbook", "sent.xlsx")[1]


def test_nothing_is_written_over_unless_asked(said):
    Path("records.xlsx").write_text("mine")
    code, output, errors = said("to-workbook", "records.toml")
    assert (code, output) == (2, "") and errors.splitlines()[1:] == [
        "  - records.xlsx: exists already; name another file with --to, or write over it with --force."]
    assert Path("records.xlsx").read_text() == "mine"
    assert said("to-workbook", "records.toml", "--force")[0] == 0
    code, _, errors = said("from-workbook", "records.xlsx", "--to", "records.toml")
    assert code == 2 and "records.toml: exists already;" in errors
    assert Path("records.toml").read_text(encoding="utf-8") == CODEBOOK


@pytest.mark.parametrize(("words", "problem"), [
    (["to-workbook", "recrods.toml"], "recrods.toml: there is no such file; give the path of a codebook."),
    (["from-workbook", "none.xlsx"], "none.xlsx: there is no such file; give the path of a workbook."),
    (["draft", "none.csv"], "none.csv: there is no such file; give the path of an export."),
    (["diff", "records.toml", "none.toml"], "none.toml: there is no such file; give the path of a codebook."),
    (["to-workbook", "records.toml", "--to", "records.ods"],
     "records.ods: the workbook is written as XLSX; give its name the ending .xlsx."),
    (["to-workbook", "records.toml", "--to", "none/records.xlsx"],
     "none/records.xlsx: there is no folder none; name a file in a folder that exists."),
    (["to-workbook", "records.toml", "--to", "folder.xlsx"],
     "folder.xlsx: is a folder; name a file in a folder that exists."),
    (["from-workbook", "records.toml"],
     "records.toml: no workbook that can be read; save it as XLSX and send it again."),
])
def test_what_cannot_be_done_is_said_in_one_sentence(said, words, problem):
    Path("folder.xlsx").mkdir()
    code, output, errors = said(*words)
    assert (code, output) == (2, "")
    assert errors.splitlines() == ["1 fault in the study or its parameters:", f"  - {problem}"]


def test_a_workbook_s_faults_name_their_cells(said):
    Path("wrong.toml").write_text(CODEBOOK.replace('scale = "yes_no"', 'scale = "yesno"'), encoding="utf-8")
    said("to-workbook", "wrong.toml")
    code, output, errors = said("from-workbook", "wrong.xlsx", "--to", "back.toml")
    assert (code, output) == (2, "")
    assert errors.splitlines()[1:] == ["  - wrong.xlsx, Columns!H3: there is no scale 'yesno'; did you mean 'yes_no'?"]
    assert not Path("back.toml").exists()


def test_two_waves_are_compared(said):
    Path("later.toml").write_text(CODEBOOK.replace('name = "safe"', 'name = "safer"'), encoding="utf-8")
    code, output, errors = said("diff", "records.toml", "later.toml")
    assert (code, errors) == (0, "")
    assert output.splitlines()[:4] == [
        "From 'Case records' (records.toml) to 'Case records' (later.toml):", "",
        "Questions renamed: 1. Comparable once mapped.",
        "  'safe' (Is the child safe?) is probably 'safer' (Is the child safe?) now: 100% alike."]
    assert output.endswith('[[earlier]]\nextract = "case_records"\ncolumns = { safer = "safe" }\n')


def test_the_comparison_is_data_for_a_machine_that_asks(said):
    Path("later.toml").write_text(CODEBOOK.replace('name = "safe"', 'name = "safer"'), encoding="utf-8")
    found = json.loads(said("diff", "records.toml", "later.toml", "--json")[1])
    mapped = {"extract": "case_records", "columns": {"safer": "safe"}}
    assert found["exit_code"] == 0 and found["earlier"] == mapped
    assert found["changes"] == [{
        "kind": "renamed", "columns": ["safer"], "comparable": "mapped", "why": "", "earlier": mapped,
        "sentence": "'safe' (Is the child safe?) is probably 'safer' (Is the child safe?) now: 100% alike."}]
    assert json.loads(said("diff", "records.toml", "none.toml", "--json")[1])["exit_code"] == 2


def test_what_colleagues_changed_in_a_workbook_can_be_compared(said):
    said("to-workbook", "records.toml")
    code, output, _ = said("diff", "records.toml", "records.xlsx")
    assert code == 0 and output.endswith("Nothing changed: the two waves can be compared as they stand.\n")


def test_a_draft_is_printed_or_written(said):
    Path("new.csv").write_text("Ref,How safe?\n" + "".join(f"R{n},{'Good' if n % 2 else 'Weak'}\n" for n in range(20)))
    code, output, errors = said("draft", "new.csv")
    assert (code, errors) == (0, "") and 'source = ["How safe?"]' in output
    assert said("draft", "new.csv", "--to", "new.toml") == (0, "Written to new.toml.\n", "")
    assert Path("new.toml").read_text(encoding="utf-8") == output
    assert said("draft", "new.csv", "--to", "new.toml")[0] == 2


def test_an_export_that_cannot_be_read_is_the_data_s_fault(said):
    Path("new.csv").write_bytes(b"")
    assert said("draft", "new.csv")[0] == 3


def test_the_toml_is_utf_8_whatever_the_terminal_takes(tmp_path):
    (tmp_path / "new.toml").write_text(CODEBOOK.replace("Case records", "Bàrdachd 😀"), encoding="utf-8")
    words = [sys.executable, "-m", "helpers", "codebook"]
    subprocess.run([*words, "to-workbook", "new.toml"], cwd=tmp_path, check=True, capture_output=True)
    done = subprocess.run([*words, "from-workbook", "new.xlsx"], cwd=tmp_path, check=True, capture_output=True,
                          env={"PYTHONIOENCODING": "ascii"})
    assert 'title = "Bàrdachd 😀"' in done.stdout.decode("utf-8")


@pytest.mark.parametrize("action", ["draft", "diff", "to-workbook", "from-workbook"])
def test_every_action_helps(capsys, action):
    with pytest.raises(SystemExit) as ended:
        main(["codebook", action, "--help"])
    assert ended.value.code == 0 and f"usage: throughcare codebook {action}" in capsys.readouterr().out


def test_the_examples_of_help_are_commands_there_are(capsys):
    with pytest.raises(SystemExit):
        main(["codebook", "--help"])
    text = capsys.readouterr().out
    shown = re.findall(r"throughcare codebook ([a-z-]+)", text[text.index("examples:"):])
    assert set(shown) == {"draft", "diff", "to-workbook", "from-workbook"} and (ROOT / "README.md").is_file()
