"""A SurveyGizmo export as it came: half of it broken off, a third empty, answers in words, all picks in one cell.

What a correct cleaning gives, counted with the csv module and not by this package (a cell of blanks counts as
blank): 1,706 responses, 779 complete and 927 partial. 614 hold times and a status and nothing more (609 partial, 5
"complete"); the only two rows that repeat another one whole are among them. 1,092 are left, 774 complete and 318
partial. Of these:

- how often: 58 less than monthly, 111 monthly, 392 weekly, 530 daily, 1 blank.
- how long: 263 less than a year, 814 a year or more, 15 blank. How run: 937 alone, 50 by hub, 81 otherwise, 24
  blank.
- words picked: 748 pick some; convenient 562, cool 417, comfortable 401, quick 370, intuitive 360, simple 355,
  flexible 352, accessible 287, other 68, complicated 38, confusing 33, uncomfortable 29.
- years in the role: 67, 87, 323, 270 and 345 blank. People who see the results: 464, 200, 63, 14, 4, 1 and 346
  blank.
"""

import csv

import pytest
from real_exports import answers, caught, cleaned_by, kinds, levels, real_file, said

from helpers.extracts import accounted
from helpers.study import InputFault

PICKED = {"comfortable": 401, "intuitive": 360, "convenient": 562, "simple": 355, "cool": 417, "accessible": 287,
          "quick": 370, "flexible": 352, "complicated": 38, "confusing": 33, "uncomfortable": 29, "other": 68}


def cleaned_export(path):
    return cleaned_by(path, "jupyter-2015", "notebook_users")


@pytest.fixture(scope="module")
def real():
    return cleaned_export(real_file("jupyter-2015", "20160115235816-SurveyExport.csv"))


def test_every_response_is_accounted_for(real):
    assert accounted(real.ledger) == {"received": 1706, "kept": 1092, "quarantined": 0, "excluded": 614}
    assert caught(real) == {"answered_nothing": 614, "broke_off": 318}
    assert answers(real, "status") == {"partial": 318, "complete": 774}


def test_how_often_and_how_long_go_from_low_to_high(real):
    assert answers(real, "frequency") == {"seldom": 58, "monthly": 111, "weekly": 392, "daily": 530}
    assert answers(real, "time_used") == {"under_one_year": 263, "one_year": 814}
    assert levels(real, "years_in_role") == ["under_one", "one", "two_to_five", "over_five"]
    assert list(answers(real, "years_in_role").values()) == [67, 87, 323, 270]
    assert list(answers(real, "audience").values()) == [464, 200, 63, 14, 4, 1]


def test_what_is_blank_is_counted_column_by_column(real):
    assert [kinds(real, name) for name in ("frequency", "time_used", "run", "years_in_role", "audience")] == [
        {"not_recorded": rows} for rows in (1, 15, 24, 345, 346)]


def test_the_words_picked_are_taken_apart(real):
    assert {word: answers(real, f"word_{word}")["picked"] for word in PICKED} == PICKED
    assert all(sum(answers(real, f"word_{word}").values()) == 748 for word in PICKED)
    assert kinds(real, "word_cool") == {"not_recorded": 344}


def test_no_answer_in_words_is_left_anywhere(real):
    with real_file("jupyter-2015", "20160115235816-SurveyExport.csv").open(encoding="utf-8", newline="") as file:
        lines = list(csv.reader(file))
    in_words = [*range(10, 29), 4, 6, 7, 8, 30, 31, 33, 34, 35]
    words = {line[at] for line in lines[1:] for at in in_words if len(line[at]) > 40}
    assert len(words) > 1000
    kept = set(real.recodes["from"]) | {text for name in real.table for text in real.table[name].astype("str")}
    assert not words & kept


# ---- look-alikes: one for each trap, a few rows each -----------------------------------------------------------------

SPACE = "\N{NO-BREAK SPACE}"
HEAD = [
    "Time Started", "Date Submitted", "Status", "How often do you use Jupyter Notebook?",
    "What, if anything, hinders you from making Jupyter Notebook an even more regular part of your workflow?",
    "Roughly how long have you been using Jupyter Notebook?",
    *(f"Tool / Application #{n}:What tools and applications, if any, would you like to see more tightly{SPACE}"
      f"integrated with Jupyter Notebook?  {SPACE} " for n in (1, 2, 3)),
    "How do you run the Jupyter Notebook?", "Other - Write In:How do you run the Jupyter Notebook?",
    *(f"Workflow Need #{n}:What needs in your workflow does Jupyter Notebook address?" for n in (1, 2, 3)),
    *(f"Workflow Need #{n}:What needs in your workflow does Jupyter Notebook not address?" for n in (1, 2, 3)),
    *(f"Aspect #{n}:What aspects of Jupyter Notebook make it pleasant to use in your{SPACE}workflow?"
      for n in (1, 2, 3)),
    *(f"Aspect #{n}:What aspects of Jupyter Notebook make it difficult to use in your{SPACE}workflow?"
      for n in (1, 2, 3)),
    *(f"Feature / Change #{n}:What new features or changes would you like to see in Jupyter Notebook?{SPACE}(Please "
      f"list anything that comes to mind that helps you in your workflow,{SPACE}big or small.)" for n in (1, 2, 3)),
    *(f"Enhancement #{n}:Thinking back to when you first started using{SPACE}Jupyter Notebook, what enhancements would "
      "have made your initial experience better?" for n in (1, 2, 3)),
    "Select all the words that best describe Jupyter Notebook.",
    "Other word(s)::Select all the words that best describe Jupyter Notebook.",
    f"What is your primary role when using Jupyter Notebook (e.g., student,{SPACE}astrophysicist, financial modeler, "
    "business manager, etc.)?",
    f"How many years have you been in this role?{SPACE}",
    *(f"Industry #{n}:What industries does your role and analytical work support (e.g., Journalism, IT, etc.)?"
      for n in (1, 2, 3)),
    f"How many people typically see and/or interact with the results of your{SPACE}work in Jupyter Notebook?",
]
TIMES = ["2015-12-22 00:03:36", "2015-12-22 00:26:01"]


def response(*, times=TIMES, status="Partial", often="", words="", hinders="", role=""):
    line = dict.fromkeys(HEAD, "")
    line |= dict(zip(HEAD[:6], [*times, status, often, hinders, ""], strict=True))
    line |= {HEAD[29]: words, HEAD[31]: role}
    return list(line.values())


@pytest.fixture
def export(tmp_path):
    def written(*lines, head=HEAD):
        path = tmp_path / "SurveyExport.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows([head, *lines])
        return cleaned_export(path)
    return written


@pytest.mark.parametrize("space", [SPACE, " "])
def test_a_space_that_does_not_break_is_a_space(export, space):
    assert len(export(response(often="Daily"), head=[header.replace(SPACE, space) for header in HEAD]).table) == 1


def test_a_row_of_times_and_a_status_is_left_out_whatever_its_status(export):
    cleaned = export(response(), response(status="Complete"), response(role=f" {SPACE} "), response(often="Daily"))
    assert caught(cleaned) == {"answered_nothing": 3, "broke_off": 1}


def test_who_answered_in_words_alone_is_kept_and_the_words_are_not(export):
    cleaned = export(response(role="head of the one school in Eriskay"))
    assert accounted(cleaned.ledger)["kept"] == 1
    assert "role" not in cleaned.table and "role" not in cleaned.missing
    assert not cleaned.recodes["from"].str.contains("Eriskay").any()


def test_a_response_sent_twice_is_left_out_and_one_that_differs_in_its_words_is_not(export):
    twice = response(often="Daily", hinders="Line\nbreaks, \"quotes\"")
    assert caught(export(twice, twice, response(often="Daily", hinders="Nothing"))) == {"sent_twice": 1, "broke_off": 2}


def test_words_picked_stand_in_one_cell_in_any_order(export):
    cleaned = export(response(words="quick;Cool"), response(words="Other word(s):; cool"), response(often="Daily"))
    assert said(cleaned, "word_cool", "word_quick", "word_other") == [
        ["picked", "picked", "not_picked"], ["picked", "not_picked", "picked"], ["not_recorded"] * 3]


def test_a_word_that_was_not_on_the_list_is_refused(export):
    with pytest.raises(InputFault, match=r"'kwick' in 1 row \(first: row 4\): not declared .* did you mean 'quick'"):
        export(response(words="cool"), response(words="quick;cool"), response(words="cool;kwick"))


def test_daily_is_more_often_than_monthly(export):
    often = export(response(often="Less often than monthly"), response(often="Daily")).table["frequency"]
    assert (often.min(), often.max()) == ("seldom", "daily")


def test_a_response_submitted_before_it_was_started_is_set_aside(export):
    cleaned = export(response(often="Daily"), response(often="Daily", times=TIMES[::-1], role="a role"))
    assert cleaned.quarantine[["row", "column", "value", "rule"]].to_numpy().tolist() == [
        [3, "started, submitted", ", ".join(TIMES[::-1]), "in_order"]]
