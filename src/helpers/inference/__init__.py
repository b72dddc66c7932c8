"""Cleaned tables → comparisons: test, effect, interval, adjusted p-value; and the claims they answer.

A family goes through `door` (faults), one of `independent`, `pairs`, `population`, `series` (its design), `choose` and
`estimates` (which test, which interval), and comes out as `rows`. `analyses` changes one thing at a time (by `by_age`,
`suppositions`, `beyond`, `second_tests`), `specifications` all of them; `local`, `checks` and `conclusions` say how far
partnerships agree, assumptions hold and an absence is one. `claims` judges by `verdicts`. `methods` are the statistics
themselves, on counts or arrays. `validation` puts them on trial; nothing imports it.
"""

from helpers.inference.analyses import ANALYSES
from helpers.inference.claims import judge
from helpers.inference.family import FamilyResult, compare_family
from helpers.inference.methods.adjusted import Adjusted, adjusted
from helpers.inference.methods.binary import cochran_mantel_haenszel, mantel_haenszel_difference, odds_ratio_homogeneity
from helpers.inference.methods.conditional import conditional_exact, fisher_exact
from helpers.inference.methods.continuous import (
    equivalent_means,
    hedges_g,
    hodges_lehmann_shift,
    permutation_mean,
    welch,
)
from helpers.inference.methods.elteren_exact import van_elteren_bracket, van_elteren_exact
from helpers.inference.methods.exact import blocked_rank_sum_exact, blocked_score_exact, rank_sum_exact
from helpers.inference.methods.freeman_halton import freeman_halton, freeman_halton_monte_carlo
from helpers.inference.methods.groups import kruskal_wallis
from helpers.inference.methods.heterogeneity import heterogeneity, mean_of_strata
from helpers.inference.methods.imputation import pool
from helpers.inference.methods.imputing import impute
from helpers.inference.methods.multiplicity import adjust
from helpers.inference.methods.ordinal import brunner_munzel, placements, rank_sum, van_elteren
from helpers.inference.methods.ordinal_model import ordinal_logit
from helpers.inference.methods.paired import (
    McNemar,
    bowker,
    dominance,
    dominance_of,
    score_homogeneity,
    stuart_maxwell,
    tango,
)
from helpers.inference.methods.permutation import enumerated, event_block, max_t, rank_block, signs, standardised
from helpers.inference.methods.power import detectable_share, detectable_smd, detectable_theta, power_of_shares
from helpers.inference.methods.prevalence import finite_population, simple_share, weighted_share
from helpers.inference.methods.proportions import (
    Shares,
    clopper_pearson,
    equivalent_shares,
    miettinen_nurminen,
    newcombe,
    wilson,
    wilson_continuity,
)
from helpers.inference.methods.signed_ranks import hodges_lehmann_paired, paired_t, signed_rank, signed_rank_of
from helpers.inference.methods.tables import (
    cmh_correlation,
    cmh_general,
    cmh_row_mean,
    linear_by_linear,
    nominal_table,
)
from helpers.inference.methods.tabulation import codes_of, tabulate
from helpers.inference.methods.theta import stratified_theta
from helpers.inference.methods.trend import mean_slope, trend_test
from helpers.inference.methods.unconditional import boschloo
from helpers.inference.official import Official, official_tests, save_official
from helpers.inference.results import Results, compare, load_all, save

__all__ = [
    "ANALYSES", "Adjusted", "FamilyResult", "McNemar", "Official", "Results", "Shares", "adjust", "adjusted",
    "blocked_rank_sum_exact", "blocked_score_exact", "boschloo", "bowker", "brunner_munzel", "clopper_pearson",
    "cmh_correlation", "cmh_general", "cmh_row_mean", "cochran_mantel_haenszel", "codes_of", "compare",
    "compare_family", "conditional_exact", "detectable_share", "detectable_smd", "detectable_theta", "dominance",
    "dominance_of", "enumerated", "equivalent_means", "equivalent_shares", "event_block", "finite_population",
    "fisher_exact", "freeman_halton", "freeman_halton_monte_carlo", "hedges_g", "heterogeneity",
    "hodges_lehmann_paired", "hodges_lehmann_shift", "impute", "judge", "kruskal_wallis", "linear_by_linear",
    "load_all", "mantel_haenszel_difference", "max_t", "mean_of_strata", "mean_slope", "miettinen_nurminen",
    "newcombe", "nominal_table", "odds_ratio_homogeneity", "official_tests", "ordinal_logit", "paired_t",
    "permutation_mean", "placements", "pool", "power_of_shares", "rank_block", "rank_sum", "rank_sum_exact", "save",
    "save_official", "score_homogeneity", "signed_rank", "signed_rank_of", "signs", "simple_share", "standardised",
    "stratified_theta", "stuart_maxwell", "tabulate", "tango", "trend_test", "van_elteren", "van_elteren_bracket",
    "van_elteren_exact", "weighted_share", "welch", "wilson", "wilson_continuity",
]
