"""What is saved comes back the same: order of levels, unused levels, kinds of missing, text that looks like numbers."""

import pandas as pd
import pytest

from helpers.extracts import clean, load, save
from helpers.extracts.schema import guarded
from helpers.study import InputFault

COLUMNS = """
[[columns]]
name = "age"
label = "Age"
type = "count"
[[columns]]
name = "opened"
label = "Opened"
type = "date"
format = "%d/%m/%Y"
[[columns]]
name = "kind"
label = "Kind"
type = "nominal"
values = { a = ["A"], b = ["B"] }
[[rules]]
name = "old"
severity = "quarantine"
sentence = "Too old."
check = "range"
column = "age"
max = 25
"""
FILE = "Record ID,Safe,age,opened,kind\n007,Good,7,31/01/2020,B\n2.10,DK,,,\n3,Weak,30,,A\n4,9,8,,\n"


def test_the_round_trip_changes_nothing(make):
    study = make(COLUMNS, file=FILE)
    cleaned = clean(study, "records")
    save(study, "records", cleaned)
    loaded = load(study, "records")
    pd.testing.assert_frame_equal(loaded.table, cleaned.table)
    pd.testing.assert_frame_equal(loaded.missing, cleaned.missing)
    assert list(loaded.table["level_safe"].cat.categories) == ["weak", "adequate", "good", "excellent"]
    assert loaded.codebook.column("level_safe").label == "Safe"


def test_five_files_are_kept_and_the_quarantine_is_one_a_spreadsheet_opens(make):
    study = make(COLUMNS, file=FILE)
    save(study, "records", clean(study, "records"))
    assert sorted(path.name for path in study.processed.iterdir()) == [
        "records.ledger.parquet", "records.missing.parquet", "records.parquet", "records.quarantine.csv",
        "records.recodes.parquet"]
    assert (study.processed / "records.quarantine.csv").read_text(encoding="utf-8-sig") == (
        "file,row,column,value,rule,sentence,remedy\nrecords.csv,4,age,30,old,Too old.,\n")


def test_the_same_input_gives_the_same_bytes(make):
    study = make(COLUMNS, file=FILE)

    def bytes_written():
        save(study, "records", clean(study, "records"))
        return {path.name: path.read_bytes() for path in study.processed.iterdir()}
    assert bytes_written() == bytes_written()


def test_a_table_not_made_yet_is_said(make):
    with pytest.raises(InputFault, match=r"records\.parquet: not made yet"):
        load(make(COLUMNS, file=FILE), "records")


def test_a_table_made_with_another_codebook_is_refused(make):
    study = make(COLUMNS, file=FILE)
    save(study, "records", clean(study, "records"))
    with pytest.raises(InputFault) as raised:
        load(make(), "records")
    assert raised.value.faults == [
        "processed/records.parquet: made with another codebook; run the notebook that cleans 'records' again, or "
        "`throughcare run`."]


def test_a_table_whose_levels_have_changed_since_is_refused(make):
    study = make(COLUMNS, file=FILE)
    save(study, "records", clean(study, "records"))
    renamed = make.standard.replace('name = "good", label = "Good"', 'name = "fine", label = "Good"')
    with pytest.raises(InputFault, match="made with another codebook"):
        load(make(COLUMNS, codebook=renamed.replace('cut = "good"', 'cut = "fine"')), "records")


def test_a_table_that_breaks_its_codebook_is_a_bug_that_names_every_breach_and_no_value(make):
    cleaned = clean(make(COLUMNS, file=FILE), "records")
    broken = cleaned.table.assign(age=cleaned.table["age"] - 1000, level_safe="Mary")
    with pytest.raises(ValueError, match="the cleaned table of 'records' breaks its codebook") as raised:
        guarded(broken, cleaned.codebook)
    assert "age: greater_than_or_equal_to(0)" in str(raised.value) and "level_safe: dtype" in str(raised.value)
    assert "Mary" not in str(raised.value)


def test_no_cell_of_the_quarantine_is_a_formula(make):
    study = make(COLUMNS, file=FILE.replace(",30,", ",=HYPERLINK(1),").replace(",30\n", ",=HYPERLINK(1)\n"))
    save(study, "records", clean(study, "records"))
    said = (study.processed / "records.quarantine.csv").read_text(encoding="utf-8-sig")
    assert "'=HYPERLINK(1)" in said and ",=" not in said
