"""How coarsely a share weighted to its frame is printed, so that no partnership's small count follows from it.

Every base and all other counts of a group may be published, and who knows how many people stand behind each partnership
knows the weights: then each value of the one withheld count makes another weighted share. Printed coarsely enough, all
of them read alike; which step that takes is the same whatever the withheld count is, so that it tells nothing either.
"""

import math
from collections.abc import Iterator

from helpers.disclosure.atoms import space_of
from helpers.disclosure.cells import whole_percent
from helpers.disclosure.system import Builder
from helpers.study import Family

STEPS = (1, 2, 5, 10)  # whole percents; 0 where even the coarsest tells


def printing_step(builder: Builder, family: Family, outcome: str, group: str, figures: tuple[float, ...]) -> int:
    """The finest of STEPS in which the figures (share and interval ends) print alike for every value that each secret
    count of a partnership could have; 0 where there is none.

    The interval's ends are moved as the share is, a good approximation. The share of a prevalence family is its finding
    too, which is told in finer figures: 1 or 0.
    """
    moves = list(_moves(builder, family, outcome, _members(builder, family, group)))
    if family.design == "prevalence":
        return 0 if moves else 1
    known = [figure for figure in figures if not math.isnan(figure)]
    return next((step for step in STEPS if all(
        whole_percent(min(max(figure + move, 0.0), 1.0), step) == whole_percent(figure, step)
        for figure in known for move in moves)), 0)


def _members(builder: Builder, family: Family, group: str) -> list[str]:
    """The care groups behind a group; everyone's are all there are."""
    if family.design == "independent":
        return builder.members(family, group)
    named = family.population or list(builder.study.settings.groups)
    return list(dict.fromkeys(member for name in named for member in builder.study.members(name)))


def _moves(builder: Builder, family: Family, outcome: str, inside: list[str]) -> Iterator[float]:
    """By how much the weighted share differs from the true one for each value of each secret count, others fixed."""
    space, limit = f"{family.extract}|{outcome}|care_group", builder.study.settings.disclosure.threshold
    if space not in builder.atoms.inside:
        return
    per_person = _per_person(builder, family.extract, space, inside)
    # A partnership report shows whole sides: of a group inside one, or beyond one, no count but this is known.
    for members in (side for side in _published_sides(builder, space, outcome) if set(side) == set(inside)):
        for place in builder.atoms.inside[space][0]:
            shifts = [per_person[place, member] for member in members if (place, member) in per_person]
            above, below = (builder.atoms.value(builder.atoms.total(space, [place], members, (answer,)))
                            for answer in ("above", "below"))
            least = 0 if outcome in builder.sensitive else 1
            for secret, sign in ((above, 1.0), (below, -1.0)):
                if shifts and above + below and least <= secret < limit:
                    yield from (sign * (value - secret) * max(shifts) for value in range(least, limit))


def _published_sides(builder: Builder, space: str, outcome: str) -> list[list[str]]:
    """The care groups of every side whose counts of this outcome stand in partnership reports."""
    families = [family for family in builder.study.plan.families
                if family.publish_by_partnership and family.design == "independent" and outcome in family.outcomes
                and space_of(family, outcome) == space]
    sides = dict.fromkeys(side for family in families for pair in family.contrasts
                          for side in (pair.group, pair.reference))
    return [builder.study.members(side) for side in sides]


def _per_person(builder: Builder, extract: str, space: str, inside: list[str]) -> dict[tuple[str, str], float]:
    """By how much one person more changes the weighted share, by partnership and care group: N / (n ΣN)."""
    frame, answered = builder.frame(extract), {}
    for place in builder.atoms.inside[space][0]:
        for member in inside:
            n = builder.atoms.value(builder.atoms.total(space, [place], [member], ("above", "below")))
            if n:
                answered[place, member] = n
    sizes = {cell: max(frame.get(cell, 0), n) for cell, n in answered.items()}
    everyone = sum(sizes.values())
    return {cell: sizes[cell] / (n * everyone) for cell, n in answered.items()} if frame else {}
