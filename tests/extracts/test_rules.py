"""Every kind of rule, what it catches and what it leaves, and where a quarantined row stands in its sender's file."""

import pytest

from helpers.extracts import clean
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
name = "closed"
label = "Closed"
source = ["Closed on"]
type = "date"
format = "%d/%m/%Y"
"""
HEADER = "Record ID,Safe,age,opened,Closed on\n"
RULE = '[[rules]]\nname = "r"\nseverity = "{severity}"\nsentence = "Not so."\nremedy = "Mend it."\n{rule}\n'


def cleaned_by(make, rule, rows, severity="quarantine"):
    return clean(make(COLUMNS, RULE.format(severity=severity, rule=rule), file=HEADER + rows), "records")


@pytest.mark.parametrize(("rule", "caught"), [
    ('check = "range"\ncolumn = "age"\nmin = 0\nmax = 25', ["2"]),
    ('check = "range"\ncolumn = "age"\nmin = 13', ["1", "4"]),
    ('check = "range"\ncolumn = "opened"\nmin = 2020-02-01', ["1"]),
    ('check = "range"\ncolumn = "opened"\nmax = "2020-02-29"', ["2"]),
    ('check = "required"\ncolumns = ["age", "opened"]', ["3"]),
    ('check = "order"\ncolumns = ["opened", "closed"]', ["2"]),
    ('check = "when"\nif = { age = { min = 12 } }\nthen = { level_safe = "good" }', ["2", "4"]),
    ('check = "when"\nif = { level_safe = "good" }\nthen = { closed = "present" }', ["1", "3"]),
    ('check = "row_is"\nif = { level_safe = { min = "good" }, age = "missing" }', ["3"]),
    ('check = "row_is"\nif = { level_safe = "dont_know" }', ["4"]),
    ('check = "row_is"\nif = { age = [12, 40] }', ["1", "2", "4"]),
    ('check = "row_is"\nif = { opened = "2020-01-01" }', ["1"]),
    ('check = "row_is"\nif = { record = ["3", "4"] }', ["3", "4"]),
    ('check = "answered"\ncolumns = ["level_safe", "age", "closed"]\nminimum = 2', ["3"]),
])
def test_a_rule_catches_these_rows_and_no_others(make, rule, caught):
    cleaned = cleaned_by(make, rule, (
        "1,Good,12,01/01/2020,\n"
        "2,Weak,40,01/03/2020,01/02/2020\n"
        "3,Good,,,\n"
        "4,DK,12,01/02/2020,01/02/2020\n"))
    assert [id for id in "1234" if id not in set(cleaned.table["record"])] == caught


@pytest.mark.parametrize(("keep", "left"), [
    ("first", ["a weak", "b good", " good", " good"]), ("last", ["b good", " good", " good", "a good"]),
    ("most_complete", ["b good", " good", " good", "a good"]), ("none", ["b good", " good", " good"]),
])
def test_of_rows_with_the_same_key_one_is_kept_and_rows_without_a_key_are_not_compared(make, keep, left):
    cleaned = cleaned_by(make, f'check = "unique"\ncolumns = ["record"]\nkeep = "{keep}"', (
        "a,Weak,,,\n"
        "b,Good,1,,\n"
        ",Good,1,,\n"
        ",Good,1,,\n"
        "a,Good,1,,\n"))
    table = cleaned.table
    assert (table["record"].fillna("") + " " + table["level_safe"].astype("str")).tolist() == left


def test_a_row_is_a_duplicate_only_where_every_answer_and_every_kind_of_missing_is_the_same(make):
    rows = "1,DK,,,\n1,n/a,,,\n1,DK,,,\n2,DK,,,\n1,dk,,,\n"
    cleaned = cleaned_by(make, 'check = "exact_duplicate"', rows, "exclude")
    assert list(zip(cleaned.table["record"], cleaned.missing["level_safe"], strict=True)) == [
        ("1", "dont_know"), ("1", "not_applicable"), ("2", "dont_know")]
    assert len(cleaned.quarantine) == 0


def test_a_key_is_looked_up_in_another_cleaned_extract(make):
    young = RULE.format(severity="quarantine", rule='check = "range"\ncolumn = "age"\nmax = 25')
    make(COLUMNS, young, file=HEADER + "1,Good,12,,\n2,Good,12,,\n3,Good,99,,\n", name="frame")
    cleaned = cleaned_by(make, 'check = "in_extract"\nextract = "frame"\ncolumns = ["record", "age"]',
                         "1,Good,12,,\n2,Good,13,,\n3,Good,99,,\n4,Good,,,\n")
    assert list(cleaned.table["record"]) == ["1", "4"], "2 has another age, 3 was quarantined, 4 has no whole key"


def test_two_extracts_that_look_into_each_other_are_refused(make):
    look = 'check = "in_extract"\nextract = "{}"\ncolumns = ["record"]'
    make(file=HEADER, name="records")
    make(file=HEADER, name="frame")
    make(COLUMNS, RULE.format(severity="note", rule=look.format("records")), file=HEADER + "1,Good,,,\n", name="frame")
    with pytest.raises(InputFault) as raised:
        cleaned_by(make, look.format("frame"), "1,Good,,,\n")
    assert raised.value.faults == [
        "extract 'records': its rules look into an extract whose rules look back; drop one rule."]


def test_a_rule_that_refuses_stops_the_extract_with_count_and_first_row(make):
    with pytest.raises(InputFault) as raised:
        cleaned_by(make, 'check = "range"\ncolumn = "age"\nmax = 25', "1,Good,1,,\n2,Good,30,,\n3,Good,40,,\n",
                   "refuse")
    assert raised.value.faults == ["records.csv, row 3: Not so. Mend it. (2 rows of extract 'records' in all.)"]
    assert raised.value.kind == "data"


def test_a_note_counts_rows_and_leaves_them(make):
    cleaned = cleaned_by(make, 'check = "range"\ncolumn = "age"\nmax = 25', "1,Good,1,,\n2,Good,30,,\n", "note")
    assert len(cleaned.table) == 2 and len(cleaned.quarantine) == 0
    assert cleaned.ledger.set_index("rule").loc["r", ["rows_in", "rows_caught", "rows_left"]].tolist() == [2, 1, 2]


def test_the_first_rule_that_catches_a_row_owns_it(make):
    rules = [RULE.format(severity=severity, rule=rule).replace('"r"', f'"{name}"') for name, severity, rule in [
        ("old", "quarantine", 'check = "range"\ncolumn = "age"\nmax = 25'),
        ("weak", "exclude", 'check = "row_is"\nif = { level_safe = "weak" }'),
    ]]
    rows = "1,Weak,30,,\n2,Weak,3,,\n3,Good,30,,\n4,Good,3,,\n"
    cleaned = clean(make(COLUMNS, *rules, file=HEADER + rows), "records")
    assert cleaned.ledger.iloc[1:-1][["rule", "rows_in", "rows_caught", "rows_left"]].to_numpy().tolist() == [
        ["old", 4, 2, 2], ["weak", 2, 1, 1]]
    assert list(cleaned.quarantine["row"]) == [2, 4]


def test_the_quarantine_names_file_row_column_and_value_as_the_sender_sees_them(make):
    study = make("[reading]\nskip_rows = 1\n", COLUMNS, RULE.format(
        severity="quarantine", rule='check = "order"\ncolumns = ["opened", "closed"]'), files="records/*.csv")
    make.text("raw/records/a.csv", f"note\n{HEADER}1,Good,,01/01/2020,\n2,Good,,01/03/2020,2020-02-01\n")
    make.text("raw/records/b.csv", f'note\n{HEADER}"3\n3",Good,,,\n\n4,Good,,02/03/2020,01/03/2020\n')
    assert clean(study, "records").quarantine.to_numpy().tolist() == [
        ["records/a.csv", 4, "opened, closed", "01/03/2020, 2020-02-01", "r", "Not so.", "Mend it."],
        ["records/b.csv", 5, "opened, closed", "02/03/2020, 01/03/2020", "r", "Not so.", "Mend it."],
    ]


def test_a_row_without_a_required_answer_goes_into_quarantine(make):
    cleaned = clean(make('[[columns]]\nname = "age"\nlabel = "Age"\ntype = "count"\nrequired = true\n',
                         file="Record ID,Safe,age\n1,Good,7\n2,Good,\n3,Good,DK\n"), "records")
    assert cleaned.quarantine.to_numpy().tolist() == [
        ["records.csv", row, "age", value, "age_required", "Age: no answer, and every record needs one.",
         "Fill in the value in the source."] for row, value in [(3, ""), (4, "DK")]]
