"""An extract cleaned: its table, its kinds of missing, and the account of every row."""

from dataclasses import dataclass

import pandas as pd

from helpers.extracts.codebooks.codebook import Codebook
from helpers.extracts.codebooks.variables import KINDS


@dataclass(frozen=True)
class Cleaned:
    """An extract cleaned. `quarantine` is record-level: it stays in data/processed and is never displayed."""

    table: pd.DataFrame
    missing: pd.DataFrame
    ledger: pd.DataFrame
    recodes: pd.DataFrame
    quarantine: pd.DataFrame
    codebook: Codebook
    attrition: pd.DataFrame | None = None  # where the table holds several waves


def missing_by_kind(cleaned: Cleaned) -> pd.DataFrame:
    """How many rows answer each column and how many lack it: column, label, answered, then one column a kind found."""
    counts = pd.DataFrame({
        kind: [int((cleaned.missing[name] == kind).sum()) for name in cleaned.table.columns] for kind in KINDS
    })
    frame = pd.DataFrame({
        "column": list(cleaned.table.columns),
        "label": [cleaned.codebook.column(name).label for name in cleaned.table.columns],
        "answered": [int(count) for count in cleaned.table.notna().sum()],
    })
    return pd.concat([frame, counts.loc[:, counts.sum() > 0]], axis=1)
