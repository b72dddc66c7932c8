"""Families' results kept in data/processed, and read back as one set."""

from dataclasses import dataclass, fields

import pandas as pd

from helpers.extracts import load
from helpers.inference.family import FamilyResult, compare_family
from helpers.study import Family, Study

# The rows bear the family's name; what goes with them stands beside them, as the ledger does beside a cleaned table.
BESIDE = {"rows": "", "sensitivity": ".sensitivity", "by_partnership": ".by_partnership", "counts": ".counts",
          "shares": ".shares"}


@dataclass(frozen=True)
class Results:
    """The five frames of every family of the plan, one below the other; each has a column `family`."""

    rows: pd.DataFrame
    sensitivity: pd.DataFrame
    by_partnership: pd.DataFrame
    counts: pd.DataFrame
    shares: pd.DataFrame


def compare(study: Study, family: Family) -> FamilyResult:
    """`compare_family` on the cleaned extract that the family names, with its sampling frame where the study has one.

    Raises InputFault where the extract has not been cleaned yet, and as `compare_family`.
    """
    within = study.extract(family.extract).within
    return compare_family(study, family, load(study, family.extract), load(study, within) if within else None)


def save(study: Study, family: Family | str, result: FamilyResult) -> None:
    """Keeps the family's five frames as comparisons/FAMILY and, beside it, FAMILY.sensitivity, .by_partnership, …"""
    family_name = family if isinstance(family, str) else family.name
    for field in fields(FamilyResult):
        study.write(f"comparisons/{family_name}{BESIDE[field.name]}", getattr(result, field.name))


def load_all(study: Study) -> Results:
    """The results of all the plan's families; raises InputFault for one that has not been compared yet."""
    return Results(**{
        name: pd.concat([study.read(f"comparisons/{family.name}{beside}") for family in study.plan.families],
                        ignore_index=True)
        for name, beside in BESIDE.items()
    })
