"""What the real inputs hold that must stand in no finished file: record identifiers, and what people wrote."""

import csv
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from python_calamine import CalamineWorkbook

from helpers.extracts import open_codebook
from helpers.study import Study

SHORTEST = 6  # an identifier of fewer characters cannot be told from an ordinary number or word
WORDS = 6  # so many words in a row that somebody wrote are no coincidence
WORD = re.compile(r"\w+")
TOKEN = re.compile(r"[^\W_](?:[\w-]*[^\W_])?")


@dataclass(frozen=True)
class Inputs:
    """Identifiers (casefolded) and runs of words of the raw files and cleaned tables."""

    identifiers: frozenset[str]
    written: frozenset[tuple[str, ...]]

    @cached_property
    def in_pieces(self) -> dict[str, list[str]]:
        """The identifiers that are no single word (a date, a postcode), by their first SHORTEST characters."""
        found: dict[str, list[str]] = {}
        for name in self.identifiers:
            if tokens(name) != {name}:
                found.setdefault(name[:SHORTEST], []).append(name)
        return found

    def stand_in(self, text: str) -> bool:
        """Whether an identifier stands in the text: as a word of its own or, where it is no single word, anywhere.

        A look-up a character: tens of thousands of identifiers cost no more than one.
        """
        if not self.identifiers.isdisjoint(tokens(text)):
            return True
        lower, starts = text.casefold(), self.in_pieces
        return bool(starts) and any(lower.startswith(name, at) for at in range(len(lower) - SHORTEST + 1)
                                    for name in starts.get(lower[at : at + SHORTEST], ()))


def read_inputs(study: Study) -> Inputs:
    """The identifiers and free text of every extract, from the files as received and the tables kept."""
    identifiers, written = set(), set()
    declared = declared_words(study)
    for name in study.settings.extracts:
        codebook = open_codebook(study, name)
        sources = [source.casefold() for column in codebook.columns if column.type == "identifier" or column.personal
                   for source in (column.name, column.label, *column.source)]
        for path in study.files(name):
            for rows in _sheets(path):
                identifiers |= _below(rows, set(sources))
                written |= {run for row in rows for value in row for run in runs(value)}
        if (study.processed / f"{name}.parquet").is_file():
            table = study.read(name)
            kept = [column.name for column in codebook.columns if column.type == "identifier" and column.name in table]
            identifiers |= {str(value) for column in kept for value in table[column].dropna().unique()}
    usable = {value.strip().casefold() for value in identifiers}
    return Inputs(frozenset(value for value in usable if len(value) >= SHORTEST and any(c.isdigit() for c in value)),
                  frozenset(written - declared))


def runs(text: str) -> set[tuple[str, ...]]:
    """Every run of WORDS words of a text long enough to be somebody's own."""
    words = [word.casefold() for word in WORD.findall(text)] if len(text) > 3 * WORDS else []
    return {tuple(words[i : i + WORDS]) for i in range(len(words) - WORDS + 1)}


def declared_words(study: Study) -> set[tuple[str, ...]]:
    """Runs of words that the study folder itself says: questions, labels and rules are no secret."""
    return {run for path in sorted(study.folder.rglob("*.toml")) for run in runs(path.read_text(encoding="utf-8"))}


def tokens(text: str) -> set[str]:
    """The words of a text that could be an identifier, casefolded."""
    return {word for word in (found.casefold() for found in TOKEN.findall(text)) if len(word) >= SHORTEST}


def _sheets(path: Path) -> list[list[list[str]]]:
    if path.suffix.lower() in {".xlsx", ".xls", ".ods", ".xlsb", ".xlsm"}:
        book = CalamineWorkbook.from_path(path)
        sheets = [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]
        return [[[_written(value) for value in row] for row in sheet] for sheet in sheets]
    raw = path.read_bytes()
    text = raw.decode("utf-8-sig", "replace") if _is_utf8(raw) else raw.decode("cp1252", "replace")
    mark = max(",;\t|", key=text[:20_000].count)
    return [list(csv.reader(text.splitlines(keepends=True), delimiter=mark))]


def _written(value) -> str:
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _is_utf8(raw: bytes) -> bool:
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _below(rows: list[list[str]], heads: set[str]) -> set[str]:
    """Everything below a header that names an identifier or personal column, wherever that header stands."""
    found: set[str] = set()
    for number, row in enumerate(rows[:20]):
        for place, value in enumerate(row):
            if " ".join(value.split()).casefold() in heads:
                found |= {other[place] for other in rows[number + 1 :] if len(other) > place}
    return found - {""}
