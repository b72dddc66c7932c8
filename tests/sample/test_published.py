"""The published tables: totals add up where the publisher's do, and oddities are kept as printed."""

import tomllib

import pandas as pd
import pytest
from sample.reading import ROOT

PUBLISHED = ROOT / "data" / "raw" / "published"
TABLES = sorted(path.stem for path in PUBLISHED.glob("*.csv"))


def table(name: str) -> pd.DataFrame:
    """Values by row and column."""
    long = pd.read_csv(PUBLISHED / f"{name}.csv", dtype={"row": "str"}, keep_default_na=False)
    return long.pivot_table(index="row", columns="column", values="value", sort=False)


@pytest.mark.parametrize("name", TABLES)
def test_every_figure_has_its_address(name):
    long = pd.read_csv(PUBLISHED / f"{name}.csv", keep_default_na=False)
    assert list(long.columns) == ["table", "row", "column", "value", "unit", "source", "note"]
    assert set(long["table"]) == {name}
    assert long["source"].str.startswith("http").all()
    assert not long.duplicated(["row", "column"]).any()


def test_the_plans_official_tables_have_their_rows_and_columns():
    plan = tomllib.loads((ROOT / "study" / "plan.toml").read_text(encoding="utf-8"))
    for test in plan["official"]:
        cells = table(test["table"]).loc[test["rows"], test["columns"]]
        assert cells.notna().all().all(), test["name"]


@pytest.mark.parametrize(("year", "total"), [("2011", 16_231), ("2020", 14_458), ("2021", 13_255)])
def test_placements_add_up_to_the_printed_total(year, total):
    year_of = table("placements_over_years").loc[year]
    assert year_of["total"] == total == year_of.drop("total").sum()


@pytest.mark.parametrize("name", ["placements_community", "placements_residential"])
def test_placements_in_detail_add_up_to_the_printed_subtotals(name):
    detail = table(name)
    assert (detail["total"] == detail.drop(columns="total").sum(axis=1)).all()


def test_detail_and_summary_agree():
    summary, community = table("placements_over_years"), table("placements_community")
    residential = table("placements_residential")
    assert (summary["total"] == community["total"] + residential["total"]).all()
    assert (summary["foster"] == community["foster_provided"] + community["foster_purchased"]).all()
    assert (summary["other_community"] == community["prospective_adopters"] + community["other_community"]).all()


def test_continuing_care_adds_up_to_911_and_its_shares_are_those_printed():
    care = table("continuing_care_by_placement")
    assert care.loc["total", "total"] == 911 == care.drop("total")["total"].sum()
    assert care.loc["total", "entered"] == 261 == care.drop("total")["entered"].sum()
    assert (100 * care["entered"] / care["total"]).round().tolist() == care["entered_share"].tolist()


def test_aftercare_by_age_adds_up_to_8517():
    ages = table("aftercare_by_age")
    assert ages.loc["total", "total"] == 8517
    assert ages.drop("total")[["receiving", "not_receiving"]].sum().tolist() == [4151, 4366]
    assert 4151 + 4366 == 8517


def test_the_printed_share_of_2019_is_not_that_of_its_printed_counts():
    year = table("aftercare_receiving").loc["2019"]
    assert round(100 * year["receiving"] / year["eligible"], 1) == 57.1
    assert year["receiving_share"] == 58


def test_positive_destinations_of_2015_16_add_up_to_364():
    assert table("initial_destinations_2015_16").loc["positive", "total"] == 364 == 23 + 194 + 147


def test_rounded_english_figures_add_up_in_2018_and_need_not_in_2019():
    ages = table("accommodation_england_2018")
    assert ages.loc["total", "suitable"] == ages.drop("total")["suitable"].sum() == 23_480
    assert table("accommodation_england_2019").loc["19_21", "suitable"] == 25_030  # its single ages sum to 25,040
