"""The planted truths can be seen in the committed sample, by pandas and arithmetic alone."""

import pandas as pd
import pytest
from sample.reading import (
    AGREEMENT,
    CHANGE,
    FREQUENCY,
    LEAVING_CARE,
    LOOKED_AFTER,
    SAMPLE,
    dominance,
    plain,
    rating,
    theta_of,
)

FOR_LEAVERS = "How far do you agree with each statement about young people leaving care? | "
FOR_LOOKED_AFTER = "How far do you agree with each statement about children and young people who are looked after? | "
FOR_PROTECTION = "Thinking of child protection, how far do you agree? | "
FOR_PARENTING = "Thinking of corporate parenting, how far do you agree? | "


@pytest.fixture(scope="module")
def care(records) -> pd.Series:
    return records["Care type as recorded"]


@pytest.fixture(scope="module")
def levels(records, care):
    """Stratified theta of leavers against the looked after, or some of them, in one column."""
    def against(column: str, reference=tuple(LOOKED_AFTER), rows=None) -> float:
        rows = pd.Series(True, index=records.index) if rows is None else rows
        return theta_of(records, rating(records[column]), care.isin(LEAVING_CARE) & rows, care.isin(reference) & rows,
                        "Partnership")
    return against


@pytest.mark.parametrize("group", LOOKED_AFTER)
def test_leavers_are_rated_below_each_looked_after_group_also_at_16_and_over(levels, records, group):
    assert 0.27 < levels("2.1", [group]) < 0.38
    assert 0.25 < levels("2.1", [group], records["Age"] >= 16) < 0.42


def test_enough_looked_after_young_people_are_16_or_over_to_compare(records, care):
    of_16 = care[records["Age"] >= 16].value_counts()
    assert (of_16[LOOKED_AFTER] >= 20).all()


def test_nothing_is_seen_where_nothing_was_planted(levels):
    assert levels("2.1 Impact – respected") == pytest.approx(0.5, abs=0.05)
    assert levels("Chronology") == pytest.approx(0.5, abs=0.05)


def test_pooling_understates_the_gap_as_better_partnerships_have_more_leavers(records, care, levels):
    pooled = theta_of(records.assign(all="one"), rating(records["2.1"]), care.isin(LEAVING_CARE),
                      care.isin(LOOKED_AFTER), "all")
    assert pooled > levels("2.1") + 0.005


def test_practice_is_rated_lower_for_leavers(levels):
    assert max(levels(column) for column in ("5.3 Assessment", "5.3", "5.3 Reviews")) < 0.46


@pytest.mark.parametrize("group", LOOKED_AFTER[1:])
def test_children_at_home_improve_least(records, care, group):
    change = plain(records["1.1 Improvement – overall"]).map(CHANGE)
    assert theta_of(records, change, care == "Looked after at home", care == group, "Partnership") < 0.42


def test_seven_partnership_pages_can_show_their_headline(records, care):
    good = rating(records["2.1"]).dropna() >= 4
    for group in (LEAVING_CARE, LOOKED_AFTER):
        here = care.isin(group).loc[good.index]
        counts = pd.crosstab(records.loc[good.index, "Partnership"][here], good[here])
        assert (counts.drop("CPP_08").to_numpy() >= 5).all()


def test_most_children_are_kept_safe_and_about_half_of_leavers_supported(records, care, truths):
    low, high = truths["kept_safe"]["good_or_better"]
    assert low < (rating(records["2.1 Impact – safe"]).dropna() >= 4).mean() < high
    assert 0.45 < (rating(records.loc[care.isin(LEAVING_CARE), "2.10"]).dropna() >= 4).mean() < 0.65


def test_fewer_leavers_have_a_health_assessment_and_as_many_a_review_on_time(records, care):
    def share(column: str, group: list[str]) -> float:
        return (records.loc[care.isin(group), column].dropna() == "Yes").mean()

    assert share("Health assessment", LOOKED_AFTER) - share("Health assessment", LEAVING_CARE) > 0.10
    assert share("Reviewed on time", LEAVING_CARE) == pytest.approx(share("Reviewed on time", LOOKED_AFTER), abs=0.07)
    assert share("Pathway plan", [*LOOKED_AFTER, *LEAVING_CARE]) == pytest.approx(0.72, abs=0.07)
    assert 0.62 < share("In learning or work", LEAVING_CARE) < 0.82


def test_cumulative_harm_is_recognised_less_than_immediate_risk_and_less_at_16_and_over(records):
    def recognised(risk: str, rows) -> float:
        return (records.loc[rows, f"Risk – {risk}: recognised"].dropna() == "Yes").mean()

    everyone, from_16 = records["Age"] >= 0, records["Age"] >= 16
    for risk in ("domestic abuse", "sexual exploitation", "neglect"):
        assert recognised(risk, everyone) < recognised("immediate", everyone) - 0.05
        assert recognised(risk, from_16) < recognised(risk, ~from_16)


def test_staff_rate_leavers_lower_on_health_and_not_on_training(staff):
    def between(item: str) -> float:
        return dominance(*(plain(staff[f"{about}{item}"]).map(AGREEMENT) for about in (FOR_LEAVERS, FOR_LOOKED_AFTER)))

    assert between("They get the help they need with their health and wellbeing") < -0.15
    assert between("My training equips me to support them") == pytest.approx(0, abs=0.03)


def test_staff_rate_corporate_parenting_lower_and_know_less_of_it(staff):
    parenting, protection = (plain(staff[f"{about}Governance and accountability are clear"])
                             for about in (FOR_PARENTING, FOR_PROTECTION))
    assert dominance(parenting.map(AGREEMENT), protection.map(AGREEMENT)) == pytest.approx(-0.25, abs=0.04)
    unknown = ["don't know", "dk", "dont know", "don’t know"]
    assert parenting.isin(unknown).mean() > protection.isin(unknown).mean() + 0.1


def test_most_staff_say_that_child_protection_improved_in_six_or_seven_partnerships(staff):
    said = plain(staff[f"{FOR_PROTECTION}Leadership has improved over the last two years"]).map(AGREEMENT).dropna()
    agrees = (said >= 3).groupby(staff.loc[said.index, "Which partnership area do you work in? | Response"]).mean()
    assert 6 <= (agrees > 0.5).sum() <= 7
    assert agrees["CPP_07"] < 0.5


def test_leavers_say_that_they_feel_included_less_often_as_bright_spots_found(young_people):
    included = plain(young_people["Q4_8"]).map(FREQUENCY)
    low = (included.dropna() <= 2).groupby(young_people["Q2"] == "I have left care").mean()
    assert low[True] == pytest.approx(0.29, abs=0.05)
    assert low[False] == pytest.approx(0.17, abs=0.04)


def test_good_relationships_go_with_satisfaction(young_people):
    satisfied = plain(young_people["Q8"]).isin(["high", "very high"])
    by_relationship = satisfied.groupby(young_people["Q7"]).mean()
    assert by_relationship["Yes"] > by_relationship["No"] + 0.1


def test_parents_of_looked_after_children_answer_as_the_others_do():
    table = pd.read_csv(SAMPLE / "parents_survey.csv", encoding="utf-8-sig").drop_duplicates()
    outside = table["Where does the child live?"] == "At home, not looked after"
    for item in ("Staff listen to me", "I am kept informed", "The child gets the right help"):
        answers = plain(table[item]).map(FREQUENCY)
        assert theta_of(table, answers, ~outside, outside, "Partnership") == pytest.approx(0.5, abs=0.08)


def test_kinship_and_community_grow_and_out_of_area_falls():
    table = pd.read_csv(SAMPLE / "annual_return.csv", sep=";", encoding="cp1252")
    by_year = table.groupby("Year (31 July)").sum(numeric_only=True)
    places = by_year[["At home with parents", "Kinship carers", "Foster carers",
                      "Prospective adopters and other community", "Residential – all"]]
    share = places.div(places.sum(axis=1), axis=0)
    assert share["Kinship carers"].is_monotonic_increasing
    assert share.loc[2020, "Kinship carers"] == pytest.approx(0.31, abs=0.02)  # table 3.1: 30.8%
    assert share["Residential – all"].is_monotonic_decreasing
    assert (by_year["Of all placements: out of area"] / places.sum(axis=1)).is_monotonic_decreasing
    receiving = by_year["Receiving aftercare"] / by_year["Eligible for aftercare"]
    assert receiving[2019] == pytest.approx(0.58, abs=0.015)
    assert receiving[2020] == pytest.approx(0.57, abs=0.015)


def test_the_frame_has_the_national_mix_of_placements(frame):
    kinds = frame.loc[frame["Legal basis"] != "None", "Placement type"]
    assert kinds.eq("At home with parents").mean() == pytest.approx(3563 / 14458, abs=0.01)
    assert kinds.str.contains("kinship").mean() == pytest.approx(4456 / 14458, abs=0.01)
    assert kinds.str.contains("Foster").mean() == pytest.approx((3315 + 1429) / 14458, abs=0.02)
