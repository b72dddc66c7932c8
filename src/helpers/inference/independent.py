"""Two independent groups within partnerships: every contrast and outcome of a family, adjusted together."""

import hashlib
from dataclasses import replace

import numpy as np

from helpers.inference.binary import cmh_moments
from helpers.inference.estimates import Estimate, estimate
from helpers.inference.material import Material, Sides
from helpers.inference.ordinal import van_elteren_moments
from helpers.inference.permutation import event_block, max_t, rank_block, standardised
from helpers.inference.relabelling import jointly
from helpers.inference.rows import Row, joined
from helpers.inference.tabulation import count, informative


def compare_sides(material: Material, sides: list[Sides], *, analysis: str = "main", pooled: bool = False,
                  remark: str = "") -> list[Row]:
    """A row for every contrast and outcome, contrast by contrast; p-values adjusted over all of them by max-T.

    `pooled` sets partnerships aside. `analysis` takes part in the seed, so that each analysis has its own draws.
    """
    strata = ["all partnerships"] if pooled else material.partnerships
    stratum = np.where(material.stratum < 0, -1, 0) if pooled else material.stratum
    estimates, rows, raw, alone = [], [], [], []
    for side in sides:
        group, reference = material.is_in(side.group), material.is_in(side.reference)
        compared = _permuted(material, group, reference, stratum, analysis)
        raw += list(compared.raw)
        alone += list(compared.step_down)
        for outcome in material.family.outcomes:
            counts = _counts(material, outcome, group, reference, stratum, len(strata))
            estimates.append(estimate(material.scale(outcome), counts, confidence=1 - material.study.plan.alpha))
            rows.append(_frame_of_row(material, side, outcome, group, reference, counts, strata, remark))
    adjusted = alone if len(sides) == 1 else _joint(material, sides, stratum, analysis)
    if len(rows) == 1:
        adjusted = [np.nan]  # nothing to adjust for: the raw p-value stands
    return [_filled(*each) for each in zip(rows, estimates, raw, adjusted, strict=True)]


def _counts(material: Material, outcome: str, group: np.ndarray, reference: np.ndarray, stratum: np.ndarray,
            strata: int) -> np.ndarray:
    side = np.where(group, 0, np.where(reference, 1, -1))
    return count(material.codes(outcome), side, stratum, shape=(strata, 2, material.levels(outcome)))


def _permuted(material: Material, group: np.ndarray, reference: np.ndarray, stratum: np.ndarray, analysis: str):
    """Step-down max-T over the outcomes of one contrast, relabelling its two groups within strata."""
    codes = np.column_stack([material.codes(outcome) for outcome in material.family.outcomes])
    rng = seeded(material, analysis, "alone")
    blocks = []
    for each in range(int(stratum.max(initial=-1)) + 1):
        here = (stratum == each) & (group | reference)
        if (group & here).any() and (reference & here).any():
            blocks.append(_block(material)(group[here], codes[here]))
    if not blocks:
        return max_t(np.full((1, codes.shape[1]), np.nan))
    return max_t(standardised(blocks, rng, material.study.plan.permutations))


def _block(material: Material):
    return rank_block if material.scale(material.family.outcomes[0]) == "ordinal" else event_block


def _joint(material: Material, sides: list[Sides], stratum: np.ndarray, analysis: str) -> np.ndarray:
    """Step-down max-T over all contrasts and outcomes, relabelling all their groups together."""
    atoms = list(dict.fromkeys(member for side in sides for member in [*side.group, *side.reference]))
    code = {atom: place for place, atom in enumerate(atoms)}
    group = material.answers_of_by.map(code).fillna(-1).to_numpy().astype(np.int64)
    used = (group >= 0) & (stratum >= 0)
    if not used.any():
        return np.full(len(sides) * len(material.family.outcomes), np.nan)
    ordinal = material.scale(material.family.outcomes[0]) == "ordinal"
    z = jointly(
        group[used], stratum[used], [material.codes(outcome)[used] for outcome in material.family.outcomes],
        [([code[name] for name in side.group], [code[name] for name in side.reference]) for side in sides],
        van_elteren_moments if ordinal else cmh_moments, seeded(material, analysis, "jointly"),
        material.study.plan.permutations,
    )
    return max_t(z).step_down


def _frame_of_row(material: Material, side: Sides, outcome: str, group: np.ndarray, reference: np.ndarray,
                  counts: np.ndarray, strata: list[str], remark: str) -> Row:
    """The row with everything but test, effect and p-values."""
    answered, missing = material.codes(outcome) >= 0, material.missing(outcome)
    void = [name for name, tells in zip(strata, informative(counts), strict=True) if not tells]
    listed = f"{', '.join(void)}: nothing added (one group only, or all answers alike)." if void else ""
    return Row(
        family=material.family.name, outcome=outcome, scale=material.scale(outcome), design="independent",
        group=side.contrast.group, reference=side.contrast.reference,
        n_group=int((group & answered).sum()), n_reference=int((reference & answered).sum()),
        missing_group=int((group & missing).sum()), missing_reference=int((reference & missing).sum()),
        strata_used=len(strata) - len(void), note=joined(material.standing, remark, listed),
    )


def _filled(row: Row, found: Estimate, p_permuted: float, p_max: float) -> Row:
    """The row with its estimate; the adjusted p-value is never below the raw one."""
    estimable = found.test != "none"
    p_value = found.p_value if not np.isnan(found.p_value) else p_permuted
    p_value = p_value if estimable else np.nan
    return replace(
        row, test=found.test, statistic=found.statistic, p_value=p_value,
        p_adjusted=float(np.fmax(p_value, p_max)) if estimable else np.nan,
        effect_name=found.effect_name, effect=found.effect, ci_low=found.ci_low, ci_high=found.ci_high,
        note=joined(row.note, found.note),
    )


def seeded(material: Material, *purpose: str) -> np.random.Generator:
    """The generator of one family's draws: from the plan's seed and the family's name, the same on every machine."""
    text = "/".join([str(material.study.plan.seed), material.family.name, *purpose])
    return np.random.default_rng(int.from_bytes(hashlib.sha256(text.encode()).digest()[:16], "big"))
