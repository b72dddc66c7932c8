"""Columns of another extract stand beside the rows that have its key; several, none and none-known are kept apart."""

import pytest

from helpers.extracts import check, clean, load, save
from helpers.study import InputFault

EPISODES = """
instrument = "episodes"
title = "Episodes"
row = "episode"
[missing]
not_recorded = [""]
[scales.safety]
levels = [{ name = "low", label = "Low" }, { name = "high", label = "High" }]
[[columns]]
name = "record"
label = "Record"
type = "identifier"
[[columns]]
name = "place"
label = "Place"
type = "nominal"
values = { foster = ["U1"], home = ["P1"] }
[[columns]]
name = "began"
label = "Began"
type = "date"
format = "%d/%m/%Y"
[[columns]]
name = "safety"
label = "Safety"
type = "ordinal"
scale = "safety"
"""
LINK = """
[[linked]]
extract = "episodes"
on = ["record"]
columns = { placement = "place", safety_there = "safety" }
absent = "not_applicable"
"""
LATEST = LINK + 'keep = "last"\nby = "began"\n'


@pytest.fixture
def study(make):
    def made(episodes, *more):
        make(codebook=EPISODES, name="episodes", file="record,place,began,safety\n" + episodes)
        return make(*more, file="Record ID,Safe\n1,Good\n2,Weak\n,Weak\n")
    return made


def beside(cleaned):
    names = ["placement", "safety_there"]
    columns = cleaned.table[names].astype("str")
    return columns.where(columns.notna(), cleaned.missing[names].astype("str")).to_numpy().tolist()


def test_the_other_extracts_columns_stand_beside_each_row_and_the_keyless_are_absent(study):
    cleaned = clean(study("1,P1,01/02/2020,high\n3,U1,01/02/2020,low\n", LINK), "records")
    assert beside(cleaned) == [["home", "high"], ["not_applicable"] * 2, ["not_applicable"] * 2]
    safety = cleaned.table["safety_there"].cat
    assert safety.ordered and list(safety.categories) == ["low", "high"]


def test_of_several_the_latest_by_its_date_is_taken_wherever_it_stands(study):
    cleaned = clean(study("1,U1,01/03/2020,\n1,P1,31/01/2020,high\n2,P1,01/01/2020,low\n", LATEST), "records")
    assert beside(cleaned) == [["foster", "not_recorded"], ["home", "low"], ["not_applicable"] * 2]


@pytest.mark.parametrize(("keep", "place"), [("last", "home"), ("first", "foster")])
def test_a_row_without_a_date_is_neither_the_first_nor_the_last(study, keep, place):
    episodes = "1,U1,01/01/2020,\n1,P1,01/03/2020,\n1,U1,,low\n2,P1,,high\n"
    cleaned = clean(study(episodes, LATEST.replace('"last"', f'"{keep}"')), "records")
    assert beside(cleaned)[:2] == [[place, "not_recorded"], ["home", "high"]], "but where it is the only one"


def test_several_where_there_should_be_one_are_refused(study):
    said = r"\[\[linked\]\] 'episodes': 1 row there repeat a key; say keep = \"first\" or"
    with pytest.raises(InputFault, match=said):
        clean(study("1,U1,01/03/2020,\n1,P1,31/01/2020,high\n", LINK), "records")


def test_rules_and_derived_columns_may_use_what_is_linked_and_the_table_is_kept_and_fetched(study):
    derived = """
[[derived]]
name = "care_group"
label = "Care group"
type = "nominal"
cases = [{ value = "foster", when = { placement = "foster" } }]
[[rules]]
name = "known_there"
severity = "exclude"
sentence = "No episode."
check = "row_is"
if = { placement = "not_applicable" }
"""
    made = study("1,U1,01/03/2020,low\n", LINK, derived)
    cleaned = clean(made, "records")
    assert list(cleaned.table["care_group"]) == ["foster"]
    save(made, "records", cleaned)
    assert load(made, "records").table.equals(cleaned.table)


@pytest.mark.parametrize(("link", "sentence"), [
    (LINK.replace('"episodes"', '"episode"'), "[[linked]]: no extract 'episode'; did you mean 'episodes'?"),
    (LINK.replace('"place"', '"palce"'), "[[linked]] 'episodes': its codebook has no column 'palce'; did you mean "
     "'place'?"),
    (LINK.replace('on = ["record"]', 'on = ["recrod"]'), "[[linked]] 'episodes': its codebook has no column 'recrod'; "
     "did you mean 'record'?"),
])
def test_a_link_to_what_is_not_there_is_the_codebooks_fault(study, link, sentence):
    with pytest.raises(InputFault) as raised:
        clean(study("1,U1,01/03/2020,low\n", link), "records")
    assert f"codebooks/records.toml, {sentence}" in raised.value.faults


def test_links_in_a_ring_are_said(make, study):
    made = study("1,U1,01/03/2020,low\n", LINK)
    make.text("codebooks/episodes.toml", EPISODES + LINK.replace('"episodes"', '"records"').replace(
        '{ placement = "place", safety_there = "safety" }', '{ safe = "level_safe" }'))
    with pytest.raises(InputFault, match="links back"):
        clean(made, "records")


def test_the_other_extracts_faults_are_this_ones_too(study):
    assert check(study("1,U9,01/03/2020,low\n", LINK), ["records"]) == [
        "episodes.csv, column 'place': 'U9' in 1 row (first: row 2): not declared in its values; known: U1, P1. Add it "
        "to the codebook's spellings, or correct the extract."]


def test_only_rows_that_meet_a_condition_are_linked_and_rows_may_be_counted(study):
    link = LINK.replace('absent =', 'where = { place = "foster" }\ncount = "foster_episodes"\nabsent =')
    cleaned = clean(study("1,U1,01/03/2020,low\n1,P1,31/01/2020,high\n2,P1,01/01/2020,low\n", link), "records")
    assert beside(cleaned) == [["foster", "low"], ["not_applicable"] * 2, ["not_applicable"] * 2]
    assert cleaned.table["foster_episodes"].astype("str").fillna("").tolist() == ["1", "0", ""]


def test_a_link_may_count_and_bring_nothing_else(study):
    link = LINK.replace('columns = { placement = "place", safety_there = "safety" }', 'count = "episodes"')
    cleaned = clean(study("1,U1,01/03/2020,low\n1,P1,31/01/2020,high\n", link), "records")
    assert cleaned.table["episodes"].astype("str").fillna("").tolist() == ["2", "0", ""]
