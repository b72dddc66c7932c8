"""The columns of an export matched to a codebook's, and everything that does not fit, a sentence each."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from helpers.extracts.codebooks.codebook import Codebook
from helpers.extracts.codebooks.spelling import header_quoted, suggestion
from helpers.extracts.codebooks.variables import Column
from helpers.extracts.reading.known import Known
from helpers.extracts.reading.table import Header

# Identifiers that an inspection neither needs nor may hold; "name of school" and the like are meant too.
_PERSONAL = re.compile(
    r"\b(names?|forenames?|firstname|surname|lastname|chi|nhs number|date of birth|dob|birth date|birthday|postcode|"
    r"post code|address|e-?mail|phone|telephone|mobile|national insurance|nino|passport)\b"
)


@dataclass(frozen=True)
class Matched:
    """Where each clean column stands, what was dropped, and every fault found on the way.

    `positions` and `shown` go by clean names, those of a block by question_choice.
    """

    positions: dict[str, int] = field(default_factory=dict)
    shown: dict[str, str] = field(default_factory=dict)
    dropped: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


def matched(headers: list[Header], codebook: Codebook, known: Known, place: str) -> Matched:
    """The export's columns matched to the codebook's, each fault one sentence with place and remedy."""
    if len(headers) > 1 and not any(map(known.knows, headers)) and not any(map(known.ignores, headers)):
        # Where no header is known the first row may well be a record: what stands in it is not repeated.
        return Matched(faults=[f"{place}: none of its {len(headers)} headers is one that the codebook knows; add the "
                               "row of headers if the file has none, or take the codebook that describes it."])
    made = Matched()
    for header in headers:
        found = known.find(header)
        if len(fits := known.all_fits(header)) > 1:
            made.faults.append(f"{place}: the column {header_quoted(header.shown)} fits the patterns of "
                               f"'{fits[0]}' and '{fits[1]}'; name it in the source of the one it is.")
        elif found is None:
            if not known.ignores(header):
                made.faults.append(_undeclared(header, codebook, place))
        elif found[0].personal == "refuse":
            made.faults.append(_refused(header, place))
        elif found[0].personal == "drop":
            made.dropped.append(header.shown)
        else:
            _placed(made, found, header, place)
    made.faults.extend(_absent(codebook, made.positions, headers, place))
    return made


def _placed(made: Matched, found: tuple[Column, str | None], header: Header, place: str) -> None:
    column, choice = found
    key = f"{column.name}_{choice}" if choice else column.name
    if key in made.positions:
        called = f"column '{column.name}'" + (f", choice '{choice}'" if choice else "")
        made.faults.append(f"{place}: the headers {header_quoted(made.shown[key])} and "
                           f"{header_quoted(header.shown)} both stand for {called}; keep one of them.")
    else:
        made.positions[key], made.shown[key] = header.position, header.shown


def _undeclared(header: Header, codebook: Codebook, place: str) -> str:
    if _PERSONAL.search(header.names[0]):
        return _refused(header, place)
    near = suggestion(header.shown, [name for column in codebook.columns for name in (*column.source, column.name)])
    return f"{place}: nobody declared the column {header_quoted(header.shown)}{near} Add it to the codebook's " \
           "sources or to its [ignore], or take it out of the extract."


def _refused(header: Header, place: str) -> str:
    return f"{place}: the column {header_quoted(header.shown)} looks personal (a name, birth date, address or the " \
           "like); an extract must not hold it: take it out and send the file again."


def _absent(codebook: Codebook, positions: dict, headers: list[Header], place: str) -> Iterator[str]:
    """What the extract should have and has not: columns, and choices of a multi-select question asked otherwise."""
    spare = [header.shown for header in headers if header.position not in positions.values()]
    for column in codebook.columns:
        if column.optional or not column.is_read or column.name in positions:
            continue
        lacking = [choice for choice in column.block if f"{column.name}_{choice}" not in positions]
        if len(lacking) < len(column.block):
            what = "item" if column.items else "choice"
            for choice in lacking:
                yield f"{place}: no column for the {what} '{choice}' of '{column.name}'; add it to the extract, take " \
                      f"the {what} out of the codebook, or say `optional = true`."
        else:
            wording = (column.source or [column.name])[0]
            near = suggestion(wording, spare)
            yield f"{place}: no column '{column.name}' (known as {header_quoted(wording)}){near} Add it to the " \
                  "extract, or say `optional = true` in the codebook."
