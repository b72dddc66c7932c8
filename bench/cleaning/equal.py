"""Whether two variants wrote the same: `python -m bench.cleaning.equal ONE OTHER` ends with 1 and says where not."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet

from bench.cleaning.survey import COLUMNS, ORDERED

LEDGER = ["rule", "rows_in", "rows_caught", "rows_left"]
QUARANTINE = ["row", "value", "rule"]


def differences(one: Path, other: Path) -> Iterator[str]:
    """A sentence for each column, count or list in which the two folders differ."""
    for table in ("survey", "survey.missing"):
        yield from _table_differences(table, one, other)
    for name, wanted in (("survey.ledger.parquet", LEDGER), ("survey.quarantine.csv", QUARANTINE)):
        if _listed(one / name, wanted) != _listed(other / name, wanted):
            yield f"{name}: other counts or rows"
    if levels(one) != levels(other):
        yield "the order of levels"


def _table_differences(table: str, one: Path, other: Path) -> Iterator[str]:
    tables = [pa.parquet.ParquetFile(folder / f"{table}.parquet") for folder in (one, other)]
    if any(file.schema_arrow.names != COLUMNS for file in tables):
        yield f"{table}: other columns, or in another order"
        return
    for name in COLUMNS:  # one at a time, so that a million rows need little memory
        first, second = (_plain(file.read([name]).column(name)) for file in tables)
        if not first.equals(second):
            yield f"{table}, column '{name}'"


def _plain(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """The values as numbers or texts, however they were encoded, in one chunk."""
    kind = column.type
    if pa.types.is_dictionary(kind) or pa.types.is_string_view(kind) or pa.types.is_null(kind):
        kind = pa.large_string()
    wanted = pa.int64() if pa.types.is_integer(kind) else pa.large_string()
    return pa.chunked_array([pc.cast(column, wanted).combine_chunks()])


def _listed(path: Path, columns: list[str]) -> list[dict]:
    table = pa.parquet.read_table(path) if path.suffix == ".parquet" else pa.csv.read_csv(path)
    return table.select(columns).to_pylist()


def levels(folder: Path) -> dict[str, list[str]]:
    """Column → its levels low to high: in ours part of the table, else in a file beside it (Parquet written by Polars
    and DuckDB keeps no order)."""
    beside = folder / "levels.json"
    if beside.exists():
        return json.loads(beside.read_text(encoding="utf-8"))
    table = pd.read_parquet(folder / "survey.parquet", columns=list(ORDERED))
    return {name: list(table[name].cat.categories) for name in ORDERED if table[name].cat.ordered}


if __name__ == "__main__":
    found = list(differences(Path(sys.argv[1]), Path(sys.argv[2])))
    print("\n".join(found))
    sys.exit(bool(found))
