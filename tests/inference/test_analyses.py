"""Each other analysis of a family: what it changes, and that it changes nothing else."""

import numpy as np
import pandas as pd
import pytest
from inference.builders import GROUPS, family, loaded, repeated, study, table
from scipy import stats

from helpers.inference import (
    ANALYSES,
    McNemar,
    adjusted,
    boschloo,
    brunner_munzel,
    compare_family,
    conditional_exact,
    fisher_exact,
    rank_sum,
    signed_rank,
    stratified_theta,
    van_elteren_exact,
)
from helpers.inference.rows import NO_DIFFERENCE
from helpers.study import Family, InputFault

LEVELS = ["low", "middle", "high"]
THREE = repeated(
    "A leaving_care: 7 low, 2 high, 1 missing", "A at_home: 3 middle, 2 low, 1 missing", "A kinship: 5 high, 3 low",
    "B leaving_care: 3 low, 4 middle, 2 missing", "B kinship: 4 middle, 3 high, 1 missing", "B at_home: 6 high",
    "C at_home: 2 low, 2 high", "C leaving_care: 3 low, 1 middle", "C continuing_care: 3 high",
)


def result(columns=THREE, *, frame=None, groups=GROUPS, **given):
    given = family(**({"sensitivity": ["all"]} | given))
    return compare_family(study(given, groups=groups), given, loaded(table(**columns)), frame)


def only(analysis, columns=THREE, **given):
    rows = result(columns, sensitivity=[analysis], **given).sensitivity
    assert set(rows["analysis"]) == {analysis}
    return rows.iloc[0] if len(rows) == 1 else rows


def counts_of(columns, group=("leaving_care",), reference=("at_home", "kinship"), outcome="level", levels=LEVELS):
    frame = pd.DataFrame(columns)
    here = {place: frame[frame["partnership"] == place] for place in sorted(set(frame["partnership"]))}
    return np.array([[[(rows["care_group"].isin(side) & (rows[outcome] == level)).sum() for level in levels]
                      for side in (group, reference)] for rows in here.values()])


def test_all_stands_for_every_analysis_that_suits_the_data():
    assert set(result().sensitivity["analysis"]) == set(ANALYSES) - {"ages_16_plus", "age_adjusted", "unweighted"}
    aged = THREE | {"age": [10 + place % 12 for place in range(len(THREE["level"]))]}
    assert set(result(aged).sensitivity["analysis"]) == set(ANALYSES) - {"unweighted"}


def test_a_family_that_names_no_analysis_gets_every_one():
    given = family().model_dump()
    del given["sensitivity"]
    assert family(**given).sensitivity == []  # the builder's own
    assert Family.model_validate(given).sensitivity == ["all"]


def test_no_analysis_changes_the_main_rows():
    pd.testing.assert_frame_equal(result().rows, result(sensitivity=[]).rows)


def test_each_group_by_itself_is_a_comparison_with_every_member_of_the_set():
    rows = only("each_group")
    assert list(rows["reference"]) == ["at_home", "kinship"]
    alone = stratified_theta(counts_of(THREE, reference=["kinship"])[:2])
    assert rows["effect"].iloc[1] == pytest.approx(alone.theta_cmh)
    assert (rows["p_adjusted"] >= rows["p_value"]).all()


@pytest.mark.parametrize(("analysis", "own", "other"), [("missing_lowest", "low", "high"),
                                                        ("missing_highest", "high", "low")])
def test_the_extremes_put_missing_answers_on_the_ends_of_the_scale(analysis, own, other):
    row, main = only(analysis), result(sensitivity=[]).rows.iloc[0]
    frame = pd.DataFrame(THREE)
    ends = np.where(frame["care_group"] == "leaving_care", own, other)
    filled = frame.assign(level=frame["level"].fillna(pd.Series(ends)))
    assert row["effect"] == pytest.approx(stratified_theta(counts_of(filled)).theta_cmh)
    assert (row["n_group"], row["missing_group"]) == (main["n_group"], main["missing_group"]) == (20, 3)


def test_the_extremes_hold_the_main_estimate_and_the_imputed_one_between_them():
    found = result().sensitivity.set_index("analysis")["effect"]
    main = result(sensitivity=[]).rows["effect"].iloc[0]
    for effect in (main, found["imputed"]):
        assert found["missing_lowest"] <= effect <= found["missing_highest"]


def test_where_nothing_is_missing_imputing_changes_nothing_but_the_degrees_of_freedom():
    complete = {name: [value for value, level in zip(values, THREE["level"], strict=True) if level]
                for name, values in THREE.items()}
    row, main = only("imputed", complete), result(complete, sensitivity=[]).rows.iloc[0]
    assert row["effect"] == pytest.approx(main["effect"])
    assert row["ci_low"] < main["ci_low"]  # t instead of the normal curve


def test_beyond_these_partnerships_is_a_t_test_of_their_thetas():
    thetas = stratified_theta(counts_of(THREE)).theta
    other = stats.ttest_1samp(thetas, 0.5)
    row = only("beyond_partnerships")
    assert (row["effect"], row["p_value"]) == pytest.approx((thetas.mean(), other.pvalue))
    assert row["strata_used"] == 3


def test_another_test_over_strata_is_van_elterens_exact_p_value():
    row = only("other_test")
    exact = van_elteren_exact(counts_of(THREE)).p_exact_two_sided
    assert row["p_value"] - 5e-4 <= exact <= row["p_value"]
    assert row["test"] == "van Elteren, exact"
    assert row["effect"] == result(sensitivity=[]).rows["effect"].iloc[0]


def test_another_test_in_one_stratum_is_mann_whitney():
    one = THREE | {"partnership": ["A"] * len(THREE["level"])}
    counts = counts_of(one)[0]
    assert result(one, sensitivity=[]).rows["p_value"].iloc[0] == pytest.approx(brunner_munzel(counts).p_two_sided)
    assert only("other_test", one)["p_value"] == pytest.approx(rank_sum(counts).p_two_sided)


YES_NO = THREE | {"level": [{"low": "no", "middle": "yes", "high": "yes"}.get(level) for level in THREE["level"]]}


def tables(columns):
    return counts_of(columns, levels=["yes", "no"])


def test_another_test_of_two_categories_is_the_one_that_was_not_chosen():
    main, row = result(YES_NO, sensitivity=[]).rows.iloc[0], only("other_test", YES_NO)
    assert main["test"] == "Cochran-Mantel-Haenszel, exact conditional"
    assert row["test"] == "Cochran-Mantel-Haenszel"
    many = {name: values * 8 for name, values in YES_NO.items()}
    main, row = result(many, sensitivity=[]).rows.iloc[0], only("other_test", many)
    assert main["test"] == "Cochran-Mantel-Haenszel"
    assert row["p_value"] == pytest.approx(conditional_exact(tables(many)).p_exact_two_sided)


def test_another_test_of_one_table_is_boschloos_below_a_hundred_and_fishers_above():
    one = YES_NO | {"partnership": ["A"] * len(YES_NO["level"])}
    table_of = tables(one)[0]
    assert only("other_test", one)["p_value"] == pytest.approx(boschloo(table_of).p_exact_two_sided_doubled)
    many = {name: values * 3 for name, values in one.items()}
    assert only("other_test", many)["p_value"] == pytest.approx(fisher_exact(tables(many)[0]).p_exact_two_sided)


PAIRED = {"partnership": ["A", "B"] * 15, "first": ["low", "middle", "high", "low", "low", None] * 5,
          "second": ["middle", "middle", "low", "high", "high", "high"] * 5}


def paired(columns, analysis):
    return only(analysis, columns, design="paired", pairs=[{"name": "pair", "first": "first", "second": "second"}])


def test_another_test_of_a_pair_is_pratts_signed_rank():
    codes = pd.DataFrame(PAIRED)[["first", "second"]].dropna().replace({"low": 0, "middle": 1, "high": 2}).astype(int)
    other = signed_rank((codes["first"] - codes["second"]).to_numpy())
    assert paired(PAIRED, "other_test")["p_value"] == pytest.approx(other.p_two_sided)


def test_another_test_of_a_pair_of_yes_and_no_is_mcnemars_exact_one():
    columns = {"partnership": ["A", "B"] * 10, "first": ["no", "no", "yes", "no"] * 5,
               "second": ["yes", "no", "no", "yes"] * 5}
    assert paired(columns, "other_test")["p_value"] == pytest.approx(McNemar(5, 10).p_exact_two_sided)


def test_the_extremes_of_a_pair_put_a_missing_first_answer_lowest_and_highest():
    low, high = paired(PAIRED, "missing_lowest"), paired(PAIRED, "missing_highest")
    # Five first answers are missing beside "high": lowest loses all five, highest ties them.
    main = paired(PAIRED, "beyond_partnerships")
    assert low["effect"] == pytest.approx((5 - 20) / 30)
    assert high["effect"] == pytest.approx((5 - 15) / 30)
    assert low["n_group"] == high["n_group"] == main["n_group"] == 25


def test_a_pair_is_imputed_from_the_other_answer():
    row = paired(PAIRED, "imputed")
    assert paired(PAIRED, "missing_lowest")["effect"] <= row["effect"] <= paired(PAIRED, "missing_highest")["effect"]


def test_age_adjusted_is_the_model_standardised_over_those_compared():
    rng = np.random.default_rng(1)
    group = rng.choice(["leaving_care", "at_home", "kinship"], 300)
    age = np.where(group == "leaving_care", rng.integers(14, 20, 300), rng.integers(5, 18, 300))
    level = np.array(LEVELS)[np.clip(2 - (age // 8) + rng.integers(-1, 2, 300), 0, 2)]
    columns = {"partnership": rng.choice(["A", "B"], 300), "care_group": group, "age": age, "level": level}
    row = only("age_adjusted", columns)
    decades = (age - 12) / 10
    other = adjusted(pd.Categorical(level, LEVELS).codes.astype(int), group == "leaving_care",
                     (columns["partnership"] == "B").astype(int), np.column_stack([decades, decades**2]), levels=3)
    assert (row["effect"], row["p_value"]) == pytest.approx((other.effect, other.p_value), rel=1e-6)
    checks = result(columns, sensitivity=["age_adjusted"]).checks.set_index("question")
    assert checks.loc["odds_ratio", "estimate"] == pytest.approx(other.odds_ratio)
    assert checks.loc["proportional_odds", "p_value"] == pytest.approx(other.po_p)


def share_family(**given):
    return {"design": "prevalence", "outcomes": ["level"], "population": ["looked_after"]} | given


def test_a_share_has_bounds_from_nobody_missing_to_everybody():
    # Looked after: 10 of 25 high (five plus three plus six less...), counted here from the rows themselves.
    frame = pd.DataFrame(THREE)
    here = frame[frame["care_group"].isin(["at_home", "kinship"])]
    high, missing = (here["level"] == "high").sum(), here["level"].isna().sum()
    rows = result(**share_family()).sensitivity.set_index("analysis")
    assert rows.loc["missing_lowest", "effect"] == pytest.approx(high / len(here))
    assert rows.loc["missing_highest", "effect"] == pytest.approx((high + missing) / len(here))
    assert rows["p_value"].isna().all()


def test_a_weighted_share_stands_beside_the_plain_one():
    frame = loaded(table(partnership=["A"] * 40 + ["B"] * 90, care_group=["at_home", "kinship"] * 65))
    found = result(frame=frame, **share_family())
    plain = found.sensitivity.set_index("analysis").loc["unweighted", "effect"]
    here = pd.DataFrame(THREE).dropna()
    here = here[here["care_group"].isin(["at_home", "kinship"])]
    assert plain == pytest.approx((here["level"] == "high").mean())
    assert found.rows["effect"].iloc[0] != pytest.approx(plain)


def test_an_analysis_keeps_the_effect_of_its_family_so_that_all_can_stand_on_one_axis():
    for columns in (THREE, YES_NO):
        found = result(columns)
        assert set(found.sensitivity["effect_name"]) == set(found.rows["effect_name"]) <= set(NO_DIFFERENCE)


@pytest.mark.parametrize(("analysis", "given", "words"), [
    ("unweighted", {}, "sensitivity 'unweighted' needs shares that are weighted to a sampling frame"),
    ("each_group", {"contrasts": [{"group": "leaving_care", "reference": "kinship"}]},
     "sensitivity 'each_group': no side of a contrast is made of several groups"),
    ("age_adjusted", {}, "sensitivity 'age_adjusted': case_records has neither 'age' nor 'age_group'"),
    ("other_test", share_family(), "sensitivity 'other_test' needs two groups or two answers that are tested"),
])
def test_an_analysis_that_does_not_suit_is_refused_where_the_plan_names_it(analysis, given, words):
    with pytest.raises(InputFault, match=words):
        only(analysis, **given)


def test_large_strata_are_tested_by_the_normal_curve_where_an_exact_p_value_would_take_minutes():
    rng = np.random.default_rng(2)
    many = {"partnership": np.repeat(["A", "B"], 1500), "care_group": rng.choice(["leaving_care", "at_home"], 3000),
            "level": rng.choice(LEVELS, 3000)}
    row = only("other_test", many)
    assert row["test"] == "van Elteren, normal"
