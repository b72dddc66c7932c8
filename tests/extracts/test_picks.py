"""A multi-select question becomes one yes/no column a choice, and silence is told from "none of these"."""

import pytest

from helpers.extracts import clean
from helpers.study import InputFault

SUPPORT = """
[[columns]]
name = "support"
label = "Support received"
source = ["What support have you had?"]
type = "multi_select"
values = { housing = ["Housing"], money = ["Money, benefits"], other = ["Other"] }
"""
BLOCK = '[reading]\nstyle = "surveymonkey"\n'
HEAD = 'Record ID,Safe,What support have you had?,,\n,,Housing,"Money, benefits",Other\n'


def picks(cleaned):
    names = ["support_housing", "support_money", "support_other"]
    kinds = cleaned.missing[names].astype("str")
    return cleaned.table[names].astype("str").where(cleaned.table[names].notna(), kinds).to_numpy().tolist()


def test_a_blank_is_not_picked_only_where_the_row_picked_something(make):
    study = make(BLOCK, SUPPORT, file=HEAD + '1,Good,Housing,,Other\n2,Good,,,\n3,Good,,"Money, benefits",\n')
    assert picks(clean(study, "records")) == [
        ["picked", "not_picked", "picked"], ["not_recorded"] * 3, ["not_picked", "picked", "not_picked"]]


def test_silence_means_none_where_the_codebook_says_so(make):
    study = make(BLOCK, SUPPORT + 'none_picked = "not_picked"\n', file=HEAD + "1,Good,,,\n")
    assert picks(clean(study, "records")) == [["not_picked"] * 3]


def test_routing_makes_the_silent_ones_not_asked(make):
    routed = SUPPORT + 'asked_if = { level_safe = ["weak", "adequate"] }\n'
    study = make(BLOCK, routed, file=HEAD + "1,Good,,,\n2,Weak,Housing,,\n3,Weak,,,\n4,Good,Housing,,\n")
    cleaned = clean(study, "records")
    assert picks(cleaned) == [["not_asked"] * 3, ["picked", "not_picked", "not_picked"], ["not_recorded"] * 3,
                              ["picked", "not_picked", "not_picked"]]
    assert cleaned.ledger.set_index("rule").loc["support_not_asked", "rows_caught"] == 1


@pytest.mark.parametrize(("yes", "no"), [("Yes", "No"), ("1", "0"), ("Y", "N"), ("true", "FALSE"), ("Selected", "")])
def test_ones_and_noughts_and_their_like_are_read(make, yes, no):
    study = make(BLOCK, SUPPORT, file=HEAD + f"1,Good,{yes},{no},{no}\n")
    assert picks(clean(study, "records")) == [["picked", "not_picked", "not_picked"]]


@pytest.mark.parametrize("headers", [
    "What support have you had? - Housing|What support have you had? - Money, benefits|What support have you had? - "
    "Other",
    "What support have you had? - Selected Choice - Housing|What support have you had? - Selected Choice - Money, "
    "benefits|What support have you had? - Selected Choice - Other",
    "support[housing]|support[money]|support[other]",
    "support_housing|support_money|support_other",
    "What support have you had? [Housing]|What support have you had? [Money, benefits]|What support have you had? "
    "[Other]",
])
def test_a_choices_column_is_found_however_the_tool_names_it(make, headers):
    quoted = ",".join(f'"{header}"' for header in headers.split("|"))
    study = make(SUPPORT, file=f"Record ID,Safe,{quoted}\n1,Good,Yes,No,No\n")
    assert picks(clean(study, "records")) == [["picked", "not_picked", "not_picked"]]


def test_a_choice_without_a_column_is_missed(make):
    with pytest.raises(InputFault, match=r"records.csv: no column for the choice 'other' of 'support'"):
        clean(make(SUPPORT, file="Record ID,Safe,support_housing,support_money\n1,Good,Yes,No\n"), "records")


def test_a_cell_that_is_neither_picked_nor_not_is_refused(make):
    with pytest.raises(InputFault, match=r"column 'What support have you had. | Housing': 'Hosing' in 1 row"):
        clean(make(BLOCK, SUPPORT, file=HEAD + "1,Good,Hosing,,\n"), "records")


# ---- all picks in one column -----------------------------------------------------------------------------------------

TOGETHER = SUPPORT + 'separator = ","\nmissing = { dont_know = ["Don\'t know"] }\n'
ONE = "Record ID,Safe,What support have you had?\n"


def test_picks_in_one_column_are_taken_apart_even_where_a_label_holds_the_separator(make):
    study = make(TOGETHER, file=ONE + '1,Good,"Housing, Money, benefits"\n2,Good,"other,HOUSING"\n3,Good,Don’t know\n'
                                      '4,Good,\n5,Good,"Money, benefits"\n')
    assert picks(clean(study, "records")) == [
        ["picked", "picked", "not_picked"], ["picked", "not_picked", "picked"], ["dont_know"] * 3,
        ["not_recorded"] * 3, ["not_picked", "picked", "not_picked"]]


@pytest.mark.parametrize("separator", [";", "|", "\\n", " / "])
def test_any_separator_may_be_stated(make, separator):
    cell = f"Housing{separator}Other".replace("\\n", "\n")
    study = make(SUPPORT + f'separator = "{separator}"\n', file=ONE + f'1,Good,"{cell}"\n')
    assert picks(clean(study, "records")) == [["picked", "not_picked", "picked"]]


@pytest.mark.parametrize(("cell", "piece"), [
    ("Housing, Hosing", "Hosing"), ("Hosing", "Hosing"), ("yes", "yes"),
    ("Housing, Money, benefits, Other, more", "more")])
def test_a_pick_that_nobody_declared_is_refused_once_by_itself_and_never_read_as_a_yes(make, cell, piece):
    with pytest.raises(InputFault) as raised:
        clean(make(TOGETHER, file=ONE + f'1,Good,"{cell}"\n'), "records")
    assert len(raised.value.faults) == 1
    assert f"'{piece}' in 1 row (first: row 2): not declared in its values" in raised.value.faults[0]


def test_several_rows_of_one_response_are_several_picks_in_long_form(make):
    codebook = make.standard.replace('source = ["Record ID"]', 'source = ["Person"]').replace(
        'scale = "four_point"', 'scale = "four_point"\noptional = true')
    study = make('[reading.pivot]\nresponse = ["Person"]\nquestion = "Question"\nanswer = "Answer"\n', SUPPORT,
                 codebook=codebook, file="Person,Question,Answer\n1,What support have you had?,Housing\n"
                                         "1,What support have you had?,Other\n2,What support have you had?,Housing\n")
    assert picks(clean(study, "records")) == [
        ["picked", "not_picked", "picked"], ["picked", "not_picked", "not_picked"]]
