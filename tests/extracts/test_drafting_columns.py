"""What each column is, told from its header and its distinct texts; what cannot be told is asked beside it."""

import pytest
from extracts.drafts import csv_of, drafted

AGREE = ["Strongly disagree", "Disagree", "Agree", "Strongly agree"]
ROWS = 60


def cycle(values, rows=ROWS):
    return [values[at % len(values)] for at in range(rows)]


@pytest.fixture
def one(tmp_path):
    """Drafts a file whose column `header` holds the cells, beside an identifier."""
    def made(header, cells, **more):
        return drafted(csv_of(tmp_path / "a.csv", {"Record ID": [f"R{at:04}" for at in range(len(cells))],
                                                   header: cells, **more}))
    return made


KINDS = {
    "numbers of records": ("Record number", [1000 + at for at in range(ROWS)], "identifier"),
    "codes that all differ": ("Key", [f"AB{at:05}" for at in range(ROWS)], "identifier"),
    "leading zeros": ("Site", [f"{at:03}" for at in range(ROWS)], "identifier"),
    "a child in many rows": ("CHILD", cycle([30_000 + at for at in range(20)]), "identifier"),
    "section numbers": ("QI ref", cycle(["2.1", "2.10", "5.3", "2-1"]), "nominal"),
    "section numbers alone": ("Section", cycle(["2.1", "2.10", "5.3"]), "nominal"),
    "decimals as programs write them": ("Score", cycle(["20.0", "7.35", "12.5", "30.25", "8.1"]), "number"),
    "ages": ("Age", cycle(list(range(5, 26))), "count"),
    "thousands": ("People", cycle(["1,204", "980", "12,000"]), "count"),
    "whole numbers from a workbook": ("Visits made", cycle(["1.0", "2.0", "14.0", "30.0"]), "count"),
    "decimals": ("Hours", cycle(["7.25", "8.5", "-0.3", "12"]), "number"),
    "money": ("Cost", cycle([f"{at}.50" for at in range(30)]), "number"),
    "percentages": ("Share", cycle(["12%", "30%", "45.5%", "7 %"]), "number"),
    "dates": ("Date read", cycle(["31/12/2019", "01/02/2020", "15/06/2019"]), "date"),
    "dates and times": ("Seen", cycle(["2019-12-31 10:00:00", "2020-01-02 11:30:15"]), "date"),
    "dates in words": ("Read", cycle(["3 March 2019", "21 December 2019"]), "date"),
    "eight digits under a date": ("Date of visit", cycle(["20190301", "20191231"]), "date"),
    "yes and no": ("Aftercare?", cycle(["Yes", "No", "YES", "n"]), "binary"),
    "true and false": ("Reviewed", cycle(["TRUE", "FALSE"]), "binary"),
    "one and nothing": ("Reviewed", cycle(["1", "0"]), "binary"),
    "yes alone": ("Consent", cycle(["Yes"]), "binary"),
    "two long answers": ("Should they ask?", cycle(["Yes, they should ask first", "No, it is their own seat"]),
                         "binary"),
    "few labels": ("Placement", cycle(["Foster care", "Kinship care", "Residential care"]), "nominal"),
    "an order of words": ("Staff are kind", cycle(AGREE), "ordinal"),
    "a sentence each": ("What would help?", [f"I would like thing number {at} to be done" for at in range(ROWS)],
                        "drop"),
    "few and alike, but asked for in words": ("Anything else you would like to say?", cycle(["Thanks", ""]), "drop"),
    "a word each": ("Job", [f"Title {at} of {at % 7}" for at in range(ROWS)], "drop"),
}


@pytest.mark.parametrize(("header", "cells", "kind"), KINDS.values(), ids=KINDS)
def test_a_column_is_what_its_cells_say(one, header, cells, kind):
    assert one(header, cells).kind(header) == kind


def test_percentages_have_their_unit_and_are_read(one):
    made = one("Share", cycle(["12%", "30%", "45.5%"]))
    assert made.of("Share").unit == "percent"
    assert made.cleaned.table["share"].max() == 45.5


@pytest.mark.parametrize(("cells", "formats", "asked"), [
    (["31/12/2019", "01/02/2020"], ["%d/%m/%Y"], False),
    (["12/31/2019", "01/02/2020"], ["%m/%d/%Y"], False),
    (["02/03/2019", "01/02/2020"], ["%d/%m/%Y"], True),
    (["2019-03-02", "02/13/2020", "2020-01-01"], ["%Y-%m-%d", "%m/%d/%Y"], False),
])
def test_day_or_month_first_is_told_by_the_days_past_the_twelfth_else_asked(one, cells, formats, asked):
    made = one("Read on", cycle(cells))
    assert made.of("Read on").formats == formats
    assert ("day first was taken" in made.comment("Read on")) is asked


def test_a_files_other_dates_settle_an_open_order(one):
    made = one("Started", cycle(["02/03/2019", "01/02/2020"]), Ended=cycle(["12/31/2019", "02/28/2020"]))
    assert made.of("Started").formats == ["%m/%d/%Y"]
    assert "day first" not in made.text


# ---- answers by numbers ----------------------------------------------------------------------------------------------

def test_columns_of_small_numbers_are_points_of_a_scale_and_never_a_silent_count(one):
    made = one("Q1", cycle([1, 2, 3, 4, 5]), Q2=cycle([2, 3, 4]), Q3=cycle([5, 4, 3, 2, 1]),
               Q4=[1, 5, 2, *[""] * (ROWS - 3)])
    assert [made.kind(header) for header in ("Q1", "Q2", "Q3", "Q4")] == ["ordinal"] * 4
    assert made.levels("Q1") == ["1", "2", "3", "4", "5"]
    assert {made.of(header).scale for header in ("Q1", "Q3", "Q4")} == {"numbers_1_to_5"}
    assert made.text.count("which end is high?") == 1 + (made.of("Q2").scale != "numbers_1_to_5")


@pytest.mark.parametrize(("header", "kind"), [
    ("Number of placements", "count"), ("How many siblings?", "count"), ("SIMD quintile", "ordinal"),
    ("Rating", "ordinal")])
def test_a_header_tells_whether_small_numbers_count_or_rate(one, header, kind):
    assert one(header, cycle([1, 2, 3, 4, 5])).kind(header) == kind


def test_one_and_nothing_are_read_as_yes_and_no_and_asked_about(one):
    made = one("Convicted", cycle(["1", "0"]))
    assert made.levels("Convicted") == ["No", "Yes"]
    assert "1 is read as yes and 0 as no" in made.text


def test_two_codes_that_say_nothing_are_asked_about(one):
    made = one("SEX", cycle([1, 2]))
    assert made.kind("SEX") == "nominal"
    assert "what do 1 and 2 mean?" in made.comment("SEX")


# ---- kinds of missing ------------------------------------------------------------------------------------------------

@pytest.mark.parametrize(("said", "kind"), [
    ("", "not_recorded"), ("Don’t know", "dont_know"), ("DK", "dont_know"), ("not sure", "dont_know"),
    ("Unsure", "dont_know"),
    ("N/A", "not_applicable"), ("Not applicable", "not_applicable"), ("Unfamiliar (N/A)", "not_applicable"),
    ("Prefer not to say", "prefer_not_to_say"), ("Refused", "prefer_not_to_say"), ("illegible", "illegible"),
    ("Not recorded", "not_recorded"), ("99 - Don't know", "dont_know"),
])
def test_words_for_missing_stand_apart_from_the_scale(one, said, kind):
    made = one("Staff are kind", cycle([*AGREE, said]))
    assert made.levels("Staff are kind") == AGREE
    assert made.cleaned.missing["staff_kind"].value_counts()[kind] == ROWS / 5


@pytest.mark.parametrize(("cells", "code", "kind"), [
    (cycle([1, 2, 3, 4, 9]), "9", "not_recorded"), (cycle([1, 2, 3, 4, 5, 99]), "99", "not_recorded"),
    (cycle([1, 2, 3, 4, 5, -9]), "-9", "not_recorded"), (cycle([1, 2, 3, 4, 5, -8]), "-8", "dont_know"),
    (cycle([1, 2, 3, 4, 5, 98]), "98", "dont_know"), (cycle([1, 2, 3, 4, 5, -1]), "-1", "not_applicable"),
])
def test_numbers_beyond_a_scale_are_proposed_as_codes_for_missing(one, cells, code, kind):
    made = one("Rating", cells)
    assert code not in made.levels("Rating")
    assert made.of("Rating").missing[kind][-1] == code
    assert f"{code} codes for missing" in made.comment("Rating")


@pytest.mark.parametrize(("numbers", "codes"), [
    ([*range(5, 20), 99], ["99"]), ([*range(5, 20), 999], ["999"]), ([*range(18, 97), 99], []),
    ([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10], []),
    ([*range(5, 20), -1], ["-1"]), ([*range(5, 20), 97, 98, 99], ["97", "98", "99"]),
])
def test_numbers_far_from_all_others_are_proposed_as_codes_for_missing(one, numbers, codes):
    made = one("Age in years", cycle(numbers, 120))
    assert made.kind("Age in years") == "count"
    assert sorted(text for texts in made.of("Age in years").missing.values() for text in texts if text) == codes


def test_symbols_among_figures_are_kinds_of_missing_of_that_column_alone(one):
    made = one("Leavers", cycle(["120", "7", "35", "c", "z", "k", "x", "low", ":"], 90),
               Letter=cycle(["c", "z", "k"], 90))
    assert made.kind("Leavers") == "count"
    assert made.of("Leavers").missing == {"suppressed": ["c"], "not_applicable": ["z"], "rounds_to_zero": ["k", "low"],
                                          "not_available": ["x", ":"]}
    assert made.kind("Letter") == "nominal"
    assert "Symbols among the figures" in made.comment("Leavers")


# ---- several answers -------------------------------------------------------------------------------------------------

@pytest.mark.parametrize("mark", [";", ",", "|"])
def test_picks_in_one_cell_are_parted(one, mark):
    parts = ["Family", "Friends", "Staff", "Nobody"]
    cells = [mark.join(part for at, part in enumerate(parts) if number >> at & 1) for number in range(1, 16)] * 4
    made = one("Who helps you?", cells)
    column = made.of("Who helps you?")
    assert (column.type, column.separator, sorted(column.values)) == ("multi_select", mark,
                                                                      ["family", "friends", "nobody", "staff"])
    assert (made.cleaned.table[f"{column.name}_staff"] == "picked").sum() == 32


def test_words_with_commas_are_no_picks(one):
    made = one("Where do you live?", cycle(["At home, with an order", "With foster carers", "In care, away",
                                            "On my own"]))
    assert made.kind("Where do you live?") == "nominal"


@pytest.mark.parametrize("marks", [("Yes", "No"), ("1", "0"), ("Selected", "Not selected"), ("x", "")])
def test_a_block_of_yes_and_no_under_tick_all_is_one_question(one, marks):
    yes, no = marks
    question = "What helps? Please tick all that apply."
    made = one(f"{question} [Sport]", cycle([yes, no]), **{
        f"{question} [Music]": cycle([no, yes, yes]), f"{question} [Other]": cycle([no, no, no, yes])})
    column = next(column for column in made.codebook.columns if column.type == "multi_select")
    assert list(column.values) == ["sport", "music", "other"]
    assert (made.cleaned.table[f"{column.name}_music"] == "picked").sum() == 40


def test_statements_to_say_yes_or_no_to_are_questions_apart(one):
    made = one("Have you [seen a doctor]", cycle(["Yes", "No"]),
               **{"Have you [seen a dentist]": cycle(["No", "Yes", "Yes"])})
    assert [column.type for column in made.codebook.columns] == ["identifier", "binary", "binary"]


# ---- one scale for sisters -------------------------------------------------------------------------------------------

def test_sisters_share_a_scale_though_one_lacks_a_level(one):
    five = [AGREE[0], AGREE[1], "Neither agree nor disagree", AGREE[2], AGREE[3]]
    made = one("Kind", cycle(five), Fair=cycle([level.upper() for level in five]),
               Calm=cycle([five[1], five[3], five[4]], ROWS)[:8] + [""] * 52)
    assert made.levels("Kind") == five
    assert made.of("Kind").scale == made.of("Fair").scale == made.of("Calm").scale == "agreement"


def test_a_question_that_never_offered_the_middle_has_a_scale_of_its_own(one):
    five = [AGREE[0], AGREE[1], "Neither agree nor disagree", AGREE[2], AGREE[3]]
    made = one("Kind", cycle(five, 300), Fair=cycle(AGREE, 300))
    assert (made.levels("Kind"), made.levels("Fair")) == (five, AGREE)


def test_a_level_that_nobody_chose_is_put_in_and_said(one):
    made = one("Kind", cycle(["Disagree", "Agree", "Strongly agree"]))
    assert made.levels("Kind") == AGREE
    assert "Nobody in the file gave 'Strongly disagree'" in made.text.replace("\n# ", " ")


def test_a_cut_is_drafted_only_with_a_question(one):
    made = one("Kind", cycle(AGREE), Age=cycle(["18-29", "30-44", "45-60"]))
    assert made.codebook.scales["agreement"].cut == "agree"
    assert made.codebook.scales[made.of("Age").scale].cut is None
    assert "is 'agree' where the upper category begins?" in made.text


# ---- what is of the study --------------------------------------------------------------------------------------------

def test_partnership_and_care_group_are_only_asked_about(one):
    made = one("Partnership", cycle(["CPP_01", "CPP_02"]), **{"Placement type": cycle(["Foster", "Kinship",
                                                                                       "Residential"])})
    assert made.of("Partnership").name not in ("partnership", "care_group")
    assert "does it tell the partnership?" in made.comment("Partnership")
    assert "does it tell the care group" in made.comment("Placement type")


def test_one_label_outside_an_order_is_asked_about(one):
    made = one("How often may they get up?", cycle(["Once", "Twice", "Three times", "It is not okay to get up"]))
    assert made.kind("How often may they get up?") == "nominal"
    asked = "all but 'It is not okay to get up' have an order (Once < Twice < Three times)"
    assert asked in made.comment("How often may they get up?")
