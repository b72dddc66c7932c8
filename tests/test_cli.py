"""The command as a user types it: help, exit codes, what is said of what is wrong."""

import json
import subprocess
import sys
import tomllib

import pytest
from tiny_study import Tiny

from helpers.cli import main
from helpers.running import only_run

CODEBOOK = """
instrument = "case_records"
title = "Case records"
row = "record"
[missing]
not_recorded = [""]
[scales.yes_no]
cut = "yes"
above = "Yes"
below = "No"
levels = [{ name = "no", label = "No", spellings = ["0"] }, { name = "yes", label = "Yes", spellings = ["1"] }]
[[columns]]
name = "child"
label = "Child"
question = "Which child?"
source = ["child"]
type = "identifier"
[[columns]]
name = "safe"
label = "Safe"
question = "Is the child safe?"
source = ["safe"]
type = "binary"
scale = "yes_no"
"""


@pytest.fixture
def tiny(tmp_path, monkeypatch):
    """The tiny study as the working folder; its first notebook reads no extract, so none is checked."""
    made = Tiny(tmp_path)
    made.replace("study/pipeline.toml", 'reads = ["raw/case_records"]\n', "")
    monkeypatch.chdir(tmp_path)
    return made


@pytest.fixture
def said(capsys):
    """The exit code of a command line, its output, what it said on stderr."""
    def run(*words):
        code = main(list(words))
        output = capsys.readouterr()
        return code, output.out, output.err
    return run


def test_help_shows_examples_and_exit_codes_and_only_commands_there_are(capsys):
    with pytest.raises(SystemExit) as ended:
        main(["--help"])
    text = capsys.readouterr().out
    assert ended.value.code == 0 and "examples:" in text and "5 disclosure refused" in text
    assert [line.split()[0] for line in text.splitlines() if line.startswith("    ")] == [
        "run", "status", "verify", "diff", "check", "clean", "describe", "sample", "schedule", "codebook"]


def test_help_loads_nothing_heavy():
    code = ("import sys\nfrom helpers.cli import main\ntry:\n    main(['--help'])\nexcept SystemExit:\n"
            "    print(sorted({'pandas', 'pydantic', 'nbformat', 'helpers.running'} & set(sys.modules)))")
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize("words", [["rnu"], ["run", "--forse"], ["run", "--jobs", "0"], ["run", "--keep", "x"], []])
def test_words_nobody_knows_end_with_2(words, capsys):
    with pytest.raises(SystemExit) as ended:
        main(words)
    assert ended.value.code == 2 and "usage: throughcare" in capsys.readouterr().err


def test_a_run_publishes_and_says_which_file_to_open(tiny, said):
    tiny.replace("study/pipeline.toml", '["CPP_01", "CPP_02"]', '["CPP_02"]')
    code, output, errors = said("run", "--jobs", "1")
    assert code == 0 and errors == ""
    assert output.splitlines()[-2:] == ["Published 2020-tiny: 3 runs, every one good.",
                                       "Open reports/2020-tiny/public/index.html"]
    assert sum(line.startswith("[") for line in output.splitlines()) == 3
    assert "Partnership 2" in (tiny.reports / "latest/public/index.html").read_text()


def test_a_failed_run_says_what_failed_and_what_to_do(tiny, said):
    tiny.notebook("1_clean", "What came in?", ["int('Jane ' + 'Smith')"])
    code, output, _ = said("run")
    assert code == 4 and "Jane Smith" not in output
    assert output.splitlines()[4:] == [
        "Failed: 0 of 4 runs good, nothing published.",
        "  1_clean: ValueError in code cell 2.",
        "    Kept: data/processed/failed/1_clean.ipynb",
        "  3 not run because of it.",
        "Its words are in the notebook kept from this run: restricted, as they may hold record values.",
        "There is no earlier release.",
        "Open reports/failed.html",
    ]


def test_part_of_a_run_says_that_it_is_no_release(tiny, said):
    code, output, _ = said("run", "--only", "1_clean", "--json")
    record = json.loads(output)
    assert (code, record["exit_code"], record["state"]) == (0, 0, "previewed")
    assert record["page"] == "reports/preview/internal/clean.html"


def test_faults_of_the_study_end_with_2_and_are_listed_without_a_traceback(tiny, said):
    tiny.replace("study/pipeline.toml", "4_partnership", "4_partnerhsip")
    tiny.replace("study/pipeline.toml", "internal/audit", "public/audit")
    code, output, errors = said("run")
    assert code == 2 and output == ""
    assert errors.splitlines()[0] == "2 faults in the study or its parameters:"
    assert all(line.startswith("  - study/pipeline.toml, run '") for line in errors.splitlines()[1:])
    assert not tiny.reports.exists()


def test_faults_are_data_for_a_machine_that_asks(tiny, said):
    tiny.replace("study/pipeline.toml", "4_partnership", "4_partnerhsip")
    code, output, _ = said("run", "--json")
    found = json.loads(output)
    assert code == found["exit_code"] == 2 and "did you mean '4_partnership'?" in found["faults"][0]


def test_faults_of_the_data_end_with_3_before_any_notebook_runs(tiny, said):
    tiny.replace("study/pipeline.toml", 'notebook = "1_clean"', 'notebook = "1_clean"\nreads = ["raw/case_records"]')
    tiny.write("study/codebooks/case_records.toml", CODEBOOK)
    tiny.write("data/raw/case_records.csv", "child,safe\na,perhaps\n")
    code, output, errors = said("run")
    assert code == 3 and output == ""
    assert "case_records.csv, column 'safe': 'perhaps'" in errors
    assert not (tiny.root / "data/processed").exists() and tiny.files() == []


def test_a_codebook_is_the_study_s_so_its_faults_end_with_2(tiny, said):
    tiny.write("study/codebooks/case_records.toml", CODEBOOK.replace("source", "sorce"))
    code, _, errors = said("check")
    assert code == 2 and errors.startswith("2 faults in the study") and "did you mean 'source'?" in errors


def test_check_says_what_cleaning_would_do(tiny, said):
    tiny.write("study/codebooks/case_records.toml", CODEBOOK)
    assert said("check", "data/raw/case_records.csv") == (0, "Case records: 2 rows (one a record): 2 kept, 0 set "
        "aside, 0 left out.\nNo fault: what is set aside goes into the quarantine, what is left out is no part of the "
        "analysis.\n", "")
    found = json.loads(said("check", "case_records", "--json")[1])
    assert found["extracts"] == ["case_records"]
    assert found["rows"]["case_records"] == {"received": 2, "kept": 2, "quarantined": 0, "excluded": 0}


def test_check_holds_a_file_against_a_codebook_outside_any_study(tmp_path, monkeypatch, said):
    monkeypatch.chdir(tmp_path)
    rule = ('[[rules]]\nname = "known"\nseverity = "quarantine"\nsentence = "Not known."\ncheck = "allowed"\n'
            'column = "child"\nvalues = ["a"]\n')
    (tmp_path / "new.toml").write_text(CODEBOOK + rule)
    (tmp_path / "new.csv").write_text("child,safe\na,1\nb,0\n")
    code, output, errors = said("check", "new.csv", "--codebook", "new.toml")
    assert (code, errors) == (0, "")
    assert output.splitlines()[:2] == ["new.csv: 2 rows (one a record): 1 kept, 1 set aside, 0 left out.",
                                       "  set aside 1 by 'known': Not known. First: new.csv, row 3."]
    (tmp_path / "new.csv").write_text("child,safe\na,perhaps\n")
    code, output, errors = said("check", "new.csv", "--codebook", "new.toml")
    assert (code, output) == (3, "") and "new.csv, column 'safe': 'perhaps' in 1 row (first: row 2)" in errors


def test_clean_writes_the_table_the_ledger_and_an_inert_quarantine(tmp_path, monkeypatch, said):
    monkeypatch.chdir(tmp_path)
    rule = ('[[rules]]\nname = "known"\nseverity = "quarantine"\nsentence = "Not known."\ncheck = "allowed"\n'
            'column = "child"\nvalues = ["a"]\n')
    (tmp_path / "new.toml").write_text(CODEBOOK + rule)
    (tmp_path / "new.csv").write_text("child,safe\na,1\n=1+1,0\n")
    code, output, errors = said("clean", "new.csv", "--codebook", "new.toml", "--to", "clean")
    assert (code, errors) == (0, "") and "1 kept, 1 set aside" in output
    name = tomllib.loads(CODEBOOK)["instrument"]
    assert (tmp_path / f"clean/{name}.csv").read_text(encoding="utf-8-sig") == "child,safe\na,yes\n"
    quarantine = (tmp_path / f"clean/{name}.quarantine.csv").read_text(encoding="utf-8-sig")
    assert "new.csv,3,child,'=1+1,known,Not known.," in quarantine
    assert sorted(path.name for path in (tmp_path / "clean").iterdir()) == [
        f"{name}.{part}" for part in ("csv", "ledger.csv", "missing.csv", "parquet", "quarantine.csv", "recodes.csv")]


def test_check_knows_which_extract_a_file_is_of(tiny, said):
    code, _, errors = said("check", "data/raw/case_record.csv")
    assert code == 2
    assert "data/raw/case_record.csv: no extract of study.toml takes this file; did you mean 'case_records'?" in errors


def test_sample_writes_the_same_bytes_for_the_same_seed(tmp_path, said):
    for folder in ("one", "other"):
        assert said("sample", "--seed", "7", "--to", str(tmp_path / folder))[0] == 0
    files = [sorted(path for path in (tmp_path / folder).rglob("*") if path.is_file()) for folder in ("one", "other")]
    assert files[0] and [path.read_bytes() for path in files[0]] == [path.read_bytes() for path in files[1]]


def test_while_another_run_goes_on_the_answer_is_6(tiny, said):
    with only_run(tiny.reports):
        code, _, errors = said("run")
    assert code == 6 and errors.startswith("Another run of this study goes on: process ")


def test_our_own_fault_ends_with_1_and_shows_where(tiny, said, monkeypatch):
    monkeypatch.setattr("helpers.cli.commands.open_study", lambda folder: 1 / 0)
    code, _, errors = said("run")
    assert code == 1 and "ZeroDivisionError" in errors and errors.endswith("please report the lines above.\n")


def test_a_study_that_is_not_there_is_named(tmp_path, monkeypatch, said):
    monkeypatch.chdir(tmp_path)
    code, _, errors = said("run", "--study", "studdy")
    assert code == 2 and "studdy: no study.toml in that folder" in errors


def test_describe_lists_a_notebook_s_parameters(tiny, said):
    code, output, _ = said("describe", "4_partnership")
    assert code == 0 and output.splitlines() == [
        "4_partnership:", "  study_folder: str = 'study'", "      the study folder", "  partnership: str = 'CPP_01'",
        "      which partnership"]


def test_describe_takes_a_path_and_answers_a_machine(tiny, said):
    code, output, _ = said("describe", "notebooks/1_clean.ipynb", "--json")
    assert code == 0 and json.loads(output) == [
        {"name": "study_folder", "type": "str", "default": "study", "help": "the study folder"}]


def test_describe_prints_a_json_schema(tiny, said):
    code, output, _ = said("describe", "4_partnership", "--schema")
    written = json.loads(output)
    assert code == 0 and written["title"] == "4_partnership"
    assert written["properties"]["partnership"] == {
        "type": "string", "description": "which partnership", "default": "CPP_01"}


def test_describe_offers_the_nearest_name(tiny, said):
    code, _, errors = said("describe", "4_partnerships")
    assert code == 2 and "did you mean '4_partnership'?" in errors
