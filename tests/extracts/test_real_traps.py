"""Traps that real exports laid: each cost figures, blamed the wrong cell, or could not be said in a codebook."""

import pytest
import xlsxwriter

from helpers.extracts import clean
from helpers.study import InputFault

COUNTS = """
[[columns]]
name = "part"
label = "Part"
type = "nominal"
values = { total = ["Total"], one = ["One"], two = ["Two"], sub = ["Of two"] }
[[columns]]
name = "people"
label = "People"
type = "count"
missing = { suppressed = ["c"], not_applicable = ["z"] }
"""


def caught(cleaned):
    steps = cleaned.ledger[cleaned.ledger["rows_caught"] > 0]
    return dict(zip(steps["rule"], steps["rows_caught"].tolist(), strict=True))


def rule(text):
    return f'[[rules]]\nname = "found"\nseverity = "exclude"\nsentence = "?"\n{text}\n'


# ---- figures across the page -----------------------------------------------------------------------------------------

ACROSS = """
instrument = "records"
title = "Records"
[reading.unpivot]
keep = ["measure"]
names = ["group"]
value = "percent"
[[columns]]
name = "measure"
label = "Measure"
patterns = ["results of 20?? *"]
type = "text"
[[columns]]
name = "group"
label = "Group"
type = "text"
[[columns]]
name = "percent"
label = "Per cent"
type = "count"
unit = "percent"
"""


@pytest.mark.parametrize("title", ["Results of 2014 by group", "Results of 2015 by group1"])
def test_what_is_kept_may_be_named_as_the_codebook_calls_it(make, title):
    cleaned = clean(make(codebook=ACROSS, file=f"{title},Men,Women\nHappy,51%,52%\n"), "records")
    assert cleaned.table.astype("str").to_numpy().tolist() == [["Happy", "Men", "51"], ["Happy", "Women", "52"]]


def test_a_blank_row_between_figures_is_no_row_of_blank_figures(make):
    lines = "Results of 2014 x,Men,Women\nHappy,51%,52%\n,,\nWell,1%,2%\n"
    cleaned = clean(make(codebook=ACROSS, file=lines), "records")
    assert caught(cleaned) == {"empty_row": 2}
    assert list(cleaned.table["percent"]) == [51, 52, 1, 2]


def test_figures_without_a_header_are_refused_before_they_could_be_lost(make):
    with pytest.raises(InputFault, match="column number 3 has values and no header"):
        clean(make(codebook=ACROSS, file="Results of 2014 x,Men,,Women\nHappy,51%,99%,52%\n"), "records")


def test_answers_without_a_header_are_refused_in_long_form_too(make):
    long = '[reading.pivot]\nresponse = ["Record ID"]\nquestion = "Q"\nanswer = "A"\n'
    with pytest.raises(InputFault, match="column number 4 has values and no header"):
        clean(make(long, file="Record ID,Q,A,\n1,Safe,Good,x\n"), "records")


def test_a_further_sheet_may_have_no_values_without_a_header_either(make):
    study = make('[reading]\nsheet = "One"\njoin = { sheets = ["Two"], on = ["Record ID"] }\n', files="records.xlsx")
    with xlsxwriter.Workbook(study.raw / "records.xlsx") as book:
        for name, head, row in (("One", ["Record ID"], [1]), ("Two", ["Record ID", "Safe"], [1, "Good", "lost"])):
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, head)
            sheet.write_row(1, 0, row)
    with pytest.raises(InputFault, match="sheet 'Two': column number 3 has values and no header"):
        clean(study, "records")


# ---- totals beside their parts ---------------------------------------------------------------------------------------

def added_up(make, rows, parts='parts = { part = ["one", "two"] }'):
    adds_up = rule(f'check = "adds_up"\ncolumn = "people"\ncolumns = ["record"]\nif = {{ part = "total" }}\n{parts}')
    study = make(COUNTS, adds_up, file="Record ID,Safe,part,people\n" + "".join(f"{row}\n" for row in rows))
    return caught(clean(study, "records"))


def test_a_part_of_a_part_is_not_added_a_second_time_where_the_rule_names_the_parts(make):
    rows = ["1,Good,Total,10", "1,Good,One,4", "1,Good,Two,6", "1,Good,Of two,5"]
    assert added_up(make, rows) == {}
    assert added_up(make, rows, parts="") == {"found": 4}


def test_a_wrong_sum_catches_the_total_and_its_parts_and_no_row_beside_them(make):
    assert added_up(make, ["1,Good,Total,11", "1,Good,One,4", "1,Good,Two,6", "1,Good,Of two,5"]) == {"found": 3}


def test_a_part_that_does_not_apply_counts_as_nothing_and_one_suppressed_as_unknown(make):
    assert added_up(make, ["1,Good,Total,11", "1,Good,One,4", "1,Good,Two,c"]) == {}
    assert added_up(make, ["1,Good,Total,11", "1,Good,One,4", "1,Good,Two,z"]) == {"found": 2}
    assert added_up(make, ["1,Good,Total,4", "1,Good,One,4", "1,Good,Two,z"]) == {}


# ---- `if` narrows every rule -----------------------------------------------------------------------------------------

@pytest.mark.parametrize(("check", "records"), [
    ('check = "range"\ncolumn = "people"\nmax = 5\nif = { part = "one" }', ["1", "3", "3"]),
    ('check = "unique"\ncolumns = ["record"]\nif = { part = "two" }', ["1", "2", "3"]),
    ('check = "unique"\ncolumns = ["part"]\nif = { level_safe = "good" }', ["1", "2", "3"]),
    ('check = "exact_duplicate"\nif = { part = "two" }', ["1", "2", "3"]),
    ('check = "exact_duplicate"\nif = { part = "one" }', ["1", "2", "3", "3"]),
])
def test_a_rule_looks_only_at_the_rows_for_which_its_if_holds(make, check, records):
    cleaned = clean(make(COUNTS, rule(check), file="Record ID,Safe,part,people\n1,Good,One,1\n2,Weak,One,9\n"
                                                   "3,Good,Two,9\n3,Good,Two,9\n"), "records")
    assert list(cleaned.table["record"]) == records


# ---- picks in one cell -----------------------------------------------------------------------------------------------

PICKS = """
[[columns]]
name = "help"
label = "Help"
type = "multi_select"
separator = ";"
values = { housing = ["Housing"], money = ["Money"] }
"""


def test_a_pick_that_nobody_declared_is_shown_in_its_own_cell_with_the_choices_there_are(make):
    lines = ["Money", "Housing", "Money;Housing", "Housing;Mony"]
    study = make(PICKS, file="Record ID,Safe,help\n" + "".join(f"{at},Good,{line}\n" for at, line in enumerate(lines)))
    with pytest.raises(InputFault) as raised:
        clean(study, "records")
    assert len(raised.value.faults) == 1
    assert "column 'help': 'Mony' in 1 row (first: row 5)" in raised.value.faults[0]
    assert "did you mean 'Money'?" in raised.value.faults[0]


def test_the_recodes_of_picks_in_one_cell_say_how_many_named_a_choice(make):
    recodes = clean(make(PICKS, file="Record ID,Safe,help\n1,Good,Money\n2,Good,Money;Housing\n3,Good,\n"),
                    "records").recodes.query("column.str.startswith('help')")
    assert recodes.to_numpy().tolist() == [
        ["help_housing", "other picks", "not_picked", 1], ["help_housing", "Housing", "picked", 1],
        ["help_money", "Money", "picked", 2]]


# ---- headers with brackets -------------------------------------------------------------------------------------------

def test_a_bracket_in_a_pattern_stands_for_itself(make):
    study = make('[ignore]\ncolumns = ["Q1[SQ00?]"]\n', COUNTS.replace('type = "nominal"', 'patterns = ["Sort [*]"]\n'
                                                                        'type = "nominal"'),
                 file="Record ID,Safe,Q1[SQ001],Q1[SQ002],Sort [of it],people\n1,Good,a,b,One,3\n")
    assert list(clean(study, "records").table["part"]) == ["one"]
