"""A study folder is opened whole or refused with every fault at once."""

import shutil
from pathlib import Path

import pandas as pd
import pytest

from helpers.study import InputFault, open_study

ROOT = Path(__file__).parents[2]


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """The flying study, copied where it can be broken."""
    shutil.copytree(ROOT / "tests" / "studies" / "fte-flying", tmp_path / "study")
    monkeypatch.chdir(tmp_path)
    return tmp_path / "study"


def broken(folder, file, old, new):
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(InputFault) as caught:
        open_study("study")
    assert caught.value.kind == "study"
    return caught.value.faults


def test_the_sample_study_opens():
    study = open_study(ROOT / "study")
    assert study.members("looked_after") == ["at_home", "kinship", "foster", "residential"]
    assert study.members("kinship") == ["kinship"]
    assert study.headline_family.name == "wellbeing_level"


def test_a_study_is_found_from_a_folder_below_it(folder, monkeypatch):
    (folder.parent / "notebooks").mkdir()
    monkeypatch.chdir(folder.parent / "notebooks")
    assert open_study("study").folder == Path("../study")


def test_no_study_says_what_to_give(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InputFault, match=r"nowhere: no study.toml in that folder.*Give --study"):
        open_study("nowhere")


def test_an_unknown_key_is_refused_with_the_nearest_one(folder):
    assert broken(folder, "study.toml", 'period = "2014"', 'periode = "2014"') == [
        "study/study.toml, 'period': missing; add it.",
        "study/study.toml, 'periode': nobody knows this key; did you mean 'period'?",
    ]


def test_an_unknown_key_deep_inside_is_placed_as_a_reader_counts(folder):
    assert broken(folder, "plan.toml", "publish_by_partnership = true", "publish_by_partnerships = true") == [
        "study/plan.toml, 'families[1].publish_by_partnerships': nobody knows this key; "
        "did you mean 'publish_by_partnership'?"
    ]


def test_every_fault_of_a_file_is_told_at_once(folder):
    faults = broken(folder, "study.toml", "threshold = 5\nminimum_base = 10", "threshold = 1\nminimum_base = 'ten'")
    assert len(faults) == 2
    assert "'disclosure.threshold': 1 does not fit" in faults[0]
    assert "'disclosure.minimum_base': 'ten' does not fit" in faults[1]


def test_a_file_that_is_no_toml_names_the_line(folder):
    assert "not valid TOML" in broken(folder, "plan.toml", "alpha = 0.05", "alpha = = 0.05")[0]


def test_a_missing_plan_is_named(folder):
    (folder / "plan.toml").unlink()
    with pytest.raises(InputFault, match=r"study/plan.toml: there is no such file"):
        open_study("study")


def test_a_plan_that_names_what_the_study_lacks_is_refused(folder):
    faults = broken(folder, "plan.toml", 'group = "parent"', 'group = "parents"')
    assert faults[0] == "study/plan.toml, family 'rudeness': no group 'parents'; did you mean 'parent'?"
    assert len(faults) == 2


def test_a_claim_on_an_unknown_family_is_refused(folder):
    assert broken(folder, "plan.toml", 'family = "rudeness"', 'family = "rude"') == [
        "study/plan.toml, claim 'babies': no family 'rude'; did you mean 'rudeness'?"
    ]


def test_a_headline_outside_the_outcomes_is_refused(folder):
    assert "the headline 'babies' is not among its outcomes" in broken(
        folder, "plan.toml", 'headline = "baby"', 'headline = "babies"')[0]


def test_a_family_needs_what_its_design_compares(folder):
    assert "design 'independent' needs 'contrasts'" in broken(
        folder, "plan.toml", 'contrasts = [{ group = "parent", reference = "not_parent" }]\noutcomes = ["end_rec',
        'outcomes = ["end_rec')[0]


def test_a_member_that_is_no_care_group_is_refused(folder):
    assert broken(
        folder, "study.toml", 'label = "Parent of a child under 18"',
        'label = "Parent of a child under 18"\nmembers = ["not_parnt"]') == [
        "study/study.toml: groups.parent names the member 'not_parnt', which is no care group; "
        "did you mean 'not_parent'?"
    ]


@pytest.mark.parametrize("call", ["extract", "family", "partnership", "members"])
def test_asking_for_what_is_not_there_offers_what_is(folder, call):
    with pytest.raises(InputFault, match=r"no .* 'nothing like it'; known: "):
        getattr(open_study("study"), call)("nothing like it")


def test_a_table_not_made_yet_says_who_makes_it(folder):
    with pytest.raises(InputFault, match=r"not made yet; run the notebook that writes it"):
        open_study("study").read("flying_survey")


def test_tables_come_back_as_they_were_kept(folder):
    study = open_study("study")
    table = pd.DataFrame({"answer": pd.Categorical(["low", None], ["low", "high"], ordered=True)})
    study.write("counts/b", table)
    study.write("counts/a", table)
    pd.testing.assert_frame_equal(study.read("counts/b"), table)
    assert study.tables("counts") == ["counts/a", "counts/b"]


def test_a_fault_survives_the_way_back_from_a_worker_process():
    import pickle

    fault = pickle.loads(pickle.dumps(InputFault(["one.", "two."], kind="data")))
    assert (fault.faults, fault.kind, str(fault)) == (["one.", "two."], "data", "one.\ntwo.")
