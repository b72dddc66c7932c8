"""A file drafted, and cleaned at once by its draft: what every test of drafting begins with."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from helpers.extracts import Cleaned, clean_file
from helpers.extracts.codebooks.codebook import Codebook
from helpers.extracts.codebooks.spelling import folded_header
from helpers.extracts.codebooks.variables import Column
from helpers.extracts.drafting import draft


@dataclass(frozen=True)
class Draft:
    """A draft as text and as a codebook, and what cleaning by it gave."""

    text: str
    codebook: Codebook
    cleaned: Cleaned

    def of(self, header: str) -> Column:
        """The column drafted for a header."""
        wanted = folded_header(header)
        return next(column for column in self.codebook.columns if wanted in map(folded_header, column.source))

    def kind(self, header: str) -> str:
        """The type drafted for a header; "drop" where it is dropped unread."""
        column = self.of(header)
        return column.personal or column.type

    def levels(self, header: str) -> list[str]:
        """The labels of the header's scale from low to high."""
        scale = self.of(header).scale
        assert scale is not None
        return list(self.codebook.scale(scale).labels.values())

    def comment(self, header: str) -> str:
        """The comment above the header's column, on one line."""
        before = self.text.split(f'name = "{self.of(header).name}"')[0].rsplit("[[columns]]", 1)[0]
        lines = before.rstrip("\n").split("\n")
        said = []
        while lines and lines[-1].startswith("#"):
            said.insert(0, lines.pop().removeprefix("# "))
        return " ".join(said)

    def rules(self) -> dict[str, tuple[str, int]]:
        """Rule → its severity and the rows it caught."""
        steps = self.cleaned.ledger.set_index("rule")["rows_caught"]
        return {rule.name: (rule.severity, int(steps[rule.name])) for rule in self.codebook.rules}


def drafted(path: Path, sheet: str | None = None, beside: Path | None = None) -> Draft:
    """The file's draft, written, read back, and used to clean the file, which has to go without a fault."""
    text = draft(path, sheet)
    codebook_path = (beside or path.parent) / f"{path.stem}.codebook.toml"
    codebook_path.write_text(text, encoding="utf-8")
    return Draft(text, Codebook.model_validate(tomllib.loads(text)), clean_file(path, codebook_path))


def csv_of(path: Path, columns: dict[str, Sequence], delimiter: str = ",") -> Path:
    """A CSV of columns of equal length, cells with the delimiter in quotes."""
    rows = [list(columns), *zip(*columns.values(), strict=True)]
    return csv_rows(path, rows, delimiter)


def csv_rows(path: Path, rows: Sequence[Sequence], delimiter: str = ",") -> Path:
    """A CSV of rows, cells with the delimiter, quotes or line breaks in quotes."""
    def cell(value) -> str:
        text = str(value)
        return '"' + text.replace('"', '""') + '"' if any(mark in text for mark in (delimiter, '"', "\n")) else text

    path.write_text("".join(delimiter.join(map(cell, row)) + "\n" for row in rows), encoding="utf-8")
    return path
