"""Columns of another extract laid beside the rows that have its key."""

import numpy as np
import pandas as pd

from helpers.extracts.cleaning.rows import ANSWERED, Rows
from helpers.extracts.codebooks.codebook import Linked
from helpers.extracts.codebooks.spelling import rows_of
from helpers.extracts.codebooks.variables import KINDS
from helpers.study import InputFault


def linked(rows: Rows, link: Linked, table: pd.DataFrame, missing: pd.DataFrame) -> Rows:
    """The rows with the link's columns: values where the other table has the key, else missing as `absent` says.

    Raises InputFault where several rows there have one key and the link says `only`.
    """
    at = _places(rows, link, table)
    found = at >= 0
    for here, there in link.columns.items():
        values = table[there].take(np.maximum(at, 0)).reset_index(drop=True) if len(table) else \
            pd.Series(pd.array([None] * len(rows), dtype=table[there].dtype))
        codes = missing[there].cat.codes.to_numpy()
        kinds = np.where(found, codes[np.maximum(at, 0)] if len(codes) else ANSWERED, KINDS.index(link.absent))
        rows = rows.with_column(here, values.mask(~found), kinds.astype(np.int8))
    return rows


def _places(rows: Rows, link: Linked, table: pd.DataFrame) -> np.ndarray:
    """The row of the other table for each row here; -1 where it has none."""
    there = table.sort_values(link.by, kind="stable") if link.by else table
    whole = there[link.on].notna().all(axis=1).to_numpy()
    keys = keyed(there.loc[whole, link.on])
    repeated = keys.duplicated(keep=link.keep if link.keep != "only" else "first").to_numpy()
    if link.keep == "only" and repeated.any():
        raise InputFault(f"[[linked]] '{link.extract}': {rows_of(int(repeated.sum()))} there repeat a key; say "
                         "keep = \"first\" or \"last\" (and by which column), or make the key whole.", "data")
    order = there.index.to_numpy()[whole][~repeated]
    place_of = pd.Series(order, index=pd.Index(keys[~repeated], dtype="object"))
    here = rows.table[link.on]
    at = place_of.reindex(pd.Index(keyed(here), dtype="object")).fillna(-1).to_numpy(dtype=np.int64)
    return np.where(here.notna().all(axis=1).to_numpy(), at, -1)


def keyed(table: pd.DataFrame) -> pd.Series:
    """The columns as one text a row."""
    texts = [table[name].astype("str") for name in table.columns]
    return texts[0].str.cat(texts[1:], sep="\x1f") if len(texts) > 1 else texts[0]
