"""The planted mess is there in the planted amount, and the codebook's rules catch it."""

import pandas as pd
import pytest
from sample.reading import ROOT

from helpers.extracts import clean
from helpers.sample.mess import repeat, respell
from helpers.sample.planted import read_planted
from helpers.study import open_study

KEPT = {"pre_inspection_return": 4500, "annual_return": 32, "case_records": 754, "staff_survey": 7046,
        "young_people_survey": 647, "parents_survey": 305}


@pytest.fixture(scope="module")
def cleaned():
    study = open_study(ROOT / "study")
    return {name: clean(study, name) for name in KEPT}


@pytest.mark.parametrize("extract", KEPT)
def test_as_many_rows_are_kept_as_the_inspections_had(cleaned, extract):
    assert len(cleaned[extract].table) == KEPT[extract]


def test_each_mess_is_caught_by_its_rule_and_no_rule_catches_more(cleaned, planted):
    expected: dict[tuple[str, str], int] = {}
    for mess in planted["mess"]:
        if mess["caught_by"] != "recode":
            key = mess["extract"], mess["caught_by"]
            expected[key] = expected.get(key, 0) + mess["rows"]
    caught = {(name, row.rule): row.rows_caught for name, result in cleaned.items()
              for row in result.ledger.itertuples() if row.rule not in ("received", "kept") and row.rows_caught
              and row.rule != "personal_column" and not row.rule.endswith("_not_asked")}
    assert caught == expected


@pytest.mark.parametrize(("extract", "kind", "spelling"), [
    ("case_records", "number_and_label", "5: very good"), ("case_records", "satisfactory", "Satisfactory"),
    ("case_records", "spaces_and_capitals", " GOOD "), ("staff_survey", "dont_know_spelled", "DK"),
    ("staff_survey", "spaces_and_capitals", "SA"), ("young_people_survey", "dont_know_spelled", "not sure"),
])
def test_other_spellings_are_mended_and_counted(cleaned, planted, extract, kind, spelling):
    rows = next(mess["rows"] for mess in planted["mess"] if (mess["extract"], mess["name"]) == (extract, kind))
    recodes = cleaned[extract].recodes
    repeated = 4  # a row that was sent twice may say it twice
    assert rows / 5 <= recodes.loc[recodes["from"] == spelling, "rows"].sum() <= rows + repeated


def test_records_hold_every_care_group_and_each_record_one(cleaned):
    groups = cleaned["case_records"].table["care_group"]
    assert groups.notna().all()
    assert set(groups) == {"at_home", "kinship", "foster", "residential", "continuing_care", "leaving_care",
                           "not_looked_after"}


def test_respelling_changes_as_many_cells_as_told_and_leaves_its_frame_alone():
    table = pd.DataFrame({"a": ["Good", "Weak", "Good"], "b": ["Good", "Good", "Weak"]})
    messy = respell(table, read_planted(1).stream("x"), ["a", "b"], of="Good", into=["good"], rows=2)
    assert (messy == "good").sum().sum() == 2
    assert not (table == "good").any().any()


def test_a_repeated_row_comes_further_down_and_less_complete():
    table = pd.DataFrame({"a": list("xyz"), "b": list("123")})
    again = repeat(table, [1], blank=["b"])
    assert list(again["a"]) == ["x", "y", "z", "y"]
    assert pd.isna(again["b"].iloc[3])
