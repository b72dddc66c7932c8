"""The other analyses that a careful reader would ask for: each the main comparison with one thing changed.

`ANALYSES` says of each whom it suits and how it is made; the plan names them, or says "all".
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pandas as pd

from helpers.inference.beyond import beyond_rows
from helpers.inference.by_age import OLDER_FROM, age_adjusted_rows, ages_known, has_age, older, older_frame
from helpers.inference.independent import compare_sides
from helpers.inference.material import CONTINUING, Material, Sides, sides_of
from helpers.inference.pairs import compare_pairs
from helpers.inference.population import prevalence_rows
from helpers.inference.rows import Row
from helpers.inference.second_tests import second_test_rows
from helpers.inference.series import trend_rows
from helpers.inference.suppositions import bound_rows, imputed_rows
from helpers.study import EVERY, Contrast

Frame = pd.DataFrame | None
# Where single groups are compared with one another, continuing care has its own place: only a set can take it in.
WITH_SETS = ("continuing_care_as_group", "continuing_care_as_reference")


@dataclass(frozen=True)
class Analysis:
    """One analysis: `unsuited(material, frame)` says why it cannot be made ("" where it can), `rows` makes it."""

    remark: str
    unsuited: Callable[[Material, Frame], str]
    rows: Callable[[Material, Frame, Sequence[Row], str], list[Row]]


def main_rows(material: Material, frame: Frame, *, analysis: str = "main", remark: str = "") -> list[Row]:
    """The comparison that the plan fixed, by the family's design."""
    design = material.family.design
    if design == "independent":
        return compare_sides(material, sides_of(material), analysis=analysis, remark=remark)
    if design == "paired":
        return compare_pairs(material, analysis=analysis, remark=remark)
    return prevalence_rows(material, frame, remark=remark) if design == "prevalence" else trend_rows(material)


def sensitivity_rows(material: Material, frame: Frame, main: Sequence[Row]) -> tuple[list[Row], list[str]]:
    """The rows of the family's sensitivity analyses, and the analysis that each belongs to. `main`: the main rows."""
    rows, names = [], []
    for name in wanted(material, frame):
        found = ANALYSES[name].rows(material, frame, main, ANALYSES[name].remark)
        rows += found
        names += [name] * len(found)
    return rows, names


def wanted(material: Material, frame: Frame) -> list[str]:
    """The analyses to be made: those that the plan names or, where it says "all", those that suit."""
    if material.family.sensitivity != [EVERY]:
        return list(material.family.sensitivity)
    return [name for name, analysis in ANALYSES.items() if not analysis.unsuited(material, frame)
            and (name not in WITH_SETS or _each(material))]


# ---- whom an analysis suits ------------------------------------------------------------------------------------------

def _needs_groups(material: Material, _: Frame) -> str:
    return "" if material.family.design == "independent" else "needs independent groups; take it out."


def _needs_care_groups(material: Material, _: Frame) -> str:
    family = material.family
    if family.design != "independent" or family.by != "care_group":
        return "needs independent groups by care_group; take it out."
    if CONTINUING not in material.study.settings.groups:
        return f"the study has no group '{CONTINUING}'; declare it in study.toml or take the analysis out."
    sides = [member for side in sides_of(material) for member in (*side.group, *side.reference)]
    return f"'{CONTINUING}' is compared already; take it out." if CONTINUING in sides else ""


def _needs_people(material: Material, _: Frame) -> str:
    if material.family.design == "trend":
        return "needs a row a person; take it out."
    return "" if has_age(material) else (f"{material.family.extract} has neither 'age' nor 'age_group'; "
                                         "add one, or take it out.")


def _needs_ages(material: Material, frame: Frame) -> str:
    if fault := _needs_levels(material, frame) or _needs_people(material, frame):
        return fault
    return "" if ages_known(material) else "those compared do not differ in age, or it is what they are compared by; " \
                                           "take it out."


def _needs_levels(material: Material, frame: Frame) -> str:
    if fault := _needs_groups(material, frame):
        return fault
    return "" if material.kind in ("ordinal", "binary") else "needs ordinal or binary outcomes; take it out."


def _needs_several(material: Material, frame: Frame) -> str:
    if fault := _needs_groups(material, frame):
        return fault
    return "" if _each(material) else "no side of a contrast is made of several groups; take it out."


def _needs_answers(material: Material, _: Frame) -> str:
    if material.family.design == "trend" or (material.family.design == "independent"
                                             and material.kind not in ("ordinal", "binary")):
        return "needs answers on a scale of levels; take it out."
    return ""


def _needs_places(material: Material, _: Frame) -> str:
    if material.family.design == "trend":
        return "is what a trend's interval rests on already; take it out."
    if material.family.design == "independent" and material.kind == "nominal":
        return "needs an effect with a direction; take it out."
    return "" if len(material.partnerships) > 1 else "needs two partnerships or more; take it out."


def _needs_tests(material: Material, _: Frame) -> str:
    if material.family.design not in ("independent", "paired") or (
            material.family.design == "independent" and material.kind == "nominal"):
        return "needs two groups or two answers that are tested; take it out."
    return ""


def _needs_frame(material: Material, frame: Frame) -> str:
    return "" if material.family.design == "prevalence" and frame is not None else (
        "needs shares that are weighted to a sampling frame; take it out.")


# ---- how it is made --------------------------------------------------------------------------------------------------

def _older(material: Material, frame: Frame, _main: Sequence[Row], remark: str) -> list[Row]:
    return main_rows(material.within(older(material.table)), None if frame is None else older_frame(frame),
                     analysis="ages_16_plus", remark=remark)


def _pooled(material: Material, _: Frame, _main: Sequence[Row], remark: str) -> list[Row]:
    return compare_sides(material, sides_of(material), analysis="pooled", pooled=True, remark=remark)


def _each(material: Material) -> list[Sides]:
    """A contrast for every single group of the sides that are made of several."""
    return [Sides(Contrast(group=side.contrast.group if len(side.group) == 1 else one,
                           reference=other if len(side.reference) > 1 else side.contrast.reference), [one], [other])
            for side in sides_of(material) if len(side.group) > 1 or len(side.reference) > 1
            for one in side.group for other in side.reference]


def _each_group(material: Material, _: Frame, _main: Sequence[Row], remark: str) -> list[Row]:
    sides = [side for side in _each(material)
             if material.is_in(side.group).any() and material.is_in(side.reference).any()]
    return compare_sides(material, sides, analysis="each_group", remark=remark) if sides else []


def _continuing(side: str, analysis: str) -> Callable[[Material, Frame, Sequence[Row], str], list[Row]]:
    def rows(material: Material, _: Frame, _main: Sequence[Row], remark: str) -> list[Row]:
        return compare_sides(material, sides_of(material, **{side: (CONTINUING,)}), analysis=analysis, remark=remark)
    return rows


def _unweighted(material: Material, _: Frame, _main: Sequence[Row], remark: str) -> list[Row]:
    return prevalence_rows(material, None, remark=remark)


ANALYSES: dict[str, Analysis] = {
    "ages_16_plus": Analysis(f"Ages {OLDER_FROM} and over only; rows without an age are left out.", _needs_people,
                             _older),
    "pooled": Analysis("Pooled over partnerships: differences between partnerships are part of it.", _needs_groups,
                       _pooled),
    "each_group": Analysis("Every single group by itself.", _needs_several, _each_group),
    "continuing_care_as_group": Analysis("Continuing care counted with the group compared.", _needs_care_groups,
                                         _continuing("into_group", "continuing_care_as_group")),
    "continuing_care_as_reference": Analysis("Continuing care counted with the reference.", _needs_care_groups,
                                             _continuing("into_reference", "continuing_care_as_reference")),
    "age_adjusted": Analysis("Adjusted for age by a proportional odds model with partnership terms, which carries the "
                             "effect of age over where the groups' ages do not overlap.", _needs_ages,
                             age_adjusted_rows),
    "missing_lowest": Analysis("The worst that missing answers could hide: lowest in the group, highest in the "
                               "reference.", _needs_answers, bound_rows(lowest=True)),
    "missing_highest": Analysis("The best that missing answers could hide: highest in the group, lowest in the "
                                "reference.", _needs_answers, bound_rows(lowest=False)),
    "imputed": Analysis("Missing answers imputed from partnership, group, age, sex and the other outcomes.",
                        _needs_answers, imputed_rows),
    "beyond_partnerships": Analysis("Beyond these partnerships: their mean, each weighing the same, with t on one "
                                    "degree of freedom fewer than partnerships.", _needs_places, beyond_rows),
    "unweighted": Analysis("Not weighted to the sampling frame.", _needs_frame, _unweighted),
    "other_test": Analysis("The same question by another test.", _needs_tests, second_test_rows),
}
