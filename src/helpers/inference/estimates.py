"""Test, effect and interval of one comparison from its counts, as the rule in `choose` decides."""

from dataclasses import dataclass, replace

import numpy as np

from helpers.inference.choose import SMALL, Test, near_edge, small, sparse, which_test
from helpers.inference.methods.binary import cochran_mantel_haenszel, mantel_haenszel_difference
from helpers.inference.methods.conditional import conditional_exact, fisher_exact
from helpers.inference.methods.exact import rank_sum_exact
from helpers.inference.methods.freeman_halton import freeman_halton_monte_carlo
from helpers.inference.methods.ordinal import brunner_munzel, logit_interval, van_elteren
from helpers.inference.methods.proportions import Shares, newcombe
from helpers.inference.methods.tables import NominalTable, cmh_general, nominal_table
from helpers.inference.methods.theta import stratified_theta

TOO_FEW = f"Fewer than {SMALL} answers in a group: exact p only, interval not estimable."
SEPARATED = "Complete separation: interval not estimable."
NOT_ESTIMABLE = "Not estimable: no partnership has both groups with answers that differ."
LEFT_OUT = "Strata with fewer than two answers in a group are left out of the effect and its interval."
TESTS: dict[Test, str] = {
    "not estimable": "none",
    "van Elteren": "van Elteren, blocked permutation",
    "Brunner-Munzel": "Brunner-Munzel",
    "exact rank sum": "rank sum, exact",
    "Cochran-Mantel-Haenszel": "Cochran-Mantel-Haenszel",
    "exact conditional": "Cochran-Mantel-Haenszel, exact conditional",
    "Fisher mid-p": "Fisher mid-p",
    "generalised CMH": "generalised Cochran-Mantel-Haenszel",
    "chi-square": "Pearson chi-square",
    "Freeman-Halton": "Freeman-Halton, Monte Carlo",
}
TABLES = 10_000  # drawn for the Freeman-Halton test


@dataclass(frozen=True)
class Estimate:
    """The part of a row that counts decide. `p_value` is NaN where it has to come from permutation."""

    test: str
    statistic: float
    p_value: float
    effect_name: str
    effect: float
    ci_low: float
    ci_high: float
    note: str = ""


def estimate(scale: str, counts: np.ndarray, *, confidence: float) -> Estimate:
    """Test, effect and interval. `counts`: strata × (compared, reference) × levels low to high, of any strata.

    The effect is θ for an ordinal outcome, the risk difference for a binary one. The statistic is z, positive where
    the compared group answers higher; Brunner-Munzel's is its t, and Fisher's test has none. A nominal outcome has
    Cramér's V, which has no direction, with χ² as statistic.
    """
    both = counts[(counts.sum(axis=2) > 0).all(axis=1)]
    of_scale = {"ordinal": _ordinal, "binary": _binary, "nominal": _nominal}[scale]
    return of_scale(which_test(scale, both), both, confidence)


def _ordinal(test: Test, counts: np.ndarray, confidence: float) -> Estimate:
    effect, low, high, note = _theta(counts, confidence)
    if test == "not estimable":
        return Estimate("none", np.nan, np.nan, "theta", effect, np.nan, np.nan, NOT_ESTIMABLE)
    statistic, p_value = van_elteren(counts).z, np.nan
    if test == "exact rank sum":
        p_value = rank_sum_exact(counts[0]).p_exact_two_sided
    elif test == "Brunner-Munzel":
        found = brunner_munzel(counts[0], confidence=confidence)
        statistic, p_value, low, high = found.statistic, found.p_two_sided, found.ci_low, found.ci_high
        if near_edge(effect, low, high):
            low, high = found.ci_logit_low, found.ci_logit_high
    return Estimate(TESTS[test], statistic, p_value, "theta", effect, low, high, note)


def _theta(counts: np.ndarray, confidence: float) -> tuple[float, float, float, str]:
    found = stratified_theta(counts, confidence=confidence)
    if not len(counts):
        return np.nan, np.nan, np.nan, ""
    if small(counts):
        return found.theta_all, np.nan, np.nan, TOO_FEW
    if separated(2 * found.theta_all - 1):
        return found.theta_all, np.nan, np.nan, SEPARATED
    if not found.measured.any() or not found.se_cmh > 0:
        return found.theta_all, np.nan, np.nan, "Interval not estimable: no stratum has a variance."
    low, high = found.ci_cmh_low, found.ci_cmh_high
    if near_edge(found.theta_cmh, low, high):
        low, high = logit_interval(found.theta_cmh, found.reach)
    return found.theta_cmh, low, high, "" if found.measured.all() else LEFT_OUT


def _binary(test: Test, counts: np.ndarray, confidence: float) -> Estimate:
    tables = counts[:, :, ::-1]  # (event, no event)
    if test == "not estimable":
        effect = mantel_haenszel_difference(tables).effect
        return Estimate("none", np.nan, np.nan, "risk difference", effect, np.nan, np.nan, NOT_ESTIMABLE)
    found = mantel_haenszel_difference(tables, confidence=confidence)
    low, high, note = found.ci_low, found.ci_high, ""
    statistic = cochran_mantel_haenszel(tables).z
    if test == "Fisher mid-p":
        statistic, p_value = np.nan, fisher_exact(tables[0]).p_midp_two_sided
        low, high = newcombe(shares_of(tables[0]), confidence=confidence)
    elif test == "exact conditional":
        p_value = conditional_exact(tables).p_exact_two_sided
    else:
        p_value = cochran_mantel_haenszel(tables).p_two_sided
    if small(counts):
        low, high, note = np.nan, np.nan, TOO_FEW
    elif separated(found.effect):
        low, high, note = np.nan, np.nan, SEPARATED
    elif not found.se > 0 and len(counts) > 1:
        low, high, note = np.nan, np.nan, "Interval not estimable: no stratum has a variance."
    low, high = max(low, -1.0), min(high, 1.0)
    return Estimate(TESTS[test], statistic, p_value, "risk difference", found.effect, low, high, note)


def _nominal(test: Test, counts: np.ndarray, confidence: float) -> Estimate:
    """Cramér's V of the test's own χ²: for two groups √(χ²/N); its interval from noncentral χ²."""
    if test == "not estimable":
        return Estimate("none", np.nan, np.nan, "Cramér's V", np.nan, np.nan, np.nan, NOT_ESTIMABLE)
    pooled = nominal_table(counts.sum(axis=0), confidence=confidence)
    if test == "generalised CMH":
        found = cmh_general(counts)
        note = "Expected counts under 5: p is approximate." if sparse(counts) else ""
        within = replace(pooled, chi2=found.chi2, df=found.df)
        return _with_v(TESTS[test], within, found.p_value, small(counts), note)
    rng = np.random.default_rng(0)  # one test's own draws: the same counts give the same p
    p_value = pooled.p_value if test == "chi-square" else freeman_halton_monte_carlo(counts[0], rng, tables=TABLES)
    return _with_v(TESTS[test], pooled, p_value, small(counts), "")


def _with_v(test: str, table: NominalTable, p_value: float, few: bool, note: str) -> Estimate:
    low, high = (np.nan, np.nan) if few else (table.v_low, table.v_high)
    return Estimate(test, table.chi2, p_value, "Cramér's V", table.cramers_v, low, high, TOO_FEW if few else note)


def separated(difference: float) -> bool:
    """Whether nobody of one group answers as anybody of the other; `difference` runs from −1 to 1."""
    return abs(difference) > 1 - 1e-12


def shares_of(table: np.ndarray) -> Shares:
    """The two shares of a table (compared, reference) × (event, no event)."""
    (a, b), (c, d) = (tuple(int(cell) for cell in row) for row in table)
    return Shares(a, a + b, c, c + d)
