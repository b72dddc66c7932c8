"""Where the header of an export stands, how many rows it takes, and which tool's way of writing it is."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from helpers.extracts.codebooks.layout import Reading
from helpers.extracts.codebooks.spelling import folded
from helpers.extracts.drafting.grid import Grid, filled

_FURTHEST = 40  # rows above a header
_WIDE = 0.6  # of the widest row: a header is about as wide as what is below it
_FIGURE = re.compile(r"[-−£$€]?\d[\d,.]*%?")
_LIMESURVEY = re.compile(r"[A-Za-z][A-Za-z0-9_]*\[[A-Za-z0-9_]+\](\[[A-Za-z0-9_]+\])?(\.\s.*)?", re.DOTALL)
_LIMESURVEY_OWN = {"submitdate", "lastpage", "startlanguage", "seed", "startdate", "datestamp"}
_BELOW_A_QUESTION = {"response", "open-ended response", "other (please specify)"}
_SURVEYMONKEY_OWN = {"respondent id", "respondentid", "collector id", "collectorid", "collector"}


@dataclass(frozen=True)
class Layout:
    """How the export is to be read, and what was seen, in words for the head of the draft."""

    reading: Reading
    seen: str
    doubts: tuple[str, ...] = ()


def layout_of(found: Grid) -> Layout:
    """The layout of an export by its first rows."""
    rows = found.rows
    at = _lowest_header(rows, _header_row(rows))
    style, rows_of_header, above = _style(rows, at)
    skip, doubts = at - above, []
    if style == "plain" and not _looks_like_names(rows[at]):
        doubts.append("The first row looks like values rather than names; has the file no header?")
    reading = Reading(style=style, skip_rows=skip, delimiter=found.delimiter, sheet=found.sheet,
                      **({"header_rows": rows_of_header} if style == "stacked" else {}))
    words = {"plain": "one header row", "surveymonkey": "two header rows as SurveyMonkey writes them (question; option)",
             "qualtrics": "three header rows as Qualtrics writes them (code; question; ImportId)",
             "limesurvey": "LimeSurvey codes in one header row", "stacked": f"{rows_of_header} header rows stacked"}[style]
    return Layout(reading, words + (f" below {skip} other row{'s' if skip > 1 else ''}" if skip else ""), tuple(doubts))


def _header_row(rows: Sequence[Sequence[str]]) -> int:
    """The place of the first row that is about as wide as the widest and looks like names; else the first wide one."""
    widest = max((filled(row) for row in rows), default=0)
    wide = [at for at, row in enumerate(rows[:_FURTHEST]) if filled(row) >= max(1, _WIDE * widest)]
    for at in wide:
        if _looks_like_names(rows[at]):
            return at
    return wide[0] if wide else 0


def _lowest_header(rows: Sequence[Sequence[str]], at: int) -> int:
    """The row below, where it names what the row found leaves open, and figures follow."""
    below = rows[at + 1] if at + 1 < len(rows) else []
    open_cells = [place for place, cell in enumerate(rows[at]) if not cell.strip() and place < len(below)]
    named = [place for place in open_cells if below[place].strip()]
    body = [row for row in rows[at + 2:at + 12] if filled(row)]
    if not named or not body or not _looks_like_names(below) or _is_surveymonkey(rows[at], below) \
            or any(_FIGURE.fullmatch(below[place].strip()) for place in named):
        return at
    figures = sum(bool(_FIGURE.fullmatch(row[place].strip())) for row in body for place in named if place < len(row))
    return at + 1 if 2 * figures > len(body) * len(named) else at


def _looks_like_names(row: Sequence[str]) -> bool:
    """Whether few of the cells are figures and nearly all differ."""
    cells = [folded(cell) for cell in row if cell.strip()]
    figures = sum(bool(_FIGURE.fullmatch(cell)) and not re.fullmatch(r"(19|20)\d\d", cell) for cell in cells)
    return bool(cells) and figures <= 0.3 * len(cells) and len(set(cells)) >= 0.5 * len(cells)


def _style(rows: Sequence[Sequence[str]], at: int) -> tuple[str, int, int]:
    """The style, how many rows the header takes, and how many of them stand above the row found."""
    below = rows[at + 1:at + 3]
    for first in range(max(0, at - 2), at + 1):  # the codes are as wide as the questions, but look before
        if len(rows) > first + 2 and sum("importid" in cell.casefold() for cell in rows[first + 2]) > filled(rows[first]) / 2:
            return "qualtrics", 3, at - first
    names = [folded(cell) for cell in rows[at]]
    if sum(bool(_LIMESURVEY.fullmatch(cell.strip())) for cell in rows[at]) >= 2 or len(_LIMESURVEY_OWN & set(names)) >= 2:
        return "limesurvey", 1, 0
    if at and _is_surveymonkey(rows[at - 1], rows[at]):  # the options can be the wider row
        return "surveymonkey", 2, 1
    if below and _is_surveymonkey(rows[at], below[0]):
        return "surveymonkey", 2, 0
    above = _stacked_above(rows, at)
    return ("stacked", above + 1, above) if above else ("plain", 1, 0)


def _is_surveymonkey(questions: Sequence[str], options: Sequence[str]) -> bool:
    """Whether the second row says "Response" below single questions, or leaves the tool's own columns empty."""
    said = [folded(cell) for cell in options]
    if any(cell in _BELOW_A_QUESTION and above.strip() for above, cell in zip(questions, said, strict=False)):
        return True
    own = [at for at, cell in enumerate(questions) if folded(cell) in _SURVEYMONKEY_OWN]
    gaps = sum(not above.strip() and bool(below.strip()) for above, below in zip(questions, options, strict=False))
    return bool(own) and gaps > 0 and not any(at < len(said) and said[at] for at in own)


def _stacked_above(rows: Sequence[Sequence[str]], at: int) -> int:
    """How many rows right above the header are upper headers: each says something over several columns."""
    above = 0
    while above < at and above < 3:
        row = rows[at - above - 1]
        beyond_first = [cell for cell in row[1:] if cell.strip()]
        if len(beyond_first) < 1 or len(row) < 3 or max(map(len, beyond_first)) > 200 or filled(row) == len(row):
            break
        above += 1
    return above
