"""A workbook that colleagues filled in, read back as a codebook: every fault at once, each with its sheet and cell."""

import re
from pathlib import Path

from pydantic import ValidationError

from helpers.extracts.codebook_workbook.assembled import Assembled, assembled
from helpers.extracts.codebook_workbook.filled import filled
from helpers.extracts.codebook_workbook.instrument import INSTRUMENT, SETTINGS
from helpers.extracts.codebook_workbook.sheets import SHEETS
from helpers.extracts.codebooks.codebook import Codebook
from helpers.study import InputFault

_TITLES = {(sheet.section, heading.key): heading.title for sheet in SHEETS for heading in sheet.headings[1:]}
_TITLES["derived", "cases"] = "Cases"
_ASKED = {setting.key: setting.title for setting in SETTINGS}


def from_workbook(path: Path) -> Codebook:
    """The codebook that the workbook describes; raises InputFault with every fault, one sentence each."""
    found = assembled(filled(path))
    faults = list(found.faults)
    try:
        codebook = Codebook.model_validate(found.content)
    except ValidationError as error:
        faults += [_sentence(fault, found) for fault in error.errors() if not _known(fault["loc"], found)]
    if faults:
        raise InputFault([f"{path.name}, {fault}" for fault in dict.fromkeys(faults)])
    return codebook


def _known(location: tuple, found: Assembled) -> bool:
    """Whether the place was faulty before, so that what the codebook makes of it is no news."""
    return any(location[:length] in found.faulty for length in range(1, len(location) + 1))


def _sentence(fault, found: Assembled) -> str:
    location = fault["loc"]
    cell = next((found.cells[location[:length]] for length in range(len(location), 0, -1)
                 if location[:length] in found.cells), None)
    if cell is None and len(location) > 1 and (*location[:2], "name") in found.cells:
        cell = found.cells[(*location[:2], "name")]
    return f"{cell or _sheet(location)}: {_problem(fault, location)}"


def _sheet(location: tuple) -> str:
    titles = [sheet.title for sheet in SHEETS if location and sheet.section == location[0]]
    return titles[0] if titles else INSTRUMENT


def _problem(fault, location: tuple) -> str:
    if fault["type"] == "missing":
        return "is empty; fill it in."
    if fault["type"] == "too_short":
        return f"there are too few; give at least {fault['ctx']['min_length']}."
    if fault["type"] == "string_pattern_mismatch":
        return (f"'{fault['input']}' is no name; write small letters, digits and underscores, a letter first, such as "
                f"'{_as_name(fault['input'])}'.")
    if fault["type"] == "value_error":
        return re.sub(r"(?<!check )'(\w+)'", lambda word: f"'{_title(location, word[1])}'", str(fault["ctx"]["error"]))
    given = fault["input"] if isinstance(fault["input"], str | int | float) else "what stands there"
    return f"{given!r} does not fit: {fault['msg'].lower()}."


def _title(location: tuple, word: str) -> str:
    return _TITLES.get((location[0], word)) or _ASKED.get(".".join([*map(str, location), word])) or word


def _as_name(text: str) -> str:
    words = re.sub(r"[^a-z0-9]+", "_", text.casefold()).strip("_")
    return words if words[:1].isalpha() else f"c_{words}".rstrip("_")
