"""Differences of shares over all partnerships: once the bases are known they are linear in the counts, and solvable."""

import math

from scipy.stats import norm

from helpers.disclosure.atoms import space_of
from helpers.disclosure.cells import CLAIM_DECIMALS, EFFECT_DECIMALS, EVERYWHERE, P_DECIMALS, rounded_p
from helpers.disclosure.system import Builder
from helpers.study import Family

# What a reader loses, beside a partnership's detail: the effect, and its p-value in three, two or one decimals.
EFFECT, P_VALUE = 30.0, dict(zip(P_DECIMALS, (1.0, 2.0, 5.0), strict=True))


def differences(builder: Builder, family: Family, outcome: str, results) -> None:
    """The effect of a two-category outcome and its p-value, each as an interval of the same sum of counts."""
    for analysis, rows in (("main", results.rows), ("pooled", results.sensitivity)):
        mask = (rows["family"] == family.name) & (rows["outcome"] == outcome)
        mask &= rows["effect_name"] == "risk difference"
        if analysis != "main":
            mask &= rows["analysis"] == analysis
        for row in rows[mask & rows["effect"].notna()].itertuples(index=False):
            form = _form(builder, family, outcome, row, analysis)
            if abs(builder.atoms.value(form) - row.effect) > 1e-6:
                continue  # another estimator: no sum of these counts
            pair = f"{row.group}-{row.reference}"
            told = [("effect", _from_effect(builder, family, outcome, row.effect), EFFECT)]
            told += [(f"p{places}", _from_p(row.effect, row.p_value, places), P_VALUE[places]) for places in P_DECIMALS]
            for answer, interval, cost in told:
                builder.add(family, outcome, EVERYWHERE, pair, answer, form, kind="effect", value=row.effect,
                            interval=interval, cost=cost, analysis=analysis)


def _form(builder: Builder, family: Family, outcome: str, row, analysis: str) -> dict[int, float]:
    """Mantel-Haenszel: the sum of w(a/n - b/m) over the sum of w, with w = nm/(n + m); pooled, one stratum."""
    space, atoms = space_of(family, outcome), builder.atoms
    places = atoms.inside[space][0]
    sides = [builder.members(family, side) for side in (row.group, row.reference)]
    form, weights = {}, 0.0
    for stratum in [[place] for place in places] if analysis == "main" else [places]:
        n, m = (atoms.value(atoms.total(space, stratum, side, ("above", "below"))) for side in sides)
        if not n or not m:
            continue
        weight = n * m / (n + m)
        weights += weight
        for side, share in ((sides[0], weight / n), (sides[1], -weight / m)):
            form |= dict.fromkeys(atoms.total(space, stratum, side, ("above",)), share)
    return {atom: coefficient / weights for atom, coefficient in form.items()} if weights else {}


def _from_effect(builder: Builder, family: Family, outcome: str, effect: float) -> tuple[float, float]:
    decimals = CLAIM_DECIMALS if (family.name, outcome) in builder.claimed else EFFECT_DECIMALS
    return round(effect, decimals) - 0.5 * 10**-decimals, round(effect, decimals) + 0.5 * 10**-decimals


def _from_p(effect: float, p_value: float, decimals: int) -> tuple[float, float]:
    """What a rounded p-value says of the effect behind it, by the normal curve and an intruder who knows its variance.

    The Cochran-Mantel-Haenszel statistic is this same sum over its standard deviation, so that p = 0.70 in two decimals
    tells the sum more finely than the effect in four.
    """
    if math.isnan(p_value) or not effect:
        return -math.inf, math.inf
    spread = effect / max(float(norm.isf(p_value / 2)), 1e-12)
    half, shown = 0.5 * 10.0**-decimals, rounded_p(p_value, decimals)
    least = 0.0 if shown <= 10.0**-decimals else shown - half
    ends = [spread * float(norm.isf(min(p, 1.0) / 2)) for p in (least, shown + half)]
    return min(ends), max(ends)
