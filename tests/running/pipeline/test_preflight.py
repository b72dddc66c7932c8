"""Runs chosen and their parameters checked before any kernel starts."""

import pytest

from helpers.running import extracts_read
from helpers.study import InputFault


def faults(tiny, **asked):
    with pytest.raises(InputFault) as caught:
        tiny.prepare(**asked)
    return caught.value.faults


def test_every_run_gets_its_values_and_the_study_folder_and_the_gate_the_staged_files(tiny):
    assert tiny.prepare().parameters == {
        "1_clean": {"study_folder": "study"},
        "4_partnership[CPP_01]": {"partnership": "CPP_01", "study_folder": "study"},
        "4_partnership[CPP_02]": {"partnership": "CPP_02", "study_folder": "study"},
        "5_audit": {"study_folder": "study", "staged": "reports/.staged"},
    }


def test_a_value_the_notebook_does_not_declare_is_named_for_every_run(tiny):
    tiny.notebook("4_partnership", "Who?", [], parameters=["partnerships: str = 'CPP_01'  # which"])
    assert faults(tiny) == [
        f"run '4_partnership[CPP_0{number}]': the notebook has no parameter 'partnership'; did you mean 'partnerships'?"
        for number in (1, 2)]


def test_a_notebook_without_study_folder_is_named(tiny):
    tiny.replace("notebooks/1_clean.ipynb", "study_folder: str", "folder: str")
    assert faults(tiny) == ["run '1_clean': the notebook has no parameter 'study_folder'; did you mean 'folder'?"]


def test_faults_of_declarations_and_of_values_are_named_together(tiny):
    tiny.replace("notebooks/1_clean.ipynb", "study_folder: str", "study_folder: Path")
    tiny.notebook("4_partnership", "Who?", [], parameters=["partnership: int = 1  # which"])
    assert len(faults(tiny)) == 3


@pytest.mark.parametrize("asked, names", [
    ({"only": ["4_partnership"]}, ["4_partnership[CPP_01]", "4_partnership[CPP_02]"]),
    ({"only": ["4_partnership[CPP_02]", "1_clean"]}, ["1_clean", "4_partnership[CPP_02]"]),
    ({"partnership": "CPP_01"}, ["4_partnership[CPP_01]"]),
    ({"only": ["4_partnership"], "partnership": "CPP_01"}, ["4_partnership[CPP_01]"]),
])
def test_part_of_the_pipeline_may_be_asked_for_by_notebook_run_or_partnership(tiny, asked, names):
    prepared = tiny.prepare(**asked)
    assert [run.name for run in prepared.runs] == names and prepared.partial


@pytest.mark.parametrize("asked, words", [
    ({"only": ["4_partnerships"]},
     "--only 4_partnerships: no such run or notebook in pipeline.toml; did you mean '4_partnership'?"),
    ({"only": ["5_audit"]}, "--only 5_audit: the gate judges a whole release; run without --only."),
    ({"only": ["1_clean"], "partnership": "CPP_01"},
     "--partnership CPP_01: no run chosen is made for it; leave out one of the two."),
])
def test_what_cannot_be_asked_for_is_named(tiny, asked, words):
    assert faults(tiny, **asked) == [words]


def test_an_unknown_partnership_is_named_with_the_nearest(tiny):
    assert faults(tiny, partnership="CPP_3")[0].endswith("no partnership 'CPP_3'; did you mean 'CPP_02'?")


def test_only_extracts_that_chosen_runs_read_are_to_be_checked(tiny):
    assert extracts_read(tiny.study(), tiny.prepare().runs) == ["case_records"]
    assert extracts_read(tiny.study(), tiny.prepare(only=["4_partnership"]).runs) == []


@pytest.mark.parametrize("name", ["latest", "preview"])
def test_a_release_may_not_bear_the_name_of_something_else_in_the_reports_folder(tiny, name):
    tiny.replace("study/study.toml", "2020-tiny", name)
    assert f"'{name}' names something else in the reports folder; choose another name." in faults(tiny)[0]
