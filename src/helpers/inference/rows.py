"""One comparison, one tidy row, always the same columns."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields, replace

import numpy as np
import pandas as pd

from helpers.inference.methods.multiplicity import adjust

NO_DIFFERENCE = {"theta": 0.5, "risk difference": 0.0, "mean difference": 0.0, "D": 0.0, "share a year": 0.0}


@dataclass(frozen=True)
class Row:
    """One comparison. What can't be estimated is NaN, and `note` says so."""

    family: str
    outcome: str
    scale: str
    design: str
    group: str
    reference: str
    n_group: int
    n_reference: int
    missing_group: int
    missing_reference: int
    test: str = "none"
    statistic: float = np.nan
    p_value: float = np.nan
    p_adjusted: float = np.nan
    effect_name: str = ""
    effect: float = np.nan
    ci_low: float = np.nan
    ci_high: float = np.nan
    strata_used: int = 0
    note: str = ""


COLUMNS = [field.name for field in fields(Row)]
_DTYPES = {field.name: {"str": "str", "int": "Int64", "float": "float64"}[
    field.type if isinstance(field.type, str) else field.type.__name__] for field in fields(Row)}


def as_frame(rows: Sequence[Row], **front: Sequence[str]) -> pd.DataFrame:
    """The rows as a frame of COLUMNS, behind the columns given in `front`; the same dtypes even without a row."""
    frame = pd.DataFrame([asdict(row) for row in rows], columns=COLUMNS).astype(_DTYPES)
    for place, (name, values) in enumerate(front.items()):
        frame.insert(place, name, pd.Series(list(values), dtype="str"))
    return frame


def joined(*notes: str) -> str:
    """Notes as one text; empty ones leave no trace."""
    return " ".join(note for note in notes if note)


def instead(row: Row, standing: str, remark: str, *, note: str = "", **found) -> Row:
    """The same comparison by another analysis: only what `found` gives is known of test, p-values and effect."""
    blank = {"test": "none", "statistic": np.nan, "p_value": np.nan, "p_adjusted": np.nan, "effect": np.nan,
             "ci_low": np.nan, "ci_high": np.nan}
    return replace(row, **(blank | found), note=joined(standing, remark, note))


def by_holm(rows: Sequence[Row]) -> list[Row]:
    """The rows with their p-values adjusted together by Holm; a row without one is not counted."""
    adjusted = adjust([row.p_value for row in rows], "holm")
    return [replace(row, p_adjusted=float(p_adjusted)) for row, p_adjusted in zip(rows, adjusted, strict=True)]
