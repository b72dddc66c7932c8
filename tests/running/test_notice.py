"""Who is told how a night ended: by a real command, once a change of state."""

import sys

import pytest
from tiny_study import Tiny

from helpers.cli import main
from helpers.running import command_of, notify, only_run
from helpers.study import InputFault

HEARS = """import os, sys
with open("heard.txt", "a") as file:
    print(os.environ["THROUGHCARE_BEFORE"], ">", os.environ["THROUGHCARE_STATE"], ":", sys.stdin.read(), file=file)
"""


@pytest.fixture
def nights(tmp_path, monkeypatch):
    """A night: its exit code, and all that was heard so far."""
    study = Tiny(tmp_path)
    study.replace("study/pipeline.toml", 'reads = ["raw/case_records"]\n', "")
    study.replace("study/pipeline.toml", '["CPP_01", "CPP_02"]', '["CPP_02"]')
    monkeypatch.chdir(tmp_path)
    study.write("hears.py", HEARS)

    def night(*words):
        code = main(["run", "--jobs", "1", "--notify", f"{sys.executable} hears.py", *words])
        heard = tmp_path / "heard.txt"
        return code, heard.read_text() if heard.is_file() else ""

    return study, night


def test_a_change_of_state_is_told_once_and_a_state_that_lasts_is_not(nights):
    study, night = nights
    code, heard = night()
    assert code == 0 and heard.startswith(" > published : Published 2020-tiny: 3 runs, every one good.\nOpen reports/")
    assert night() == (0, heard)
    study.notebook("1_clean", "What came in?", ["int('Jane ' + 'Smith')"])
    code, then = night()
    assert code == 4 and then.removeprefix(heard).startswith("published > failed : Failed: 0 of 3 runs good")
    assert "Jane Smith" not in then
    assert night() == (4, then)


def test_input_that_is_refused_before_any_notebook_is_told_too(nights):
    study, night = nights
    study.replace("study/pipeline.toml", "4_partnership", "4_partnerhsip")
    code, heard = night()
    assert code == 2 and heard.startswith(" > input refused : ") and "did you mean '4_partnership'?" in heard


def test_neither_a_part_of_the_pipeline_nor_a_second_run_is_news(nights):
    study, night = nights
    assert night("--only", "1_clean") == (0, "")
    with only_run(study.reports):
        assert night() == (6, "")


@pytest.mark.parametrize("command, problem", [
    (["no-such-command", "secret"], "no-such-command No such file or directory"),
    ([sys.executable, "-c", "raise SystemExit(7)", "secret"], "ended with exit code 7"),
])
def test_what_could_not_be_told_is_said_without_its_words_and_told_the_next_time(tmp_path, command, problem):
    complaint = notify(command, reports=tmp_path, state="failed", text="")
    assert problem in complaint and "secret" not in complaint and list(tmp_path.iterdir()) == []
    assert notify([sys.executable, "-c", ""], reports=tmp_path, state="failed", text="") == ""
    assert notify(command, reports=tmp_path, state="failed", text="") == ""


def test_an_empty_command_is_refused_before_anything_runs(nights, capsys):
    assert main(["run", "--notify", ""]) == 2
    assert "--notify: there is no command" in capsys.readouterr().err


def test_a_command_that_fails_does_not_change_how_the_run_ended(nights, capsys):
    assert main(["run", "--jobs", "1", "--notify", "false"]) == 0
    assert "false ended with exit code 1, so nobody was told" in capsys.readouterr().err


@pytest.mark.parametrize("text", ["", "  ", "mail 'x"])
def test_no_command_is_refused_before_anything_runs(text):
    with pytest.raises(InputFault, match="--notify"):
        command_of(text)


def test_a_schedule_hands_the_command_on_as_one_word(nights, capsys):
    assert main(["schedule", "print", "--daily", "06:30", "--notify", "mail -s 'How it went' me@example.org"]) == 0
    assert """"--notify" "mail -s 'How it went' me@example.org\"""" in capsys.readouterr().out


def test_where_the_state_told_cannot_be_noted_that_is_said(tmp_path):
    (tmp_path / ".notified").mkdir()
    assert notify([sys.executable, "-c", ""], reports=tmp_path, state="failed", text="") == (
        ".notified in the reports folder: Is a directory, so the next run may tell the same again.")
