"""The comparison adjusted for age: against statsmodels, naive loops, and data in which age explains everything."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats
from statsmodels.miscmodels.ordinal_model import OrderedModel

from helpers.inference import adjusted, stratified_theta
from helpers.inference.methods.tabulation import count

CUTS = [-1.5, -0.5, 0.3, 1.0]


def children(seed, records=600, by_age=0.25, by_group=0.0):
    """Ages 5 to 20; those of the group are older; answers fall with age and, if asked, with the group."""
    rng = np.random.default_rng(seed)
    age = rng.integers(5, 21, records)
    group = rng.random(records) < np.where(age >= 15, 0.75, 0.1)
    stratum = rng.integers(0, 4, records)
    latent = rng.logistic(size=records) - by_age * (age - 12) + by_group * group + 0.4 * (stratum - 1.5)
    return np.digitize(latent, CUTS), group, stratum, ((age - 12) / 10)[:, None]


def crude(level, group, stratum):
    return stratified_theta(count(level, (~group).astype(int), stratum, shape=(4, 2, 5))).theta_cmh


def test_the_odds_ratio_is_that_of_statsmodels():
    level, group, stratum, age = children(1)
    design = pd.DataFrame({"group": group.astype(float), "age": age[:, 0]} | {
        f"s{each}": (stratum == each).astype(float) for each in (1, 2, 3)})
    other = OrderedModel(level, design, distr="logit").fit(method="newton", disp=False)
    without = OrderedModel(level, design.drop(columns="group"), distr="logit").fit(method="newton", disp=False)
    found = adjusted(level, group, stratum, age, levels=5)
    assert np.log(found.odds_ratio) == pytest.approx(other.params["group"], abs=1e-5)
    assert found.chi2 == pytest.approx(2 * (other.llf - without.llf), rel=1e-6)
    assert found.p_value == pytest.approx(stats.chi2.sf(found.chi2, 1))
    # The profile interval is near Wald's in a sample of this size.
    assert np.log([found.or_low, found.or_high]) == pytest.approx(other.conf_int().loc["group"].to_numpy(), abs=0.03)


def test_the_effect_is_what_asking_everybody_twice_gives():
    level, group, stratum, age = children(2, by_group=-0.7)
    found = adjusted(level, group, stratum, age, levels=5)
    design = np.column_stack([group, age[:, 0], *(stratum == each for each in (1, 2, 3))]).astype(float)
    other = OrderedModel(level, design, distr="logit").fit(method="newton", disp=False)
    as_group, as_reference = (other.predict(np.column_stack([np.full(600, each), design[:, 1:]]))
                              for each in (1.0, 0.0))
    wins = [sum(p * q * ((k > j) + 0.5 * (k == j)) for k, p in enumerate(first) for j, q in enumerate(second))
            for first, second in zip(as_group, as_reference, strict=True)]
    assert found.effect == pytest.approx(np.mean(wins), abs=1e-5)
    assert found.ci_low < found.effect < found.ci_high < 0.5


def test_with_two_levels_the_effect_is_a_difference_of_shares():
    level, group, stratum, age = children(3, by_group=-0.8)
    found = adjusted((level >= 2).astype(int), group, stratum, age, levels=2)
    assert -1 < found.ci_low < found.effect < found.ci_high < 0
    assert np.isnan(found.po_p)


def test_where_age_explains_everything_the_adjusted_effect_is_none_while_the_crude_one_is_not():
    found = [adjusted(*children(seed), levels=5) for seed in range(40)]
    thetas = np.array([each.effect for each in found])
    assert np.mean([crude(*children(seed)[:3]) for seed in range(10)]) < 0.35
    assert thetas.mean() == pytest.approx(0.5, abs=4 * thetas.std() / np.sqrt(40))
    assert np.mean([each.ci_low <= 0.5 <= each.ci_high for each in found]) > 0.8
    assert np.mean([each.p_value < 0.05 for each in found]) < 0.2


def test_a_planted_effect_is_found_beside_age():
    found = [adjusted(*children(seed, by_group=-0.8), levels=5) for seed in range(20)]
    assert np.mean([np.log(each.odds_ratio) for each in found]) == pytest.approx(-0.8, abs=0.2)
    assert np.mean([each.p_value < 0.05 for each in found]) > 0.6


def test_levels_that_nobody_has_are_merged_away():
    level, group, stratum, age = children(4)
    one, other = adjusted(level, group, stratum, age, levels=5), adjusted(level * 2, group, stratum, age, levels=9)
    assert (other.odds_ratio, other.effect) == pytest.approx((one.odds_ratio, one.effect))


def test_records_without_level_or_age_are_left_out():
    level, group, stratum, age = children(5)
    level[:20], age[20:50] = -1, np.nan
    found = adjusted(level, group, stratum, age, levels=5)
    kept = adjusted(level[50:], group[50:], stratum[50:], age[50:], levels=5)
    assert found.n == 550
    assert found.effect == pytest.approx(kept.effect)


@pytest.mark.parametrize("spoil", ["separated", "one group", "one level", "group is the stratum", "nobody"])
def test_what_cannot_be_fitted_is_not_estimable_and_raises_nothing(spoil):
    level, group, stratum, age = children(6, 80)
    if spoil == "separated":
        level = np.where(group, 0, 4)
    elif spoil == "one group":
        group[:] = True
    elif spoil == "one level":
        level[:] = 2
    elif spoil == "group is the stratum":
        stratum = group.astype(int)
    else:
        level[:] = -1
    found = adjusted(level, group, stratum, age, levels=5)
    assert np.isnan([found.p_value, found.ci_low, found.ci_high]).all()
    assert not found.converged


def test_covariates_that_say_the_same_twice_count_once():
    level, group, stratum, age = children(7)
    twice = np.column_stack([age, 2 * age + 1, np.ones(600)])
    assert adjusted(level, group, stratum, twice, levels=5).effect == pytest.approx(
        adjusted(level, group, stratum, age, levels=5).effect)
