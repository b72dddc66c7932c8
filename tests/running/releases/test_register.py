"""What a release published is on record for the next."""

import json

import pytest
from tiny_study import Tiny

from helpers.running import standing
from helpers.study import InputFault

TELL = ("from IPython.display import display\n"
        "display({'application/vnd.throughcare.figures+json': {f'records in {partnership}': 2}}, raw=True)")
INSIDE = TELL.replace("records in {partnership}", "inside").replace("f'", "'")


@pytest.fixture
def tiny(tmp_path) -> Tiny:
    made = Tiny(tmp_path)
    made.notebook("4_partnership", "How do young people fare?", [TELL],
                  parameters=["partnership: str = 'CPP_01'  # which partnership"])
    made.notebook("5_audit", "May this be published?", [INSIDE],
                  parameters=["staged: str = 'reports/.staged'  # the files to scan"])
    return made


def test_public_figures_are_entered_internal_ones_are_not_and_nothing_is_out_of_date_for_it(tiny):
    tiny.run()
    entry = json.loads((tiny.root / "study/releases/2020-tiny.json").read_text())
    assert entry["release"] == "2020-tiny" and entry["synthetic"] is True and entry["notice"] == "Made up."
    assert entry["figures"] == {"records in CPP_01": 2, "records in CPP_02": 2}
    assert standing(tiny.prepare())["due"] == {}


def test_figures_of_runs_that_were_up_to_date_are_entered_too(tiny):
    tiny.run()
    before = (tiny.root / "study/releases/2020-tiny.json").read_bytes()
    tiny.replace("notebooks/1_clean.ipynb", "Why it matters", "Why it counts")
    tiny.run()
    assert (tiny.root / "study/releases/2020-tiny.json").read_bytes() == before


def test_a_bad_run_enters_nothing(tiny):
    tiny.replace("notebooks/5_audit.ipynb", "inside", "inside' + 1 + '")
    assert tiny.run().state == "failed"
    assert not (tiny.root / "study/releases").exists()


def test_the_next_release_can_read_it(tiny):
    assert tiny.study().before() is None
    tiny.run()
    tiny.replace("study/study.toml", 'release = "2020-tiny"', 'release = "2021-tiny"\nprevious = "2020-tiny"')
    assert tiny.study().before() == {"release": "2020-tiny",
                                     "figures": {"records in CPP_01": 2, "records in CPP_02": 2}}


@pytest.mark.parametrize("text", [None, "", "[]", '{"release": "2019"}'])
def test_a_release_that_is_not_on_record_is_a_fault_of_the_study(tiny, text):
    tiny.run()
    tiny.replace("study/study.toml", 'release = "2020-tiny"', 'release = "2021-tiny"\nprevious = "2020-tini"')
    if text is not None:
        tiny.write("study/releases/2020-tini.json", text)
    with pytest.raises(InputFault, match=r"'previous': what release '2020-tini' published is not in .*"
                                         r"releases/2020-tini.json; did you mean '2020-tiny'"):
        tiny.study().before()
