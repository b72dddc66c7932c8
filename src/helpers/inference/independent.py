"""Two independent groups within partnerships: every contrast and outcome of a family, adjusted together."""

import hashlib
from dataclasses import replace

import numpy as np

from helpers.inference.estimates import Estimate, estimate
from helpers.inference.material import Material, Sides
from helpers.inference.measured import mean_difference, telling
from helpers.inference.methods.binary import cmh_moments
from helpers.inference.methods.multiplicity import adjust
from helpers.inference.methods.ordinal import van_elteren_moments
from helpers.inference.methods.permutation import event_block, max_t, rank_block, standardised
from helpers.inference.methods.relabelling import jointly
from helpers.inference.methods.tabulation import count, informative
from helpers.inference.rows import Row, joined


def compare_sides(material: Material, sides: list[Sides], *, analysis: str = "main", pooled: bool = False,
                  remark: str = "") -> list[Row]:
    """A row for every contrast and outcome, contrast by contrast; p-values adjusted over all of them by max-T.

    Nominal outcomes have no direction to permute: theirs are adjusted by Holm. `pooled` sets partnerships aside.
    `analysis` takes part in the seed, so that each analysis has its own draws.
    """
    strata = ["all partnerships"] if pooled else material.partnerships
    stratum = np.where(material.stratum < 0, -1, 0) if pooled else material.stratum
    rows, alone = [], []
    for side in sides:
        found = [_row(material, side, outcome, stratum, strata, remark) for outcome in material.family.outcomes]
        if material.kind != "nominal":
            z = _permuted(material, side, stratum, analysis)
            compared = max_t(z)
            alone += list(compared.step_down)
            found = [_permuted_row(*each) for each in zip(found, z[0], compared.raw, strict=True)]
        rows += found
    if len(rows) == 1:
        adjusted = [np.nan]  # nothing to adjust for: the raw p-value stands
    elif material.kind == "nominal" or (material.kind == "measured" and len(sides) > 1):
        adjusted = adjust([row.p_value for row in rows], "holm")
    else:
        adjusted = alone if len(sides) == 1 else _joint(material, sides, stratum, analysis)
    return [replace(row, p_adjusted=float(np.fmax(row.p_value, p)) if row.test != "none" else np.nan)
            for row, p in zip(rows, adjusted, strict=True)]


def counts_of(material: Material, side: Sides, outcome: str, stratum: np.ndarray, strata: int) -> np.ndarray:
    """Answers of both sides: strata × (compared, reference) × levels."""
    who = np.where(material.is_in(side.group), 0, np.where(material.is_in(side.reference), 1, -1))
    return count(material.codes(outcome), who, stratum, shape=(strata, 2, material.levels(outcome)))


def _permuted(material: Material, side: Sides, stratum: np.ndarray, analysis: str) -> np.ndarray:
    """z by relabelling and outcome of one contrast, its two groups relabelled within strata; the observed one first."""
    codes = np.column_stack([material.codes(outcome) for outcome in material.family.outcomes])
    group, reference = material.is_in(side.group), material.is_in(side.reference)
    blocks = []
    for each in range(int(stratum.max(initial=-1)) + 1):
        here = (stratum == each) & (group | reference)
        if (group & here).any() and (reference & here).any():
            blocks.append(_block(material)(group[here], codes[here]))
    if not blocks:
        return np.full((1, codes.shape[1]), np.nan)
    return standardised(blocks, seeded(material, analysis, "alone"), material.study.plan.permutations)


def _block(material: Material):
    return rank_block if material.kind == "ordinal" else event_block


def _joint(material: Material, sides: list[Sides], stratum: np.ndarray, analysis: str) -> np.ndarray:
    """Step-down max-T over all contrasts and outcomes, relabelling all their groups together."""
    atoms = list(dict.fromkeys(member for side in sides for member in [*side.group, *side.reference]))
    code = {atom: place for place, atom in enumerate(atoms)}
    group = material.answers_of_by.map(code).fillna(-1).to_numpy().astype(np.int64)
    used = (group >= 0) & (stratum >= 0)
    if not used.any():
        return np.full(len(sides) * len(material.family.outcomes), np.nan)
    z = jointly(
        group[used], stratum[used], [material.codes(outcome)[used] for outcome in material.family.outcomes],
        [([code[name] for name in side.group], [code[name] for name in side.reference]) for side in sides],
        van_elteren_moments if material.kind == "ordinal" else cmh_moments, seeded(material, analysis, "jointly"),
        material.study.plan.permutations,
    )
    return max_t(z).step_down


def _row(material: Material, side: Sides, outcome: str, stratum: np.ndarray, strata: list[str], remark: str) -> Row:
    """The row with test, effect and interval; its p-value only where it does not come from permutation."""
    group, reference = material.is_in(side.group), material.is_in(side.reference)
    found, tells = _estimated(material, side, outcome, stratum, len(strata))
    answered, missing = material.codes(outcome) >= 0, material.missing(outcome)
    void = [name for name, tell in zip(strata, tells, strict=True) if not tell]
    listed = f"{', '.join(void)}: nothing added (one group only, or all answers alike)." if void else ""
    return Row(
        family=material.family.name, outcome=outcome, scale=material.scale(outcome), design="independent",
        group=side.contrast.group, reference=side.contrast.reference,
        n_group=int((group & answered).sum()), n_reference=int((reference & answered).sum()),
        missing_group=int((group & missing).sum()), missing_reference=int((reference & missing).sum()),
        test=found.test, statistic=found.statistic, p_value=found.p_value, effect_name=found.effect_name,
        effect=found.effect, ci_low=found.ci_low, ci_high=found.ci_high, strata_used=len(strata) - len(void),
        note=joined(material.standing, remark, listed, found.note),
    )


def _estimated(material: Material, side: Sides, outcome: str, stratum: np.ndarray,
               strata: int) -> tuple[Estimate, np.ndarray]:
    """Test, effect and interval, and which strata tell the groups apart."""
    if material.kind == "measured":
        group, reference = material.is_in(side.group), material.is_in(side.reference)
        values = material.values(outcome)
        found = mean_difference(values, group, reference, stratum, confidence=material.confidence)
        return found, telling(values, group, reference, stratum, strata)
    counts = counts_of(material, side, outcome, stratum, strata)
    return estimate(material.scale(outcome), counts, confidence=material.confidence), informative(counts)


def _permuted_row(row: Row, z: float, p_permuted: float) -> Row:
    """The row with the permutation p-value where its test has no other; a difference of means has its z from there."""
    if row.test == "none":
        return row
    statistic = z if row.effect_name == "mean difference" else row.statistic
    return replace(row, statistic=float(statistic),
                   p_value=row.p_value if not np.isnan(row.p_value) else float(p_permuted))


def seeded(material: Material, *purpose: str) -> np.random.Generator:
    """The generator of one family's draws: from the plan's seed and the family's name, the same on every machine."""
    text = "/".join([str(material.study.plan.seed), material.family.name, *purpose])
    return np.random.default_rng(int.from_bytes(hashlib.sha256(text.encode()).digest()[:16], "big"))
