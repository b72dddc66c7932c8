"""The pages no notebook makes, and the labels every page uses."""

from pathlib import Path

from lxml import html

from helpers.pages import About, about, failure_page, index_page
from helpers.reporting import labels
from helpers.study import open_study

STUDY = open_study(Path(__file__).parents[2] / "study")
ENTRIES = [
    {"title": "Overview", "href": "overview.html", "description": "The answer.", "group": ""},
    {"title": "Partnership 3", "href": "partnership_CPP_03.html", "description": "", "group": "Partnerships"},
]
FAILURE = {
    "notebook": "1_clean_survey", "run": "1_clean_survey[staff_survey]", "state": "failed", "cell_number": 4,
    "cause": "What the notebook was given is wrong, found in code cell 4.", "error_name": "InputFault",
    "message": "staff_survey.csv, column 'age': 'sixty' in 3 rows; expected a whole number.\nA second fault.",
    "cell_source": "secret()", "parameters": {"extract": "staff_survey"}, "remedy": "Mend what the sentences name.",
}


def headings(page: str) -> list[str]:
    return [element.tag for element in html.document_fromstring(page).iter("h1", "h2", "h3")]


def test_the_index_lists_every_page_under_its_group():
    root = html.document_fromstring(index_page(ENTRIES, STUDY))
    assert root.xpath("//ul[@class='cards']//a/@href") == ["overview.html", "partnership_CPP_03.html"]
    assert [h2.text for h2 in root.iter("h2")] == ["Reports", "Partnerships", "Before using any figure"]
    assert "describes no real child" in root.text_content()
    assert headings(index_page(ENTRIES, STUDY)) == ["h1", "h2", "h3", "h2", "h3", "h2"]


def test_the_internal_index_says_so():
    assert "Internal: not for publication" in index_page(ENTRIES, STUDY, visibility="internal")
    assert "Internal" not in index_page(ENTRIES, STUDY)


def test_a_failure_page_says_what_failed_where_why_and_what_to_do():
    text = html.document_fromstring(failure_page(FAILURE, STUDY)).text_content()
    for part in ("1_clean_survey did not finish", "A cell failed (cell 4)", "column 'age'", "A second fault.",
                 "Mend what the sentences name.", "staff_survey", "the last good release stands"):
        assert part in text


def test_a_failure_page_never_shows_source_nor_the_message_of_a_bug():
    page = failure_page(FAILURE | {"error_name": "KeyError", "message": "'AB123456C'"}, STUDY)
    assert "AB123456C" not in page and "secret()" not in page
    assert "KeyError" in page


def test_a_failure_page_can_do_without_what_is_not_known():
    page = failure_page({"notebook": "4_overview", "state": "dead kernel"})
    assert "Its process died" in page


def test_what_a_page_is_told_of_a_study_is_plain_and_complete():
    told = about(STUDY, visibility="public")
    assert About.of(told | {"run": "of no use to a page"}).public
    assert all(isinstance(value, str | bool | list) for value in told.values())


def test_labels_cover_outcomes_answers_groups_partnerships_and_what_a_name_means_in_one_family():
    names = labels(STUDY)
    assert names["level_safe"] == "Safe"
    assert names["level_safe.above"] == "Good or better"
    assert names["CPP_03"] == "Partnership 3"
    assert names["leaving_care"] == "Leaving care"
    assert names["staff_on_groups:health"] == "Health"
    assert names["staff_on_groups:health.first"] == "Leaving care"
    assert names["risk_by_age:16_plus"] == "Age group: 16 and over"
    assert names["placements:kinship"].startswith("Kinship care, share")
    planned = {name for family in STUDY.plan.families for name in family.outcomes}
    assert planned <= names.keys()
