"""Missing answers imputed: against a planted truth, and proper in Rubin's sense."""

import numpy as np
import pytest
from statsmodels.miscmodels.ordinal_model import OrderedModel

from helpers.inference import impute, pool, stratified_theta
from helpers.inference.methods.chains import PRIOR, Records, draw_levels, fitted, posterior_draw
from helpers.inference.methods.tabulation import count

CUTS = [-1.5, -0.3, 0.4, 1.2]


def drawn(seed, records=600):
    """Two outcomes that go together; the group answers lower on both."""
    rng = np.random.default_rng(seed)
    group = rng.random(records) < 0.4
    latent = rng.standard_normal((records, 1)) * 1.5 + rng.logistic(size=(records, 2)) - 0.8 * group[:, None]
    return group, np.digitize(latent, CUTS), rng


def theta(codes, group):
    counts = count(codes, (~group).astype(int), np.zeros(len(codes), dtype=int), shape=(1, 2, 5))
    found = stratified_theta(counts)
    return found.theta_cmh, found.se_cmh


def test_what_was_answered_stays_and_what_was_never_asked_too():
    group, codes, rng = drawn(1)
    codes[:50, 0] = -1
    wanted = np.zeros(codes.shape, dtype=bool)
    wanted[:30, 0] = True
    found = impute(codes, [5, 5], group[:, None].astype(float), wanted=wanted, rng=rng, imputations=4)
    assert found.shape == (4, 600, 2)
    assert (found[:, 50:] == codes[50:]).all()
    assert (found[:, 30:50, 0] == -1).all()
    assert (found[:, :30, 0] >= 0).all()


def test_a_level_nobody_chose_is_never_imputed_and_one_that_everybody_chose_always():
    codes = np.column_stack([np.repeat([0, 3], 30), np.full(60, 2)])
    codes[::7] = -1
    found = impute(codes, [5, 5], np.zeros((60, 1)), wanted=codes < 0, rng=np.random.default_rng(1))
    assert set(np.unique(found[:, :, 0])) == {0, 3}
    assert set(np.unique(found[:, :, 1])) == {2}


def test_an_outcome_that_nobody_answered_stays_missing_and_nothing_missing_stays_as_it_is():
    codes = np.column_stack([np.full(20, -1), np.arange(20) % 3])
    found = impute(codes, [3, 3], np.zeros((20, 0)), wanted=codes < 0, rng=np.random.default_rng(1))
    assert (found == codes).all()


def test_the_same_draws_make_the_same_imputations():
    group, codes, _ = drawn(2)
    codes[::5, 0] = -1
    one, other = (impute(codes, [5, 5], group[:, None].astype(float), wanted=codes < 0, rng=np.random.default_rng(3))
                  for _ in range(2))
    assert (one == other).all()


def test_separation_keeps_coefficients_finite():
    # Everybody of the group is on the top level, nobody else.
    group = np.repeat([1.0, 0.0], 40)
    codes = np.column_stack([group.astype(int), np.arange(80) % 2])
    codes[::9, 0] = -1
    found = impute(codes, [2, 2], group[:, None], wanted=codes < 0, rng=np.random.default_rng(1))
    lacking = codes[:, 0] < 0
    assert (found[:, lacking, 0] == group[lacking]).mean() > 0.9


@pytest.mark.parametrize("missing", ["at random", "where the other answer is low"])
def test_imputed_effects_are_unbiased_and_their_intervals_cover_the_truth(missing):
    """Answers to the first outcome go missing given the second and the group; what was lost is known here."""
    covered, errors, alone, replicates = 0, [], [], 120
    truth = np.mean([theta(drawn(1000 + seed, 20_000)[1][:, 0], drawn(1000 + seed, 20_000)[0])[0] for seed in range(3)])
    for seed in range(replicates):
        group, codes, rng = drawn(seed)
        chance = np.full(600, 0.3) if missing == "at random" else np.where(group & (codes[:, 1] < 2), 0.7, 0.1)
        kept = codes.copy()
        kept[rng.random(600) < chance, 0] = -1
        found = impute(kept, [5, 5], group[:, None].astype(float), wanted=kept < 0, rng=rng, imputations=10)
        effects, ses = zip(*(theta(each[:, 0], group) for each in found), strict=True)
        pooled = pool(effects, np.square(ses), n_complete=600, n_parameters=2)
        covered += pooled.ci_low <= truth <= pooled.ci_high
        errors.append(pooled.effect - truth)
        alone.append(theta(kept[:, 0], group)[0] - truth)
    assert covered / replicates > 0.95 - 4 * np.sqrt(0.95 * 0.05 / replicates)
    assert np.mean(errors) == pytest.approx(0, abs=4 * np.std(errors) / np.sqrt(replicates) + 0.004)
    if missing != "at random":  # who is left of the group answers higher
        assert np.mean(alone) > 5 * abs(np.mean(errors))


def test_modes_are_those_of_statsmodels_but_for_the_weak_prior():
    rng = np.random.default_rng(4)
    x = rng.standard_normal((500, 2))
    level = np.digitize(x @ [0.8, -0.4] + rng.logistic(size=500), CUTS)
    other = OrderedModel(level, x, distr="logit").fit(method="newton", disp=False)
    mode, information = fitted(Records(level, x[None], np.ones((1, 500)), 5))
    assert mode.slope[0] == pytest.approx(other.params[:2], abs=0.01)
    se = np.sqrt(np.diag(np.linalg.inv(information[0])))[4:]
    assert se == pytest.approx(other.bse[:2], rel=0.02)
    assert 50 * se.max() ** 2 < PRIOR**2


def test_cells_with_frequencies_are_the_records_they_stand_for():
    rng = np.random.default_rng(5)
    x, level = rng.integers(0, 2, (400, 1)).astype(float), rng.integers(0, 3, 400)
    one, _ = fitted(Records(level, x[None], np.ones((1, 400)), 3))
    cells = np.array([(a, b) for a in (0.0, 1.0) for b in range(3)])
    weight = np.array([((x[:, 0] == a) & (level == b)).sum() for a, b in cells], dtype=float)
    other, _ = fitted(Records(cells[:, 1].astype(int), cells[None, :, :1], weight[None], 3))
    assert other.slope == pytest.approx(one.slope, abs=1e-3)
    assert other.threshold == pytest.approx(one.threshold, abs=1e-3)


def test_drawn_parameters_spread_as_the_information_says():
    rng = np.random.default_rng(6)
    x = rng.standard_normal((300, 1))
    level = np.digitize(x[:, 0] + rng.logistic(size=300), CUTS)
    records = Records(level, np.repeat(x[None], 3000, axis=0), np.ones((1, 300)), 5)
    drawn_parameters, mode = posterior_draw(records, rng)
    _, information = fitted(Records(level, x[None], np.ones((1, 300)), 5))
    assert drawn_parameters.slope.std() == pytest.approx(np.sqrt(np.linalg.inv(information[0])[-1, -1]), rel=0.08)
    levels = draw_levels(mode, records.predictors, rng)
    assert np.bincount(levels.ravel()) / levels.size == pytest.approx(np.bincount(level) / 300, abs=0.01)
