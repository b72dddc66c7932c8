"""How each family of the reference cases is put to the package: (input, options) → a function from key to number."""

from collections.abc import Callable

import numpy as np

from helpers import inference as inf


def tabulated(data: dict, options: dict):
    """The frame's counts; `levels` gives the order of outcomes where it names them all."""
    levels, seen = options.get("levels"), {value for value in data["outcome"] if value is not None}
    return inf.tabulate(data["outcome"], data["group"], compared=data["compared"], reference=data["reference"],
                        stratum=data.get("stratum"), weight=data.get("weight"),
                        levels=levels if levels and seen <= set(levels) else None)


def complete(*columns: list | None) -> list[int]:
    """The places where no column (of those that are there) has a gap."""
    given = [column for column in columns if column is not None]
    return [place for place, values in enumerate(zip(*given, strict=True)) if all(v is not None for v in values)]


def oriented(data: dict, options: dict) -> np.ndarray:
    """The tables as strata × (compared, reference) × (event, no event)."""
    counts = np.array(data["counts"] if data["kind"] == "tables" else [data["counts"]])
    rows = [data["rows"].index(options["compared_row"]), data["rows"].index(options["reference_row"])]
    event = data["cols"].index(options["event_col"])
    events = counts[:, rows, event]
    return np.stack([events, counts[:, rows].sum(axis=2) - events], axis=2)


def confidence(options: dict) -> dict:
    return {"confidence": options["conf_level"]} if "conf_level" in options else {}


def named(result, **other) -> Callable:
    """Keys answered by the result's attributes, but for those that the result calls otherwise."""
    return lambda key: other[key] if key in other else getattr(result, key)


def scores_in_order(given, labels):
    return [given[label] for label in labels] if isinstance(given, dict) else given


def stratified_effect(data, options):
    table = tabulated(data, options)
    return named(inf.stratified_theta(table.counts, strata=table.strata, **confidence(options)))


def cmh_row_mean(data, options):
    counts, labels = np.array(data["counts"]), data["rows"]
    if "compared_row" in options:
        labels = [options["compared_row"], options["reference_row"]]
    counts = counts[:, [data["rows"].index(label) for label in labels]]
    return named(inf.cmh_row_mean(counts, scores_in_order(options["col_scores"], data["cols"])))


def cmh_correlation(data, options):
    return named(inf.cmh_correlation(np.array(data["counts"]), scores_in_order(options["row_scores"], data["rows"]),
                                     scores_in_order(options["col_scores"], data["cols"])))


def linear_by_linear(data, options):
    kept = [(y, options["group_scores"][g]) for y, g in zip(data["outcome"], data["group"], strict=True)
            if y is not None and g is not None]
    result = inf.linear_by_linear(*zip(*kept, strict=True))
    return named(result, p_two_sided=result.p_value)


def fisher_exact(data, options):
    return named(inf.fisher_exact(oriented(data, options)[0], **confidence(options)))


def shares(data) -> inf.Shares:
    return inf.Shares(**{key: data[key] for key in ("x_compared", "n_compared", "x_reference", "n_reference")})


def risk_difference_ci(data, options):
    pair = shares(data)
    newcombe, score = inf.newcombe(pair, **confidence(options)), inf.miettinen_nurminen(pair, **confidence(options))
    return named(pair, newcombe_low=newcombe[0], newcombe_high=newcombe[1], mn_low=score[0], mn_high=score[1])


def tost_proportion(data, options):
    return named(inf.equivalent_shares(shares(data), low=options["low"], high=options["high"], **confidence(options)))


def proportion_ci(data, options):
    given = (data["x"], data["n"])
    found = {}
    methods = {"wilson": inf.wilson, "wilson_cc": inf.wilson_continuity, "cp": inf.clopper_pearson}
    for name, procedure in methods.items():
        found[f"{name}_low"], found[f"{name}_high"] = procedure(*given, **confidence(options))
    return found.get


def finite_population(data, options):
    return named(inf.finite_population(data["x"], data["n"], data["population"], **confidence(options)))


def mcnemar(data, options):
    return named(inf.McNemar(data["counts"][0][1], data["counts"][1][0]))


def paired_risk_difference(data, options):
    event = data["levels"].index(options["event_level"])
    b, c, n = data["counts"][event][1 - event], data["counts"][1 - event][event], int(np.sum(data["counts"]))
    low, high = inf.tango(b, c, n, **confidence(options))
    return {"effect": inf.dominance(b, c, n).effect, "ci_low": low, "ci_high": high}.get


def marginal_homogeneity(data, options):
    result = inf.stuart_maxwell(data["counts"])
    scores = inf.score_homogeneity(data["counts"], scores_in_order(options["scores"], data["levels"]))
    return named(result, chi2_scores=scores.chi2, df_scores=scores.df, p_value_scores=scores.p_value)


def p_adjust(data, options):
    p_values = [np.nan if p is None else p for p in data["p"]]
    return lambda key: inf.adjust(p_values, key)


def westfall_young(data, options):
    names = list(data["outcomes"])
    stratum = data.get("stratum") or ["all"] * len(data["group"])
    kept = complete(data["group"], stratum)
    codes = np.column_stack([inf.codes_of(data["outcomes"][name]) for name in names])[kept]
    compared, stratum = np.array(data["group"])[kept] == data["compared"], np.array(stratum)[kept]
    blocks = [inf.rank_block(compared[stratum == each], codes[stratum == each]) for each in sorted(set(stratum))]
    z = inf.enumerated(blocks)
    result = inf.max_t(z)
    by_outcome = {"z": z[0], "raw_p": result.raw, "single_step_p": result.single_step, "step_down_p": result.step_down}
    return lambda key: len(z) if key == "n_permutations" else dict(zip(names, by_outcome[key], strict=True))


def samples(data) -> tuple[list, list]:
    """The outcomes of the compared group and of the reference, the missing left out."""
    kept = [(y, g) for y, g in zip(data["outcome"], data["group"], strict=True) if y is not None and g is not None]
    return tuple([y for y, g in kept if g == data[side]] for side in ("compared", "reference"))


def blocked_score_exact(data, options):
    table = tabulated(data, options)
    return named(inf.blocked_score_exact(table.counts, table.levels))


def signed_rank(data, options):
    if data["kind"] == "square":
        return named(inf.signed_rank_of(data["counts"], zeros=options["zero_method"]))
    return named(inf.signed_rank(np.subtract(*both(data)), zeros=options["zero_method"]))


def both(data) -> tuple[list, list]:
    """The pairs that have both values."""
    kept = complete(data["first"], data["second"])
    return tuple([data[side][place] for place in kept] for side in ("first", "second"))


def ordinal_logit(data, options):
    given = {term["name"]: data["group"] if term["name"] == "group" else data["covariates"][term["name"]]
             for term in options["terms"]}
    kept = complete(data["outcome"], data["group"], data.get("weight"), *given.values())
    used = [level for level in options["levels"] if level in {data["outcome"][place] for place in kept}]
    columns, group = {}, []
    for term in options["terms"]:
        values = [given[term["name"]][place] for place in kept]
        if term["name"] == "group":
            columns["group"] = [value == data["compared"] for value in values]
            group.append("group")
        elif term["type"] == "numeric":
            columns[term["name"]] = values
        else:
            columns |= {f"{term['name']}:{level}": [value == level for value in values] for level in term["levels"][1:]}
    weight = [data["weight"][place] for place in kept] if data.get("weight") else None
    codes = [used.index(data["outcome"][place]) for place in kept]
    return named(inf.ordinal_logit(codes, columns, group=group, levels=used, weight=weight, **confidence(options)))


def pooling(data, options):
    return named(inf.pool(data["estimates"], data["variances"], n_complete=data["n_complete"],
                          n_parameters=data["n_parameters"], **confidence(options)))


def scalars(procedure, key):
    return lambda data, options: {
        key: procedure(**{name: value for name, value in data.items() if name != "kind"}, **options)}.get


BY_FAMILY: dict[str, Callable] = {
    "van_elteren": lambda data, options: named(inf.van_elteren(tabulated(data, options).counts)),
    "stratified_effect": stratified_effect,
    "rank_sum_asymptotic": lambda data, options: named(inf.rank_sum(tabulated(data, options).counts[0])),
    "brunner_munzel":
        lambda data, options: named(inf.brunner_munzel(tabulated(data, options).counts[0], **confidence(options))),
    "linear_by_linear": linear_by_linear,
    "cmh_general": lambda data, options: named(inf.cmh_general(data["counts"])),
    "cmh_row_mean": cmh_row_mean,
    "cmh_correlation": cmh_correlation,
    "chi_square_nominal": lambda data, options: named(inf.nominal_table(data["counts"])),
    "fisher_freeman_halton": lambda data, options: {"p_exact_two_sided": inf.freeman_halton(data["counts"])}.get,
    "cmh_2x2xk":
        lambda data, options: named(inf.cochran_mantel_haenszel(oriented(data, options), **confidence(options))),
    "cmh_exact": lambda data, options: named(inf.conditional_exact(oriented(data, options), **confidence(options))),
    "fisher_exact": fisher_exact,
    "odds_ratio_homogeneity": lambda data, options: named(inf.odds_ratio_homogeneity(oriented(data, options))),
    "mh_risk_difference":
        lambda data, options: named(inf.mantel_haenszel_difference(oriented(data, options), **confidence(options))),
    "risk_difference_ci": risk_difference_ci,
    "tost_proportion": tost_proportion,
    "proportion_ci": proportion_ci,
    "finite_population": finite_population,
    "mcnemar": mcnemar,
    "paired_risk_difference": paired_risk_difference,
    "bowker_symmetry": lambda data, options: named(inf.bowker(data["counts"])),
    "marginal_homogeneity": marginal_homogeneity,
    "paired_dominance": lambda data, options: named(inf.dominance_of(data["counts"], **confidence(options))),
    "p_adjust": p_adjust,
    "van_elteren_exact": lambda data, options: named(inf.van_elteren_exact(tabulated(data, options).counts)),
    "blocked_rank_sum_exact": lambda data, options: named(inf.blocked_rank_sum_exact(tabulated(data, options).counts)),
    "blocked_score_exact": blocked_score_exact,
    "rank_sum_exact": lambda data, options: named(
        inf.rank_sum_exact(tabulated(data, options).counts[0]), u=inf.rank_sum(tabulated(data, options).counts[0]).u),
    "hodges_lehmann_shift":
        lambda data, options: named(inf.hodges_lehmann_shift(*samples(data), **confidence(options))),
    "permutation_mean": lambda data, options: named(inf.permutation_mean(*samples(data))),
    "welch_t": lambda data, options: named(inf.welch(*samples(data))),
    "tost_welch": lambda data, options: named(
        inf.equivalent_means(*samples(data), low=options["low"], high=options["high"], **confidence(options))),
    "standardised_mean_difference": lambda data, options: named(inf.hedges_g(*samples(data))),
    "kruskal_wallis": lambda data, options: named(inf.kruskal_wallis(data["outcome"], data["group"])),
    "unconditional_exact": lambda data, options: named(inf.boschloo(oriented(data, options)[0])),
    "signed_rank_asymptotic": signed_rank,
    "signed_rank_exact": signed_rank,
    "hodges_lehmann_paired":
        lambda data, options: named(inf.hodges_lehmann_paired(*both(data), **confidence(options))),
    "paired_t": lambda data, options: named(inf.paired_t(*both(data), **confidence(options))),
    "ordinal_logit": ordinal_logit,
    "multiple_imputation_pooling": pooling,
    "power_proportion": scalars(inf.power_of_shares, "power"),
    "minimum_detectable_proportion": scalars(inf.detectable_share, "p_compared"),
    "minimum_detectable_smd": scalars(inf.detectable_smd, "effect"),
    "minimum_detectable_theta": scalars(inf.detectable_theta, "effect_abs"),
    "westfall_young": westfall_young,
}
