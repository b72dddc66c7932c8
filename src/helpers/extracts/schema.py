"""The shape that a cleaned table keeps, built from its codebook and checked whenever the table is kept or fetched."""

import pandas as pd

from helpers.extracts.cleaning.recode import dtype_of
from helpers.extracts.codebooks.codebook import Codebook
from helpers.extracts.codebooks.variables import Column


def schema_of(codebook: Codebook):
    """The pandera schema: the codebook's columns in order, each of its type, answers among those declared."""
    import pandera.pandas as pa  # half a second, which `check`, that keeps nothing, need not wait for

    return pa.DataFrameSchema(
        {column.name: pa.Column(dtype_of(column, codebook), pa.Check.ge(0) if column.type == "count" else None,
                                nullable=not (isinstance(column, Column) and column.required))
         for column in codebook.kept},
        strict=True, ordered=True,
    )


def guarded(table: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    """The table as it came, where it keeps the codebook's shape; else a ValueError that lists every breach.

    A breach is a bug, or a table that another codebook made, never the sender's doing: names and checks are listed
    and no value.
    """
    from pandera.errors import SchemaErrors

    try:
        return schema_of(codebook).validate(table, lazy=True)
    except SchemaErrors as error:
        breaches = error.failure_cases[["column", "check"]].drop_duplicates()
        listed = "; ".join(f"{column}: {check}" for column, check in breaches.itertuples(index=False))
        raise ValueError(f"the cleaned table of '{codebook.instrument}' breaks its codebook: {listed}") from None
