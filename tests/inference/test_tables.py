"""Rows by columns: chi-square, Cramér's V, exact p-values, and the tests over strata."""

from itertools import product

import numpy as np
import pytest
from scipy import stats

from helpers.inference import (
    adjust,
    cmh_correlation,
    cmh_general,
    cmh_row_mean,
    cochran_mantel_haenszel,
    freeman_halton,
    freeman_halton_monte_carlo,
    kruskal_wallis,
    nominal_table,
)

TABLE = np.array([[3, 1, 4], [2, 5, 0], [1, 1, 3]])


def test_chi_square_and_g_agree_with_scipy():
    found = nominal_table(TABLE)
    pearson = stats.chi2_contingency(TABLE, correction=False)
    ratio = stats.chi2_contingency(TABLE, correction=False, lambda_="log-likelihood")
    assert (found.chi2, found.df, found.p_value) == pytest.approx((pearson.statistic, pearson.dof, pearson.pvalue))
    assert found.g == pytest.approx(ratio.statistic)
    assert found.cramers_v == pytest.approx(stats.contingency.association(TABLE, method="cramer"))


def test_an_empty_row_or_column_costs_nothing():
    padded = np.pad(TABLE, ((0, 1), (1, 0)))
    assert (nominal_table(padded).chi2, nominal_table(padded).df) == (pytest.approx(nominal_table(TABLE).chi2), 4)


def test_a_table_of_one_row_has_no_test():
    found = nominal_table([[3, 4]])
    assert np.isnan([found.p_value, found.cramers_v, freeman_halton([[3, 4]])]).all()


def test_the_interval_of_v_holds_v_and_starts_at_0_for_a_table_without_association():
    strong, none = nominal_table(TABLE * 10), nominal_table([[10, 10], [10, 10]])
    assert strong.v_low < strong.cramers_v < strong.v_high
    assert none.v_low == 0.0


def listed(table):
    """Freeman and Halton by listing every table with these margins."""
    rows, cols = table.sum(axis=1), table.sum(axis=0)
    law = stats.random_table(rows, cols)
    total = 0.0
    for inner in product(*(range(min(r, c) + 1) for r in rows[:-1] for c in cols[:-1])):
        other = np.zeros_like(table)
        other[:-1, :-1] = np.reshape(inner, (len(rows) - 1, len(cols) - 1))
        other[:-1, -1] = rows[:-1] - other[:-1, :-1].sum(axis=1)
        other[-1] = cols - other[:-1].sum(axis=0)
        if (other >= 0).all() and law.logpmf(other) <= law.logpmf(table) + 1e-7:
            total += law.pmf(other)
    return total


@pytest.mark.parametrize("table", [TABLE, TABLE[:2], np.array([[4, 0, 1], [1, 3, 2]])])
def test_freeman_halton_is_the_sum_over_all_tables_no_more_probable(table):
    assert freeman_halton(table) == pytest.approx(listed(table), rel=1e-9)


def test_freeman_halton_of_two_by_two_is_fisher():
    assert freeman_halton([[3, 9], [8, 2]]) == pytest.approx(stats.fisher_exact([[3, 9], [8, 2]]).pvalue)


def test_a_table_too_large_to_list_is_refused_in_favour_of_monte_carlo():
    large = np.arange(1, 37).reshape(6, 6) * 20
    with pytest.raises(ValueError, match="freeman_halton_monte_carlo"):
        freeman_halton(large)
    assert freeman_halton_monte_carlo(TABLE, np.random.default_rng(1)) == pytest.approx(freeman_halton(TABLE), abs=0.02)


def test_two_by_two_strata_make_all_three_tests_the_cmh_test():
    tables = np.array([[[5, 12], [9, 20]], [[8, 3], [11, 14]]])
    expected = cochran_mantel_haenszel(tables).chi2
    assert cmh_general(tables).chi2 == pytest.approx(expected)
    assert cmh_row_mean(tables, [1, 0]).chi2 == pytest.approx(expected)
    assert cmh_correlation(tables, [1, 0], [1, 0]).z == pytest.approx(cochran_mantel_haenszel(tables).z)


@pytest.mark.parametrize("method", ["holm", "bh", "bonferroni"])
def test_adjustment_agrees_with_statsmodels_once_the_missing_are_dropped(method):
    from statsmodels.stats.multitest import multipletests

    p_values = np.array([0.01, np.nan, 0.04, 0.03, 0.04, 0.9])
    known = ~np.isnan(p_values)
    other = multipletests(p_values[known], method={"bh": "fdr_bh"}.get(method, method))[1]
    assert adjust(p_values, method)[known] == pytest.approx(other)
    assert np.isnan(adjust(p_values, method)[1])


def test_nothing_but_missing_p_values_stay_missing():
    assert np.isnan(adjust([np.nan, np.nan], "holm")).all()


def test_an_adjustment_nobody_knows_is_an_error():
    with pytest.raises(ValueError, match="known: holm, bh, bonferroni"):
        adjust([0.1], "sidak")


def test_kruskal_wallis_of_a_constant_outcome_has_no_p_value():
    assert np.isnan(kruskal_wallis([1, 1, 1, 1], ["a", "b", "c", "c"]).p_value)
