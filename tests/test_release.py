"""The main job, end to end: what `make report` leaves for a reader, held against what was planted in the sample."""

import re
from pathlib import Path

import pandas as pd
import pytest
from lxml import html
from project import ROOT

PAGES = ["index", "overview", *[f"partnership_CPP_{number:02}" for number in range(1, 9)]]


def page(place: Path, name: str):
    return html.parse(str(place / "reports" / "latest" / "public" / f"{name}.html"))


def verdicts(place):
    return pd.read_parquet(place / "data" / "processed" / "release" / "claims.parquet").set_index("claim")["verdict"]


def test_the_public_pages_are_all_there_and_nothing_else(sample_run):
    public = sample_run / "reports" / "latest" / "public"
    assert sorted(path.stem for path in public.glob("*.html")) == sorted(PAGES)


def test_the_latest_release_is_the_study_s_release(sample_run):
    assert (sample_run / "reports" / "latest").resolve().name == "2020-sample"


def test_the_register_in_the_study_folder_holds_what_the_release_publishes(sample_run):
    entry = Path("study", "releases", "2020-sample.json")
    assert (sample_run / entry).read_bytes() == (ROOT / entry).read_bytes()


@pytest.mark.parametrize("name", PAGES)
def test_synthetic_is_unmissable_on_every_page(sample_run, name):
    text = page(sample_run, name).getroot().text_content()
    assert "Synthetic sample" in text and "describes no real child" in text


def test_internal_pages_bear_the_notice_too(sample_run):
    for path in (sample_run / "reports" / "latest" / "internal").glob("*.html"):
        assert "Synthetic sample" in path.read_text(encoding="utf-8"), path.name


@pytest.mark.parametrize("name", PAGES)
def test_a_public_page_weighs_at_most_a_megabyte_and_a_half(sample_run, name):
    assert (sample_run / "reports" / "latest" / "public" / f"{name}.html").stat().st_size <= 1_500_000


def test_the_overview_says_that_the_inspections_predate_the_pandemic(sample_run):
    assert "predate the COVID-19 pandemic" in page(sample_run, "overview").getroot().text_content()


def test_at_least_seven_of_the_eight_partnership_pages_show_their_headline(sample_run):
    shown = [name for name in PAGES[2:] if not re.search("withheld", headline_of(sample_run, name))]
    assert len(shown) >= 7


def headline_of(place, name):
    return page(place, name).xpath("string(//main)").split("How do the two groups compare?")[0]


@pytest.mark.parametrize("claim, planted", [
    ("poorest_wellbeing", "supported"),
    ("potential", "supported"),
    ("corporate_parenting", "supported"),
    ("child_protection_improved", "supported"),
    ("kept_safe", "supported"),
    ("kinship_grown", "supported"),
    ("out_of_area_fallen", "supported"),
    ("relationships_matter", "supported"),
    ("cumulative_harm", "supported"),
    ("least_improvement_at_home", "supported"),
])
def test_what_was_planted_is_found(sample_run, claim, planted):
    assert verdicts(sample_run)[claim] == planted


def test_where_nothing_was_planted_nothing_is_found(sample_run):
    rows = pd.read_parquet(sample_run / "data" / "processed" / "release" / "comparisons.parquet")
    main = rows[rows["analysis"] == "main"].set_index("outcome")
    for outcome in ("rating_chronology", "reviewed_on_time", "level_respected"):
        assert main.loc[outcome, "p_adjusted"] > 0.05, outcome


def test_no_verdict_says_proved(sample_run):
    for name in PAGES:
        assert not re.search(r"\bproved\b", page(sample_run, name).getroot().text_content().lower())
