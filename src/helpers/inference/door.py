"""What a family needs before anything is computed: every fault of plan and table at once."""

from collections.abc import Iterator
from dataclasses import replace

import pandas as pd

from helpers.inference.analyses import ANALYSES
from helpers.inference.material import MEASURED, Material, sides_of
from helpers.inference.population import CELL
from helpers.inference.series import YEAR
from helpers.study import EVERY, Family, InputFault, nearest

MOST = 0.5  # what lies between no difference and the end of the scale: of theta, and for good measure of shares and D
COMPARABLE = ("ordinal", "binary", "nominal", *MEASURED)


def refuse_faults(material: Material, frame: pd.DataFrame | None) -> None:
    """Raises InputFault with everything that stands in the way of the family's comparisons; kind "data" for no rows."""
    family = material.family
    place = f"{(material.study.folder / 'plan.toml').as_posix()}, family '{family.name}'"
    extract = f"{family.extract} (cleaned)"
    faults = [f"{place}: {fault}" for fault in (*_unplanned(material), *_margin(material), *_overlap(material),
                                                *_sensitivity(material, frame))]
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


def _sensitivity(material: Material, frame: pd.DataFrame | None) -> Iterator[str]:
    present = [name for name in material.family.outcomes if name in material.table.columns]
    material = replace(material, family=material.family.model_copy(update={"outcomes": present}))
    for name in material.family.sensitivity:
        if name != EVERY and (why := ANALYSES[name].unsuited(material, frame)):
            yield f"sensitivity '{name}'{'' if why.startswith(('needs', 'is ')) else ':'} {why}"


def _margin(material: Material) -> Iterator[str]:
    """A margin on a scale that ends at ±½ or ±1 has to lie within it; one of measurements is in their own unit."""
    family, margin = material.family, material.family.margin
    if margin < MOST or (family.design == "independent" and all(
            material.scale(name) in MEASURED for name in family.outcomes if name in material.table)):
        return
    yield (f"margin {margin:g}: the effect reaches no further than {MOST:g} from no difference; "
           "give it as a share: 0.05 is five in a hundred.")


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
    """Faults of a column that is to be compared: levels need an order, and a cut in two where they are published."""
    column, independent = material.codebook.column(name), material.family.design == "independent"
    able = COMPARABLE if independent else ("ordinal", "binary")
    if column.type not in able:
        yield (f"column '{name}': of type '{column.type}'; a comparison needs {listed(able)}: "
               "give it a scale in the codebook.")
        return
    if column.type not in ("ordinal", "binary"):
        if material.family.publish_by_partnership:
            yield (f"column '{name}': of type '{column.type}', of which no counts are published; "
                   "take publish_by_partnership out of the family.")
        return
    if not (isinstance(material.table[name].dtype, pd.CategoricalDtype) and material.table[name].cat.ordered):
        yield f"column '{name}': its levels have no order; clean the extract again with its codebook."
    if not material.codebook.scale(column.scale).at_or_above:
        yield (f"column '{name}': scale '{column.scale}' has no cut, so there is no two-category outcome to publish; "
               "add cut, above and below to it in the codebook.")


def _mixed(material: Material, present: list[str]) -> Iterator[str]:
    scales = {name: "measured" if material.scale(name) in MEASURED else material.scale(name) for name in present
              if material.scale(name) in COMPARABLE}
    if len(set(scales.values())) > 1:
        odd = next(name for name in scales if scales[name] != scales[present[0]])
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


def listed(names: tuple[str, ...]) -> str:
    """"'ordinal' or 'binary'", for a message."""
    quoted = [f"'{name}'" for name in names]
    return f"{', '.join(quoted[:-1])} or {quoted[-1]}"
