"""Columns of words: answers of people's own, dropped unread, and what the rows of a published table are about."""

import re
from dataclasses import replace

from helpers.extracts.codebooks.spelling import folded_header
from helpers.extracts.drafting.columns.guess import File, Guess
from helpers.extracts.drafting.columns.personal import may_be_names

_ASKS_WORDS = re.compile(
    r"\b(comments?|remarks?|anything (else|more)|free ?text|in your own words|further details|"
    r"please give (a )?reasons?|"
    r"(please|can you|could you) (explain|describe|specify|tell us|say|write|give details))\b|"
    r"\b(specify|write.in)\)?$|_text$")
_OF_NOBODY = "QUESTION: words that say what a row of this published table is about, and of nobody; right? Else " \
             "personal = \"drop\"."


def words(start: Guess) -> Guess:
    """The column as answers in words."""
    said = "Answers in words: dropped unread, since they may say who somebody is."
    return replace(start, personal=True, remarks=(said,))


def asked_in_words(start: Guess, file: File) -> Guess | None:
    """A question to be answered in words, even where few answered and some alike."""
    asks = _ASKS_WORDS.search(folded_header(start.field.option or start.field.wording))
    return words(start) if (asks or start.field.open_ended) and not start.field.declared else None


def row_label(start: Guess, file: File) -> Guess | None:
    """Words in a published table that are nobody's answer."""
    if start.position not in file.row_labels or may_be_names(start.field.wording, list(start.said.labels)):
        return None
    return replace(start, type="text", remarks=(_OF_NOBODY,))
