"""The other designs on trial, and the study drawn anew: our methods keep their promise, their naive sisters do not."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from helpers import extracts, sample, study
from helpers.inference import validation
from helpers.inference.methods.trend import mean_slope
from helpers.inference.validation.further import WORLDS
from helpers.inference.validation.recovery import false_findings, held_about_their_mean, recovery, verdicts_of

ROOT = Path(__file__).parents[2]
REPLICATES = 400


@pytest.fixture(scope="module")
def the_study():
    return study.open_study(ROOT / "study")


@pytest.fixture(scope="module")
def rates(the_study):
    family = the_study.headline_family
    cleaned = extracts.clean(the_study, family.extract)
    listed = extracts.clean(the_study, the_study.extract(family.extract).frame)
    design = validation.design(the_study, family, cleaned)
    cells = validation.cells(the_study, family, cleaned, listed)
    return validation.further(design, cells, replicates=REPLICATES, seed=5).set_index("title")


@pytest.mark.parametrize("method", [
    "D, normal", "Tango", "share, weighted, finite population", "mean of partnerships, t", "slope, partnerships and t",
    "theta, imputed"])
def test_an_interval_holds_the_truth_as_often_as_it_says(rates, method):
    row = rates.loc[method]
    assert row["observed"] > 0.95 - 4 * np.sqrt(0.95 * 0.05 / row["replicates"])


@pytest.mark.parametrize("method", ["share, not weighted", "theta within these, read as beyond",
                                    "slope, pooled and binomial", "theta, complete cases"])
def test_what_one_might_have_done_instead_misses_it_too_often(rates, method):
    assert rates.loc[method, "high"] < 0.95
    assert rates.loc[method, "verdict"] == "misses the true value too often"


def test_no_important_difference_is_rarely_declared_at_the_margin_and_more_often_where_there_is_none(rates):
    rows = rates.loc["no important difference, by the 90% interval"].set_index("measure")["observed"]
    assert rows["false assurance"] < 0.05 + 4 * np.sqrt(0.05 * 0.95 / REPLICATES)
    assert rows["assurance"] > 3 * rows["false assurance"]


def test_every_world_has_its_words(rates):
    assert set(rates["scenario"]) == {world.name for world in WORLDS}
    assert len(validation.worlds(others=True)) == len(WORLDS)
    assert list(validation.each_by_itself(rates.reset_index())["Scenario"].unique()) == [w.title for w in WORLDS]


def test_strata_of_one_weight_give_the_slope_t_on_one_degree_of_freedom_fewer():
    part, total = np.array([[30, 36, 45], [20, 28, 31], [50, 49, 58], [10, 22, 30]]), np.full((4, 3), 100)
    found = mean_slope(part, total, np.array([1, 2, 3]))
    slopes = (part[:, 2] - part[:, 0]) / 200
    assert found.df == pytest.approx(3)
    assert (found.effect, found.se) == pytest.approx((slopes.mean(), slopes.std(ddof=1) / 2))


def test_strata_of_unequal_weight_have_fewer_degrees_of_freedom():
    total = np.array([[1000, 1000, 1000], [50, 50, 50], [60, 60, 60], [40, 40, 40]])
    found = mean_slope(0.3 * total + np.array([[0, 1, 2]]), total, np.array([1, 2, 3]))
    assert 1 <= found.df < 3


@pytest.fixture(scope="module")
def found(the_study):
    return recovery(the_study, sample.write_sample, seeds=[3], permutations=299)


def test_the_whole_study_drawn_anew_supports_nearly_all_that_was_planted_and_contradicts_nothing(found):
    table = verdicts_of(found, sample.planted_claims())
    assert table["planted"].all()
    assert table["contradicted"].sum() == 0
    assert table["supported"].sum() >= len(table) - 3


def test_another_seed_is_another_sample(the_study, found):
    from helpers.sample import default_seed
    kept = extracts.clean(the_study, "young_people_survey")
    assert default_seed() not in set(found["seed"])
    rows = found[found["name"] == "young_people_wellbeing.feel_safe"]
    assert len(rows) == 1 and len(kept.table)


def test_where_nothing_was_planted_findings_are_counted():
    rows = pd.DataFrame({"seed": [1, 2, 1], "kind": "comparison", "name": ["a.b", "a.b", "c.d"],
                         "p_adjusted": [0.01, 0.2, 0.001]})
    assert false_findings(rows, ["a.b"]).to_dict("records") == [{"name": "a.b", "samples": 2, "found": 1}]


def test_intervals_are_held_against_the_mean_over_samples():
    rows = pd.DataFrame({"seed": [1, 2, 3], "kind": "comparison", "name": "a.b", "effect": [0.4, 0.5, 0.6],
                         "ci_low": [0.3, 0.4, 0.55], "ci_high": [0.45, 0.6, 0.65]})
    assert held_about_their_mean(rows) == (1, 3)


def test_a_study_that_is_not_the_sample_draws_nothing(the_study):
    none = recovery(the_study, sample.write_sample, seeds=[], permutations=299)
    assert validation.recovered_said(none, [], []) == "No sample was drawn anew."
    assert len(validation.recovered_table(the_study, none, [])) == 0
    assert len(validation.recovered_nothing(none, [])) == 0
