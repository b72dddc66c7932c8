"""Published sentences judged: each rule supported, contradicted and not settled."""

import numpy as np
import pandas as pd
import pytest
from inference.builders import family, study

from helpers.inference import Results, judge
from helpers.inference.rows import Row, as_frame
from helpers.study import Claim, InputFault

NAN = float("nan")
CONTRASTS = [{"group": "leaving_care", "reference": name} for name in ("at_home", "kinship")]


def row(effect=0.4, low=0.3, high=0.45, p=0.01, *, name="theta", group="leaving_care", reference="kinship", z=1.0):
    return Row("wellbeing", "level", "ordinal", "independent", group, reference, 50, 90, 1, 2, test="a test",
               statistic=z, p_value=p, p_adjusted=p, effect_name=name, effect=effect, ci_low=low, ci_high=high,
               strata_used=3)


def share(effect, low, high):
    return row(effect, low, high, NAN, name="share", group="everyone", reference="")


def judged(rule, rows, *, older=(), areas=(), given=None, **claim):
    claim = Claim.model_validate({"name": "it", "sentence": "S.", "source": "Account", "rule": rule, "caveat": "C.",
                                  "family": "wellbeing", "outcome": "level"} | claim)
    the_study = study(given or family(contrasts=CONTRASTS), claims=[claim], partnerships="ABCD")
    results = Results(as_frame(rows), as_frame(older, analysis=["ages_16_plus"] * len(older)),
                      as_frame(areas, partnership=list("ABCD")[:len(areas)]), pd.DataFrame(), pd.DataFrame())
    return judge(the_study, results).iloc[0]


WORSE = [row(reference="at_home"), row(0.42, 0.35, 0.49, 0.03, reference="kinship")]
UNCLEAR = [row(reference="at_home"), row(0.47, 0.40, 0.54, 0.40, reference="kinship")]
BETTER = [row(reference="at_home"), row(0.60, 0.53, 0.67, 0.01, reference="kinship")]


@pytest.mark.parametrize(
    ("rows", "verdict"), [(WORSE, "supported"), (UNCLEAR, "not settled"), (BETTER, "contradicted")])
def test_worse_than_each_needs_every_comparison_and_falls_with_one_that_is_better(rows, verdict):
    assert judged("worse_than_each", rows)["verdict"] == verdict


def test_the_estimate_beside_worse_than_each_is_the_least_clear_one():
    found = judged("worse_than_each", WORSE)
    assert (found["effect"], found["ci_high"]) == (0.42, 0.49)
    assert found["reason"] == (
        "Lower in 2 of 2 comparisons; the least clear, leaving care against kinship care: a chance of 0.42 of being "
        "rated higher (95% interval 0.35 to 0.49; 0.50 is no difference).")


OLDER = {"crosses": UNCLEAR, "points the other way": BETTER, "is missing": WORSE[:1],
         "is not estimable": [row(reference="at_home"), row(0.3, NAN, NAN, reference="kinship")]}


@pytest.mark.parametrize("older", OLDER.values(), ids=OLDER)
def test_a_claim_with_an_age_guard_is_not_settled_where_ages_16_and_over_do_not_agree(older):
    found = judged("worse_than_each", WORSE, older=older, age_guard=True)
    assert found["verdict"] == "not settled"
    assert "age may explain it" in found["reason"]


def test_a_claim_with_an_age_guard_is_supported_where_ages_16_and_over_agree():
    found = judged("worse_than_each", WORSE, older=WORSE, age_guard=True)
    assert found["verdict"] == "supported"
    assert "and so among ages 16 and over" in found["reason"]


def test_what_is_not_estimable_supports_nothing_and_contradicts_nothing():
    nothing = [row(NAN, NAN, NAN, NAN, reference=name) for name in ("at_home", "kinship")]
    found = judged("worse_than_each", nothing)
    assert found["verdict"] == "not settled"
    assert "not estimable" in found["reason"]


@pytest.mark.parametrize(
    ("bounds", "verdict"), [((0.51, 0.7), "supported"), ((0.3, 0.49), "contradicted"), ((0.45, 0.6), "not settled")])
def test_a_majority_has_its_lower_bound_above_the_threshold(bounds, verdict):
    assert judged("majority", [share(0.5, *bounds)], threshold=0.5)["verdict"] == verdict


@pytest.mark.parametrize(
    ("bounds", "verdict"), [((0.5, 0.94), "supported"), ((0.96, 0.99), "contradicted"), ((0.9, 0.97), "not settled")])
def test_not_all_has_its_upper_bound_below_what_would_count_as_all(bounds, verdict):
    assert judged("not_all", [share(0.9, *bounds)], threshold=0.95)["verdict"] == verdict


@pytest.mark.parametrize(("bounds", "verdict", "words"), [
    ((-0.20, -0.06), "supported", "beyond the margin of 0.05"),
    ((-0.04, 0.03), "contradicted", "short of the margin of 0.05"),
    ((-0.12, -0.02), "not settled", "on both sides of the margin"),
])
def test_less_well_is_beyond_the_margin_that_was_fixed_beforehand(bounds, verdict, words):
    found = judged("less_well", [row(-0.1, *bounds, name="D")])
    assert found["verdict"] == verdict
    assert words in found["reason"]


def test_less_well_measures_theta_from_one_half():
    assert judged("less_well", [row(0.4, 0.36, 0.44)])["verdict"] == "supported"
    assert judged("less_well", [row(0.4, 0.36, 0.46)])["verdict"] == "not settled"


@pytest.mark.parametrize(("lows", "verdict"), [
    ([0.6, 0.6, 0.6, 0.4], "supported"), ([0.6, 0.6, 0.4, 0.4], "not settled"), ([0.6, 0.6, 0.6], "supported"),
    ([0.6, 0.4, 0.2, 0.2], "contradicted"),
])
def test_a_majority_of_partnerships_counts_those_of_the_study(lows, verdict):
    areas = [share(low + 0.1, low, low + 0.25) for low in lows]
    found = judged("majority_of_partnerships", [share(0.6, 0.55, 0.65)], areas=areas, threshold=0.5)
    assert found["verdict"] == verdict
    assert f"{sum(low > 0.5 for low in lows)} of 4 partnerships" in found["reason"]


def year(effect, low, high, p, z):
    return row(effect, low, high, p, name="share a year", group="2020", reference="2017", z=z)


@pytest.mark.parametrize(("rows", "rising", "falling"), [
    (year(0.01, 0.005, 0.015, 0.001, 4.0), "supported", "contradicted"),
    (year(-0.01, -0.015, -0.005, 0.001, -4.0), "contradicted", "supported"),
    (year(0.01, -0.005, 0.025, 0.001, 4.0), "not settled", "not settled"),
    (year(0.01, 0.005, 0.015, 0.2, 1.2), "not settled", "not settled"),
], ids=["up", "down", "interval crosses", "test does not reject"])
def test_a_trend_needs_test_and_interval(rows, rising, falling):
    assert judged("rising", [rows])["verdict"] == rising
    assert judged("falling", [rows])["verdict"] == falling


@pytest.mark.parametrize(("bounds", "p", "verdict"), [
    ((0.55, 0.7), 0.01, "supported"), ((0.3, 0.45), 0.01, "contradicted"), ((0.45, 0.7), 0.2, "not settled")])
def test_an_association_is_called_one_and_no_cause(bounds, p, verdict):
    found = judged("associated", [row(0.6, *bounds, p)])
    assert found["verdict"] == verdict
    assert "an association, not a cause" in found["reason"]


def test_an_interval_that_is_missing_is_said_to_be():
    assert "(interval not estimable)" in judged("majority", [share(0.6, NAN, NAN)], threshold=0.5)["reason"]


def test_no_reason_says_how_many_people_stand_behind_it():
    assert not any(number in judged("worse_than_each", WORSE)["reason"].split() for number in ("50", "90"))


def test_no_verdict_or_reason_says_proved():
    assert "prove" not in " ".join(map(str, judged("worse_than_each", WORSE))).lower()


@pytest.mark.parametrize(("rule", "rows", "given", "sentence"), [
    ("majority", [share(0.5, 0.4, 0.6)], {},
     "claim 'it': the rule 'majority' needs a threshold; add threshold = 0.5, or another share."),
    ("rising", [row()], {}, "claim 'it': the rule 'rising' cannot judge a theta; it needs one of: share a year."),
    ("less_well", WORSE, {},
     "claim 'it': the rule 'less_well' rests on one comparison and 'wellbeing' has 2 of 'level'; "
     "choose a family with one."),
    ("majority", [], {"threshold": 0.5},
     "claim 'it': family 'wellbeing' compares no 'level'; name one of its outcomes."),
])
def test_a_claim_that_cannot_be_judged_is_refused(rule, rows, given, sentence):
    with pytest.raises(InputFault) as caught:
        judged(rule, rows, **given)
    assert caught.value.faults == [f"study/plan.toml, {sentence}"]


def test_a_verdict_has_the_columns_that_protection_and_pages_expect():
    found = judged("worse_than_each", WORSE)
    assert found.index.tolist() == [
        "claim", "sentence", "source", "rule", "verdict", "reason", "caveat", "family", "outcome", "effect_name",
        "effect", "ci_low", "ci_high"]
    assert np.isfinite(found["effect"])
