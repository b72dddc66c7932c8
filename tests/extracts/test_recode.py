"""Labels become levels, blanks kinds of missing, and what the codebook does not explain is refused or set aside."""

import pandas as pd
import pytest

from helpers.extracts import clean, missing_by_kind
from helpers.extracts.codebooks.spelling import folded, quoted
from helpers.study import InputFault

AGE = '[[columns]]\nname = "age"\nlabel = "Age"\ntype = "count"\n'
OPENED = '[[columns]]\nname = "opened"\nlabel = "Opened"\ntype = "date"\nformat = ["%d/%m/%Y", "%d %B %Y"]\n'
AREA = '[[columns]]\nname = "partnership"\nlabel = "Partnership"\ntype = "nominal"\nvalues = "partnerships"\n'


def faults_of(study):
    with pytest.raises(InputFault) as raised:
        clean(study, "records")
    assert raised.value.kind == "data"
    return raised.value.faults


def test_every_spelling_of_a_level_is_that_level_and_the_order_is_the_codebooks(make):
    study = make(file="Record ID,Safe\n1,Good\n2, GOOD \n3,3\n4,satisfactory\n5,2:  Adequate\n6,good\n")
    level = clean(study, "records").table["level_safe"]
    assert level.tolist() == ["good", "good", "good", "adequate", "adequate", "good"]
    assert level.cat.ordered and list(level.cat.categories) == ["weak", "adequate", "good", "excellent"]


def test_kinds_of_missing_are_kept_apart(make):
    study = make(file="Record ID,Safe\n1,Good\n2,\n3,n/a\n4,DK\n5,9\n6,Don’t  know\n7,Not recorded\n")
    cleaned = clean(study, "records")
    assert cleaned.table["level_safe"].isna().tolist() == [False] + [True] * 6
    assert cleaned.missing["level_safe"].astype("str").fillna("").tolist() == [
        "", "not_recorded", "not_applicable", "dont_know", "dont_know", "dont_know", "not_recorded"]
    assert missing_by_kind(cleaned).to_dict("records") == [
        {"column": "record", "label": "Record", "answered": 7, "not_applicable": 0, "dont_know": 0, "not_recorded": 0},
        {"column": "level_safe", "label": "Safe", "answered": 1, "not_applicable": 1, "dont_know": 3,
         "not_recorded": 2},
    ]


def test_a_number_that_means_missing_among_labels_is_an_age_among_ages(make):
    cleaned = clean(make(AGE, file="Record ID,Safe,age\n9,9,9\n"), "records")
    assert cleaned.table.iloc[0].tolist()[0] == "9" and cleaned.table["age"].tolist() == [9]
    assert cleaned.missing["level_safe"].tolist() == ["dont_know"]


def test_a_column_says_its_own_spellings_in_place_of_the_codebooks(make):
    study = make(AGE + 'missing = { dont_know = ["99"] }\n', file="Record ID,Safe,age\n1,Good,99\n2,Good,\n3,Good,9\n")
    cleaned = clean(study, "records")
    assert cleaned.missing["age"].astype("str").fillna("").tolist() == ["dont_know", "not_recorded", ""]


def test_the_recodes_say_what_became_of_every_label(make):
    recodes = clean(make(file="Record ID,Safe\n1,Good\n2,good\n3,Good\n4,\n"), "records").recodes
    assert recodes.to_numpy().tolist() == [
        ["level_safe", "Good", "good", 2], ["level_safe", "good", "good", 1], ["level_safe", "", "not_recorded", 1]]


def test_labels_nobody_declared_are_named_with_count_and_first_row_most_frequent_first(make):
    study = make(file="Record ID,Safe\n1,Good\n2,Gooood\n3,Badly\n4,Badly\n")
    assert faults_of(study) == [
        "records.csv, column 'Safe': 'Badly' in 2 rows (first: row 4), 'Gooood' in 1 row (first: row 3): not declared "
        "in scale 'four_point'; known: Weak, Adequate, Good, Excellent. Add it to the codebook's spellings, or correct "
        "the extract."]


def test_only_the_first_labels_are_named_and_a_long_one_is_cut(make):
    rows = "".join(f"{n},label {n}\n" for n in range(7)) + f"8,{'x' * 80}\n8,{'x' * 80}\n"
    sentence, = faults_of(make(file="Record ID,Safe\n" + rows))
    assert "'" + "x" * 59 + "…' in 2 rows (first: row 9)" in sentence and " and 3 more labels: not declared" in sentence


def test_a_value_of_a_nominal_column_nobody_declared_is_refused(make):
    study = make('[[columns]]\nname = "kind"\nlabel = "Kind"\ntype = "nominal"\nvalues = { a = ["Apple"] }\n',
                 file="Record ID,Safe,kind\n1,Good,Aple\n")
    assert faults_of(study) == [
        "records.csv, column 'kind': 'Aple' in 1 row (first: row 2): not declared in its values; did you mean 'Apple'? "
        "Add it to the codebook's spellings, or correct the extract."]


def test_a_partnership_not_in_the_study_is_refused(make):
    study = make(AREA, file=(
        "Record ID,Safe,partnership\n1,Good,CPP_01\n2,Good,partnership 2\n3,Good,CPP_9\n4,Good,Fyfe\n"))
    assert faults_of(study) == [
        "records.csv, column 'partnership': 'CPP_9' in 1 row (first: row 4), 'Fyfe' in 1 row (first: row 5): no "
        "partnership of this study; did you mean 'CPP_02'? Correct the extract, or add the partnership to study.toml."]


def test_a_blank_that_the_codebook_does_not_explain_is_refused(make):
    study = make(codebook=make.standard.replace('["", "not recorded"]', '["not recorded"]'),
                 file="Record ID,Safe\n1,\n2, \n3,Good\n")
    assert faults_of(study) == [
        "records.csv, column 'Safe': blank in 2 rows (first: row 2); say in the codebook's [missing] which kind of "
        "missing a blank is."]


def test_the_faults_of_all_columns_and_files_come_at_once(make):
    study = make(AGE, AREA, files="r*.csv")
    make.text("raw/r1.csv", "Record ID,Safe,age,partnership\n1,Gooood,x,CPP_01\n")
    make.text("raw/r2.csv", "Record ID,Safe,age\n1,Good,1\n")
    make.text("raw/r3.csv", "")
    assert [fault.split(":")[0] for fault in faults_of(study)] == [
        "r2.csv", "r3.csv", "r1.csv, column 'Safe'", "r1.csv, column 'age'"]


def test_numbers_are_whole_and_dates_of_a_declared_format_or_iso(make):
    study = make(AGE, OPENED, file=(
        "Record ID,Safe,age,opened\n1,Good,7,31/01/2020\n2,Good,7.0,3 March 2020\n3,Good,\" 1,204 \",2020-01-31\n"))
    table = clean(study, "records").table
    assert table["age"].dtype == "Int64" and table["age"].tolist() == [7, 7, 1204]
    assert table["opened"].tolist() == [pd.Timestamp(day) for day in ("2020-01-31", "2020-03-03", "2020-01-31")]


@pytest.mark.parametrize("text", ["sixty", "7.5", "-1", "1,20", "7 years", "1e3", "٧x", "9" * 16])
def test_a_number_that_cannot_be_read_sends_its_row_into_quarantine(make, text):
    study = make(AGE, file=f'Record ID,Safe,age\n1,Good,7\n2,Good,"{text}"\n3,Good,7\n')
    cleaned = clean(study, "records")
    assert cleaned.table["record"].tolist() == ["1", "3"]
    assert cleaned.quarantine.to_numpy().tolist() == [
        ["records.csv", 3, "age", text, "age_unreadable", "Age: not a whole number.",
         "Correct the value in the source."]]


@pytest.mark.parametrize("text", ["31/13/2020", "30/02/2020", "2020-1", "01/31/2020", "soon"])
def test_a_date_that_cannot_be_read_sends_its_row_into_quarantine(make, text):
    study = make(OPENED, file=f"Record ID,Safe,opened\n1,Good,31/01/2020\n2,Good,{text}\n3,Good,31/01/2020\n")
    cleaned = clean(study, "records")
    assert cleaned.quarantine[["row", "column", "value", "sentence"]].to_numpy().tolist() == [
        [3, "opened", text, "Opened: not a date of the declared format."]]


def test_a_column_that_mostly_cannot_be_read_refuses_the_file_without_quoting_it(make):
    study = make(AGE, OPENED, file=(
        "Record ID,Safe,age,opened\n1,Good,Mary,01/31/2020\n2,Good,John,02/28/2020\n3,Good,7,\n"))
    assert faults_of(study) == [
        "records.csv, column 'age': 2 rows (first: row 2) cannot be read; expected a whole number. Correct the column, "
        "or its type or format in the codebook.",
        "records.csv, column 'opened': 2 rows (first: row 2) cannot be read; expected a date as %d/%m/%Y or %d %B %Y. "
        "Correct the column, or its type or format in the codebook.",
    ]


def test_identifiers_and_codes_stay_as_they_were_written(make):
    study = make(file="Record ID,Safe\n007,Good\n2.10,Good\n2-1,Good\n1e5,Good\nTRUE,Good\n NA ,Good\n")
    assert clean(study, "records").table["record"].tolist() == ["007", "2.10", "2-1", "1e5", "TRUE", "NA"]


@pytest.mark.parametrize(("written", "same"), [
    ("  Don’t   KNOW ", "don't know"), ("2 – good", "2 - good"), ("“x”", '"x"'), ("a\u00a0b", "a b"),
    ("\ufeffgood", "good"), ("co\u00adop", "coop"), ("Straße", "strasse"),
])
def test_spellings_that_a_reader_takes_for_the_same_are_the_same(written, same):
    assert folded(written) == folded(same)


def test_a_quotation_is_one_line():
    assert quoted("a\n b") == "'a b'"


def test_rows_stay_accounted_for_where_every_column_is_dropped(make):
    codebook = make.standard.replace('type = "identifier"', 'type = "identifier"\npersonal = "drop"').replace(
        'scale = "four_point"', 'scale = "four_point"\npersonal = "drop"')
    cleaned = clean(make(codebook=codebook, file="Record ID,Safe\n1,Good\n\n2,Weak\n"), "records")
    assert len(cleaned.table) == 2 and cleaned.ledger["rows_left"].iloc[-1] == 2
