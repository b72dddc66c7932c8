"""A family of the plan compared, end to end, on frames small enough to count."""

import numpy as np
import pandas as pd
import pytest
from inference.builders import family, loaded, repeated, study, table

from helpers.extracts import Loaded
from helpers.inference import compare_family, mantel_haenszel_difference, newcombe, stratified_theta, van_elteren
from helpers.inference.methods.proportions import Shares
from helpers.inference.rows import COLUMNS

THREE = repeated(
    "A leaving_care: 4 low, 2 high", "A at_home: 3 middle", "A kinship: 5 high",
    "B leaving_care: 3 low, 4 middle, 2 missing", "B kinship: 4 middle, 3 high, 1 missing",
    "C at_home: 2 low, 2 high", "C continuing_care: 3 high",
)


def compared(columns, **given):
    given = family(**given)
    return compare_family(study(given), given, loaded(table(**columns)))


def only(result):
    assert len(result.rows) == 1
    return result.rows.iloc[0]


def test_a_row_always_has_the_same_columns_in_the_same_order():
    result = compared(THREE, sensitivity=["pooled"])
    assert list(result.rows.columns) == COLUMNS
    assert list(result.sensitivity.columns) == ["analysis", *COLUMNS]
    assert list(result.by_partnership.columns) == ["partnership", *COLUMNS]


def test_an_ordinal_outcome_is_tested_by_van_elteren_with_theta_beside_it():
    # Partnership C has nobody leaving care.
    counts = np.array([[[4, 0, 2], [0, 3, 5]], [[3, 4, 0], [0, 4, 3]]])
    row = only(compared(THREE))
    assert row["test"] == "van Elteren, blocked permutation"
    assert row["statistic"] == pytest.approx(van_elteren(counts).z)
    theta = stratified_theta(counts)
    assert (row["effect_name"], row["effect"]) == ("theta", pytest.approx(theta.theta_cmh))
    assert (row["ci_low"], row["ci_high"]) == pytest.approx((theta.ci_cmh_low, theta.ci_cmh_high))
    assert 0 < row["p_value"] < 0.05
    assert row["p_adjusted"] == row["p_value"]


def test_missing_is_counted_by_group_and_never_ranked():
    row = only(compared(THREE))
    assert (row["n_group"], row["missing_group"]) == (13, 2)
    assert (row["n_reference"], row["missing_reference"]) == (19, 1)


def test_whom_the_question_was_never_put_to_is_not_missing():
    given = family()
    received = loaded(table(**THREE))
    kinds = pd.DataFrame(None, index=received.table.index, columns=received.table.columns, dtype="str")
    kinds.loc[received.table["level"].isna(), "level"] = ["not_asked", "not_recorded", "not_applicable"]
    result = compare_family(study(given), given, Loaded(received.table, kinds, received.codebook))
    assert (only(result)["missing_group"], only(result)["missing_reference"]) == (1, 0)
    assert result.counts.query("answer == 'missing'")["n"].sum() == 1


def test_a_partnership_that_adds_nothing_is_listed():
    row = only(compared(THREE))
    assert row["strata_used"] == 2
    assert row["note"] == "C: nothing added (one group only, or all answers alike)."


def test_the_order_of_the_rows_changes_nothing_but_the_draws():
    backwards = {name: values[::-1] for name, values in THREE.items()}
    there, back = only(compared(THREE)), only(compared(backwards))
    assert there.drop(["p_value", "p_adjusted"]).equals(back.drop(["p_value", "p_adjusted"]))
    assert there["p_value"] == pytest.approx(back["p_value"], abs=0.02)


def test_the_same_family_gives_the_same_frames_twice():
    once, twice = (compared(THREE, sensitivity=["pooled"]) for _ in range(2))
    for name in ("rows", "sensitivity", "by_partnership", "counts", "shares"):
        pd.testing.assert_frame_equal(getattr(once, name), getattr(twice, name))


def test_a_constant_outcome_is_not_estimable():
    row = only(compared(repeated(
        "A leaving_care: 6 high", "A at_home: 7 high", "B leaving_care: 6 low", "B at_home: 5 low")))
    assert np.isnan([row["p_value"], row["p_adjusted"], row["ci_low"]]).all()
    assert (row["test"], row["effect"], row["strata_used"]) == ("none", 0.5, 0)
    assert "Not estimable" in row["note"]


def test_groups_that_never_share_a_partnership_are_not_estimable():
    row = only(compared(repeated("A leaving_care: 6 high", "B at_home: 7 low")))
    assert np.isnan([row["p_value"], row["effect"], row["ci_low"]]).all()
    assert "Not estimable" in row["note"]


def test_complete_separation_has_a_permutation_p_and_no_interval():
    row = only(compared(repeated(
        "A leaving_care: 6 low", "A at_home: 7 high", "B leaving_care: 6 low", "B at_home: 7 middle")))
    assert (row["effect"], row["p_value"]) == (0.0, 1 / 501)
    assert np.isnan([row["ci_low"], row["ci_high"]]).all()
    assert "separation" in row["note"]


def test_fewer_than_five_in_a_group_have_an_exact_p_and_no_interval():
    row = only(compared(repeated(
        "A leaving_care: 2 low", "A at_home: 7 high, 1 low", "B leaving_care: 2 low", "B at_home: 7 middle")))
    assert row["p_value"] < 0.05
    assert np.isnan(row["ci_low"])
    assert "Fewer than 5" in row["note"]


def test_one_partnership_is_compared_by_brunner_munzel():
    row = only(compared(repeated("A leaving_care: 6 low, 3 high", "A at_home: 7 high, 2 low")))
    assert row["test"] == "Brunner-Munzel"
    assert 0 < row["ci_low"] < row["effect"] < row["ci_high"] < 1


def test_one_small_partnership_is_compared_by_the_exact_rank_sum():
    row = only(compared(repeated("A leaving_care: 3 low", "A at_home: 4 high")))
    assert (row["test"], row["p_value"]) == ("rank sum, exact", pytest.approx(1 / 35))


def test_a_binary_outcome_is_tested_by_cmh_with_the_risk_difference():
    columns = repeated(
        "A leaving_care: 15 yes, 12 no", "A at_home: 30 yes, 11 no",
        "B leaving_care: 9 yes, 9 no", "B at_home: 13 yes, 8 no")
    row = only(compared(columns))
    tables = np.array([[[15, 12], [30, 11]], [[9, 9], [13, 8]]])
    assert row["test"] == "Cochran-Mantel-Haenszel"
    assert row["effect_name"] == "risk difference"
    assert row["effect"] == pytest.approx(mantel_haenszel_difference(tables).effect)
    assert row["statistic"] < 0


def test_sparse_margins_make_it_exact_given_the_margins():
    columns = repeated(
        "A leaving_care: 1 yes, 12 no", "A at_home: 3 yes, 11 no",
        "B leaving_care: 9 yes, 9 no", "B at_home: 13 yes, 8 no")
    assert only(compared(columns))["test"] == "Cochran-Mantel-Haenszel, exact conditional"


def test_one_partnership_and_two_answers_are_fishers_mid_p_and_newcombe():
    columns = repeated("A leaving_care: 4 yes, 8 no", "A at_home: 9 yes, 3 no")
    row = only(compared(columns))
    assert row["test"] == "Fisher mid-p"
    assert (row["ci_low"], row["ci_high"]) == pytest.approx(newcombe(Shares(4, 12, 9, 12)))


def test_several_outcomes_are_adjusted_together_and_never_below_their_raw_p():
    rng = np.random.default_rng(0)
    columns = {"partnership": list("AB") * 40, "care_group": ["leaving_care"] * 30 + ["kinship"] * 50}
    columns |= {f"item_{k}": rng.choice(["low", "middle", "high"], 80) for k in range(5)}
    rows = compared(columns, outcomes=[f"item_{k}" for k in range(5)]).rows
    assert (rows["p_adjusted"] >= rows["p_value"]).all()
    assert (rows["p_adjusted"] > rows["p_value"]).any()


def test_several_contrasts_of_one_outcome_are_adjusted_together():
    contrasts = [{"group": "leaving_care", "reference": name} for name in ("at_home", "kinship")]
    rows = compared(THREE, contrasts=contrasts).rows
    assert rows["reference"].tolist() == ["at_home", "kinship"]
    assert (rows["p_adjusted"] >= rows["p_value"]).all()
    # At home meets leaving care in partnership A alone.
    assert rows["test"].tolist() == ["rank sum, exact", "van Elteren, blocked permutation"]


def test_a_family_outside_the_plan_says_so_in_every_row():
    outside = family(name="afterthought", exploratory=True)
    row = only(compare_family(study(family()), outside, loaded(table(**THREE))))
    assert row["note"].startswith("Exploratory: not in the plan fixed beforehand.")


def test_continuing_care_is_put_on_each_side_in_turn():
    result = compared(THREE, sensitivity=["continuing_care_as_group", "continuing_care_as_reference"])
    assert result.sensitivity["n_group"].tolist() == [13 + 3, 13]
    assert result.sensitivity["n_reference"].tolist() == [19, 19 + 3]
    assert result.sensitivity["strata_used"].tolist() == [3, 2]


def test_pooled_sets_partnerships_aside():
    result = compared(THREE, sensitivity=["pooled"])
    row = result.sensitivity.iloc[0]
    assert (row["analysis"], row["test"], row["n_reference"]) == ("pooled", "Brunner-Munzel", 19)


AGES = {
    "age": [15, 16, 17, None] * 9 + [16, 16],
    "age_group": ["under_16", "16_plus", "16_plus", None] * 9 + ["16_plus", "16_plus"],
}


@pytest.mark.parametrize("column", AGES)
def test_ages_16_and_over_leave_out_the_young_and_those_without_an_age(column):
    older = compared(THREE | {column: AGES[column]}, sensitivity=["ages_16_plus"]).sensitivity.iloc[0]
    expected = [group == "leaving_care" and age in (16, 17, "16_plus")
                for group, age in zip(THREE["care_group"], AGES[column], strict=True)]
    assert older["n_group"] + older["missing_group"] == sum(expected)


def test_nobody_of_16_or_over_leaves_a_row_that_says_so():
    older = compared(THREE | {"age": [9] * 38}, sensitivity=["ages_16_plus"]).sensitivity.iloc[0]
    assert np.isnan(older["p_value"])
    assert "Not estimable" in older["note"]


def test_another_column_can_say_who_is_compared():
    columns = {"partnership": list("AB") * 20, "good_relationship": ["yes"] * 24 + ["no"] * 14 + [None] * 2,
               "level": ["low", "high", "middle", "high", "high"] * 8}
    row = only(compared(columns, by="good_relationship", contrasts=[{"group": "yes", "reference": "no"}]))
    assert (row["n_group"], row["n_reference"]) == (24, 14)


def test_counts_hold_every_atom_once_zeros_included():
    counts = compared(THREE).counts
    assert list(counts.columns) == ["extract", "family", "outcome", "partnership", "group", "answer", "n"]
    assert len(counts) == 3 * 3 * 3  # partnerships × leaving care, at home, kinship × above, below, missing
    atoms = counts.set_index(["partnership", "group", "answer"])["n"]
    assert atoms["A", "leaving_care", "above"] == 2
    assert atoms["B", "leaving_care", "below"] == 7
    assert atoms["B", "kinship", "missing"] == 1
    assert atoms["C", "leaving_care", "above"] == 0
    assert counts["n"].sum() == 35  # everybody but continuing care


def test_partnerships_are_compared_on_two_categories_with_newcombes_interval():
    found = compared(THREE).by_partnership.set_index("partnership")
    assert found.loc["A", "effect"] == pytest.approx(2 / 6 - 5 / 8)
    assert (found.loc["A", "ci_low"], found.loc["A", "ci_high"]) == pytest.approx(newcombe(Shares(2, 6, 5, 8)))
    assert np.isnan(found.loc["C", "effect"])
    assert (found["p_adjusted"].dropna() >= found["p_value"].dropna()).all()


def test_shares_are_those_of_every_single_group_and_both_sides():
    shares = compared(THREE).shares.set_index("group")
    assert shares.index.tolist() == ["leaving_care", "at_home", "kinship", "looked_after"]
    assert (shares.loc["looked_after", "base"], shares.loc["looked_after", "share"]) == (19, pytest.approx(10 / 19))


def test_a_frame_weights_the_shares_but_not_the_test():
    given = family()
    frame = table(partnership=["A"] * 90 + ["B"] * 10, care_group=["kinship"] * 100)
    sample = loaded(table(**THREE))
    plain, weighted = (compare_family(study(given), given, sample, each) for each in (None, loaded(frame)))
    pd.testing.assert_frame_equal(plain.rows, weighted.rows)
    share = weighted.shares.set_index("group").loc["kinship", "share"]
    assert share == pytest.approx(0.9 * 5 / 5 + 0.1 * 3 / 7)


PAIRS = [{"name": "health", "first": "first", "second": "second"}]


def test_a_pair_on_an_ordered_scale_is_paired_dominance():
    columns = {"partnership": ["A"] * 6 + ["B"] * 4, "first": ["low"] * 5 + ["high", "middle", "low", None, "low"],
               "second": ["high"] * 4 + ["low", "middle", "middle", "middle", "low", None]}
    result = compared(columns, design="paired", pairs=PAIRS)
    row = only(result)
    assert (row["group"], row["reference"], row["outcome"]) == ("first", "second", "health")
    assert row["effect"] == pytest.approx((1 - 5) / 8)  # first higher once, second five times, of eight with both
    assert (row["n_group"], row["missing_group"], row["missing_reference"]) == (8, 1, 1)
    atoms = result.counts.set_index(["partnership", "answer"])["n"]
    assert atoms["A"].to_dict() == {"first_higher": 1, "same": 1, "second_higher": 4, "missing": 0}
    assert atoms["B"].to_dict() == {"first_higher": 0, "same": 1, "second_higher": 1, "missing": 2}


def test_a_pair_of_yes_and_no_is_mcnemar_with_tango():
    columns = {"partnership": ["A"] * 20, "first": ["yes"] * 9 + ["no"] * 11, "second": ["yes"] * 17 + ["no"] * 3}
    row = only(compared(columns, design="paired", pairs=PAIRS))
    assert (row["test"], row["effect"]) == ("McNemar mid-p", pytest.approx(-8 / 20))
    assert row["p_value"] == pytest.approx(2 * 0.5**8 - 0.5**8)


def test_pairs_that_are_all_tied_are_not_estimable():
    columns = {"partnership": ["A"] * 6, "first": ["low"] * 6, "second": ["low"] * 6}
    row = only(compared(columns, design="paired", pairs=PAIRS))
    assert np.isnan([row["p_value"], row["p_adjusted"], row["ci_low"]]).all()
    assert "tied" in row["note"]


def test_prevalence_without_a_frame_is_a_share_with_wilsons_interval():
    result = compared(THREE, design="prevalence", outcomes=["level"], population=["looked_after"])
    row = only(result)
    assert (row["group"], row["n_group"], row["missing_group"]) == ("looked_after", 19, 1)
    assert (row["effect_name"], row["effect"], row["test"]) == ("share", pytest.approx(10 / 19), "none")
    assert result.counts["n"].sum() == 20


def test_a_trend_has_a_row_a_series_and_counts_a_year():
    columns = {"partnership": list("AABB"), "year": [2018, 2020] * 2}
    columns |= {"kin": [10, 20, 30, 45], "all": [100, 100, 150, 150]}
    series = {"name": "kin", "title": "Kin", "parts": ["kin"], "total": ["all"]}
    result = compared(columns, design="trend", series=[series])
    row = only(result)
    assert (row["group"], row["reference"], row["n_group"]) == ("2020", "2018", 250)
    assert row["effect"] == pytest.approx(0.05)
    assert "recur" in row["note"]
    assert result.counts.set_index(["partnership", "group", "answer"]).loc[("B", "2020", "rest"), "n"] == 105
    assert result.by_partnership.empty
