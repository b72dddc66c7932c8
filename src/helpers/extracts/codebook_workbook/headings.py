"""What a heading and a sheet of a codebook's workbook are."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import get_args

from pydantic import BaseModel

from helpers.extracts.codebook_workbook.cells import Form


@dataclass(frozen=True)
class Heading:
    """A column of a sheet: its title, the codebook's key for it, how its cells are written, and what to write there."""

    title: str
    key: str
    form: Form
    help: str
    width: int = 16
    names: str = ""  # the sheet whose names are offered to choose from
    seldom: bool = False  # not on the sheet where no row has it


@dataclass(frozen=True)
class Sheet:
    """One sheet, a row a thing; `section` is the codebook's key where a row is an entry of it."""

    title: str
    about: str
    headings: tuple[Heading, ...]
    section: str = ""


def words_of(model: type[BaseModel], key: str) -> tuple[str, ...]:
    """The words that a codebook's key may have for its value."""
    return tuple(_words(model.model_fields[key].annotation))


def _words(annotation) -> Iterator[str]:
    for argument in get_args(annotation):
        if isinstance(argument, str):
            yield argument
        else:
            yield from _words(argument)
