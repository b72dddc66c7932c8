"""Where the header of an export stands, how many rows it takes, and which tool's way of writing it is."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from helpers.extracts.codebooks.layout import Reading
from helpers.extracts.codebooks.spelling import folded
from helpers.extracts.drafting.exports.grid import Grid, filled

Row = Sequence[str]

_FURTHEST = 40  # rows above a header
_WIDE = 0.6  # of the widest row: a header is about as wide as what is below it
_FIGURE = re.compile(r"[-−£$€]?\d[\d,.]*%?")
_YEAR = re.compile(r"(19|20)\d\d")  # a header all the same
_LIMESURVEY = re.compile(r"[A-Za-z][A-Za-z0-9_]*\[[A-Za-z0-9_]+\](\[[A-Za-z0-9_]+\])?(\.\s.*)?", re.DOTALL)
_LIMESURVEY_OWN = {"submitdate", "lastpage", "startlanguage", "seed", "startdate", "datestamp"}
_BELOW_A_QUESTION = {"response", "open-ended response", "other (please specify)"}
_SURVEYMONKEY_OWN = {"respondent id", "respondentid", "collector id", "collectorid", "collector"}
_CODE = re.compile(r"[A-Za-z]{1,10}\d+([_.]\w+)?")
_NEARLY_ALL = 0.6  # of the cells of a row of codes or of wordings are such
_SEEN = {
    "plain": "one header row", "surveymonkey": "two header rows as SurveyMonkey writes them (question; option)",
    "qualtrics": "three header rows as Qualtrics writes them (code; question; ImportId)",
    "limesurvey": "LimeSurvey codes in one header row", "stacked": "{rows} header rows stacked",
}


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
    style, header_rows, above = _style(rows, at)
    skipped = at - above
    reading = Reading(style=style, skip_rows=skipped, delimiter=found.delimiter, sheet=found.sheet,
                      header_rows=header_rows if style == "stacked" else 1)
    seen = _SEEN[style].format(rows=header_rows)
    seen += f" below {skipped} other row{'s' if skipped > 1 else ''}" if skipped else ""
    headless = style == "plain" and not _looks_like_names(rows[at])
    doubt = "The first row looks like values rather than names; has the file no header?"
    return Layout(reading, seen, (doubt,) if headless else ())


def _header_row(rows: Sequence[Row]) -> int:
    """The place of the first row that is about as wide as the widest and looks like names; else the first wide one."""
    widest = max((filled(row) for row in rows), default=0)
    wide = [at for at, row in enumerate(rows[:_FURTHEST]) if filled(row) >= max(1, _WIDE * widest)]
    return next((at for at in wide if _looks_like_names(rows[at])), wide[0] if wide else 0)


def _lowest_header(rows: Sequence[Row], at: int) -> int:
    """The row below, where it names what the row found leaves open, and figures follow."""
    below = rows[at + 1] if at + 1 < len(rows) else []
    named = [place for place, cell in enumerate(below) if cell.strip() and place < len(rows[at])
             and not rows[at][place].strip()]
    body = [row for row in rows[at + 2:at + 12] if filled(row)]
    if not named or not body or not _looks_like_names(below) or _is_surveymonkey(rows[at], below):
        return at
    if any(_FIGURE.fullmatch(below[place].strip()) for place in named):
        return at
    figures = sum(bool(_FIGURE.fullmatch(row[place].strip())) for row in body for place in named if place < len(row))
    return at + 1 if 2 * figures > len(body) * len(named) else at


def _looks_like_names(row: Row) -> bool:
    """Whether few of the cells are figures and nearly all differ."""
    cells = [folded(cell) for cell in row if cell.strip()]
    figures = sum(bool(_FIGURE.fullmatch(cell)) and not _YEAR.fullmatch(cell) for cell in cells)
    return bool(cells) and figures <= 0.3 * len(cells) and len(set(cells)) >= 0.5 * len(cells)


def _style(rows: Sequence[Row], at: int) -> tuple[str, int, int]:
    """The style, how many rows the header takes, and how many of them stand above the row found."""
    below = rows[at + 1] if at + 1 < len(rows) else []
    for first in range(max(0, at - 2), at + 1):  # any of the three rows can be the widest
        if len(rows) > first + 2 and _are_import_ids(rows[first + 2], rows[first]):
            return "qualtrics", 3, at - first
    if _is_limesurvey(rows[at]):
        return "limesurvey", 1, 0
    if at and _is_surveymonkey(rows[at - 1], rows[at]):  # the options can be the wider row
        return "surveymonkey", 2, 1
    if _is_surveymonkey(rows[at], below):
        return "surveymonkey", 2, 0
    if _are_codes(rows[at]) and _are_wordings(below):
        return "stacked", 2, 0
    above = _stacked_above(rows, at)
    return ("stacked", above + 1, above) if above else ("plain", 1, 0)


def _are_import_ids(row: Row, codes: Row) -> bool:
    return sum("importid" in cell.casefold() for cell in row) > filled(codes) / 2


def _is_limesurvey(row: Row) -> bool:
    codes = sum(bool(_LIMESURVEY.fullmatch(cell.strip())) for cell in row)
    return codes >= 2 or len(_LIMESURVEY_OWN & {folded(cell) for cell in row}) >= 2


def _is_surveymonkey(questions: Row, options: Row) -> bool:
    """Whether the second row says "Response" below single questions, or leaves the tool's own columns empty."""
    said = [folded(cell) for cell in options]
    if any(cell in _BELOW_A_QUESTION and above.strip() for above, cell in zip(questions, said, strict=False)):
        return True
    own = [at for at, cell in enumerate(questions) if folded(cell) in _SURVEYMONKEY_OWN]
    gaps = sum(not above.strip() and bool(below) for above, below in zip(questions, said, strict=False))
    return bool(own) and gaps > 0 and not any(at < len(said) and said[at] for at in own)


def _are_codes(row: Row) -> bool:
    """Whether nearly all cells are the codes of questions, as Q1, Q2_3."""
    cells = [cell.strip() for cell in row if cell.strip()]
    return len(cells) > 2 and sum(bool(_CODE.fullmatch(cell)) for cell in cells) >= _NEARLY_ALL * len(cells)


def _are_wordings(row: Row) -> bool:
    """Whether nearly all cells are questions in words, each its own."""
    cells = [cell.strip() for cell in row if cell.strip()]
    worded = sum(len(cell.split()) > 3 for cell in cells)
    return len(set(cells)) == len(cells) > 2 and worded >= _NEARLY_ALL * len(cells)


def _stacked_above(rows: Sequence[Row], at: int) -> int:
    """How many rows right above the header are upper headers: each says something over several columns."""
    above = 0
    while above < min(at, 3):
        row = rows[at - above - 1]
        beyond_first = [cell for cell in row[1:] if cell.strip()]
        if not beyond_first or len(row) < 3 or max(map(len, beyond_first)) > 200 or filled(row) == len(row):
            break
        above += 1
    return above
