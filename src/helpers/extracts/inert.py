"""Cells that a spreadsheet program would take for formulas, written so that they stay words."""

import re

import pandas as pd

# What begins a formula, in the wide form of East Asian keyboards too, behind any blanks, unseen marks and quotation
# marks that a program skips. One that parts cells by semicolon, tab or line also splits what is one cell here.
_LIVE = re.compile(r"((?:^|[;\t\r\n])[\s\"\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\x00-\x1f]*+)"
                   r"([=+\-@\uff1d\uff0b\uff0d\uff20]?)")
_LIVE_START = re.compile(r"[\t\r\n]")  # blanks that some programs take for the start of a formula themselves


def inert(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with an apostrophe before every formula among its texts and headers; numbers stay numbers."""
    columns = {at: frame.iloc[:, at] for at in range(frame.shape[1])}
    made = pd.DataFrame({at: column.astype(object).map(inert_text) if _may_hold_text(column) else column
                         for at, column in columns.items()}, index=frame.index)
    return made.set_axis([inert_text(name) for name in frame.columns], axis=1)


def inert_text(cell):
    """The text with an apostrophe where a formula would begin; anything but text as it is."""
    if not isinstance(cell, str):
        return cell
    quiet = _LIVE.sub(lambda match: f"{match[1]}'{match[2]}" if match[2] else match[1], cell)
    return f"'{quiet}" if _LIVE_START.match(quiet) else quiet


def _may_hold_text(column: pd.Series) -> bool:
    return not (pd.api.types.is_numeric_dtype(column) or pd.api.types.is_datetime64_any_dtype(column))
