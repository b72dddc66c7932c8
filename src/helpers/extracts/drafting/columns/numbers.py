"""Columns of figures: identifiers, names made of digits, codes of answers, counts and numbers."""

import re
from dataclasses import replace

from helpers.extracts.codebooks.spelling import folded_header
from helpers.extracts.drafting.columns.codes import as_codes
from helpers.extracts.drafting.columns.figures import Figures, figures
from helpers.extracts.drafting.columns.guess import File, Guess
from helpers.extracts.drafting.columns.identifiers import is_identifier
from helpers.extracts.drafting.columns.labels import nominal
from helpers.extracts.drafting.columns.missing import SYMBOLS, codes_for_missing

_CODE = re.compile(r"\bcode$")  # a code of anything is a name, whatever it is made of
_LEAST_FIGURES = 3  # beside symbols; fewer are labels of which some are digits
_NAMES = "Figures that name something: read as labels, so that 007 and 2.10 stay what they are."


def in_figures(start: Guess, file: File) -> Guess | None:
    """The column as what its figures are; None where they are none, or the file declares what they mean."""
    found = figures(start.said.labels)
    if found is None or (found.symbols and len(found.rows) < _LEAST_FIGURES):
        return None
    if start.field.declared and len(found.rows) <= len(start.field.declared):
        return None
    if is_identifier(start, found):
        return replace(start, type="identifier")
    if found.names or _CODE.search(folded_header(start.field.header.shown).replace("_", " ")):
        made = nominal(start, file) or replace(start, type="identifier")
        return replace(made, remarks=(_NAMES, *made.remarks))
    return as_codes(start, found, file) or _number(start, found)


def _number(start: Guess, found: Figures) -> Guess:
    """A count, or a number where it has decimals, a sign or a percent sign."""
    codes = codes_for_missing(found.rows)
    missing = {text: codes[int(number)] for text, number in found.numbers.items() if number in codes}
    symbols = {text: SYMBOLS[text.strip().lower()] for text in found.symbols}
    remarks = []
    if missing:
        remarks.append(f"QUESTION: {', '.join(missing)} stands outside what the column otherwise holds; is it a code "
                       "for missing, and of which kind?")
    if symbols:
        remarks.append(f"Symbols among the figures ({', '.join(sorted(symbols))}) are read as kinds of missing; "
                       "QUESTION: do they mean that here?")
    negative = any(number < 0 and number not in codes for number in found.rows)
    return replace(start, type="count" if found.whole and not found.percent and not negative else "number",
                   unit="percent" if found.percent else "", own_missing={**symbols, **missing}, remarks=tuple(remarks))
