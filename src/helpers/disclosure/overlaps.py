"""Counts that no report shows but that follow from several: the people in one shown group and not in another."""

import pandas as pd

from helpers.disclosure.atoms import population_name, space_of
from helpers.disclosure.cells import EVERYWHERE
from helpers.disclosure.designs import TOTAL_BASE
from helpers.disclosure.system import Builder
from helpers.study import Family


def overlaps(builder: Builder, results) -> None:
    """Sensitivity analyses, populations that hold the compared groups, and series with one total, all added."""
    counted = set(results.counts["family"])
    for family in builder.study.plan.families:
        if family.name not in counted:
            continue
        if family.design == "prevalence":
            _population(builder, family)
        elif family.design == "trend":
            _one_total(builder, family)
        elif family.design == "independent" and family.publish_by_partnership:
            _same_people(builder, family)
    _restricted(builder, results.sensitivity)


def _population(builder: Builder, family: Family) -> None:
    """What the population holds beyond the care groups counted elsewhere for the same outcome."""
    atoms, study = builder.atoms, builder.study
    groups = [member for name in family.population for member in study.members(name)]
    for outcome in family.outcomes:
        whole, parts = space_of(family, outcome), f"{family.extract}|{outcome}|care_group"
        if whole not in atoms.inside or parts not in atoms.inside:
            continue
        for answer in ("above", "below"):
            rest = {}
            for place in atoms.inside[whole][0]:
                everyone = atoms.total(whole, [place], ["all"], (answer,))
                counted = atoms.total(parts, [place], groups, (answer,))
                beyond = atoms.value(everyone) - atoms.value(counted)
                if beyond < 0:
                    return  # the two do not count the same people; nothing follows from one for the other
                other = {atoms.add(f"{whole}|beyond", place, "all", answer, beyond): 1.0}
                link = everyone | dict.fromkeys((*counted, *other), -1.0)
                builder.add(family, outcome, place, "all", f"{answer}_link", link, kind="link")
                rest |= other
            builder.add(family, outcome, EVERYWHERE, f"beyond {population_name(family)}", answer, rest, kind="implied")


def _one_total(builder: Builder, family: Family) -> None:
    """Series that divide by the same columns have the same total every year."""
    first: dict[tuple, str] = {}
    for series in family.series:
        space = space_of(family, series.name)
        other = first.setdefault(tuple(sorted(series.total)), space)
        if other == space or space not in builder.atoms.inside:
            continue
        places, years = builder.atoms.inside[space]
        for year in years:
            one, two = (builder.atoms.total(name, places, [year], ("part", "rest")) for name in (space, other))
            if builder.atoms.value(one) == builder.atoms.value(two):
                link = one | dict.fromkeys(two, -1.0)
                builder.add(family, series.name, EVERYWHERE, year, "total_link", link, kind="link")


def _restricted(builder: Builder, rows: pd.DataFrame) -> None:
    """Numbers of people in the sensitivity analyses: the same as in the main one, part of them, or some more."""
    for row in rows.itertuples(index=False):
        family = builder.study.family(row.family)
        sides = ((row.group, row.n_group, row.missing_group), (row.reference, row.n_reference, row.missing_reference))
        if family.design != "independent":
            continue
        for group, n, missing in sides:
            if pd.isna(n):
                continue
            form = _people(builder, family, row.outcome, group, row.analysis, int(n))
            builder.add(family, row.outcome, EVERYWHERE, group, "base", form, value=float(n), cost=TOTAL_BASE / 4,
                        analysis=row.analysis)
            if pd.notna(missing):
                builder.add(family, row.outcome, EVERYWHERE, group, "missing", None, kind="coverage",
                            value=float(missing), analysis=row.analysis)


def _people(builder: Builder, family: Family, outcome: str, group: str, analysis: str, n: int) -> dict[int, float]:
    """The people analysed as a form; those who are only here, or only in the main analysis, become implied counts."""
    space, atoms = space_of(family, outcome), builder.atoms
    inside = builder.members(family, group)
    main = atoms.total(space, atoms.inside[space][0], inside, ("above", "below"))
    apart = int(atoms.value(main)) - n
    if not apart:
        return main
    sign = 1.0 if apart > 0 else -1.0  # fewer than in the main analysis, or more
    other = {atoms.add(f"{space}|{analysis}", EVERYWHERE, group, "apart", abs(apart)): 1.0}
    builder.add(family, outcome, EVERYWHERE, group, "apart", other, kind="implied", analysis=analysis)
    if sign < 0:
        return main | other
    return main | dict.fromkeys(other, -1.0)


def _same_people(builder: Builder, family: Family) -> None:
    """How many people each side has in each partnership, as far as the bases of all outcomes together tell.

    Everybody is in a base or missing, so the people of a partnership are at least its largest base, and at most what
    the largest bases of the others leave of all. Stated for outcomes that have a small base to protect.
    """
    threshold = builder.study.settings.disclosure.threshold
    asked = (family.extract, family.design, family.by)
    published = [other for other in builder.study.plan.families
                 if other.publish_by_partnership and (other.extract, other.design, other.by) == asked
                 and all(space_of(other, outcome) in builder.atoms.inside for outcome in other.outcomes)]
    for side in dict.fromkeys(group for pair in family.contrasts for group in (pair.group, pair.reference)):
        inside = builder.members(family, side)
        bases = {space_of(other, outcome): _per_place(builder, space_of(other, outcome), inside, ("above", "below"))
                 for other in published for outcome in other.outcomes}
        everyone = {space: sum(_per_place(builder, space, inside, ("above", "below", "missing")).values())
                    for space in bases}
        for outcome in family.outcomes:
            own = space_of(family, outcome)
            if not any(1 <= base < threshold for base in bases[own].values()):
                continue
            alike = [each for space, each in bases.items() if space != own and everyone[space] == everyone[own]]
            least = {place: max((each[place] for each in alike), default=0.0) for place in bases[own]}
            for place in bases[own]:
                form = builder.atoms.total(own, [place], inside, ("above", "below", "missing"))
                most = everyone[own] - sum(least.values()) + least[place]
                builder.add(family, outcome, place, side, "people", form, kind="link", interval=(least[place], most))


def _per_place(builder: Builder, space: str, inside: list[str], answers: tuple[str, ...]) -> dict[str, float]:
    atoms = builder.atoms
    return {place: atoms.value(atoms.total(space, [place], inside, answers)) for place in atoms.inside[space][0]}
