"""Waves of an instrument make one table: today's columns and answers, each wave's own rules, and who was lost."""

import pytest

from helpers.extracts import accounted, clean, load, save
from helpers.study import InputFault, open_study

OLD = """
instrument = "y2018"
title = "Survey 2018"
row = "response"
person = ["record"]
[missing]
not_recorded = [""]
[scales.three_point]
levels = [{ name = "poor", label = "Poor" }, { name = "fair", label = "Fair" }, { name = "good", label = "Good" }]
[[columns]]
name = "record"
label = "Record"
source = ["Record ID"]
type = "identifier"
[[columns]]
name = "safety"
label = "Safety"
type = "ordinal"
scale = "three_point"
[[rules]]
name = "one_each"
severity = "exclude"
sentence = "Sent twice."
check = "unique"
columns = ["record"]
"""
EARLIER = """
[[earlier]]
extract = "y2018"
columns = { level_safe = "safety" }
levels = { level_safe = { poor = "weak", fair = "adequate" } }
"""
TEAM = '[[columns]]\nname = "team"\nlabel = "Team"\ntype = "text"\n'


@pytest.fixture
def study(make):
    def made(earlier=EARLIER, old="Record ID,safety\n1,Poor\n2,Good\n2,Good\n", head='person = ["record"]'):
        make(codebook=OLD, name="y2018", file=old)
        codebook = make.standard.replace('row = "record"', f'row = "response"\n{head}')
        make(TEAM, earlier, codebook=codebook, name="y2020", file="Record ID,Safe,team\n2,Weak,North\n3,Good,South\n")
        path = make.folder / "study.toml"
        path.write_text(path.read_text() + '\n[extracts.both]\ntitle = "Both"\ncodebook = "y2020"\n'
                        'waves = { 2018 = "y2018", 2020 = "y2020" }\n')
        return open_study(make.folder)
    return made


def test_an_earlier_wave_is_mapped_to_todays_columns_and_answers_and_the_rest_was_not_asked(study):
    cleaned = clean(study(), "both")
    assert cleaned.table.astype("str").fillna("").to_numpy().tolist() == [
        ["2018", "1", "weak", ""], ["2018", "2", "good", ""],
        ["2020", "2", "weak", "North"], ["2020", "3", "good", "South"]]
    assert cleaned.missing["team"].astype("str").fillna("").tolist() == ["not_asked", "not_asked", "", ""]


def test_the_ledger_goes_through_every_wave_and_adds_up(study):
    cleaned = clean(study(), "both")
    assert accounted(cleaned.ledger) == {"received": 5, "kept": 4, "quarantined": 0, "excluded": 1}
    assert "2018: Sent twice." in cleaned.ledger["sentence"].tolist()


def test_attrition_counts_who_was_seen_again_lost_and_new(study):
    assert clean(study(), "both").attrition.to_dict("records") == [
        {"earlier": "2018", "later": "2020", "in_earlier": 2, "in_later": 2, "in_both": 1, "lost": 1, "new": 1}]


def test_without_a_person_there_is_no_attrition_to_tell(study):
    assert clean(study(head=""), "both").attrition is None


def test_waves_are_kept_and_fetched_like_any_extract(study):
    made = study()
    cleaned = clean(made, "both")
    save(made, "both", cleaned)
    assert load(made, "both").table.equals(cleaned.table)


@pytest.mark.parametrize(("earlier", "sentence"), [
    ("", None),
    (EARLIER.replace('levels = { level_safe = { poor = "weak", fair = "adequate" } }', ""),
     "[[earlier]] 'y2018', column 'level_safe': today's answers have no 'poor', 'fair'; say under levels which answer "
     "of today each is, or give the column of today another name; known: weak, adequate, good, excellent."),
    (EARLIER.replace('"safety"', '"saftey"'), "[[earlier]] 'y2018': its codebook has no column 'saftey'; did you mean "
     "'safety'?"),
    (EARLIER.replace('level_safe = "safety"', 'level_safe = "record"'),
     "[[earlier]] 'y2018', column 'level_safe': it was identifier and is ordinal; give the one of today another name."),
])
def test_what_does_not_map_is_refused_and_what_was_not_asked_is_not(study, earlier, sentence):
    made = study(earlier)
    if sentence is None:
        kinds = clean(made, "both").missing["level_safe"].astype("str").fillna("")
        assert kinds.tolist() == ["not_asked"] * 2 + [""] * 2
        return
    with pytest.raises(InputFault) as raised:
        clean(made, "both")
    assert f"codebook 'y2020', {sentence}" in raised.value.faults


def test_an_extract_has_files_or_waves(make, study):
    study()
    path = make.folder / "study.toml"
    path.write_text(path.read_text().replace('waves = { 2018', 'files = "x.csv"\nwaves = { 2018'))
    with pytest.raises(InputFault, match="needs either 'files' or 'waves'; give one of them"):
        open_study(make.folder)
