"""What the reports show of each design: every count, share and effect as a cell over atoms."""

import math

import pandas as pd

from helpers.disclosure.atoms import ANSWERS, population_name, space_of
from helpers.disclosure.cells import EVERYWHERE, whole_percent
from helpers.disclosure.differences import differences
from helpers.disclosure.steps import printing_step
from helpers.disclosure.system import Builder
from helpers.inference.methods.proportions import wilson
from helpers.study import Family

# What a reader loses when a cell is withheld, for choosing what else to withhold: a partnership's detail is the unit,
# what the overview rests on is dear, exact totals beside a published share are cheap.
DETAIL, PARTNERSHIP_BASE, TOTAL, SHARE, TOTAL_BASE = 1.0, 4.0, 0.5, 20.0, 40.0


def independent(builder: Builder, family: Family, results) -> None:
    """Sides by partnership where published, every single care group and side for all partnerships together."""
    sides = list(dict.fromkeys(group for pair in family.contrasts for group in (pair.group, pair.reference)))
    singles = [member for side in sides for member in builder.members(family, side)]
    for outcome in family.outcomes:
        space = space_of(family, outcome)
        for group in dict.fromkeys([*sides, *singles]):
            inside = builder.members(family, group)
            exact = family.publish_by_partnership and group in sides
            if exact:
                for partnership in _partnerships(builder, space):
                    _counts(builder, family, outcome, partnership, group, inside, DETAIL, PARTNERSHIP_BASE)
            _together(builder, family, outcome, space, group, inside, results.shares, exact)
            if group in sides:
                form = builder.atoms.total(space, _partnerships(builder, space), inside, ("missing",))
                builder.add(family, outcome, EVERYWHERE, group, "missing", form, kind="coverage")
        if family.publish_by_partnership:
            differences(builder, family, outcome, results)


def prevalence(builder: Builder, family: Family, results) -> None:
    """Base and share for all partnerships together, and by partnership where published."""
    group = population_name(family)
    for outcome in family.outcomes:
        space = space_of(family, outcome)
        places = _partnerships(builder, space) if family.publish_by_partnership else []
        for partnership in places:
            _base_and_share(builder, family, outcome, space, partnership, group, results.by_partnership)
        _together(builder, family, outcome, space, group, ["all"], results.shares, exact=False)
        form = builder.atoms.total(space, _partnerships(builder, space), ["all"], ("missing",))
        builder.add(family, outcome, EVERYWHERE, group, "missing", form, kind="coverage")


def paired(builder: Builder, family: Family, results) -> None:
    """How many rated the first higher, the same, the second higher."""
    for pair in family.pairs:
        space = space_of(family, pair.name)
        places = _partnerships(builder, space)
        asked = [[place] for place in places] if family.publish_by_partnership else []
        for where in [*asked, places]:
            partnership = where[0] if where is not places else EVERYWHERE
            dear = 4.0 if where is places else 1.0
            form = builder.atoms.total(space, where, ["all"], ANSWERS["paired"][:-1])
            base = builder.add(family, pair.name, partnership, "all", "base", form, cost=PARTNERSHIP_BASE * dear)
            for answer in ANSWERS["paired"][:-1]:
                form = builder.atoms.total(space, where, ["all"], (answer,))
                builder.add(family, pair.name, partnership, "all", answer, form, base=base, cost=DETAIL * dear)
        form = builder.atoms.total(space, places, ["all"], ("missing",))
        builder.add(family, pair.name, EVERYWHERE, "all", "missing", form, kind="coverage")


def trend(builder: Builder, family: Family, results) -> None:
    """Part and total a year, all partnerships together; what is left of the total is implied."""
    for series in family.series:
        space = space_of(family, series.name)
        places = _partnerships(builder, space)
        for year in builder.atoms.inside[space][1]:
            part = builder.atoms.total(space, places, [year], ("part",))
            rest = builder.atoms.total(space, places, [year], ("rest",))
            builder.add(family, series.name, EVERYWHERE, year, "part", part, cost=TOTAL)
            builder.add(family, series.name, EVERYWHERE, year, "base", part | rest, cost=TOTAL_BASE)
            builder.add(family, series.name, EVERYWHERE, year, "rest", rest, kind="implied")


def coverage(builder: Builder, sources: pd.DataFrame) -> None:
    """Rows received and kept of each extract: facts about files, shown as they are."""
    for row in sources.itertuples(index=False):
        family = Family.model_construct(name="sources", extract=row.extract)
        for answer, value in (("received", row.rows_in), ("kept", row.kept)):
            builder.add(family, row.extract, EVERYWHERE, "all", answer, None, kind="coverage", value=float(value))


SHOWS = {"independent": independent, "prevalence": prevalence, "paired": paired, "trend": trend}


def _partnerships(builder: Builder, space: str) -> list[str]:
    return builder.atoms.inside[space][0]


def _counts(builder, family, outcome, partnership, group, inside, cost, base_cost, places=None) -> None:
    """Above, below and base of one side, here or in all `places` together."""
    space = space_of(family, outcome)
    forms = _halves(builder, space, places or [partnership], inside)
    base = builder.add(family, outcome, partnership, group, "base", forms["above"] | forms["below"], cost=base_cost)
    for answer, form in forms.items():
        builder.add(family, outcome, partnership, group, answer, form, base=base, cost=cost)
    if places is None:
        # Follows from the counts beside it: withheld with them, and no further knowledge.
        builder.add(family, outcome, partnership, group, "share", None, kind="share", base=base,
                    value=_ratio(builder, forms))


def _together(builder, family, outcome, space, group, inside, shares, exact) -> None:
    """Base and rounded share of a group for all partnerships together; exact counts where partnerships show theirs."""
    places = _partnerships(builder, space)
    if exact:
        _counts(builder, family, outcome, EVERYWHERE, group, inside, TOTAL, TOTAL_BASE, places)
    mask = (shares["family"] == family.name) & (shares["outcome"] == outcome) & (shares["group"] == group)
    published = shares.loc[mask, ["share", "ci_low", "ci_high"]]
    _share(builder, family, outcome, EVERYWHERE, group, space, places, inside, published, (SHARE, TOTAL_BASE))


def _base_and_share(builder, family, outcome, space, partnership, group, rows) -> None:
    mask = (rows["family"] == family.name) & (rows["outcome"] == outcome) & (rows["partnership"] == partnership)
    published = rows.loc[mask, ["effect", "ci_low", "ci_high"]].set_axis(["share", "ci_low", "ci_high"], axis=1)
    _share(builder, family, outcome, partnership, group, space, [partnership], ["all"], published,
           (DETAIL, PARTNERSHIP_BASE))


def _share(builder, family, outcome, partnership, group, space, places, inside, published, costs) -> None:
    """A base, a share rounded to whole percent upon it, and the two counts that a reader could conclude from both."""
    forms = _halves(builder, space, places, inside)
    base = builder.add(family, outcome, partnership, group, "base", forms["above"] | forms["below"], cost=costs[1])
    for answer, form in forms.items():
        builder.add(family, outcome, partnership, group, answer, form, kind="implied", base=base)
    if published.empty:
        return
    share, *interval = (float(number) for number in published.iloc[0])
    above = builder.atoms.value(forms["above"])
    people = above + builder.atoms.value(forms["below"])
    weighted = not people or abs(share - above / people) > 1e-9
    # A weighted share is no sum of these counts: its weights come from a frame that is not published.
    form, reach = (None, None) if weighted else (forms["above"], consistent(int(above), int(people), interval))
    if not weighted and (family.name, outcome) in builder.claimed:
        reach = (above, above)  # the claim's sentence gives the share in finer figures
    step = printing_step(builder, family, outcome, group, (share, *interval)) if weighted else 1
    builder.add(family, outcome, partnership, group, "share", form, kind="share", value=share, interval=reach,
                base=base, cost=costs[0], step=step)


def consistent(events: int, base: int, interval: list[float]) -> tuple[float, float]:
    """Least and greatest count that would print the same whole percent (and Wilson interval, where that is shown)."""
    known = _printed(events, base)
    shows_wilson = max(abs(a - b) for a, b in zip(wilson(events, base), interval, strict=True)) < 1e-6
    candidates = range(max(0, events - base // 50 - 2), min(base, events + base // 50 + 2) + 1)
    same = [k for k in candidates if _printed(k, base)[:3 if shows_wilson else 1] == known[:3 if shows_wilson else 1]]
    return float(min(same)), float(max(same))


def _printed(events: int, base: int) -> list[int]:
    return [whole_percent(number) for number in (events / base, *wilson(events, base))]


def _halves(builder: Builder, space: str, places: list[str], inside: list[str]) -> dict[str, dict]:
    return {answer: builder.atoms.total(space, places, inside, (answer,)) for answer in ("above", "below")}


def _ratio(builder: Builder, forms: dict[str, dict]) -> float:
    above, below = (builder.atoms.value(forms[answer]) for answer in ("above", "below"))
    return above / (above + below) if above + below else math.nan
