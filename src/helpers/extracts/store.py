"""Cleaned tables kept in data/processed and fetched again, their order of levels and kinds of missing unharmed."""

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from helpers.extracts.cleaning.cleaned import Cleaned
from helpers.extracts.cleaning.recode import dtype_of
from helpers.extracts.codebooks.codebook import Codebook
from helpers.extracts.codebooks.opened import open_codebook
from helpers.extracts.codebooks.variables import KINDS
from helpers.extracts.inert import inert
from helpers.extracts.schema import guarded
from helpers.study import InputFault, Study


@dataclass(frozen=True)
class Loaded:
    """A cleaned table as kept: values, kinds of missing, and the codebook that explains both."""

    table: pd.DataFrame
    missing: pd.DataFrame
    codebook: Codebook


def save(study: Study, name: str, cleaned: Cleaned) -> None:
    """Keeps table, kinds of missing, ledger and recodes as Parquet, and the quarantine as CSV for those who sent it."""
    study.write(name, guarded(cleaned.table, cleaned.codebook))
    study.write(f"{name}.missing", cleaned.missing)
    study.write(f"{name}.ledger", cleaned.ledger)
    study.write(f"{name}.recodes", cleaned.recodes)
    if cleaned.attrition is not None:
        study.write(f"{name}.attrition", cleaned.attrition)
    _write_csv(cleaned.quarantine, study.processed / f"{name}.quarantine.csv")


def save_files(folder: Path, name: str, cleaned: Cleaned) -> list[Path]:
    """The files kept for an extract that belongs to no study: the table as Parquet and, like all beside it, as CSV."""
    folder.mkdir(parents=True, exist_ok=True)
    guarded(cleaned.table, cleaned.codebook).to_parquet(folder / f"{name}.parquet", index=False)
    parts = {"": cleaned.table, ".missing": cleaned.missing, ".ledger": cleaned.ledger, ".recodes": cleaned.recodes,
             ".quarantine": cleaned.quarantine}
    return [folder / f"{name}.parquet", *(_write_csv(frame, folder / f"{name}{part}.csv")
                                          for part, frame in parts.items())]


def _write_csv(frame: pd.DataFrame, path: Path) -> Path:
    """The file, for people who open it in a spreadsheet program: marked as UTF-8, and no cell of it a formula.

    Lines end as spreadsheets end them: a text with a bare carriage return is put into quotation marks only then.
    """
    inert(frame).to_csv(path, index=False, encoding="utf-8-sig", lineterminator="\r\n", date_format="%Y-%m-%d")
    return path


def load(study: Study, name: str) -> Loaded:
    """The cleaned table `name` with its kinds of missing; raises InputFault where it was not made, or not by today's
    codebook."""
    codebook = open_codebook(study, name)
    table, missing = study.read(name), study.read(f"{name}.missing")
    wanted = {column.name: dtype_of(column, codebook) for column in codebook.kept}
    if list(table.columns) != list(wanted) or not all(_fits(table[column], wanted[column]) for column in wanted):
        raise InputFault(f"{study.processed.name}/{name}.parquet: made with another codebook; run the notebook that "
                         f"cleans '{name}' again, or `throughcare run`.")
    return Loaded(guarded(table.astype(wanted), codebook), missing.astype(pd.CategoricalDtype(KINDS)), codebook)


def _fits(kept: pd.Series, wanted) -> bool:
    """Whether a column as kept can be what the codebook wants: levels go by name, so their order may have changed."""
    if isinstance(wanted, pd.CategoricalDtype) and isinstance(kept.dtype, pd.CategoricalDtype):
        return set(kept.cat.remove_unused_categories().cat.categories) <= set(wanted.categories)
    return kept.dtype == wanted
