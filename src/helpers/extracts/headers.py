"""The header rows of an export matched to a codebook: which position holds which column, and what nobody declared."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase

from helpers.extracts.codebook import Codebook
from helpers.extracts.spelling import folded, folded_header, quoted, suggestion

HEAD_ROWS = {"plain": 1, "surveymonkey": 2, "qualtrics": 3}

# What survey tools write below a question that has a single column.
_NO_OPTION = {"", "response", "open-ended response"}

# Identifiers that an inspection neither needs nor may hold; "name of school" and the like are meant too.
_PERSONAL = re.compile(
    r"\b(names?|forenames?|firstname|surname|lastname|chi|nhs number|date of birth|dob|birth date|birthday|postcode|"
    r"post code|address|e-?mail|phone|telephone|mobile|national insurance|nino|passport)\b"
)


@dataclass(frozen=True)
class Header:
    """One column of an export: how its sender sees it, and the folded names it can be declared by."""

    position: int
    shown: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class Matched:
    """Where each clean column stands, the positions nobody reads, and every fault found on the way."""

    positions: dict[str, int]
    shown: dict[str, str]
    dropped: list[str]
    unread: list[int]
    faults: list[str]


def headers_of(head: list[list[str]], style: str) -> list[Header]:
    """The headers of one export, left to right; columns without any header are left out."""
    width = max(len(row) for row in head)
    rows = [[" ".join(cell.split()) for cell in row] + [""] * (width - len(row)) for row in head]
    names = {"plain": _plain, "surveymonkey": _surveymonkey, "qualtrics": _qualtrics}[style](rows)
    return [Header(at, shown[0], tuple(map(folded_header, shown))) for at, shown in enumerate(names) if shown]


def _plain(rows: list[list[str]]) -> list[list[str]]:
    return [[cell] if cell else [] for cell in rows[0]]


def _surveymonkey(rows: list[list[str]]) -> list[list[str]]:
    """A question stands once above all its options, so it is carried to the right."""
    questions, question = [], ""
    for cell in rows[0]:
        question = cell or question
        questions.append(question)
    names = []
    for at, (question, option) in enumerate(zip(questions, rows[1], strict=True)):
        alone = bool(rows[0][at]) and (at + 1 == len(questions) or bool(rows[0][at + 1]))
        if folded(option) in _NO_OPTION:
            names.append([question] if rows[0][at] or option else [])
        else:
            names.append([f"{question} | {option}", *([question] if alone else [])])
    return names


def _qualtrics(rows: list[list[str]]) -> list[list[str]]:
    return [[cell for cell in (code, text) if cell] for code, text in zip(rows[0], rows[1], strict=True)]


def style_fault(head: list[list[str]], style: str, place: str) -> str | None:
    """A sentence where the third row of a Qualtrics export is none."""
    if style == "qualtrics" and not any("importid" in cell.casefold() for cell in head[2]):
        return f"{place}, row 3: no ImportId there, so it is no Qualtrics export with three header rows; export it " \
               "with them, or correct 'style' in the codebook's [reading]."
    return None


def matched(head: list[list[str]], codebook: Codebook, place: str) -> Matched:
    """The export's columns matched to the codebook's, each fault one sentence with place and remedy."""
    if fault := style_fault(head, codebook.reading.style, place):
        return Matched({}, {}, [], [], [fault])
    sources = {folded_header(name): column for column in codebook.columns for name in (column.name, *column.source)}
    ignored = [folded_header(pattern) for pattern in codebook.ignore.columns]
    positions, shown, dropped, unread, faults = {}, {}, [], [], []
    headers = headers_of(head, codebook.reading.style)
    for header in headers:
        column = next((sources[name] for name in header.names if name in sources), None)
        if column is None:
            unread.append(header.position)
            if not any(fnmatchcase(name, pattern) for name in header.names for pattern in ignored):
                faults.append(_undeclared(header, codebook, place))
        elif column.personal == "refuse":
            faults.append(_refused(header, place))
        elif column.personal == "drop":
            dropped.append(header.shown)
        elif column.name in positions:
            faults.append(f"{place}: the headers {quoted(shown[column.name])} and {quoted(header.shown)} both stand "
                          f"for column '{column.name}'; keep one of them.")
        else:
            positions[column.name], shown[column.name] = header.position, header.shown
    bare = set(range(max(map(len, head)))) - {header.position for header in headers}
    return Matched(positions, shown, dropped, sorted(bare), faults + list(_absent(codebook, positions, headers, place)))


def _undeclared(header: Header, codebook: Codebook, place: str) -> str:
    if _PERSONAL.search(header.names[0]):
        return _refused(header, place)
    near = suggestion(header.shown, [name for column in codebook.columns for name in (*column.source, column.name)])
    return f"{place}: nobody declared the column {quoted(header.shown)}{near} Add it to the codebook's sources or to " \
           "its [ignore], or take it out of the extract."


def _refused(header: Header, place: str) -> str:
    return f"{place}: the column {quoted(header.shown)} looks personal (a name, birth date, address or the like); an " \
           "extract must not hold it: take it out and send the file again."


def _absent(codebook: Codebook, positions: dict[str, int], headers: list[Header], place: str) -> Iterator[str]:
    spare = [header.shown for header in headers if header.position not in positions.values()]
    for column in codebook.columns:
        if column.name not in positions and not column.optional and column.personal is None:
            wording = (column.source or [column.name])[0]
            near = suggestion(wording, spare)
            yield f"{place}: no column '{column.name}' (known as {quoted(wording)}){near} Add it to the extract, or " \
                  "say `optional = true` in the codebook."
