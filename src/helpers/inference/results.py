"""Families' results kept in data/processed, and read back as one set."""

from dataclasses import dataclass, field, fields

import pandas as pd

from helpers.extracts import load
from helpers.inference.family import FamilyResult, compare_family
from helpers.study import Family, Study

# The rows bear the family's name; what goes with them stands beside them, as the ledger does beside a cleaned table.
BESIDE = {each.name: "" if each.name == "rows" else f".{each.name}" for each in fields(FamilyResult)}


@dataclass(frozen=True)
class Results:
    """The frames of every family of the plan, one below the other; each has a column `family`."""

    rows: pd.DataFrame
    sensitivity: pd.DataFrame
    by_partnership: pd.DataFrame
    counts: pd.DataFrame
    shares: pd.DataFrame
    conclusions: pd.DataFrame = field(default_factory=pd.DataFrame)
    checks: pd.DataFrame = field(default_factory=pd.DataFrame)
    local: pd.DataFrame = field(default_factory=pd.DataFrame)
    specifications: pd.DataFrame = field(default_factory=pd.DataFrame)


def compare(study: Study, family: Family) -> FamilyResult:
    """`compare_family` on the cleaned extract that the family names, with its sampling frame where the study has one.

    Raises InputFault where the extract has not been cleaned yet, and as `compare_family`.
    """
    frame = study.extract(family.extract).frame
    return compare_family(study, family, load(study, family.extract), load(study, frame) if frame else None)


def save(study: Study, family: Family | str, result: FamilyResult) -> None:
    """Keeps the family's frames as comparisons/FAMILY and, beside it, FAMILY.sensitivity, .by_partnership, …"""
    family_name = family if isinstance(family, str) else family.name
    for name, beside in BESIDE.items():
        study.write(f"comparisons/{family_name}{beside}", getattr(result, name))


def load_all(study: Study) -> Results:
    """The results of all the plan's families; raises InputFault for one that has not been compared yet."""
    return Results(**{
        name: pd.concat([study.read(f"comparisons/{family.name}{beside}") for family in study.plan.families],
                        ignore_index=True)
        for name, beside in BESIDE.items()
    })
