"""Every fault of a study's extracts, codebooks and plan at once, and nothing written."""

from dataclasses import replace
from pathlib import Path

import pytest

from helpers.extracts import accounted, check, load, missing_by_kind, save
from helpers.extracts.clean import clean_once
from helpers.study import open_study

ROOT = Path(__file__).parents[2]
NAMES = ["pre_inspection_return", "annual_return", "case_records", "staff_survey", "young_people_survey",
         "parents_survey"]

PLAN = """
fixed_on = "2020-01-01"
seed = 1
[[families]]
name = "f"
title = "t"
question = "q"
extract = "records"
design = "independent"
by = "{by}"
contrasts = [{{ group = "{group}", reference = "no" }}]
outcomes = ["{outcome}"]
margin = 0.05
margin_reason = "r"
"""
COLUMNS = """
[[columns]]
name = "trusted"
label = "Trusted adult"
type = "binary"
scale = "yes_no"
[[columns]]
name = "age"
label = "Age"
type = "count"
"""
FILE = "Record ID,Safe,trusted,age\n1,Good,yes,7\n"


def plan(outcome="level_safe", by="trusted", group="yes"):
    return PLAN.format(outcome=outcome, by=by, group=group)


def test_a_sound_study_has_no_faults_and_nothing_is_written(make):
    study = make(COLUMNS, file=FILE, plan=plan())
    assert check(study) == []
    assert not study.processed.exists()


@pytest.mark.parametrize(("fault", "sentence"), [
    ({"outcome": "level_save"}, "no column 'level_save'; did you mean 'level_safe'?"),
    ({"outcome": "age"},
     "'age' is count in the codebook; an outcome needs a scale, so name an ordinal or binary column."),
    ({"by": "trustd"}, "no column 'trustd'; did you mean 'trusted'?"),
    ({"group": "yess"}, "'trusted' has no answer 'yess'; did you mean 'yes'?"),
])
def test_a_plan_that_names_what_its_codebook_lacks_is_told_before_the_run(make, fault, sentence):
    start = "the codebook of 'records' has " if sentence.startswith("no column") else ""
    assert check(make(COLUMNS, file=FILE, plan=plan(**fault))) == [f"plan.toml, family 'f': {start}{sentence}"]


def test_a_series_adds_counts(make):
    trend = plan().replace('"independent"', '"trend"').replace("outcomes = [", "# [") + (
        '[[families.series]]\nname = "s"\ntitle = "t"\nparts = ["trusted"]\ntotal = ["age"]\n')
    assert check(make(COLUMNS, file=FILE, plan=trend)) == [
        "plan.toml, family 'f': 'trusted' is binary in the codebook; a series adds counts, so name a count."]


def test_faults_of_all_extracts_come_at_once_and_each_once(make):
    make(COLUMNS, file=FILE.replace("Good", "Gooood"), name="records")
    make('[[columns]]\nname = "x"\nlabel = "X"\ntype = "date"\n', file=FILE, name="second")
    study = make('[[rules]]\nname = "r"\nseverity = "note"\nsentence = "s"\ncheck = "in_extract"\nextract = "records"\n'
                 'columns = ["record"]\n', file=None, name="third")
    make.text("raw/third.csv", "Record ID,Safe\n1,Good\n")
    faults = check(study)
    assert [fault.split(":")[0] for fault in faults] == [
        "records.csv, column 'Safe'", "codebooks/second.toml, column 'x'"]
    assert check(study, ["second"]) == faults[1:]


# ---- the study that is shipped ---------------------------------------------------------------------------------------

@pytest.fixture(scope="module")
def sample():
    return open_study(ROOT / "study")


@pytest.fixture(scope="module")
def cleaned_sample(sample):
    done = {}
    return {name: clean_once(sample, name, done) for name in NAMES}


def test_the_sample_has_no_faults(sample):
    assert check(sample) == []


@pytest.mark.parametrize(("name", "rows"), [
    ("case_records", 754), ("staff_survey", 7046), ("young_people_survey", 647), ("parents_survey", 305)])
def test_the_sample_keeps_as_many_as_the_inspections_reported(cleaned_sample, name, rows):
    assert len(cleaned_sample[name].table) == rows


@pytest.mark.parametrize("name", NAMES)
def test_every_row_of_the_sample_is_accounted_for(cleaned_sample, name):
    cleaned = cleaned_sample[name]
    counted = accounted(cleaned.ledger)
    assert counted["received"] == counted["kept"] + counted["quarantined"] + counted["excluded"]
    assert (counted["kept"], counted["quarantined"]) == (len(cleaned.table), len(cleaned.quarantine))
    assert (cleaned.table.isna() == cleaned.missing.notna()).all(axis=None)
    kinds = missing_by_kind(cleaned)
    assert (kinds.drop(columns=["column", "label"]).sum(axis=1) == counted["kept"]).all()


@pytest.mark.parametrize("name", NAMES)
def test_the_sample_survives_the_round_trip(sample, cleaned_sample, name, make):
    elsewhere = make()
    for path in sample.codebooks.glob("*.toml"):
        make.text(f"codebooks/{path.name}", path.read_bytes())
    settings = sample.settings.model_copy(update={"data": elsewhere.settings.data})
    study = replace(sample, folder=elsewhere.folder, settings=settings)
    cleaned = cleaned_sample[name]
    save(study, name, cleaned)
    loaded = load(study, name)
    assert loaded.table.equals(cleaned.table) and (loaded.table.dtypes == cleaned.table.dtypes).all()
    assert loaded.missing.equals(cleaned.missing) and (loaded.missing.dtypes == cleaned.missing.dtypes).all()
