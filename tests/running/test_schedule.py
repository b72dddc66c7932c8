"""The schedule as systemd and cron themselves read it."""

import json
import os
import shutil
import subprocess

import pytest
from tiny_study import Tiny

from helpers.cli import main
from helpers.running import daily
from helpers.study import InputFault

AWKWARD = "care & co 100% $HOME “é”"


def made(folder, *, time="06:30", words=("run", "--study", "my study 5%")):
    return daily(time, name=folder.name, title="How do 5% fare?", folder=folder, words=words)


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd-analyze here")
@pytest.mark.parametrize("name", ["inspection", AWKWARD])
def test_systemd_finds_nothing_wrong_with_the_units(tmp_path, name):
    folder, units = tmp_path / name, tmp_path / "units"
    folder.mkdir()
    units.mkdir()
    for unit, text in made(folder).units.items():
        (units / unit).write_text(text)
    done = subprocess.run(["systemd-analyze", "verify", "--man=no", *sorted(units.iterdir())],
                          capture_output=True, text=True, env=os.environ | {"SYSTEMD_UNIT_PATH": f"{units}:"})
    about_ours = [line for line in done.stderr.splitlines() if "throughcare" in line]
    assert about_ours == []


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd-analyze here")
def test_systemd_would_object_to_a_time_that_is_none(tmp_path):
    unit = next(text for name, text in made(tmp_path).units.items() if name.endswith(".timer"))
    (tmp_path / "throughcare-x.service").write_text("[Service]\nType=oneshot\nExecStart=/bin/true\n")
    (tmp_path / "throughcare-x.timer").write_text(unit.replace("06:30:00", "36:30:00"))
    done = subprocess.run(["systemd-analyze", "verify", "--man=no", tmp_path / "throughcare-x.timer"],
                          capture_output=True, text=True)
    assert "OnCalendar" in done.stderr or "calendar" in done.stderr


def test_the_cron_line_runs_in_the_folder_with_the_words_as_they_are(tmp_path):
    folder = tmp_path / AWKWARD
    folder.mkdir()
    shows = tmp_path / "shows"
    shows.write_text('#!/bin/sh\npwd\nprintf "%s\\n" "$@"\n')
    shows.chmod(0o755)
    words = ["run", "--study", "my study 5%"]
    line = daily("06:05", name="", title="", folder=folder, words=words, python=str(shows)).cron
    minutes, hours, *rest, command = line.split(" ", 5)
    assert (minutes, hours, rest) == ("5", "6", ["*", "*", "*"])
    assert "%" not in command.replace(r"\%", "")
    as_cron_hands_it_on = command.replace(r"\%", "%")
    done = subprocess.run(["sh", "-c", as_cron_hands_it_on], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == [str(folder), "-m", "helpers", "run", "--study", "my study 5%"]


@pytest.mark.parametrize("time", ["6:30", "24:00", "06:60", "half past six", "06:30\n"])
def test_a_time_that_is_none_is_refused_with_an_example(tmp_path, time):
    with pytest.raises(InputFault, match="no time of day; give hours and minutes, such as 06:30"):
        made(tmp_path, time=time)


def test_a_folder_that_no_unit_could_name_is_refused(tmp_path):
    with pytest.raises(InputFault, match="rename the folder"):
        made(tmp_path / "two\nlines")


@pytest.fixture
def tiny(tmp_path, monkeypatch):
    study = Tiny(tmp_path)
    monkeypatch.chdir(tmp_path)
    return study


def test_the_command_prints_units_the_way_to_begin_and_the_cron_line(tiny, capsys):
    assert main(["schedule", "print", "--daily", "06:30", "--keep", "30"]) == 0
    text = capsys.readouterr().out
    assert "OnCalendar=*-*-* 06:30:00" in text and "systemctl --user enable --now throughcare-" in text
    assert text.splitlines()[-1].startswith("30 6 * * * cd ")
    assert '"--keep" "30"' in text and text.splitlines()[-1].endswith("--keep 30")


def test_units_are_written_where_one_says_and_machines_are_told(tiny, tmp_path, capsys):
    (tmp_path / "units").mkdir()
    assert main(["schedule", "print", "--daily", "23:59", "--to", "units", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert {path.name: path.read_text() for path in (tmp_path / "units").iterdir()} == told["units"]


def test_a_folder_that_is_not_there_is_named_and_nothing_printed(tiny, capsys):
    assert main(["schedule", "print", "--daily", "06:30", "--to", "nowhere"]) == 2
    said = capsys.readouterr()
    assert said.out == "" and "nowhere: there is no such folder" in said.err
