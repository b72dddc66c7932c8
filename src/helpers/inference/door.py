"""What a family needs before anything is computed: every fault of plan and table at once."""

from collections.abc import Iterator

import pandas as pd

from helpers.inference.material import Material, sides_of
from helpers.inference.population import CELL
from helpers.inference.series import YEAR
from helpers.study import Family, InputFault, nearest

AGE, AGE_GROUP, OLDER = "age", "age_group", "16_plus"  # what "ages 16 and over" is read from, in this order
OLDER_FROM = 16
ADDED = {"continuing_care_as_group": "continuing_care", "continuing_care_as_reference": "continuing_care"}


def refuse_faults(material: Material, frame: pd.DataFrame | None) -> None:
    """Raises InputFault with everything that stands in the way of the family's comparisons; kind "data" for no rows."""
    family = material.family
    place = f"{(material.study.folder / 'plan.toml').as_posix()}, family '{family.name}'"
    extract = f"{family.extract} (cleaned)"
    faults = [f"{place}: {fault}" for fault in (*_unplanned(material), *_sensitivity(material), *_overlap(material))]
    faults += [f"{extract}, {fault}" for fault in _columns(material)]
    if frame is not None and (lacking := [name for name in CELL if name not in frame.columns]):
        faults.append(f"the sampling frame of {extract}: no column '{lacking[0]}', by which the sample is weighted; "
                      "add it to the frame's codebook.")
    if faults:
        raise InputFault(faults)
    if empty := [f"{extract}: {fault}" for fault in _rows(material)]:
        raise InputFault(empty, kind="data")


def _unplanned(material: Material) -> Iterator[str]:
    family: Family = material.family
    planned = {each.name: each for each in material.study.plan.families}
    if planned.get(family.name) != family and not family.exploratory:
        yield ("the plan fixed beforehand does not name this comparison; "
               "take the family from the plan, or mark it exploratory = true.")


def _sensitivity(material: Material) -> Iterator[str]:
    family, settings = material.family, material.study.settings
    for analysis in family.sensitivity:
        if analysis in ADDED and (family.design != "independent" or family.by != "care_group"):
            yield f"sensitivity '{analysis}' needs independent groups by care_group; take it out."
        elif analysis in ADDED and ADDED[analysis] not in settings.groups:
            yield (f"sensitivity '{analysis}': the study has no group '{ADDED[analysis]}'; "
                   "declare it in study.toml or take the analysis out.")
        elif analysis == "pooled" and family.design != "independent":
            yield "sensitivity 'pooled' needs independent groups; take it out."
        elif analysis == "ages_16_plus" and family.design == "trend":
            yield "sensitivity 'ages_16_plus' needs a row a person; take it out."
        elif analysis == "ages_16_plus" and not {AGE, AGE_GROUP} & set(material.table.columns):
            yield (f"sensitivity 'ages_16_plus': {family.extract} has neither '{AGE}' nor '{AGE_GROUP}'; "
                   "add one, or take it out.")


def _overlap(material: Material) -> Iterator[str]:
    if material.family.design != "independent":
        return
    for side in sides_of(material):
        if both := sorted(set(side.group) & set(side.reference)):
            yield (f"'{both[0]}' is on both sides of {side.contrast.group} against {side.contrast.reference}: "
                   "nobody can be compared with themselves; take it out of one.")


def _columns(material: Material) -> Iterator[str]:
    family, table = material.family, material.table
    needed = {"partnership": None}
    if family.design == "independent" or family.population:
        needed[family.by] = None
    if family.design == "trend":
        needed |= dict.fromkeys([YEAR, *(name for each in family.series for name in (*each.parts, *each.total))])
    compared = [*family.outcomes, *(name for pair in family.pairs for name in (pair.first, pair.second))]
    for name in dict.fromkeys([*needed, *compared]):
        if name not in table.columns:
            yield f"column '{name}': not there; {nearest(name, table.columns)}"
    present = [name for name in dict.fromkeys(compared) if name in table.columns]
    yield from (fault for name in present for fault in _answers(material, name))
    if family.design == "independent":
        yield from _mixed(material, present)
    yield from _unlike(material)


def _answers(material: Material, name: str) -> Iterator[str]:
    """Faults of a column that is to be compared: it has to be of ordered levels, and cut in two."""
    column = material.codebook.column(name)
    if column.type not in ("ordinal", "binary"):
        yield (f"column '{name}': of type '{column.type}'; a comparison needs 'ordinal' or 'binary': "
               "give it a scale in the codebook.")
        return
    if not (isinstance(material.table[name].dtype, pd.CategoricalDtype) and material.table[name].cat.ordered):
        yield f"column '{name}': its levels have no order; clean the extract again with its codebook."
    if not material.codebook.scale(column.scale).at_or_above:
        yield (f"column '{name}': scale '{column.scale}' has no cut, so there is no two-category outcome to publish; "
               "add cut, above and below to it in the codebook.")


def _mixed(material: Material, present: list[str]) -> Iterator[str]:
    scales = {name: material.scale(name) for name in present}
    if len(set(scales.values()) & {"ordinal", "binary"}) > 1:
        odd = next(name for name in present if scales[name] != scales[present[0]])
        yield (f"column '{odd}': {scales[odd]}, but '{present[0]}' of the same family is {scales[present[0]]}; "
               "a family has one kind of statistic: split it in plan.toml.")


def _unlike(material: Material) -> Iterator[str]:
    for pair in material.family.pairs:
        columns = [material.table.get(name) for name in (pair.first, pair.second)]
        levels = [list(column.cat.categories) for column in columns
                  if column is not None and isinstance(column.dtype, pd.CategoricalDtype)]
        if len(levels) == 2 and levels[0] != levels[1]:
            yield (f"columns '{pair.first}' and '{pair.second}': not on the same scale, so neither can be higher; "
                   "give both one scale in the codebook.")


def _rows(material: Material) -> Iterator[str]:
    if material.table.empty:
        yield "no rows; check what cleaning set aside."
        return
    if missing := int(material.table["partnership"].isna().sum()):
        yield (f"column 'partnership': missing in {missing} {'row' if missing == 1 else 'rows'}, which no comparison "
               "within partnerships can use; set them aside when cleaning.")
    if material.family.design == "independent":
        for side in sides_of(material):
            for name, members in ((side.contrast.group, side.group), (side.contrast.reference, side.reference)):
                if not material.is_in(members).any():
                    yield (f"column '{material.family.by}': nobody is '{name}', so there is nothing to compare; "
                           "check the plan's groups and what cleaning set aside.")
