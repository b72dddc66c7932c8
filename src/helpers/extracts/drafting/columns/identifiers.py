"""Columns that tell rows or things from one another: nearly all different, or under a header that says so."""

import re
from dataclasses import replace

from helpers.extracts.codebooks.spelling import folded_header
from helpers.extracts.drafting.columns.figures import Figures
from helpers.extracts.drafting.columns.guess import File, Guess

_PERSONS = "child|pupil|client|person|case|respondent|participant|student|record|service user|response|staff|worker"
_SAYS_SO = re.compile(
    r"\b(id|ids|identifier|ref|reference|uuid|guid|serial|token|urn|uprn|key|pseudonym)\b|"
    rf"^({_PERSONS})( (no|num|number|code|index))?$|\b({_PERSONS}) (no|num|number|code)\b")
_COUNTS = re.compile(r"\bnumber of\b|\bhow many\b")
_CODE_LIKE = re.compile(r"(?=.*\d)[\w./:-]{1,40}", re.ASCII)
_SHORT = 12  # characters of a code of a classification
_MANY = 12  # codes; fewer are a classification, whatever the header says
_FEW = 30  # rows below which all cells of any column may happen to differ
_ALL_DIFFER, _NEARLY_ALL = 0.98, 0.9


def identifier(start: Guess, file: File) -> Guess | None:
    """Codes that nearly all differ, or stand under a header that says so."""
    return replace(start, type="identifier") if _code_like(start) and is_identifier(start, None) else None


def short_codes(start: Guess, file: File) -> Guess | None:
    """Codes too many or too rare to be listed: kept to be compared, never shown."""
    if not _code_like(start) or max(map(len, start.said.labels)) > _SHORT:
        return None
    asked = "QUESTION: codes, some of which few rows have; are they the values of a nominal column?"
    return replace(start, type="identifier", remarks=(asked,))


def is_identifier(start: Guess, found: Figures | None) -> bool:
    """Whether the column tells its rows apart; `found`: its figures, which a running or a long number is made of."""
    heard = start.said
    name = folded_header(start.field.header.shown).replace("_", " ")
    says_so = _SAYS_SO.search(name) and not _COUNTS.search(name)
    if says_so and (heard.distinct > _MANY or heard.distinct == heard.filled):
        return True
    if heard.distinct < _ALL_DIFFER * heard.filled or heard.filled < _FEW:
        return False
    if found is None:
        return True
    numbers = sorted(found.rows)
    running = numbers[-1] - numbers[0] < 1.2 * len(numbers)
    return found.whole and not found.percent and (numbers[0] >= 10_000 or running)


def _code_like(start: Guess) -> bool:
    texts = list(start.said.labels)
    return sum(bool(_CODE_LIKE.fullmatch(text.strip())) for text in texts) >= _NEARLY_ALL * len(texts)
