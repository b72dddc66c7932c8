"""Whatever the layout, a row of the cleaned table is a record or response, and no row received is lost on the way."""

import pytest
import xlsxwriter

from helpers.extracts import accounted, clean
from helpers.study import InputFault

PIVOT = """
[reading.pivot]
response = ["Person"]
question = "Question"
answer = "Answer"
"""
FREE = '[[columns]]\nname = "team"\nlabel = "Team"\nsource = ["Team"]\ntype = "text"\noptional = true\n'


@pytest.fixture
def long(make):
    """A study whose file has a row an answer."""
    def made(file, *more, ignore=""):
        codebook = make.standard.replace('name = "record"', 'name = "person"').replace(
            'source = ["Record ID"]', 'source = ["Person"]').replace("source = [\"Safe - level\", \"Safe\"]",
            'source = ["How safe are you?"]\npatterns = ["how safe *"]')
        return make(PIVOT + ignore, *more, codebook=codebook, file=file)
    return made


def caught(cleaned):
    steps = cleaned.ledger[~cleaned.ledger["rule"].isin(["received", "kept"])]
    return dict(zip(steps["rule"], steps["rows_caught"].tolist(), strict=True))


def test_a_row_an_answer_becomes_a_row_a_response_however_the_question_is_spelt(long):
    study = long("Person,Question,Answer\n"
                 "b,How safe are you?,Good\n"
                 "a,how  SAFE are you?,Weak\n"
                 "b,Your team,North\n"
                 "a,Your team,South\n",
                 FREE.replace('"Team"]', '"Your team"]'))
    cleaned = clean(study, "records")
    assert cleaned.table.astype("str").to_numpy().tolist() == [["b", "good", "North"], ["a", "weak", "South"]]
    assert caught(cleaned) == {"answers_in_rows": 4}
    assert accounted(cleaned.ledger) == {"received": 2, "kept": 2, "quarantined": 0, "excluded": 0}


def test_a_wording_that_drifted_further_is_found_by_its_pattern(long):
    cleaned = clean(long("Person,Question,Answer\na,How safe do you feel at home?,Good\n"), "records")
    assert list(cleaned.table["level_safe"]) == ["good"]


def test_wordings_that_drift_within_one_file_are_one_question_and_counted(long):
    cleaned = clean(long("Person,Question,Answer\na,How safe are you?,Good\nb,How safe do you feel?,Weak\n"), "records")
    assert list(cleaned.table["level_safe"]) == ["good", "weak"]
    assert caught(cleaned) == {"answers_in_rows": 2, "level_safe_wordings": 2}


def test_a_response_that_answers_two_wordings_differently_is_set_aside(long):
    cleaned = clean(long("Person,Question,Answer\na,How safe are you?,Good\na,How safe do you feel?,Weak\n"
                         "b,How safe are you?,Good\nb,How safe do you feel?,\n"), "records")
    assert list(cleaned.table["person"]) == ["b"] and list(cleaned.quarantine["rule"]) == ["conflicting_rows"]


def test_two_different_answers_to_one_question_set_the_response_aside_and_the_same_twice_does_not(long):
    cleaned = clean(long("Person,Question,Answer\na,How safe are you?,Good\na,How safe are you?,Weak\n"
                         "b,How safe are you?,Good\nb,How safe are you?,Good\n"), "records")
    assert list(cleaned.table["person"]) == ["b"]
    assert cleaned.quarantine[["row", "rule"]].to_numpy().tolist() == [[2, "conflicting_rows"]]


def test_answers_of_nobody_and_empty_rows_are_accounted_for_one_by_one(long):
    cleaned = clean(long("Person,Question,Answer\na,How safe are you?,Good\n,How safe are you?,Weak\n,,\n"
                         ",How safe are you?,Weak\n"), "records")
    assert caught(cleaned) == {"answers_in_rows": 4, "empty_row": 1, "orphaned_row": 2}
    assert list(cleaned.quarantine["row"]) == [3, 5]
    assert accounted(cleaned.ledger) == {"received": 4, "kept": 1, "quarantined": 2, "excluded": 1}


def test_what_stands_beside_every_answer_is_carried_and_must_not_change(long):
    cleaned = clean(long("Person,Team,Question,Answer\na,North,How safe are you?,Good\na,North,Other,x\n"
                         "b,North,How safe are you?,Good\nb,South,Other,x\n", FREE,
                         ignore='[ignore]\ncolumns = ["Other"]\n'), "records")
    assert cleaned.table[["person", "team"]].to_numpy().tolist() == [["a", "North"]]
    assert list(cleaned.quarantine["rule"]) == ["conflicting_rows"]


def test_a_long_file_without_its_answer_column_says_which(long):
    with pytest.raises(InputFault, match=r"records.csv: no column 'Answer', which the codebook's \[reading\] lays out"):
        clean(long("Person,Question,Reply\na,How safe are you?,Good\n"), "records")


# ---- groups across the page ------------------------------------------------------------------------------------------

ACROSS = """
instrument = "records"
title = "Figures"
row = "figure"
[reading]
style = "stacked"
header_rows = 2
skip_rows = 1
[reading.unpivot]
keep = ["Measure"]
names = ["by", "group"]
value = "percent"
[missing]
not_available = ["x", ""]
suppressed = ["c"]
[[columns]]
name = "measure"
label = "Measure"
type = "identifier"
[[columns]]
name = "by"
label = "By"
type = "nominal"
values = { grade = ["Grade"], all = ["All"] }
[[columns]]
name = "group"
label = "Group"
type = "identifier"
[[columns]]
name = "percent"
label = "Per cent"
type = "number"
unit = "percent"
"""


def test_stacked_headers_over_groups_become_rows_and_marks_their_kinds(make):
    study = make(codebook=ACROSS, file="A survey,,,\n,Grade,,All\nMeasure,AO,EO,All\nPride,40%,c,41.5%\nPay,20,x,22%\n")
    cleaned = clean(study, "records")
    assert cleaned.table.astype("str").fillna("").to_numpy().tolist() == [
        ["Pride", "grade", "AO", "40.0"], ["Pride", "grade", "EO", ""], ["Pride", "all", "All", "41.5"],
        ["Pay", "grade", "AO", "20.0"], ["Pay", "grade", "EO", ""], ["Pay", "all", "All", "22.0"]]
    assert cleaned.missing["percent"].dropna().tolist() == ["suppressed", "not_available"]


def test_headers_in_one_row_are_parted_and_an_empty_part_is_the_one_to_its_left(make):
    one_row = ACROSS.replace('style = "stacked"\nheader_rows = 2\nskip_rows = 1\n', "").replace(
        'value = "percent"', 'value = "percent"\nseparator = ":"')
    cleaned = clean(make(codebook=one_row, file="Measure,Grade: AO,: EO,All: All\nPride,40%,50%,45%\n"), "records")
    assert cleaned.table[["by", "group"]].astype("str").to_numpy().tolist() == [
        ["grade", "AO"], ["grade", "EO"], ["all", "All"]]


def test_a_row_without_any_figure_is_the_heading_of_those_below_and_a_single_gap_is_not(make):
    headed = ACROSS.replace('value = "percent"', 'value = "percent"\nheadings = "section"') + (
        '[[columns]]\nname = "section"\nlabel = "Section"\ntype = "identifier"\n')
    study = make(codebook=headed, file=(
        "A survey,,\n,Grade,\nMeasure,AO,EO\nMy work,,\nPride,40%,\nMy pay,,\nFair,1%,2%\n"))
    cleaned = clean(study, "records")
    assert cleaned.table[["measure", "section", "group"]].to_numpy().tolist() == [
        ["Pride", "My work", "AO"], ["Pride", "My work", "EO"], ["Fair", "My pay", "AO"], ["Fair", "My pay", "EO"]]
    assert cleaned.missing["percent"].astype("str").fillna("").tolist() == ["", "not_available", "", ""]
    assert caught(cleaned) == {"headings": 2}


def test_a_header_with_fewer_parts_than_named_is_said(make):
    with pytest.raises(InputFault, match=r"the header 'All' has 1 part\(s\) and \[reading.unpivot\] names 2"):
        clean(make(codebook=ACROSS, file="A survey,,\n,,Grade\nMeasure,All,EO\nPride,1,2\n"), "records")


# ---- where the header is ---------------------------------------------------------------------------------------------

BODY = "Record ID,Safe\n1,Good\n"


def test_a_header_lower_down_than_the_codebook_says_is_pointed_at(make):
    with pytest.raises(InputFault, match=r"records.csv: the header seems to stand in row 3, not in row 1; set "
                                         r"skip_rows = 2 \(or \"find\"\) in the codebook's \[reading\]."):
        clean(make(file="Council export,\nMay 2020,\n" + BODY), "records")


def test_the_header_is_found_in_every_file_where_the_codebook_lets_it(make):
    study = make('[reading]\nskip_rows = "find"\n', files="*.csv", file=BODY)
    make.text("raw/second.csv", "Council export\n\n" + BODY.replace("1,", "2,"))
    assert list(clean(study, "records").table["record"]) == ["1", "2"]


def test_no_row_that_could_be_the_header_is_said(make):
    with pytest.raises(InputFault, match=r"no row among the first 40 holds a header that the codebook knows"):
        clean(make('[reading]\nskip_rows = "find"\n', file="a,b\n1,2\n"), "records")


# ---- sheets of one workbook ------------------------------------------------------------------------------------------

JOIN = """
[reading]
sheet = "Children"
[reading.join]
sheets = ["Outcomes"]
on = ["Record ID"]
"""


def test_sheets_are_joined_by_key_and_rows_without_a_place_are_set_aside(make):
    study = make(JOIN, files="a.xlsx")
    two_sheets(make, [["Record ID"], ["007"], ["8"]],
               [["Safe", "Record ID"], ["Good", "007"], ["Weak", "9"], ["Weak", "007"], ["Weak", ""]])
    cleaned = clean(study, "records")
    assert cleaned.table.astype("str").fillna("").to_numpy().tolist() == [["007", "good"], ["8", ""]]
    assert cleaned.missing["level_safe"].dropna().tolist() == ["not_recorded"]
    assert cleaned.quarantine[["file", "row", "rule"]].astype("str").to_numpy().tolist() == [
        ["a.xlsx, sheet 'Outcomes'", "3", "orphaned_row"], ["a.xlsx, sheet 'Outcomes'", "5", "orphaned_row"],
        ["a.xlsx, sheet 'Outcomes'", "4", "repeated_row"]]
    assert accounted(cleaned.ledger) == {"received": 5, "kept": 2, "quarantined": 3, "excluded": 0}


def test_a_sheet_without_the_key_is_named(make):
    study = make(JOIN, files="a.xlsx")
    two_sheets(make, [["Record ID"], ["007"]], [["Safe", "Recrd ID"], ["Good", "007"]])
    with pytest.raises(InputFault, match=r"a.xlsx, sheet 'Outcomes': no column 'Record ID', by which \[reading.join\] "
                                         "joins the sheets; did you mean 'Recrd ID'?"):
        clean(study, "records")


def two_sheets(make, children, outcomes):
    with xlsxwriter.Workbook(make.folder / "raw" / "a.xlsx") as book:
        for name, rows in (("Children", children), ("Outcomes", outcomes)):
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)


# ---- LimeSurvey ------------------------------------------------------------------------------------------------------

@pytest.mark.parametrize("header", ["Q1[SQ001]", "Q1[SQ001]. How safe are you? [Home]", "How safe are you? [Home]"])
def test_limesurvey_columns_are_declared_by_code_or_by_wording(make, header):
    codebook = make.standard.replace('source = ["Safe - level", "Safe"]', f'source = ["{header}"]')
    study = make("[reading]\nstyle = 'limesurvey'\n", codebook=codebook,
                 file='Record ID,"Q1[SQ001]. How safe are you? [Home]"\n1,Good\n')
    assert list(clean(study, "records").table["level_safe"]) == ["good"]
