"""The nights so far: a line each, whatever became of it, and a page of all."""

import json
from datetime import UTC, datetime

import pytest
from tiny_study import Tiny

from helpers.cli import main
from helpers.running.outcome import Outcome
from helpers.running.releases import history
from helpers.study import InputFault

TELL = ("from IPython.display import display\n"
        "display({'application/vnd.throughcare.figures+json': {'records kept': 2}}, raw=True)")


@pytest.fixture
def tiny(tmp_path) -> Tiny:
    return Tiny(tmp_path)


def test_every_night_is_entered_with_how_it_ended_what_ran_and_what_failed(tiny):
    tiny.run()
    tiny.run()
    tiny.replace("notebooks/4_partnership.ipynb", "print(len", "1 / 0; print(len")
    tiny.run()
    good, idle, bad = history.read(tiny.reports)
    assert (good["state"], set(good["ran"]), good["up_to_date"]) == (
        "published", {"1_clean", "4_partnership[CPP_01]", "4_partnership[CPP_02]", "5_audit"}, 0)
    assert (idle["state"], idle["ran"], idle["up_to_date"]) == ("up to date", {}, 4)
    assert bad["state"] == "failed" and bad["up_to_date"] == 1 and bad["failed"] == {
        "4_partnership[CPP_01]": "failed", "4_partnership[CPP_02]": "failed", "5_audit": "skipped"}
    assert json.loads((tiny.reports / "history.html").read_text()) == [good, idle, bad]


def test_a_night_refused_for_its_input_is_one_and_part_of_a_pipeline_is_none(tiny):
    tiny.run(only=["1_clean"])
    assert history.read(tiny.reports) == []
    tiny.notebook("4_partnership", "Who meddles?", ["open('data/raw/case_records.csv', 'a').write('x,1\\n')"],
                  parameters=["partnership: str = 'CPP_01'  # which partnership"])
    with pytest.raises(InputFault):
        tiny.run()
    assert [night["state"] for night in history.read(tiny.reports)] == ["input refused"]


def test_key_figures_are_kept_where_they_differ_and_known_of_every_night(tiny):
    tiny.notebook("4_partnership", "What is told?", [TELL], parameters=["partnership: str = 'CPP_01'  # which"])
    tiny.run()
    tiny.run()
    tiny.replace("notebooks/4_partnership.ipynb", "'records kept': 2", "'records kept': 3")
    tiny.run()
    assert [night["figures"] for night in history.read(tiny.reports)] == [{"records kept": n} for n in (2, 2, 3)]
    lines = (tiny.reports / "history.jsonl").read_text().splitlines()
    assert ["figures" in json.loads(line) for line in lines] == [True, False, True]


def enter(reports, *, state="published", page=lambda nights: "", **figures):
    history.enter(reports, state=state, release="r", began=datetime(2026, 1, 1, tzinfo=UTC), figures=figures, page=page,
                  outcomes={"a": Outcome("a", "a", "done", seconds=1.5, warnings=2)})


def test_a_torn_line_is_passed_over_and_gone_with_the_next_night(tmp_path):
    enter(tmp_path, kept=1)
    file = tmp_path / "history.jsonl"
    file.write_text(file.read_text() + '{"began": "2026-01-0\n[1]\n{"state": 3}\n')
    assert len(history.read(tmp_path)) == 1
    enter(tmp_path, kept=2)
    assert [night["figures"] for night in history.read(tmp_path)] == [{"kept": 1}, {"kept": 2}]
    assert len(file.read_text().splitlines()) == 2


def test_only_so_many_nights_are_kept_the_newest(tmp_path, monkeypatch):
    monkeypatch.setattr(history, "MOST", 3)
    for kept in range(5):
        enter(tmp_path, kept=kept)
    assert [night["figures"]["kept"] for night in history.read(tmp_path)] == [2, 3, 4]


def test_a_release_may_not_bear_the_name_of_the_history(tiny, monkeypatch, capsys):
    tiny.replace("study/study.toml", "2020-tiny", "history.html")
    monkeypatch.chdir(tiny.root)
    assert main(["run"]) == 2 and "'history.html' names something else in the reports folder" in capsys.readouterr().err
