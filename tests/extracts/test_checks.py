"""Each check of a rule catches what its sentence says and nothing else; a missing value is caught by none of these."""

import pytest

from helpers.extracts import clean
from helpers.study import InputFault

COLUMNS = """
[[columns]]
name = "age"
label = "Age"
type = "count"
optional = true
[[columns]]
name = "months"
label = "Months"
type = "count"
optional = true
[[columns]]
name = "born"
label = "Born"
type = "date"
format = "%d/%m/%Y"
personal = "use"
optional = true
[[columns]]
name = "read"
label = "Read"
type = "date"
format = "%d/%m/%Y"
optional = true
[[columns]]
name = "code"
label = "Code"
type = "identifier"
optional = true
"""


def rule(check, *more, severity="quarantine"):
    lines = "\n".join(more)
    return f'[[rules]]\nname = "the_rule"\nseverity = "{severity}"\nsentence = "Caught."\ncheck = "{check}"\n{lines}\n'


def caught(study):
    """Row numbers, as the sender sees them, of what the rule set aside."""
    quarantine = clean(study, "records").quarantine
    return quarantine.loc[quarantine["rule"] == "the_rule", "row"].tolist()


@pytest.mark.parametrize(("written", "header", "lines", "rows"), [
    (rule("allowed", 'column = "level_safe"', 'values = ["weak", "good"]'), "Safe", ["Weak", "Good", "Excellent", ""],
     [4]),
    (rule("allowed", 'column = "code"', 'values = ["A1", "007"]'), "code", ["A1", "7", "007", ""], [3]),
    (rule("allowed", 'column = "age"', "values = [16, 17]"), "age", ["16", "18", "17.0", ""], [3]),
    (rule("pattern", 'column = "code"', 'pattern = "[A-Z][0-9]{2}"'), "code", ["A12", "A123", "a12", ""], [3, 4]),
    (rule("apart", 'columns = ["age", "months"]', "max = 2"), "age,months", ["10,12", "10,13", "13,10", ",50"], [3, 4]),
    (rule("apart", 'columns = ["born", "read"]', "max = 31"), "born,read",
     ["01/01/2020,01/02/2020", "01/01/2020,02/02/2020", ",02/02/2020"], [3]),
    (rule("order", 'columns = ["born", "read"]'), "born,read", ["02/01/2020,01/01/2020", "01/01/2020,01/01/2020"], [2]),
])
def test_a_check_catches_what_it_says(make, written, header, lines, rows):
    body = "\n".join(f"{number},{line}" for number, line in enumerate(lines))
    needs_safe = "" if header == "Safe" else "optional = true\n"
    study = make(needs_safe, COLUMNS, written, file=f"Record ID,{header}\n{body}\n")
    assert caught(study) == rows


# ---- against other extracts ------------------------------------------------------------------------------------------

FRAME = """
instrument = "frame"
title = "Frame"
[[columns]]
name = "record"
label = "Record"
type = "identifier"
[[columns]]
name = "age"
label = "Age"
type = "count"
missing = { not_recorded = [""] }
"""


@pytest.mark.parametrize(("written", "rows"), [
    (rule("in_extract", 'extract = "frame"', 'columns = ["record"]'), [4]),
    (rule("not_in_extract", 'extract = "frame"', 'columns = ["record"]'), [2, 3, 6]),
    (rule("agrees", 'extract = "frame"', 'columns = ["record"]', 'column = "age"'), [3]),
])
def test_checks_against_another_extract(make, written, rows):
    """Records 1 to 3 are in the frame, 9 is not; the frame says 10, 11 and nothing of their ages."""
    make(codebook=FRAME, name="frame", file="record,age\n1,10\n2,11\n3,\n")
    study = make("optional = true\n", COLUMNS, written, file="Record ID,age\n1,10\n2,12\n9,10\n,10\n3,14\n")
    assert caught(study) == rows


# ---- sums ------------------------------------------------------------------------------------------------------------

FIGURES = """
instrument = "records"
title = "Figures"
[missing]
suppressed = ["c"]
[[columns]]
name = "area"
label = "Area"
type = "identifier"
[[columns]]
name = "part"
label = "Part"
type = "nominal"
values = { total = ["All"], one = ["One"], two = ["Two"] }
[[columns]]
name = "count"
label = "Count"
type = "number"
missing = { suppressed = ["c"] }
"""
ADDS_UP = ('column = "count"', 'columns = ["area"]', 'if = { part = "total" }')


@pytest.mark.parametrize(("rounded", "figures", "wrong"), [
    (0, "All,30 One,10 Two,20", False), (0, "All,31 One,10 Two,20", True), (0, "One,10 Two,20", False),
    (10, "All,40 One,10 Two,20", False), (10, "All,50 One,10 Two,20", True),  # three figures, each within 5: 15 at most
    (0, "All,30 One,c Two,20", False), (0, "All,30 One,c Two,31", True), (0, "All,c One,1 Two,2", False),
    (0, "All,30 All,30 One,10 Two,20", False),
])
def test_parts_add_up_to_their_total_within_rounding_and_what_is_suppressed(make, rounded, figures, wrong):
    lines = "".join(f"North,{figure}\n" for figure in figures.split()) + "South,All,3\nSouth,One,1\nSouth,Two,2\n"
    study = make(rule("adds_up", *ADDS_UP, f"rounded_to = {rounded}"), codebook=FIGURES,
                 file=f"area,part,count\n{lines}")
    assert caught(study) == (list(range(2, 2 + len(figures.split()))) if wrong else [])


# ---- labels nobody declared ------------------------------------------------------------------------------------------

def test_an_undeclared_label_sets_its_row_aside_where_the_codebook_says_so(make):
    cleaned = clean(make('undeclared = "quarantine"\n', file="Record ID,Safe\n1,Good\n2,Gud\n3,Weak\n"), "records")
    assert list(cleaned.table["record"]) == ["1", "3"]
    assert cleaned.quarantine[["row", "column", "value", "rule"]].to_numpy().tolist() == [
        [3, "level_safe", "Gud", "level_safe_undeclared"]]


def test_most_of_a_column_undeclared_is_still_refused(make):
    with pytest.raises(InputFault, match="'Gud' in 2 rows"):
        clean(make('[reading]\nundeclared = "quarantine"\n', file="Record ID,Safe\n1,Good\n2,Gud\n3,Gud\n"), "records")


# ---- ages by dates ---------------------------------------------------------------------------------------------------

BY_DATES = """
[[derived]]
name = "age_by_dates"
label = "Age by dates"
type = "count"
years_between = ["born", "read"]
"""


@pytest.mark.parametrize(("born", "read", "years"), [
    ("15/06/2004", "14/06/2020", 15), ("15/06/2004", "15/06/2020", 16), ("29/02/2004", "28/02/2020", 15),
    ("29/02/2004", "01/03/2021", 17), ("01/07/2020", "01/06/2020", None), ("", "01/06/2020", None),
])
def test_years_are_counted_by_birthdays(make, born, read, years):
    study = make("optional = true\n", COLUMNS, BY_DATES, file=f"Record ID,born,read\n1,{born},{read}\n")
    assert clean(study, "records").table["age_by_dates"].astype("object").where(lambda v: v.notna(), None).tolist() == [
        years]


def test_years_may_run_to_a_fixed_day(make):
    study = make("optional = true\n", COLUMNS, BY_DATES.replace('"read"', '"2020-07-31"'),
                 file="Record ID,born\n1,31/07/2004\n2,01/08/2004\n")
    assert clean(study, "records").table["age_by_dates"].tolist() == [16, 15]


def test_a_personal_column_is_used_and_then_dropped_and_its_values_are_nowhere(make):
    study = make("optional = true\n", COLUMNS, BY_DATES,
                 rule("range", 'column = "born"', "min = 2000-01-01").replace("2000-01-01", '"2000-01-01"'),
                 file="Record ID,born,read\n1,15/06/2004,15/06/2020\n2,15/06/1904,15/06/2020\n")
    cleaned = clean(study, "records")
    assert "born" not in cleaned.table and cleaned.table["age_by_dates"].tolist() == [16]
    assert cleaned.quarantine[["row", "column", "value"]].to_numpy().tolist() == [[3, "born", "(personal)"]]
    assert "born" not in cleaned.recodes["column"].tolist()


def test_an_undeclared_label_of_a_personal_column_is_counted_and_not_told(make):
    area = ('[[columns]]\nname = "area"\nlabel = "Area"\ntype = "nominal"\npersonal = "use"\n'
            'values = { north = ["North"] }\n')
    with pytest.raises(InputFault) as raised:
        clean(make(area, file="Record ID,Safe,area\n1,Good,North\n2,Good,AB1 2CD\n"), "records")
    assert raised.value.faults == ["records.csv, column 'area': 1 row (first: row 3) hold what is not declared. Add it "
                                   "to the codebook's spellings, or correct the extract."]


@pytest.mark.parametrize(("written", "sentence"), [
    (rule("allowed", 'column = "level_safe"', 'values = ["wek"]'), "rule 'the_rule': column 'level_safe' has no 'wek'; "
     "did you mean 'weak'?"),
    (rule("apart", 'columns = ["age", "born"]', "max = 2"), "rule 'the_rule': its columns are count and date, which "
     "cannot be compared; name two of one type."),
    (rule("adds_up", 'column = "code"', 'columns = ["record"]', 'if = { age = 1 }'),
     "rule 'the_rule': column 'code' is identifier; a sum needs a count or a number."),
    (rule("pattern", 'column = "code"', 'pattern = "[A-"'), "rule 'the_rule': '[A-' is no regular expression "
     "(unterminated character set); mend it."),
])
def test_a_rule_that_cannot_be_applied_is_the_codebooks_fault(make, written, sentence):
    with pytest.raises(InputFault) as raised:
        clean(make("optional = true\n", COLUMNS, written, file="Record ID\n1\n"), "records")
    assert f"codebooks/records.toml, {sentence}" in raised.value.faults and raised.value.kind == "study"


def test_columns_may_be_named_by_pattern_or_by_their_question(make):
    many = "".join(f'[[columns]]\nname = "tool_{n}"\nlabel = "Tool {n}"\ntype = "identifier"\noptional = true\n'
                   for n in range(3))
    picks = ('[[columns]]\nname = "help"\nlabel = "Help"\ntype = "multi_select"\nvalues = { a = ["A"], b = ["B"] }\n'
             "optional = true\n")
    answered = rule("answered", 'columns = ["tool_*", "help"]', "minimum = 2", severity="exclude")
    study = make("optional = true\n", many, picks, answered,
                 file="Record ID,tool_0,tool_1,tool_2,help_a,help_b\n1,x,,,,\n2,x,,x,,\n3,,,,A,\n4,,,,,\n")
    assert list(clean(study, "records").table["record"]) == ["2", "3"]


def test_a_key_that_a_check_makes_nothing_of_is_refused(make):
    with pytest.raises(InputFault, match="a rule of check 'unique' makes nothing of 'min'; take it away"):
        clean(make(rule("unique", 'columns = ["record"]', "min = 3"), file="Record ID,Safe\n1,Good\n"), "records")


def test_ranks_given_twice_are_caught_and_blanks_are_not(make):
    ranks = "".join(f'[[columns]]\nname = "rank_{n}"\nlabel = "Rank {n}"\ntype = "count"\noptional = true\n'
                    for n in range(3))
    study = make("optional = true\n", ranks, rule("all_different", 'columns = ["rank_*"]'),
                 file="Record ID,rank_0,rank_1,rank_2\n1,1,2,3\n2,1,1,3\n3,,,2\n")
    assert caught(study) == [3]
