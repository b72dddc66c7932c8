"""The header rows of an export as names: how its sender sees each column, and what it can be declared by."""

import re

from helpers.extracts.codebooks.spelling import folded, folded_header
from helpers.extracts.reading.table import Header

# What survey tools write below a question that has a single column.
_NO_OPTION = {"", "response", "open-ended response"}

# LimeSurvey's "question code & text" export: Q1[SQ001]. How safe do you feel? [At home]
_LIMESURVEY = re.compile(r"(?P<code>[A-Za-z][A-Za-z0-9_]*(?:\[[A-Za-z0-9_]+\])*)\.\s+(?P<text>\S.*)", re.DOTALL)


def headers_of(head: list[list[str]], style: str) -> list[Header]:
    """The headers of one export, left to right; columns without any header are left out."""
    width = max(len(row) for row in head)
    rows = [[" ".join(cell.split()) for cell in row] + [""] * (width - len(row)) for row in head]
    named = {"plain": _plain, "surveymonkey": _surveymonkey, "qualtrics": _coded_and_worded, "spss": _coded_and_worded,
             "limesurvey": _limesurvey, "stacked": _stacked}[style](rows)
    return [Header(at, shown[0], tuple(map(folded_header, shown))) for at, shown in enumerate(named) if shown]


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


def _coded_and_worded(rows: list[list[str]]) -> list[list[str]]:
    return [[cell for cell in (code, text) if cell] for code, text in zip(rows[0], rows[1], strict=True)]


def _limesurvey(rows: list[list[str]]) -> list[list[str]]:
    """Code and wording in one cell, or the code alone; either may be declared."""
    split = [_LIMESURVEY.fullmatch(cell) for cell in rows[0]]
    return [[cell, found["code"], found["text"]] if found else [cell] if cell else []
            for cell, found in zip(rows[0], split, strict=True)]


def _stacked(rows: list[list[str]]) -> list[list[str]]:
    """Upper headers stand once above all they cover: each is carried right until it, or one above it, changes."""
    names, current = [], [""] * (len(rows) - 1)
    for *above, last in zip(*rows, strict=True):
        for level, cell in enumerate(above):
            if cell:
                current[level:] = [cell, *[""] * (len(current) - level - 1)]
        parts = [part for part in (*current, last) if part]
        names.append([" | ".join(parts)] if any(above) or last else [])
    return names


def style_fault(head: list[list[str]], style: str, place: str) -> str | None:
    """A sentence where the third row of a Qualtrics export is none."""
    if style == "qualtrics" and not any("importid" in cell.casefold() for cell in head[2]):
        return f"{place}, row 3: no ImportId there, so it is no Qualtrics export with three header rows; export it " \
               "with them, or correct 'style' in the codebook's [reading]."
    return None
