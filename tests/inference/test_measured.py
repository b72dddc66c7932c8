"""Counts and measurements compared within strata: Welch's interval, the permutation of values, and families of them."""

from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from inference.builders import family, loaded, study, table
from scipy import stats

from helpers.extracts import Loaded
from helpers.inference import compare_family, hedges_g
from helpers.inference.measured import mean_difference

RNG = np.random.default_rng(8)


def moves(**given):
    """Three places of unequal size; those leaving care have moved more often by two."""
    group = np.repeat(["leaving_care", "at_home"] * 3, [9, 14, 6, 20, 12, 8])
    place = np.repeat(["A", "B", "C"], [23, 26, 20])
    many = RNG.poisson(np.where(group == "leaving_care", 5, 3) + (place == "B"))
    family_of = family(outcomes=["moves"], margin=0.8, **given)
    return family_of, table(partnership=place, care_group=group, moves=many)


def sides(frame):
    return [frame["moves"][frame["care_group"] == name].to_numpy(float) for name in ("leaving_care", "at_home")]


def test_one_stratum_is_welchs_interval():
    values, who = RNG.normal(size=30) * np.repeat([1, 3], 15), np.repeat([True, False], 15)
    found = mean_difference(values, who, ~who, np.zeros(30, dtype=int), confidence=0.95)
    interval = stats.ttest_ind(values[who], values[~who], equal_var=False).confidence_interval(0.95)
    assert (found.ci_low, found.ci_high) == pytest.approx((interval.low, interval.high))


def test_strata_are_weighted_by_nm_over_n_as_the_permuted_sum_is():
    family_of, frame = moves()
    row = compare_family(study(family_of), family_of, loaded(frame)).rows.iloc[0]
    parts = []
    for _, here in frame.groupby("partnership"):
        first, second = sides(here)
        parts.append((first.mean() - second.mean(), len(first) * len(second) / len(here)))
    difference, weight = np.array(parts).T
    assert row["effect"] == pytest.approx(difference @ weight / weight.sum())
    assert row["effect_name"] == "mean difference"
    assert row["ci_low"] < row["effect"] < row["ci_high"]
    assert row["note"] == f"Hedges' g over all partnerships {hedges_g(*sides(frame)).effect:.2f}."


def test_the_permutation_p_value_is_that_of_trying_every_relabelling():
    # Two strata of three and four: 3 x 6 relabellings, the within-stratum mean differences weighted n m / N.
    values = [2, 5, 9, 1, 1, 4, 8]
    frame = table(partnership=list("AAABBBB"), care_group=["leaving_care", "at_home", "at_home", "at_home", "at_home",
                                                           "leaving_care", "leaving_care"], moves=values)
    family_of = family(outcomes=["moves"], margin=0.8)
    row = compare_family(study(family_of, permutations=40_000), family_of, loaded(frame)).rows.iloc[0]
    centred = np.array(values, dtype=float) - np.repeat([np.mean(values[:3]), np.mean(values[3:])], [3, 4])
    sums = [centred[one] + centred[3 + np.array(two)].sum()
            for one in range(3) for two in combinations(range(4), 2)]
    observed = centred[0] + centred[5] + centred[6]
    exact = np.mean(np.abs(sums) >= abs(observed) - 1e-9)
    assert row["p_value"] == pytest.approx(exact, abs=4 * np.sqrt(exact * (1 - exact) / 40_000))


def test_decimals_that_floating_point_makes_unequal_are_ties():
    frame = table(partnership=["A"] * 12, care_group=["leaving_care", "at_home"] * 6, moves=[1] * 12)
    frame["moves"] = np.where(np.arange(12) % 2 == 0, 0.1 + 0.2, 0.3)
    family_of = family(outcomes=["moves"])
    book = loaded(table(partnership=["A"], care_group=["at_home"], moves=[1])).codebook
    row = compare_family(study(family_of), family_of, Loaded(frame, frame.isna(), book)).rows.iloc[0]
    assert np.isnan(row["p_value"]) or row["p_value"] == 1.0


def test_a_family_of_measurements_has_every_analysis_that_suits_it_and_no_published_counts():
    family_of, frame = moves(sensitivity=["all"])
    result = compare_family(study(family_of), family_of, loaded(frame))
    assert set(result.sensitivity["analysis"]) == {
        "pooled", "each_group", "continuing_care_as_group", "continuing_care_as_reference", "beyond_partnerships",
        "other_test"}
    assert result.counts.empty
    assert result.shares.empty
    assert result.by_partnership.empty
    welch = result.sensitivity.set_index("analysis").loc["other_test"]
    assert welch["p_value"] == pytest.approx(stats.ttest_ind(*sides(frame), equal_var=False).pvalue)
    assert len(result.local) == 3
    assert result.conclusions["conclusion"].iloc[0] in ("important difference", "difference", "not settled")


def test_a_nominal_outcome_is_tested_by_the_generalised_cmh_with_cramers_v():
    kinds = RNG.choice(["rent", "family", "hostel"], 60)
    frame = table(partnership=np.repeat(["A", "B"], 30), care_group=["leaving_care", "at_home"] * 30,
                  lives=pd.Series(kinds).replace("hostel", "shelter"))
    family_of = family(outcomes=["lives"], sensitivity=["all"])
    result = compare_family(study(family_of), family_of, loaded(frame))
    row = result.rows.iloc[0]
    assert row["test"] == "generalised Cochran-Mantel-Haenszel"
    assert row["effect"] == pytest.approx(np.sqrt(row["statistic"] / 60))
    assert row["ci_low"] <= row["effect"] <= row["ci_high"]
    assert row["p_value"] == pytest.approx(stats.chi2.sf(row["statistic"], 2))
    assert result.local.empty


def test_one_partnership_and_a_sparse_nominal_outcome_are_freeman_and_halton():
    frame = table(partnership=["A"] * 12, care_group=["leaving_care", "at_home"] * 6,
                  lives=["rent", "family", "rent", "family", "hostel", "family", "rent", "hostel", "rent", "family",
                         "hostel", "family"])
    family_of = family(outcomes=["lives"])
    row = compare_family(study(family_of), family_of, loaded(frame)).rows.iloc[0]
    assert row["test"] == "Freeman-Halton, Monte Carlo"
    assert 0 < row["p_value"] <= 1
