"""Columns of another extract laid beside the rows that have its key."""

import numpy as np
import pandas as pd

from helpers.extracts.cleaning.conditions import holds
from helpers.extracts.cleaning.rows import ANSWERED, Rows
from helpers.extracts.codebooks.codebook import Linked
from helpers.extracts.codebooks.spelling import rows_of
from helpers.extracts.codebooks.variables import KINDS
from helpers.study import InputFault


def linked(rows: Rows, link: Linked, table: pd.DataFrame, missing: pd.DataFrame) -> Rows:
    """The rows with the link's columns: values where the other table has the key, else missing as `absent` says.

    Raises InputFault where several rows there have one key and the link says `only`.
    """
    there = _eligible(link, table, missing)
    keys = keyed(there[link.on])
    wanted = pd.Index(keyed(rows.table[link.on]), dtype="object")
    has_key = rows.table[link.on].notna().all(axis=1).to_numpy()
    if link.columns:
        at = np.where(has_key, _place_of(link, there, keys).reindex(wanted).fillna(-1).to_numpy(dtype=np.int64), -1)
        for here, column in link.columns.items():
            rows = rows.with_column(here, *_beside(at, table[column], missing[column], link))
    if link.count:
        counts = keys.value_counts().reindex(wanted).fillna(0).astype("Int64").reset_index(drop=True)
        kinds = np.where(has_key, ANSWERED, KINDS.index(link.absent)).astype(np.int8)
        rows = rows.with_column(link.count, counts.mask(~has_key), kinds)
    return rows


def _eligible(link: Linked, table: pd.DataFrame, missing: pd.DataFrame) -> pd.DataFrame:
    """The rows of the other table that have a whole key and for which `where` holds, in the order of `by`."""
    kinds = {name: missing[name].cat.codes.to_numpy() for name in table.columns}
    fits = holds(link.where, Rows(table, kinds, pd.DataFrame(index=table.index)))
    there = table.loc[fits & table[link.on].notna().all(axis=1).to_numpy()]
    unknown = "first" if link.keep == "last" else "last"  # a row without a date is neither the first nor the last
    return there.sort_values(link.by, kind="stable", na_position=unknown) if link.by else there


def _place_of(link: Linked, there: pd.DataFrame, keys: pd.Series) -> pd.Series:
    """Key → row of the other table."""
    repeated = keys.duplicated(keep=link.keep if link.keep != "only" else "first").to_numpy()
    if link.keep == "only" and repeated.any():
        raise InputFault(f"[[linked]] '{link.extract}': {rows_of(int(repeated.sum()))} there repeat a key; say "
                         "keep = \"first\" or \"last\" (and by which column), or make the key whole.", "data")
    return pd.Series(there.index.to_numpy()[~repeated], index=pd.Index(keys[~repeated], dtype="object"))


def _beside(at: np.ndarray, values: pd.Series, missing: pd.Series, link: Linked) -> tuple[pd.Series, np.ndarray]:
    """The other table's column in the order of the rows here, and its kinds of missing."""
    if not len(values):
        none = pd.Series(pd.array([None] * len(at), dtype=values.dtype))
        return none, np.full(len(at), KINDS.index(link.absent), dtype=np.int8)
    beside = values.take(np.maximum(at, 0)).reset_index(drop=True).mask(at < 0)
    kinds = np.where(at >= 0, missing.cat.codes.to_numpy()[np.maximum(at, 0)], KINDS.index(link.absent))
    return beside, kinds.astype(np.int8)


def keyed(table: pd.DataFrame) -> pd.Series:
    """The columns as one text a row."""
    texts = [table[name].astype("str") for name in table.columns]
    return texts[0].str.cat(texts[1:], sep="\x1f") if len(texts) > 1 else texts[0]
