"""SPSS files are read by their labels; what only a label or the file's own settings call missing is never a value."""

import datetime as dt

import pandas as pd
import pytest

from helpers.extracts import clean
from helpers.study import InputFault

pyreadstat = pytest.importorskip("pyreadstat", reason="the optional extra 'spss' is not installed")

CODEBOOK = """
instrument = "records"
title = "Records"
[missing]
dont_know = ["Don't know"]
prefer_not_to_say = ["Refused"]
not_recorded = [""]
[scales.agree]
levels = [
  { name = "disagree", label = "Disagree" },
  { name = "neither", label = "Neither" },
  { name = "agree", label = "Agree" },
]
[[columns]]
name = "person"
label = "Person"
source = ["ID"]
type = "identifier"
[[columns]]
name = "safe"
label = "Safe"
source = ["How safe do you feel?"]
type = "ordinal"
scale = "agree"
[[columns]]
name = "age"
label = "Age"
type = "count"
[[columns]]
name = "seen"
label = "Seen"
type = "date"
format = "%d/%m/%Y"
"""
LABELS = {1: "Disagree", 2: "Neither", 3: "Agree", 8: "Don't know", 9: "Refused"}
ROWS = pd.DataFrame({
    "ID": ["007", "8", "9", "10", "11"], "Q1": [1.0, 3.0, 9.0, 8.0, None], "AGE": [16.0, -9.0, 17.0, 18.0, 19.0],
    "SEEN": [dt.date(2020, 1, 31), None, dt.date(2020, 2, 1), dt.date(2020, 2, 1), dt.date(2020, 2, 1)]})


def written(folder, rows=ROWS, labels=None, name="records.sav"):
    path = folder / "raw" / name
    pyreadstat.write_sav(
        rows, path, column_labels={"Q1": "How safe do you feel?", "AGE": "age", "SEEN": "seen"},
        variable_value_labels={"Q1": labels or LABELS},
        missing_ranges={"AGE": [-9]})
    return path


@pytest.fixture
def study(make):
    return make(codebook=CODEBOOK, files="records.sav")


def test_labels_stand_for_codes_whole_numbers_have_no_point_and_dates_are_dates(make, study):
    written(make.folder)
    table = clean(study, "records").table
    assert list(table["person"]) == ["007", "8", "9", "10", "11"]
    assert table["safe"].astype("str").fillna("").tolist() == ["disagree", "agree", "", "", ""]
    assert table["age"].astype("str").fillna("").tolist() == ["16", "", "17", "18", "19"]
    assert table["seen"].dt.day.tolist()[0] == 31


def test_missing_codes_that_live_in_labels_alone_keep_their_kinds(make, study):
    written(make.folder)
    assert clean(study, "records").missing["safe"].dropna().tolist() == [
        "prefer_not_to_say", "dont_know", "not_recorded"]


def test_a_code_that_the_file_declares_missing_without_a_label_is_blank_and_counted(make, study):
    written(make.folder)
    cleaned = clean(study, "records")
    assert cleaned.missing["age"].dropna().tolist() == ["not_recorded"]
    assert cleaned.ledger.set_index("rule").loc["declared_missing", "rows_caught"] == 1


def test_rows_are_numbered_by_case(make, study):
    written(make.folder, ROWS.assign(AGE=[16.0, 17.5, 17.0, 18.0, 19.0]))
    assert clean(study, "records").quarantine[["row", "rule"]].to_numpy().tolist() == [[2, "age_unreadable"]]


def test_a_label_that_the_codebook_does_not_know_is_refused_by_the_variables_name(make, study):
    written(make.folder, labels={1: "Disagree", 3: "Agre", 8: "Don't know", 9: "Refused"})
    with pytest.raises(InputFault, match=r"records.sav, column 'Q1': 'Agre' in 1 row .first: row 2.: not declared"):
        clean(study, "records")


def test_two_codes_under_one_label_are_refused(make, study):
    written(make.folder, labels={1: "Agree", 3: "agree", 8: "Don't know", 9: "Refused"})
    with pytest.raises(InputFault, match=r"records.sav, variable 'Q1': the codes 1 and 3 bear the same label 'agree'"):
        clean(study, "records")


def test_a_number_with_few_labels_is_a_number_but_for_the_labels_that_say_missing(make, study):
    rows = ROWS.assign(AGE=[0.0, 17.0, 99.0, 98.0, 19.0])
    path = make.folder / "raw" / "records.sav"
    pyreadstat.write_sav(rows, path, column_labels={"Q1": "How safe do you feel?"}, variable_value_labels={
        "Q1": LABELS, "AGE": {0: "Under one", 99: "Refused", 98: "Nobody said so"}}, missing_ranges={"AGE": [98]})
    cleaned = clean(study, "records")
    assert cleaned.table["age"].astype("str").fillna("").tolist() == ["0", "17", "", "19"]
    assert cleaned.missing["age"].dropna().tolist() == ["prefer_not_to_say"]
    assert cleaned.quarantine[["row", "value"]].to_numpy().tolist() == [[4, "Nobody said so"]]


def test_the_labelled_ends_of_a_scale_go_by_label_or_by_code(make):
    ends = CODEBOOK.replace('label = "Neither"', 'label = "Neither", spellings = ["2"]')
    study = make(codebook=ends, files="records.sav")
    written(make.folder, ROWS.assign(Q1=[1.0, 2.0, 3.0, 2.0, 9.0]), labels={1: "Disagree", 3: "Agree", 9: "Refused"})
    cleaned = clean(study, "records")
    assert cleaned.table["safe"].astype("str").fillna("").tolist() == ["disagree", "neither", "agree", "neither", ""]


def test_a_file_that_is_no_spss_file_is_said(make, study):
    make.text("raw/records.sav", b"$FL2 and then nothing of the kind")
    with pytest.raises(InputFault, match=r"records.sav: no SPSS file that can be read; save it again"):
        clean(study, "records")
