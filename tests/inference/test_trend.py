"""Shares over the years."""

import numpy as np
import pytest
from scipy import stats

from helpers.inference import mean_slope, trend_test

YEARS = np.array([2018.0, 2019.0, 2020.0])
PART = np.array([[10, 20, 30], [40, 42, 50]])
TOTAL = np.array([[100, 100, 100], [200, 220, 210]])


def test_the_slope_of_one_partnership_is_least_squares_weighted_by_its_totals():
    found = mean_slope(PART[:1], TOTAL[:1], YEARS)
    assert found.effect == pytest.approx(0.1)
    by_child = np.repeat([2018, 2019, 2020, 2018, 2019, 2020], [10, 20, 30, 90, 80, 70])
    assert found.effect == pytest.approx(stats.linregress(by_child, [1] * 60 + [0] * 240).slope)


def test_one_partnership_has_a_binomial_interval():
    found = mean_slope(PART[:1], TOTAL[:1], YEARS)
    variance = (0.1 * 0.9 / 100 + 0.3 * 0.7 / 100) / 4  # the slope is (last − first)/2
    assert found.se == pytest.approx(np.sqrt(variance))
    assert np.isnan(found.df)


def test_several_partnerships_have_an_interval_by_how_they_differ():
    equal = np.full((3, 3), 100)
    part = np.array([[10, 20, 30], [20, 22, 24], [30, 35, 40]])  # slopes 0.10, 0.02, 0.05
    found = mean_slope(part, equal, YEARS)
    slopes = [0.10, 0.02, 0.05]
    assert (found.effect, found.df) == (pytest.approx(np.mean(slopes)), 2)
    assert (found.ci_low, found.ci_high) == pytest.approx(
        stats.t.interval(0.95, 2, np.mean(slopes), stats.sem(slopes)))


def test_the_trend_test_of_one_partnership_is_the_correlation_of_year_and_event():
    years = np.repeat([2018, 2019, 2020, 2018, 2019, 2020], [10, 20, 30, 90, 80, 70])
    r = np.corrcoef(years, [1] * 60 + [0] * 240)[0, 1]
    assert trend_test(PART[:1], TOTAL[:1], YEARS).z == pytest.approx(r * np.sqrt(299))


def test_a_partnership_with_one_year_adds_nothing():
    more_part, more_total = np.vstack([PART, [0, 9, 0]]), np.vstack([TOTAL, [0, 10, 0]])
    assert mean_slope(more_part, more_total, YEARS) == mean_slope(PART, TOTAL, YEARS)
    assert trend_test(more_part, more_total, YEARS).z == pytest.approx(trend_test(PART, TOTAL, YEARS).z)


def test_one_year_alone_is_not_estimable():
    assert np.isnan(mean_slope(PART[:, :1], TOTAL[:, :1], YEARS[:1]).effect)
    assert np.isnan(trend_test(PART[:, :1], TOTAL[:, :1], YEARS[:1]).z)
