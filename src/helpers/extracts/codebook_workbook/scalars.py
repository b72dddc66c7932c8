"""Single answers and bounds in a cell: a whole number, a number, a day or words, told apart by how they are written."""

import re
from datetime import date

from helpers.extracts.codebook_workbook.quoting import is_plain, is_quoted, quoted, said, token

_WHOLE = re.compile(r"-?(0|[1-9]\d*)", re.ASCII)  # 007 is no number but a code
_NUMBER = re.compile(r"-?(\d+(\.\d+)?(e[+-]?\d+)?|inf|nan)", re.ASCII | re.IGNORECASE)
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_NO_QUOTES = r"[^\"“”„]*"  # one within would seem to open or close a quoted text
_LEVEL = re.compile(r"\w[\w.-]*")


def answer_said(value: str | int) -> str:
    """A whole number as it is; words in quotes where they would be taken for one."""
    if isinstance(value, int):
        return str(value)
    return quoted(value) if _WHOLE.fullmatch(value) else said(value, _NO_QUOTES)


def answer_meant(text: str) -> str | int:
    """The whole number or the words."""
    return int(text) if _WHOLE.fullmatch(text) else token(text)


def bound_said(value: float | date | str) -> str:
    """A number or an ISO day as it is; words in quotes where they would be taken for one."""
    if isinstance(value, date):
        return value.isoformat()
    if not isinstance(value, str):
        return repr(value)
    told_apart = is_plain(value) and _LEVEL.fullmatch(value) and not _NUMBER.fullmatch(value)
    return value if told_apart and not _DAY.fullmatch(value) else said(value) if value == "" else quoted(value)


def bound_meant(text: str) -> float | date | str:
    """The number, day or level; raises ValueError with problem and remedy."""
    if is_quoted(text):
        return token(text)
    if _DAY.fullmatch(text):
        try:
            return date.fromisoformat(text)
        except ValueError:
            raise ValueError(f"'{text}' is no day of the calendar; check it.") from None
    if _NUMBER.fullmatch(text):
        return number_meant(text)
    if token(text) == "" or _LEVEL.fullmatch(text):
        return token(text)
    raise ValueError(f"'{text}' is no number, day or level; write a number, a day as 2020-01-31, or a level's name.")


def number_said(value: float) -> str:
    """A number without a needless point."""
    return str(int(value)) if isinstance(value, float) and value.is_integer() and abs(value) < 1e15 else repr(value)


def number_meant(text: str) -> float:
    """The number; raises ValueError with problem and remedy."""
    if not _NUMBER.fullmatch(text):
        raise ValueError(f"'{text}' is no number; write one such as 3 or 2.5.")
    return int(text) if re.fullmatch(r"-?\d+", text) else float(text)
