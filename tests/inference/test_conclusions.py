"""No evidence of a difference, evidence of no important one, and what could have been found at all."""

import numpy as np
import pytest
from inference.builders import family, loaded, repeated, study, table
from scipy import stats

from helpers.inference import compare_family, detectable_theta
from helpers.inference.conclusions import concluded, equivalence_p
from helpers.inference.rows import Row

NAN = float("nan")


def row(effect, low, high, p, name="theta"):
    return Row("f", "o", "ordinal", "independent", "g", "r", 50, 90, 0, 0, test="t", p_value=p, p_adjusted=p,
               effect_name=name, effect=effect, ci_low=low, ci_high=high, strata_used=3)


@pytest.mark.parametrize(("found", "narrow", "conclusion"), [
    (row(0.30, 0.22, 0.38, 0.001), (0.23, 0.37), "important difference"),
    (row(0.70, 0.62, 0.78, 0.001), (0.63, 0.77), "important difference"),
    (row(0.44, 0.39, 0.49, 0.02), (0.40, 0.48), "difference"),
    (row(0.47, 0.455, 0.485, 0.001), (0.457, 0.483), "difference too small to matter"),
    (row(0.49, 0.45, 0.53, 0.60), (0.46, 0.52), "no important difference"),
    (row(0.47, 0.40, 0.54, 0.40), (0.41, 0.53), "not settled"),
    (row(0.44, 0.39, 0.49, 0.07), (0.40, 0.48), "not settled"),  # the adjusted p does not reach alpha
    (row(0.0, NAN, NAN, 0.001), (NAN, NAN), "not estimable"),
    (row(NAN, NAN, NAN, NAN), (NAN, NAN), "not estimable"),
    (row(-0.01, -0.03, 0.01, 0.30, "risk difference"), (-0.027, 0.007), "no important difference"),
    (row(0.02, 0.012, 0.028, NAN, "share a year"), (0.013, 0.027), "difference too small to matter"),
])
def test_six_conclusions_by_both_intervals_and_the_adjusted_p(found, narrow, conclusion):
    assert concluded(found, *narrow, margin=0.05, alpha=0.05) == conclusion


def test_the_equivalence_p_is_that_of_two_one_sided_tests():
    # Effect 0.48, error 0.02: z against 0.45 is 1.5, against 0.55 is 3.5.
    reach = stats.norm.ppf(0.95) * 0.02
    found = equivalence_p(0.48, 0.48 - reach, 0.48 + reach, none=0.5, margin=0.05, alpha=0.05)
    assert found == pytest.approx(stats.norm.sf(1.5))


@pytest.mark.parametrize("distance", [0.001, -0.001])
def test_the_equivalence_p_is_below_alpha_exactly_where_the_90_per_cent_interval_lies_within_the_margin(distance):
    low = 0.45 + distance
    p = equivalence_p(low + 0.03, low, low + 0.06, none=0.5, margin=0.2, alpha=0.05)
    assert p < 0.05
    p = equivalence_p(low + 0.03, low, low + 0.06, none=0.5, margin=0.05, alpha=0.05)
    assert (p < 0.05) == (distance > 0 and low + 0.06 < 0.55)


def test_one_stratum_without_ties_could_have_found_what_noether_says():
    frame = repeated("A leaving_care: 30 low", "A at_home: 50 low")
    frame["level"] = [["low", "middle", "high"][i % 3] for i in range(80)]
    given = family()
    found = compare_family(study(given), given, loaded(table(**frame))).conclusions.iloc[0]
    # Ties make ranks vary less; Noether reckons without them and with N for N + 1.
    ties = np.array([27, 27, 26])
    factor = np.sqrt((1 - (ties**3 - ties).sum() / (80**3 - 80)) * 81 / 80)
    assert found["detectable"] == pytest.approx(factor * detectable_theta(30, 50), rel=1e-6)


def test_more_power_asked_for_needs_a_larger_difference():
    frame = repeated("A leaving_care: 30 low, 20 high", "A at_home: 30 low, 40 high", "B leaving_care: 9 low, 9 middle",
                     "B at_home: 12 low, 8 middle")
    given = family()
    results = [compare_family(study(given, power=power), given, loaded(table(**frame))) for power in (0.8, 0.95)]
    usual, more = (result.conclusions["detectable"].iloc[0] for result in results)
    z = stats.norm.ppf
    assert more / usual == pytest.approx((z(0.975) + z(0.95)) / (z(0.975) + z(0.8)))


def test_what_could_have_been_found_is_found_as_often_as_it_says():
    # 40 against 60 in two places; the shift is the logistic one whose theta lies the detectable difference away.
    rng = np.random.default_rng(5)
    labels = np.array(["low", "middle", "high"])
    place = np.repeat(["A", "B"], 100)
    group = np.tile(np.repeat(["leaving_care", "at_home"], [40, 60]), 2)
    given, hits, replicates = family(), 0, 200

    def sample(shift):
        latent = rng.logistic(size=200) - shift * (group == "leaving_care")
        return table(partnership=place, care_group=group, level=labels[np.digitize(latent, [-0.7, 0.7])])

    found = compare_family(study(given), given, loaded(sample(0.0)))
    wanted = 0.5 - found.conclusions["detectable"].iloc[0]
    shift = next(shift for shift in np.arange(0.3, 2, 0.02) if _theta(shift) <= wanted)
    for _ in range(replicates):
        rows = compare_family(study(given, permutations=400), given, loaded(sample(shift))).rows
        hits += rows["p_value"].iloc[0] < 0.05
    assert hits / replicates == pytest.approx(0.8, abs=4 * np.sqrt(0.16 / replicates))


def _theta(shift):
    """P(higher) + half P(equal) of a latent logistic moved down by `shift`, cut at -0.7 and 0.7."""
    below = stats.logistic.cdf(np.array([-0.7, 0.7]))
    moved = stats.logistic.cdf(np.array([-0.7, 0.7]) + shift)
    first, second = (np.diff(np.concatenate([[0], each, [1]])) for each in (moved, below))
    return first @ (np.cumsum(second) - second / 2)
