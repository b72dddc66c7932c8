"""Real exports that nobody here wrote, and the sample: drafted, cleaned at once, held against what is known of them."""

from pathlib import Path

import pytest
from extracts.drafts import drafted

from helpers.extracts.codebooks.codebook import Codebook
from helpers.extracts.codebooks.spelling import folded, folded_header
from helpers.study import read_toml

REAL = Path(__file__).parents[3] / "shared" / "data"
ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "data" / "raw" / "sample"

needs_real = pytest.mark.skipif(not REAL.is_dir(), reason="the folder of real data is not beside this project")


@pytest.fixture
def real(tmp_path):
    return lambda name, sheet=None: drafted(REAL / name, sheet, tmp_path)


@needs_real
def test_flying_etiquette(real):
    """1,040 responses, one header row with spelling mistakes; frequencies, yes and no by degrees, bands, skip logic."""
    made = real("fte-flying/flying-etiquette.csv")
    assert made.kind("RespondentID") == "identifier"
    assert made.levels("How often do you travel by plane?") == [
        "Never", "Once a year or less", "Once a month or less", "A few times per month", "A few times per week",
        "Every day"]
    assert made.levels("Do you ever recline your seat when you fly?") == [
        "Never", "Once in a while", "About half the time", "Usually", "Always"]
    assert made.levels("Is itrude to recline your seat on a plane?") == [
        "No, not at all rude", "Yes, somewhat rude", "Yes, very rude"]
    assert made.levels("How tall are you?")[:2] == ["Under 5 ft.", "5'0\""]
    assert made.levels("How tall are you?")[-1] == "6'6\" and above"
    assert made.levels("Household Income")[-2:] == ["$100,000 - $149,999", "150000"]
    assert made.levels("Education")[0] == "Less than high school degree"
    assert made.kind("Gender") == "nominal"
    obliged = "Under normal circumstances, does a person who reclines their seat during a flight have any obligation " \
              "to the person sitting behind them?"
    assert made.kind(obliged) == "binary"
    assert "asked_if = { travel_plane" in made.text.replace("\n# ", " ")
    assert len(made.cleaned.table) == 1040


@needs_real
def test_star_wars(real):
    """1,186 responses, SurveyMonkey's two header rows, not UTF-8; a block of picks, ranks, and 'Unfamiliar (N/A)'."""
    made = real("fte-starwars/StarWars.csv")
    assert made.codebook.reading.style == "surveymonkey"
    picked = next(column for column in made.codebook.columns if column.type == "multi_select")
    assert [(made.cleaned.table[variable.name] == "picked").sum() for variable in picked.in_table] == [673, 571, 550,
                                                                                                       607, 758, 738]
    characters = [column for column in made.codebook.columns if column.scale == "favourability"]
    assert len(characters) == 14
    assert list(made.codebook.scales["favourability"].labels.values()) == [
        "Very unfavorably", "Somewhat unfavorably", "Neither favorably nor unfavorably (neutral)", "Somewhat favorably",
        "Very favorably"]
    assert made.cleaned.missing["yoda"].value_counts()["not_applicable"] == 10
    assert sum(column.scale == "numbers_1_to_6" for column in made.codebook.columns) == 6
    assert made.levels("Age") == ["18-29", "30-44", "45-60", "> 60"]


@needs_real
def test_jupyter(real):
    """1,706 rows from SurveyGizmo: 927 partial; much in words; several words picked in one cell."""
    made = real("jupyter-2015/20160115235816-SurveyExport.csv")
    assert made.rules()["status_complete"] == ("exclude", 927)
    assert made.levels("How often do you use Jupyter Notebook?") == ["Less often than monthly", "Monthly", "Weekly",
                                                                     "Daily"]
    words = made.of("Select all the words that best describe Jupyter Notebook.")
    assert (words.type, words.separator) == ("multi_select", ";")
    assert sum(column.personal == "drop" for column in made.codebook.columns) == 28
    assert {"Time Started", "Date Submitted"} <= set(made.codebook.ignore.columns)


@needs_real
@pytest.mark.parametrize(("name", "kinds"), [
    ("header", {"CHILD": "identifier", "SEX": "nominal", "DOB": "drop", "ETHNIC": "nominal", "UPN": "drop",
                "MC_DOB": "drop"}),
    ("episodes", {"CHILD": "identifier", "DECOM": "date", "DEC": "date", "LS": "nominal", "PLACE": "nominal",
                  "HOME_POST": "drop",
                  "PL_POST": "drop", "URN": "identifier"}),
    ("oc2", {"CHILD": "identifier", "SDQ_SCORE": "count", "CONVICTED": "binary", "SDQ_REASON": "nominal"}),
    ("oc3", {"IN_TOUCH": "nominal", "ACTIV": "nominal", "ACCOM": "identifier"}),
    ("reviews", {"CHILD": "identifier", "REVIEW": "date", "REVIEW_CODE": "nominal"}),
    ("missing", {"MIS_START": "date", "MIS_END": "date", "MISSING": "nominal"}),
    ("uasc", {"CHILD": "identifier", "DUC": "date"}), ("ad1", {"DATE_INT": "date", "FOSTER_CARE": "binary"}),
    ("previous_permanence", {"CHILD": "identifier"}), ("placed_for_adoption_errors", {"DATE_PLACED": "date"}),
])
def test_case_records_of_fake_children(real, name, kinds):
    """Linked tables with dd/mm/yyyy dates and codes; who a child is, is dropped but for its number."""
    made = real(f"d2i-903-fake/{name}.csv")
    assert {header: made.kind(header) for header in kinds} == kinds
    assert all(column.formats == ["%d/%m/%Y"] for column in made.codebook.columns if column.type == "date")


@needs_real
def test_care_leavers(real):
    """Official statistics, 20,040 rows: figures with c and z among them, codes of areas that are no numbers."""
    made = real("dfe-care-leavers/la_care_leavers_activity.csv")
    assert made.kind("care_leaver_count") == "count"
    assert made.of("care_leaver_count").missing["suppressed"] == ["c"]
    assert made.of("care_leaver_count").missing["not_applicable"] == ["z"]
    assert [made.kind(name) for name in ("region_code", "old_la_code", "new_la_code", "la_name",
                                         "breakdown")] == ["nominal"] * 5
    assert len(made.cleaned.table) == 20040


@needs_real
@pytest.mark.parametrize(("name", "style", "skipped"), [
    ("csps2013_demographic_results.csv", "plain", 0), ("csps2014_demographics.csv", "stacked", 1),
    ("Civil-Service-People-Survey-2015-results-by-demographic-groups-csv.csv", "stacked", 1),
    ("Civil-Service-People-Survey-2016-_results-by-demographic-groups.csv", "stacked", 0),
    ("Civil-Service-People-Survey-2016-results-by-demographic-groups.xlsx", "stacked", 0),
    ("Civil-Service-People-Survey-2024-results-by-all-demographic-groups.ods", "plain", 5),
])
def test_published_tables_with_groups_across_the_page(real, name, style, skipped):
    """Percentages by group, headers stacked below a title; only flagged, since unpivoting needs names."""
    made = real(f"csps-uk/{name}")
    assert (made.codebook.reading.style, made.codebook.reading.skip_rows) == (style, skipped)
    figures = [column for column in made.codebook.columns if column.type == "number"]
    assert len(figures) >= 0.95 * len(made.codebook.columns)
    assert made.codebook.columns[0].type == "text"
    assert ("[reading.unpivot]" in made.text) is (not name.endswith(".ods"))


HAND_WRITTEN = {
    "staff_survey": "staff_survey.csv", "young_people_survey": "young_people_survey.csv",
    "parents_survey": "parents_survey.csv",
    "annual_return": "annual_return.csv", "case_records": "case_records/CPP_01.xlsx",
    "pre_inspection_return": "pre_inspection_return/CPP_01.xlsx",
}


def sample_agreement(name, tmp_path):
    """The columns of the hand-written codebook whose type, and of those with a scale whose order, the draft has not."""
    made = drafted(SAMPLE / HAND_WRITTEN[name], beside=tmp_path)
    by_hand = read_toml(ROOT / "study" / "codebooks" / f"{name}.toml", Codebook)
    columns = {folded_header(source): column for column in made.codebook.columns for source in column.source}
    types, orders = set(), set()
    for hand in by_hand.columns:
        column = next(columns[folded_header(text)] for text in (*hand.source,
                                                                hand.name) if folded_header(text) in columns)
        if (hand.personal or hand.type) != (column.personal or column.type):
            types.add(hand.name)
        elif hand.scale:
            levels = [[folded(label) for label in codebook.scale(each.scale).labels.values()]
                      for codebook, each in ((by_hand, hand), (made.codebook, column))]
            orders |= {hand.name} if levels[0] != levels[1] else set()
    return types, orders


@pytest.mark.parametrize(("name", "other_type", "other_order"), [
    ("staff_survey", set(), set()), ("young_people_survey", set(), set()), ("parents_survey", set(), set()),
    ("annual_return", set(), set()), ("pre_inspection_return", set(), {"simd_quintile"}),
    ("case_records", {"reader_pair"}, {"simd_quintile"}),
])
def test_the_draft_agrees_with_the_codebook_written_by_hand(name, other_type, other_order, tmp_path):
    """A quintile's ends cannot be told from 1 to 5; which pair read a record looks like any category."""
    assert sample_agreement(name, tmp_path) == (other_type, other_order)
