"""Header rows of three kinds are matched to the codebook; what nobody declared is refused with the nearest name."""

import pytest

from helpers.extracts import clean
from helpers.study import InputFault

IGNORE = """
[ignore]
columns = ["how good * | plans", "Start ?ate"]
"""

GRID = """
[reading]
style = "{style}"
[[columns]]
name = "level_other"
label = "Other"
source = ["{source}"]
type = "ordinal"
scale = "four_point"
"""


def faults_of(study):
    with pytest.raises(InputFault) as raised:
        clean(study, "records")
    assert raised.value.kind == "data"
    return raised.value.faults


def test_headers_match_without_regard_to_case_space_and_dashes(make):
    cleaned = clean(make(file="  record   ID ,SAFE – Level\n1,Good\n"), "records")
    assert list(cleaned.table.columns) == ["record", "level_safe"]


def test_the_clean_name_is_a_header_too(make):
    assert list(clean(make(file="record,level_safe\n1,Good\n"), "records").table["record"]) == ["1"]


def test_surveymonkey_carries_a_question_over_its_options(make):
    study = make(IGNORE, GRID.format(style="surveymonkey", source="How good are they? | Other"), file=(
        "Record ID,How good are they?,,Safe\n"
        ",Plans,Other,Response\n"
        "1,Weak,Good,Excellent\n"))
    assert clean(study, "records").table.astype("str").to_numpy().tolist() == [["1", "excellent", "good"]]


def test_surveymonkey_takes_the_question_alone_where_it_has_one_column(make):
    study = make(GRID.format(style="surveymonkey", source="Anything else?"), file=(
        "Record ID,Safe,Anything else?\n,Response,Rate it\n1,Weak,Good\n"))
    assert list(clean(study, "records").table["level_other"]) == ["good"]


def test_qualtrics_goes_by_code_or_by_question_and_skips_the_third_row(make):
    study = make(GRID.format(style="qualtrics", source="How good is the rest?"), file=(
        'record,Safe,Q7\n'
        'Record,"How safe\nis the child?","How <b>good</b> is\nthe rest?"\n'
        '"{""ImportId"":""a""}","{""ImportId"":""b""}","{""ImportId"":""c""}"\n'
        '1,Weak,Good\n2,Good,"DK"\n'))
    cleaned = clean(study, "records")
    assert cleaned.table["level_other"].astype("str").tolist()[0] == "good"
    assert cleaned.missing["level_other"].tolist()[1] == "dont_know"


def test_a_qualtrics_export_without_its_third_row_is_refused(make):
    study = make(GRID.format(style="qualtrics", source="Q7"), file=(
        "record,Safe,Q7\nRecord,How safe?,How good?\n1,Weak,Good\n"))
    assert faults_of(study) == [
        "records.csv, row 3: no ImportId there, so it is no Qualtrics export with three header rows; export it with "
        "them, or correct 'style' in the codebook's [reading]."]


def test_rows_above_the_header_are_skipped_even_where_they_span_lines(make):
    study = make("[reading]\nskip_rows = 2\n", file=(
        '"made by\na program",,\nsent in May\nRecord ID,Safe\n1,Good\n2,Gud\n'))
    assert faults_of(study)[0].startswith("records.csv, column 'Safe': 'Gud' in 1 row (first: row 5)")



def test_ignored_columns_are_read_by_nobody(make):
    study = make(IGNORE, file="Record ID,Safe,Start Date\n1,Good,whatever\n")
    assert list(clean(study, "records").table.columns) == ["record", "level_safe"]


@pytest.mark.parametrize(("header", "sentence"), [
    ("Record ID,Safe,Saef - level",
     "records.csv: nobody declared the column 'Saef - level'; did you mean 'Safe - level'? Add it to the codebook's "
     "sources or to its [ignore], or take it out of the extract."),
    ("Record ID,Safe,Zzz",
     "records.csv: nobody declared the column 'Zzz'. Add it to the codebook's sources or to its [ignore], or take it "
     "out of the extract."),
    ("Record ID,Safe,Safe - level",
     "records.csv: the headers 'Safe' and 'Safe - level' both stand for column 'level_safe'; keep one of them."),
])
def test_a_column_nobody_declared_or_declared_twice_is_refused(make, header, sentence):
    assert faults_of(make(file=f"{header}\n1,Good,Good\n")) == [sentence]


@pytest.mark.parametrize("header", [
    "Child's name", "CHI number", "Date of birth", "DOB", "Postcode", "Home address", "E-mail", "Telephone", "Surname"])
def test_a_column_that_looks_personal_has_a_sentence_of_its_own(make, header):
    assert faults_of(make(file=f"Record ID,Safe,{header}\n1,Good,x\n")) == [
        f"records.csv: the column '{header}' looks personal (a name, birth date, address or the like); an extract must "
        "not hold it: take it out and send the file again."]


PERSONAL = """
[[columns]]
name = "remarks"
label = "Remarks"
type = "text"
personal = "{what}"
"""


def test_a_personal_column_is_dropped_unread_and_the_ledger_says_so(make):
    study = make(PERSONAL.format(what="drop"), file="Record ID,Safe,Remarks\n1,Good,Mary lives here\n")
    cleaned = clean(study, "records")
    assert list(cleaned.table.columns) == list(cleaned.missing.columns) == ["record", "level_safe"]
    step = cleaned.ledger.set_index("rule").loc["personal_column"]
    assert step["sentence"] == "Column 'Remarks' is personal; it was dropped unread."
    assert (step["rows_in"], step["rows_caught"], step["rows_left"]) == (1, 1, 1)


def test_a_personal_column_that_must_not_come_refuses_the_file(make):
    study = make(PERSONAL.format(what="refuse"), file="Record ID,Safe,Remarks\n1,Good,x\n")
    assert faults_of(study)[0].startswith("records.csv: the column 'Remarks' looks personal")


def test_a_column_the_extract_lacks_is_named_with_the_nearest_header(make):
    assert faults_of(make(file="Record ID,Saef - levle\n1,Good\n")) == [
        "records.csv: nobody declared the column 'Saef - levle'; did you mean 'Safe - level'? Add it to the codebook's "
        "sources or to its [ignore], or take it out of the extract.",
        "records.csv: no column 'level_safe' (known as 'Safe - level'); did you mean 'Saef - levle'? Add it to the "
        "extract, or say `optional = true` in the codebook.",
    ]


def test_an_optional_column_that_a_file_lacks_counts_as_not_asked(make):
    study = make('[[columns]]\nname = "age"\nlabel = "Age"\ntype = "count"\noptional = true\n', files="r*.csv")
    make.text("raw/r1.csv", "Record ID,Safe,age\n1,Good,7\n2,Weak,\n")
    make.text("raw/r2.csv", "Record ID,Safe\n3,Good\n")
    cleaned = clean(study, "records")
    assert cleaned.table["age"].dtype == "Int64" and cleaned.table["age"].fillna(-1).tolist() == [7, -1, -1]
    assert cleaned.missing["age"].astype("str").fillna("").tolist() == ["", "not_recorded", "not_asked"]


def test_a_file_without_headers_is_refused_without_a_word_of_its_first_record(make):
    sentence, = faults_of(make(file="C0001,Mary had a bad year\nC0002,Good\n"))
    assert sentence == ("records.csv: none of its 2 headers is one that the codebook knows; add the row of headers if "
                        "the file has none, or take the codebook that describes it.")
