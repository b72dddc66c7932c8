"""The checks of the methods: do they draw what they say, judge what they measure, and catch a test that is broken?"""

import math
from dataclasses import replace

import numpy as np
import pytest
from inference.builders import codebook, family, repeated, study, table
from scipy import stats
from statsmodels.stats.contingency_tables import Table2x2

from helpers.extracts import Loaded
from helpers.inference import van_elteren
from helpers.inference.validation import (
    METHODS,
    SCENARIOS,
    Design,
    Method,
    agreement,
    as_shares,
    blame,
    design,
    found,
    headline,
    in_words,
    labels,
    reference_cases,
    save,
    several,
    side_by_side,
    trial,
    worst,
)
from helpers.inference.validation.methods import clustered_z, van_elteren_permuted
from helpers.inference.validation.samples import draw
from helpers.inference.validation.scenarios import of_shifts
from helpers.inference.validation.verdicts import verdict
from helpers.study import InputFault

# The sample study's design: leaving care and looked after in eight partnerships, six levels cut at "good".
SAMPLE = Design(
    partnerships=tuple("ABCDEFGH"), compared=np.array([47, 26, 33, 23, 32, 21, 17, 6]),
    reference=np.array([78, 84, 66, 64, 45, 46, 30, 12]), levels=np.array([0.04, 0.13, 0.21, 0.35, 0.21, 0.06]),
    cut=3, records=754, outcomes=9, missing=0.05,
)
BY_NAME = {scenario.name: scenario for scenario in SCENARIOS}
REPLICATES = 400
NULLS = [BY_NAME[name] for name in ("quality_differs", "shares_follow_quality", "missing_by_partnership",
                                    "missing_by_group")]


@pytest.fixture(scope="module")
def rates():
    scenarios = [*NULLS, BY_NAME["shares_far_apart"], BY_NAME["true_effect"]]
    return trial(SAMPLE, replicates=REPLICATES, permutations=199, seed=1, scenarios=scenarios)


def rate(rates, method, scenario):
    [row] = rates[(rates["method"] == method) & (rates["scenario"] == scenario)].itertuples()
    return row


# ---- the methods on trial --------------------------------------------------------------------------------------------

@pytest.mark.parametrize("scenario", [scenario.name for scenario in NULLS])
@pytest.mark.parametrize("method", ["van_elteren", "van_elteren_normal", "cochran_mantel_haenszel", "partnership_t"])
def test_stratified_tests_hold_their_level(rates, method, scenario):
    row = rate(rates, method, scenario)
    assert row.measure == "error"
    assert row.observed < 0.05 + 3 * math.sqrt(0.05 * 0.95 / REPLICATES)


@pytest.mark.parametrize("scenario", [scenario.name for scenario in NULLS])
@pytest.mark.parametrize("interval", ["theta", "risk_difference"])
def test_stratified_intervals_cover_the_truth(rates, interval, scenario):
    assert abs(rate(rates, interval, scenario).observed - 0.95) < 3 * math.sqrt(0.05 * 0.95 / REPLICATES)


@pytest.mark.parametrize("method", ["mann_whitney_pooled", "chi_square_pooled", "t_on_codes_pooled"])
def test_pooled_tests_reject_a_true_null_too_often_where_shares_follow_quality(rates, method):
    near, far = (rate(rates, method, name) for name in ("shares_follow_quality", "shares_far_apart"))
    assert near.low > 0.05 + 0.02 and far.low > 0.4
    assert near.verdict == far.verdict == "rejects a true null too often"


def test_a_pooled_interval_misses_the_difference_within_partnerships(rates):
    assert rate(rates, "theta_pooled", "shares_far_apart").verdict == "misses the true value too often"


def test_z_with_clustered_errors_rejects_too_often_at_eight_clusters(rates):
    errors = [rate(rates, "clustered_z", scenario.name).observed for scenario in NULLS]
    assert np.mean(errors) > 0.05 + 3 * math.sqrt(0.05 * 0.95 / (len(NULLS) * REPLICATES))


def test_a_true_difference_is_found(rates):
    row = rate(rates, "van_elteren", "true_effect")
    assert row.measure == "detection" and math.isnan(row.nominal) and row.low > 0.7


def test_a_test_that_ignores_partnerships_is_caught():
    def ignoring(samples, rng, permutations):
        one = replace(samples.design, partnerships=("all",), compared=samples.design.compared.sum(keepdims=True),
                      reference=samples.design.reference.sum(keepdims=True))
        ordered = np.argsort(~samples.design.is_compared, kind="stable")
        return van_elteren_permuted(replace(samples, design=one, codes=samples.codes[:, ordered]), rng, permutations)

    broken = Method("broken", "Broken", ignoring)
    found = trial(SAMPLE, replicates=200, permutations=199, seed=2, methods=[broken], intervals=[],
                  scenarios=[BY_NAME["shares_far_apart"]])
    assert list(found["verdict"]) == ["rejects a true null too often"]


def test_an_interval_that_is_too_narrow_is_caught():
    assert verdict("coverage", 0.90, 0.95, 1000) == "misses the true value too often"


def test_a_family_of_outcomes_is_kept_in_check_only_by_adjustment():
    rates = several(SAMPLE, replicates=200, permutations=199, seed=1)
    wrong = rates[rates["measure"] == "family error"].set_index(["method", "scenario"])["observed"]
    assert wrong["unadjusted", "none_differs"] > 0.15
    assert (wrong[["holm", "max_t"]] < 0.05 + 3 * math.sqrt(0.05 * 0.95 / 200)).all()
    right = rates[rates["measure"] == "detection"].set_index("method")["observed"]
    assert right["unadjusted"] >= right["max_t"] >= right["holm"] > 0


# ---- the competitors are what their names say ------------------------------------------------------------------------

@pytest.fixture(scope="module")
def one():
    return draw(SAMPLE, BY_NAME["true_effect_hidden"], np.random.default_rng(1), 1)


def p_value(name, samples):
    [method] = [each for each in METHODS if each.name == name]
    return method.p_values(samples, np.random.default_rng(1), 9999)[0]


def test_the_pooled_tests_are_those_of_scipy_and_statsmodels(one):
    compared, reference = (np.repeat(np.arange(6), side) for side in one.counts[0].sum(axis=0))
    rank = stats.mannwhitneyu(compared, reference, method="asymptotic", use_continuity=False)
    assert p_value("mann_whitney_pooled", one) == pytest.approx(rank.pvalue)
    assert p_value("t_on_codes_pooled", one) == pytest.approx(stats.ttest_ind(compared, reference).pvalue)
    table = Table2x2(one.events[0].sum(axis=0), shift_zeros=False).test_nominal_association()
    assert p_value("chi_square_pooled", one) == pytest.approx(table.pvalue)


def test_the_studys_own_test_agrees_with_its_normal_approximation(one):
    assert p_value("van_elteren_normal", one) == pytest.approx(van_elteren(one.counts[0]).p_two_sided)
    assert p_value("van_elteren", one) == pytest.approx(p_value("van_elteren_normal", one), abs=0.01)


def test_clustered_errors_by_regression():
    # By hand: codes and group centred within partnerships, then the sandwich with the clusters as its filling.
    samples = draw(SAMPLE, BY_NAME["quality_differs"], np.random.default_rng(3), 1)
    code, group, place = samples.codes[0], SAMPLE.is_compared.astype(float), SAMPLE.stratum
    means = [np.bincount(place, values) / SAMPLE.size for values in (group, code)]
    x, y = group - means[0][place], code - means[1][place]
    slope = x @ y / (x @ x)
    filling = (np.bincount(place, x * (y - slope * x)) ** 2).sum() * 8 / 7
    assert clustered_z(samples)[0] == pytest.approx(2 * stats.norm.sf(abs(slope) * (x @ x) / math.sqrt(filling)))


# ---- what is drawn is what is said -----------------------------------------------------------------------------------

def test_a_shift_of_log_odds_shifts_the_odds_of_a_higher_answer():
    shares = of_shifts(SAMPLE, np.log(2))
    odds = [part[3:].sum() / part[:3].sum() for part in (shares, SAMPLE.levels)]
    assert odds[0] / odds[1] == pytest.approx(2) and shares.sum() == pytest.approx(1)


def test_samples_have_the_studys_people_and_the_scenarios_shares_of_answers():
    samples = draw(SAMPLE, BY_NAME["equal_quality"], np.random.default_rng(1), 200)
    assert (samples.counts.sum(axis=3) == np.stack([SAMPLE.compared, SAMPLE.reference], axis=1)).all()
    assert samples.counts.sum(axis=(0, 1, 2)) / samples.counts.sum() == pytest.approx(SAMPLE.levels, abs=0.005)


def test_quality_follows_shares_where_it_is_said_to():
    samples = draw(SAMPLE, BY_NAME["shares_follow_quality"], np.random.default_rng(1), 1)
    upper = samples.truth[0, :, 1, 3:].sum(axis=1)
    assert list(np.argsort(upper)) == list(np.argsort(SAMPLE.share, kind="stable"))


def test_shares_can_be_spread_without_moving_anybody():
    spread = SAMPLE.with_shares(0.12, 0.62)
    assert (spread.size == SAMPLE.size).all()
    assert spread.share.min() == pytest.approx(0.12, abs=0.03) and spread.share.max() == pytest.approx(0.62, abs=0.03)


def test_answers_go_missing_as_said():
    samples = draw(SAMPLE, BY_NAME["missing_by_group"], np.random.default_rng(1), 100)
    gone = (samples.codes < 0)
    assert gone[:, SAMPLE.is_compared].mean() == pytest.approx(0.30, abs=0.01)
    assert gone[:, ~SAMPLE.is_compared].mean() == pytest.approx(0.05, abs=0.01)


def test_a_partnership_where_nobody_of_a_group_answered_is_left_out():
    full = draw(SAMPLE, BY_NAME["true_effect"], np.random.default_rng(1), 1)
    lost = SAMPLE.is_compared & (SAMPLE.stratum == 7)
    without = replace(full, codes=np.where(lost, -1, full.codes))
    seven = full.codes[:, SAMPLE.stratum < 7]
    rest = replace(SAMPLE, partnerships=SAMPLE.partnerships[:7], compared=SAMPLE.compared[:7],
                   reference=SAMPLE.reference[:7])
    other = replace(full, design=rest, codes=seven, truth=full.truth[:, :7])
    for name in ("van_elteren_normal", "cochran_mantel_haenszel", "partnership_t", "clustered_z"):
        assert p_value(name, without) == pytest.approx(p_value(name, other)), name


def test_the_truth_of_a_sample_by_hand():
    small = replace(SAMPLE, partnerships=("A",), compared=np.array([4]), reference=np.array([6]),
                    levels=np.array([0.5, 0.5]), cut=1)
    samples = draw(small, replace(BY_NAME["true_effect"], effect=math.log(3)), np.random.default_rng(1), 1)
    # Upper answers 0.75 against 0.5: wins 0.75 · 0.5, ties 0.25 · 0.5 + 0.75 · 0.5.
    assert samples.risk_difference == pytest.approx([0.25])
    assert samples.theta == pytest.approx([0.375 + 0.5 / 2])


def test_the_same_seed_gives_the_same_rates_and_leaving_a_scenario_out_changes_no_other():
    two = [BY_NAME["equal_quality"], BY_NAME["quality_differs"]]
    both, alone = (trial(SAMPLE, replicates=30, permutations=99, seed=5, scenarios=some) for some in (two, two[1:]))
    both = both[both["scenario"] == "quality_differs"].reset_index(drop=True)
    assert both.equals(alone)


# ---- the study's design ----------------------------------------------------------------------------------------------

ROWS = repeated(
    "A leaving_care: 1 low, 1 missing", "A at_home: 2 low, 1 high", "B leaving_care: 2 middle", "B kinship: 1 high",
    "C at_home: 4 low", "A continuing_care: 1 low")


def records(**more):
    cleaned = table(**ROWS, **more)
    return Loaded(cleaned, cleaned.isna(), codebook(cleaned))


def test_the_design_is_read_from_the_cleaned_extract():
    seen = design(study(family()), family(), records())
    assert seen.partnerships == ("A", "B")  # C has nobody leaving care
    assert (list(seen.compared), list(seen.reference)) == ([2, 2], [3, 1])
    assert list(seen.levels * 11) == pytest.approx([7, 2, 2]) and seen.cut == 2
    assert (seen.records, seen.outcomes, seen.missing) == (13, 1, pytest.approx(1 / 12))


FAULTS = {
    "a family without groups": (
        {"design": "prevalence", "outcomes": ["level"]},
        "study/plan.toml, family 'wellbeing': its design is 'prevalence'; name a family of design 'independent'."),
    "a yes/no outcome": (
        {"outcomes": ["ever"]},
        "study/plan.toml, family 'wellbeing': 'ever' is no ordered scale; name a family of ordinal outcomes."),
    "groups that never meet": (
        {"contrasts": [{"group": "leaving_care", "reference": "continuing_care"}]},
        "study/plan.toml, family 'wellbeing': no partnership has records of both 'leaving_care' and "
        "'continuing_care'; name another family."),
}


@pytest.mark.parametrize("given, message", FAULTS.values(), ids=FAULTS.keys())
def test_a_family_that_cannot_be_simulated_is_refused(given, message):
    frame = records(ever=["yes"] * len(ROWS["level"]))
    if "contrasts" in given:
        apart = (frame.table["care_group"] != "continuing_care").to_numpy()
        frame = Loaded(frame.table[apart], frame.missing[apart], frame.codebook)
    with pytest.raises(InputFault) as raised:
        design(study(family(**given)), family(**given), frame)
    assert str(raised.value) == message


# ---- words -----------------------------------------------------------------------------------------------------------

VERDICTS = [
    ("error", 0.06, 0.05, 400, "within chance of 5%: less than 3.3 points off"),
    ("error", 0.10, 0.05, 400, "rejects a true null too often"),
    ("error", 0.01, 0.05, 400, "rejects a true null too rarely: cautious"),
    ("coverage", 0.999, 0.95, 4000, "covers more often than it says"),
    ("family error", 0.25, 0.05, 400, "finds something too often where nothing is"),
    ("detection", 0.85, math.nan, 400, "rejects a null that is false here, in 85% of samples"),
    ("error", math.nan, 0.05, 0, "not estimable"),
]


@pytest.mark.parametrize("measure, observed, target, samples, words", VERDICTS)
def test_a_verdict_never_says_more_than_so_many_samples_can_tell(measure, observed, target, samples, words):
    assert verdict(measure, observed, target, samples) == words


def test_the_headline_names_method_scenario_rate_and_its_error(rates):
    table = headline(rates)
    row = table[(table["method"] == "Mann-Whitney, pooled") & (table["scenario"] == "Shares follow quality")].iloc[0]
    assert row["nominal"] == 0.05 and row["replicates"] == REPLICATES
    assert row["mc_se"] == pytest.approx(math.sqrt(row["observed"] * (1 - row["observed"]) / REPLICATES))
    assert row["low"] < row["observed"] < row["high"]


def test_the_worst_of_a_method_is_its_furthest_departure_on_the_bad_side(rates):
    table = worst(headline(rates)).set_index("method")
    assert table.loc["Mann-Whitney, pooled", "scenario"] == "Shares follow quality, far apart"
    assert table.loc["theta, pooled", "scenario"] == "Shares follow quality, far apart"
    assert in_words(worst(headline(rates)))["Nominal"].isin(["5.0%", "95.0%"]).all()


def test_methods_stand_side_by_side_with_what_does_not_apply_marked():
    rates = trial(SAMPLE, replicates=20, permutations=99, seed=1, scenarios=[BY_NAME["effect_varies"], NULLS[0]])
    errors = side_by_side(rates, "error").set_index("Scenario")
    # No difference on average, but one in each partnership: an error for the one claim, none for the other.
    assert errors.loc["The effect varies around none", "van Elteren, permuted"] == "[z]"
    assert errors.loc["The effect varies around none", "t on partnerships' differences"].endswith("%")


def test_sentences_carry_the_rates_and_what_they_cannot_tell(rates):
    row = rate(rates, "mann_whitney_pooled", "shares_far_apart")
    words = blame(rates, "shares_far_apart")
    assert f"Mann-Whitney, pooled {100 * row.observed:.1f}% (s.e. {100 * row.mc_se:.1f})" in words
    assert "400 samples" in words and "less than 3.3 points from 5% is not told from chance" in words
    assert found(rates, "true_effect").startswith("A difference, partnerships alike, 400 samples. Finding it: van ")


def test_the_headline_is_kept_with_the_processed_tables(tmp_path, rates):
    place = replace(study(family()), folder=tmp_path / "study")
    save(place, headline(rates), agreement(reference_cases()[:2]))
    assert place.tables("validation") == ["validation/agreement", "validation/headline"]
    assert place.read("validation/headline")["verdict"].equals(headline(rates)["verdict"])


def test_a_chart_of_groups_finds_its_columns_and_labels(rates):
    shares = as_shares(rates, "error")
    assert {"family", "outcome", "group", "base", "share", "ci_low", "ci_high"} <= set(shares)
    assert set(shares["group"]) | set(shares["outcome"]) <= set(labels())
