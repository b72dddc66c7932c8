"""Published statistics in long form: read as numbers, with their source, and checked to add up."""

import io
import re
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from helpers.extracts.codebooks.spelling import rows_of
from helpers.extracts.reading.encoding import decoded
from helpers.study import InputFault, Study, nearest

COLUMNS = ["table", "row", "column", "value", "unit", "source", "note"]
TOTAL = "total"

# Marks of the UK Analysis Function for a figure that is not given, and the bare letters that older tables use.
_SHORTHAND = {"[c]", "[x]", "[z]", "[k]", "[low]", "c", "x", "z", "k"}
_ROUNDED = re.compile(r"rounded to (\d+)")


def read(study: Study) -> dict[str, pd.DataFrame]:
    """Every published table of the study: name → long frame with table, row, column, value, unit, source, note.

    `value` is Int64 where all figures are whole, else Float64, and missing where the publisher gives a mark instead.
    Raises InputFault with all faults of all files.
    """
    if study.published is None:
        return {}
    tables, faults = {}, []
    for path in sorted(study.published.glob("*.csv")):
        try:
            tables[path.stem] = _read(path)
            faults += check(tables[path.stem], path.name)
        except InputFault as fault:
            faults += fault.faults
    if faults:
        raise InputFault(faults, "data")
    return tables


def check(table: pd.DataFrame, file: str) -> list[str]:
    """The faults of one published table: blanks, sources, repeated cells, totals that its parts do not add up to."""
    return [f"{file}, {fault}" for fault in (*_cell_faults(table, Path(file).stem), *_total_faults(table))]


def _read(path: Path) -> pd.DataFrame:
    text, _ = decoded(path.read_bytes(), None, path.name)
    lines = pd.read_csv(io.StringIO(text), dtype="str", keep_default_na=False, skip_blank_lines=False)
    faults = [f"{path.name}: no column '{name}'; a published table has {', '.join(COLUMNS)}."
              for name in COLUMNS if name not in lines.columns]
    faults += [f"{path.name}: the column '{name}' is none of a published table; {nearest(name, COLUMNS)}"
               for name in lines.columns if name not in COLUMNS]
    if faults:
        raise InputFault(faults, "data")
    lines = lines[COLUMNS].apply(lambda column: column.str.strip())
    given = ~lines["value"].isin(_SHORTHAND)
    numbers = pd.to_numeric(lines["value"].where(given).str.replace(",", "", regex=False), errors="coerce")
    if (wrong := given & numbers.isna()).any():
        raise InputFault(f"{path.name}, {_where('value', wrong)}: no number; give one, or a mark such as [c].", "data")
    whole = (numbers.dropna() % 1 == 0).all()
    return lines.assign(value=numbers.astype("Float64").astype("Int64" if whole else "Float64"))


def _where(column: str, mask: pd.Series) -> str:
    """column 'unit', 3 rows (first: row 14), as a spreadsheet numbers rows."""
    return f"column '{column}', {rows_of(int(mask.sum()))} (first: row {int(mask.idxmax()) + 2})"


def _cell_faults(table: pd.DataFrame, name: str) -> Iterator[str]:
    source, value = table["source"], table["value"]
    tests = [(column, table[column] == "", "blank; fill it in.") for column in ("row", "column", "unit", "source")]
    tests += [
        ("source", (source != "") & ~source.str.match(r"https?://\S+$"), "no address; give where the figure was read."),
        ("table", table["table"] != name, f"another table than '{name}'; give each table a file of its own name."),
        ("value", (value < 0).fillna(False), "below zero; correct it."),
        ("value", (table["unit"] == "percent") & (value > 100).fillna(False), "more than 100 per cent; correct it."),
        ("value", table.duplicated(["row", "column", "unit"]), "a cell that was given before; keep one."),
    ]
    for column, mask, sentence in tests:
        if mask.any():
            yield f"{_where(column, mask)}: {sentence}"


def _total_faults(table: pd.DataFrame) -> Iterator[str]:
    """Counts that do not add up to the total beside them; figures published rounded may differ by their rounding."""
    for unit, cells in table.loc[~table["unit"].str.contains("percent")].groupby("unit", sort=False):
        rounded = _ROUNDED.search(unit)
        for along, across in (("row", "column"), ("column", "row")):
            for name, line in cells.groupby(across, sort=False):
                is_total = line[along] == TOTAL
                parts, total = line.loc[~is_total, "value"], line.loc[is_total, "value"]
                if total.empty or parts.empty or line["value"].isna().any():
                    continue
                slack = (len(parts) + 1) * int(rounded.group(1)) / 2 if rounded else 0
                if abs(parts.sum() - total.iloc[0]) > slack:
                    yield (f"{across} '{name}': the parts add up to {parts.sum():,}, the total is {total.iloc[0]:,}; "
                           "correct the figure, or say in 'unit' that it is rounded.")
