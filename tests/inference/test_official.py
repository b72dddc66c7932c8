"""Questions put to published tables."""

import pandas as pd
import pytest
from inference.builders import family
from scipy import stats

from helpers.inference import official_tests
from helpers.study import InputFault, OfficialTest, Plan

# Continuing care by last placement, Scotland 2022-23 (gov.scot, Children's Social Work Statistics 2022-23).
COUNTS = {"kinship": (49, 287), "foster": (121, 146), "residential": (91, 217)}
SOURCE = "https://gov.scot/publications/childrens-social-work-statistics-2022-23-looked-after-children/pages/continuing-care"


def published(counts=COUNTS):
    rows = [("care", row, column, n, "young people", SOURCE, "") for row, pair in counts.items()
            for column, n in zip(("entered", "did_not_enter"), pair, strict=True)]
    rows.append(("care", "kinship", "entered_share", 15, "percent", SOURCE, ""))
    return pd.DataFrame(rows, columns=["table", "row", "column", "value", "unit", "source", "note"])


def asked(**given):
    question = {"name": "care", "question": "?", "table": "care", "kind": "two_way", "rows": list(COUNTS),
                "columns": ["entered", "did_not_enter"], "event": "entered", "caveat": "C."} | given
    plan = Plan(fixed_on="2020-01-01", seed=1, families=[family()], official=[OfficialTest.model_validate(question)])
    return official_tests(plan, {"care": published()})


def test_a_table_of_several_rows_has_chi_square_and_cramers_v():
    found, other = asked().tests.iloc[0], stats.chi2_contingency(list(COUNTS.values()), correction=False)
    assert (found["statistic"], found["df"], found["p_value"]) == pytest.approx((other.statistic, 2, other.pvalue))
    assert found["effect_name"] == "Cramér's V"
    assert found["effect"] == pytest.approx((other.statistic / 911) ** 0.5)
    assert found["ci_low"] < found["effect"] < found["ci_high"]
    assert (found["n"], found["source"]) == (911, SOURCE)


def test_every_row_has_its_share_with_wilsons_interval():
    shares = asked().shares.set_index("row")
    assert shares["share"].round(2).to_dict() == {"kinship": 0.15, "foster": 0.45, "residential": 0.30}  # as printed
    interval = stats.binomtest(49, 336).proportion_ci(method="wilson")
    assert (shares.loc["kinship", "ci_low"], shares.loc["kinship", "ci_high"]) == pytest.approx(tuple(interval))


def test_two_rows_have_the_difference_of_their_shares_the_first_less_the_second():
    found = asked(rows=["foster", "kinship"]).tests.iloc[0]
    assert found["effect_name"] == "risk difference"
    assert found["effect"] == pytest.approx(121 / 267 - 49 / 336)


def test_rows_in_order_are_asked_for_a_trend():
    found = asked(kind="trend").tests.iloc[0]
    assert found["test"] == "linear trend"
    assert found["effect"] == pytest.approx(91 / 308 - 49 / 336)
    assert found["statistic"] > 0


def test_without_an_event_there_are_no_shares():
    assert asked(event=None).shares.empty


PLACE = "plan.toml, official 'care': "


@pytest.mark.parametrize(("given", "sentence"), [
    ({"table": "cares"}, "no published table 'cares'; did you mean 'care'?"),
    ({"rows": ["kinship", "fosters"]}, "care.csv has no row 'fosters'; did you mean 'foster'?"),
    ({"columns": ["entered", "left"]}, "care.csv has no column 'left'; known: entered, did_not_enter, entered_share."),
    ({"event": "enter"}, "the event 'enter' is none of its columns; did you mean 'entered'?"),
    ({"kind": "trend", "event": None}, "a trend needs an event and three rows in order; add them, or make it two_way."),
    ({"rows": ["kinship"]}, "one row or column has nothing to be compared with; name at least two of each."),
    ({"rows": ["kinship", "foster"], "columns": ["entered", "entered_share"]},
     "care.csv has no single count for row 'kinship', column 'entered_share'; give one, or ask a question that does "
     "without it."),
])
def test_a_question_that_the_table_cannot_answer_is_refused(given, sentence):
    with pytest.raises(InputFault) as caught:
        asked(**given)
    assert PLACE + sentence in caught.value.faults
