"""The page of the nights so far: what it says of them, held against nights made by hand."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from lxml import html
from project import ROOT

from helpers.pages import history_page
from helpers.study import open_study

STUDY = open_study(ROOT / "study")
FIRST = datetime(2026, 3, 1, 6, 30, tzinfo=UTC)


def night(number: int, state: str = "published", *, ran=None, failed=None, seconds: float = 40.0, **figures) -> dict:
    return {"began": (FIRST + timedelta(days=number)).isoformat(timespec="seconds"), "seconds": seconds, "state": state,
            "release": "2026", "ran": ran or {}, "up_to_date": 3, "failed": failed or {}, "warnings": 1,
            "figures": {name.replace("_", " ").replace("  ", ": "): value for name, value in figures.items()}}


def page(*nights: dict):
    return html.fromstring(history_page(list(nights), STUDY))


def text(nights) -> str:
    return " ".join(page(*nights).xpath("//main")[0].text_content().split())


@pytest.mark.parametrize("states, words", [
    (["published"], "The last night, 1 March 2026: published. It is the first on record."),
    (["published", "up to date", "published"],
     "The last night, 3 March 2026: published. 3 nights in a row have ended well, since 1 March 2026."),
    (["published", "failed", "refused"],
     "The last night, 3 March 2026: refused by the gate. 2 nights in a row have ended badly, since 2 March 2026."),
    (["failed", "published"], "The last night, 2 March 2026: published. The night before ended badly."),
    (["published", "cancelled"], "The last night, 2 March 2026: cancelled. The night before ended well."),
])
def test_the_first_sentence_tells_the_last_night_and_since_when_it_has_been_so(states, words):
    assert words in text([night(number, state) for number, state in enumerate(states)])


def test_a_night_is_a_row_newest_first_with_what_failed():
    failed = {"2_compare[level]": "out of memory", "5_audit": "skipped"}
    tree = page(night(0), night(1, "failed", failed=failed, ran={"1_clean": 2.0}))
    rows = tree.xpath("//table[1]/tbody/tr")
    cells = [[" ".join(cell.text_content().split()) for cell in row] for row in rows[:2]]
    assert cells[0] == ["2 March 2026", "06:30", "✕ Failed", "2_compare[level] (out of memory)", "40.0 s", "1", "3",
                        "1", "2026"]
    assert cells[1][2] == "● Published"


def test_nights_of_long_ago_are_folded_away_and_all_in_the_picture_have_words():
    tree = page(*[night(number) for number in range(20)])
    assert "6 earlier nights" in tree.text_content()
    bars = tree.xpath("//*[local-name()='rect']/*[local-name()='title']/text()")
    assert len(bars) == 20 and bars[-1] == "20 March 2026: 40.0 s, published"


def test_a_notebook_slower_than_its_own_median_is_marked():
    nights = [night(number, ran={"a": 2.0, "b": 2.0}) for number in range(3)]
    rows = page(*nights, night(3, ran={"a": 2.9, "b": 4.0})).xpath("//table[contains(caption,'slowest')]/tbody/tr")
    assert [[cell.text_content() for cell in row] for row in rows] == [
        ["b", "4.0 s", "2.0 s", "slower than it was"], ["a", "2.9 s", "2.0 s", ""]]


def test_a_verdict_that_changed_is_a_sentence():
    said = text([night(0, Claim__All_were_safe="supported"), night(1, Claim__All_were_safe="not settled")])
    assert "2 March 2026: “All were safe” is not settled; it was supported." in said
    assert "No verdict on a claim has changed in these nights." in text([night(0, Claim__All_were_safe="supported")])


def test_data_quality_shows_what_moved_last_and_marks_what_left_its_range():
    nights = [night(number, Survey__rows_kept=100 + number % 2, Survey__answers_missing=1.5) for number in range(6)]
    said = text([*nights, night(6, Survey__rows_kept=90, Survey__answers_missing=1.5)])
    assert "Survey: rows kept90 outside its range so far1017 March 2026" in said.replace(" | ", "")
    assert "1 figure has never moved" in said
    assert "outside" not in text([*nights, night(6, Survey__rows_kept=100, Survey__answers_missing=1.5)]).split(
        "“Outside")[0].split("How good")[1]


def test_results_that_moved_are_counted_and_folded_with_a_picture_of_their_nights():
    tree = page(night(0, theta=33.0, p=0.5), night(1, theta=34.0, p=0.5))
    assert "1 key figure has moved; 1 key figure has never moved" in tree.text_content()
    [picture] = tree.xpath("//*[local-name()='svg'][@class='spark']/@aria-label")
    assert picture == "theta over 2 nights: from 33 to 34, now 34."


def test_it_is_internal_bears_the_notice_and_fetches_nothing():
    written = history_page([night(0)], STUDY)
    assert "Internal: not for publication" in written and "Synthetic sample" in written
    assert "http" not in written.replace("http-equiv", "").replace("http://www.w3.org/2000/svg", "")
    assert "<script" not in written and str(Path.home()) not in written
