"""Real exports as tests handle them: where one lies, its codebook, and what cleaning says of it in plain numbers."""

import pandas as pd
import pytest
from project import ROOT

from helpers.extracts import Cleaned, clean_file

REAL = ROOT.parent / "shared" / "data"
STUDIES = ROOT / "tests" / "studies"


def real_file(folder: str, name: str):
    """The file of that name; without it the test is skipped and says so."""
    path = REAL / folder / name
    if not path.is_file():
        pytest.skip(f"the real export is not here ({folder} beside the project); its look-alikes ran instead")
    return path


def codebook(folder: str, name: str):
    return STUDIES / folder / "codebooks" / f"{name}.toml"


def cleaned_by(path, folder: str, name: str) -> Cleaned:
    """The file cleaned by the codebook of that folder."""
    return clean_file(path, codebook(folder, name))


def caught(cleaned: Cleaned) -> dict[str, int]:
    """Rule → rows it caught, of the rules that caught any."""
    steps = cleaned.ledger[cleaned.ledger["rows_caught"] > 0]
    return dict(zip(steps["rule"], steps["rows_caught"].tolist(), strict=True))


def kinds(cleaned: Cleaned, column: str) -> dict[str, int]:
    """Kind of missing → rows of the cleaned table that lack the column for that reason."""
    counts = cleaned.missing[column].value_counts()
    return {kind: int(rows) for kind, rows in counts.items() if rows}


def answers(cleaned: Cleaned, column: str) -> dict[str, int]:
    """Answer → rows of the cleaned table that give it, in the order of the scale."""
    counts = cleaned.table[column].value_counts(sort=False)
    return {name: int(rows) for name, rows in counts.items() if rows}


def levels(cleaned: Cleaned, column: str) -> list[str]:
    """The answers of an ordered column from low to high."""
    assert cleaned.table[column].cat.ordered
    return list(cleaned.table[column].cat.categories)


def said(cleaned: Cleaned, *columns: str) -> list[list[str]]:
    """The rows of the cleaned table as text, the kind of missing in place of an answer that is not there."""
    names = list(columns)
    frame: pd.DataFrame = cleaned.table[names].astype("str")
    return frame.where(cleaned.table[names].notna(), cleaned.missing[names].astype("str")).to_numpy().tolist()
