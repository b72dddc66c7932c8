"""What an export seems to need: rules about tests, consent and doubled rows, routing and scores only as suggestions."""

import pytest
from extracts.drafts import csv_of, drafted

ROWS = 80
AGREE = ["Strongly disagree", "Disagree", "Agree", "Strongly agree"]


def cycle(values, rows=ROWS):
    return [values[at % len(values)] for at in range(rows)]


@pytest.fixture
def of(tmp_path):
    def made(columns):
        return drafted(csv_of(tmp_path / "a.csv", columns))
    return made


def ids(rows=ROWS):
    return [f"R{at:04}" for at in range(rows)]


def test_consent_refused_is_left_out(of):
    made = of({"Response ID": ids(), "Are you happy to take part?": ["No", "No", *cycle(["Yes"], ROWS - 2)],
               "Kind": cycle(AGREE)})
    assert made.rules()["consented"] == ("exclude", 2)


@pytest.mark.parametrize(("header", "label", "rule", "caught"), [
    ("Collector", "Preview", "no_test_collector", 4), ("DistributionChannel", "preview",
                                                       "no_test_distribution_channel", 4),
    ("Status", "Partial", "status_complete", 4),
])
def test_test_rows_and_rows_broken_off_are_left_out_if_the_analyst_confirms(of, header, label, rule, caught):
    made = of({"RespondentID": ids(), "Date Submitted": cycle(["01/02/2020"]),
               header: [label] * 4 + cycle(["Complete"], ROWS - 4),
               "Kind": cycle(AGREE)})
    assert made.rules()[rule] == ("exclude", caught)
    assert "should these rows be left out?" in made.text.split(f'name = "{rule}"')[0].split("[[columns]]")[-1]


def test_progress_stands_in_where_nothing_says_finished(of):
    made = of({"ResponseId": ids(), "Progress": [35, 35, *cycle([100], ROWS - 2)],
               "RecordedDate": cycle(["2020-01-02"]), "Kind": cycle(AGREE)})
    assert made.rules()["finished_it"] == ("exclude", 2)


def test_rows_that_answer_nothing_are_left_out_where_there_are_any(of):
    def blanked(cells):
        return ["", "", "", *cells[3:]]

    columns = {"Respondent ID": ids(), "Kind": cycle(AGREE), "Fair": cycle(AGREE[:3]), "Safe": cycle(["Yes", "No"])}
    assert "answered_something" not in of(columns).rules()
    made = of({name: cells if "ID" in name else blanked(cells) for name, cells in columns.items()})
    assert made.rules()["answered_something"] == ("exclude", 3)


def test_the_same_row_and_the_same_number_twice(of):
    numbers = [*ids(ROWS - 2), "R0000", "R0001"]
    made = of({"Respondent ID": numbers, "Kind": [*cycle(AGREE, ROWS - 2), AGREE[0], AGREE[3]]})
    assert made.rules()["sent_twice"] == ("exclude", 1)
    assert made.rules()["one_row_a_respondent_id"] == ("quarantine", 1)
    assert "2 rows have a number that another row has" in made.text


def test_alike_without_a_number_may_be_two_people(of):
    made = of({"Kind": cycle(AGREE), "Safe": cycle(["Yes", "No"])})
    assert made.rules()["sent_twice"][0] == "note"
    assert len(made.cleaned.table) == ROWS


def test_a_question_asked_only_after_another_is_suggested_once_and_never_drafted(of):
    seen = cycle(["Yes", "No", "Yes"])
    made = of({"Record ID": ids(), "Seen any?": seen,
               "Liked it?": [AGREE[at % 4] if said == "Yes" else "" for at, said in enumerate(seen)],
               "Liked the end?": [AGREE[at % 3] if said == "Yes" else "" for at, said in enumerate(seen)],
               "Age": cycle([12, 15, 40, 17])})
    assert 'asked_if = { seen = "yes" }' in made.comment("Liked it?")
    assert "So too: liked_end" in made.comment("Liked it?")
    assert made.comment("Liked the end?") == ""
    assert made.of("Liked it?").asked_if == {}


def test_blanks_here_and_there_are_no_routing(of):
    made = of({"Record ID": ids(), "Seen any?": cycle(["Yes", "No", "Yes"]), "Liked it?": cycle([*AGREE, ""])})
    assert "asked_if" not in made.text


def test_statements_of_one_question_could_make_a_score(of):
    made = of({"Record ID": ids(), **{f"How far do you agree? [{word}]": cycle(AGREE[at:] + AGREE[:at])
                                      for at, word in enumerate(("Kind", "Fair", "Calm"))}})
    assert 'items = ["kind", "fair", "calm"]' in made.text
    assert made.codebook.scores == []


def test_a_survey_tools_own_columns_are_read_by_nobody(of):
    made = of({"Response ID": ids(), "Time Started": cycle(["2015-12-01 10:00:00"]),
               "Date Submitted": cycle(["2015-12-01 10:09:00"]),
               "Status": cycle(["Complete"]), "SessionID": ids(), "User Agent": cycle(["Browser"]),
               "Kind": cycle(AGREE)})
    assert {"Time Started", "Date Submitted"} <= set(made.codebook.ignore.columns)
    assert made.kind("SessionID") == made.kind("User Agent") == "drop"


def test_the_same_words_in_a_case_record_are_columns_of_its_own(of):
    made = of({"Child reference": ids(), "Start date": cycle(["01/02/2020", "15/02/2020"]),
               "Status": cycle(["Open", "Closed"])})
    assert [made.kind(header) for header in ("Start date", "Status")] == ["date", "nominal"]


def test_an_empty_column_is_ignored_and_said(of):
    made = of({"Record ID": ids(), "Kind": cycle(AGREE), "Spare": [""] * ROWS})
    assert made.codebook.ignore.columns == ["Spare"]
    assert "1 of these columns are empty" in made.text


def test_the_head_says_what_was_found_and_what_to_do_next(of):
    head = of({"Record ID": ids(), "Kind": cycle(AGREE)}).text.split("instrument")[0]
    assert "one header row, parted by commas; 80 rows" in head.replace("\n# ", " ")
    assert "1 identifier, 1 ordinal" in head
    assert "throughcare check FILE --codebook" in head


def test_who_answers_more_than_once_is_told_apart_by_person_and_occasion(of):
    people = [f"P{at // 4:03}" for at in range(ROWS)]
    made = of({"ID": [*people, "P000"], "Time point": [*cycle(["T0", "T1", "T2", "T3"]), "T0"],
               "Kind": [*cycle(AGREE), "Agree"]})
    [rule] = [rule for rule in made.codebook.rules if rule.check == "unique"]
    assert (rule.columns, rule.keep) == (["id", "time_point"], "most_complete")
    assert made.rules()[rule.name] == ("quarantine", 1)
    assert "QUESTION: id and time_point of 1 row stand in another row too; which of them counts?" in made.text
