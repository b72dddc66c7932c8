"""Conditions in words a clerk can read and type: `age: 16 to 25; aftercare: yes or no; placement: missing`."""

import re
from collections.abc import Callable

from helpers.extracts.codebook_workbook.quoting import BLANK, is_plain, is_quoted, parts, quoted, said, token
from helpers.extracts.codebook_workbook.scalars import answer_meant, answer_said, bound_meant, bound_said
from helpers.extracts.codebook_workbook.wording import letters, shown
from helpers.extracts.codebooks.variables import KINDS

ALWAYS = "always"  # no condition at all
_ANY, _NOTHING = "any", "nothing"
_OWN = {letters(word): word for word in ("present", "missing", *KINDS)}  # conditions' own words, however typed
_MOST = re.compile(r"(?:up to|at most|<=|≤)\s*(\S.*)|(\S+) or (?:less|fewer|under|younger|earlier|below)", re.I)
_LEAST = re.compile(r"(?:from|at least|>=|≥)\s*(\S.*)|(\S+) or (?:more|over|older|later|above)", re.I)
_SPAN = re.compile(r"(\d+)\s*[-–—]\s*(\d+)")
_ONE_OF = re.compile(r"one of\b\s*", re.I)
_OR = r"\s*,\s*(?:or\s+)?|\s+or(?:\s+|$)|^or\s+"
# What people write and no condition says: taken for an answer's words, it would hold for nobody, unseen.
_UNSAID = re.compile(r"[<>=≠!~]|(not|over|under|above|below|more|less|between|except|after|before|until|from)\s", re.I)


def conditions_said(conditions: dict) -> str:
    """The conditions as one line of words."""
    return "; ".join(_condition_said(name, wanted) for name, wanted in conditions.items()) or ALWAYS


def conditions_meant(text: str) -> dict:
    """The conditions that the words state; raises ValueError with problem and remedy."""
    found: dict = {}
    for part in parts(text, r"[;\n]") if text.casefold() != ALWAYS else []:
        name, *wanted = parts(part, ":")
        if not part:
            continue
        if len(wanted) != 1 or not name or not wanted[0]:
            raise ValueError(f"'{part}' is no condition; write a column, a colon and what it has to say, such as "
                             "age: 16 to 25 (words that hold a colon go in double quotes).")
        if token(name) in found:
            raise ValueError(f"'{name}' stands there twice; name its answers once, joined by 'or'.")
        found[token(name)] = _wanted(wanted[0])
    return found


def _condition_said(name: str, wanted) -> str:
    """Without quotes where that reads back as the same."""
    start = said(name, r"\w[\w-]*")
    plain = f"{start}: {_wanted_said(wanted, _answer_said, bound_said)}"
    try:
        if is_plain(plain) and conditions_meant(plain) == {name: wanted}:
            return plain
    except ValueError:
        pass
    return f"{start}: {_wanted_said(wanted, _in_quotes(str), _in_quotes(bound_said))}"


def _in_quotes(other: Callable) -> Callable:
    return lambda value: (quoted(value) if value else BLANK) if isinstance(value, str) else other(value)


def _answer_said(value: str | int) -> str:
    return shown(value) if value in KINDS else answer_said(value)


def _wanted_said(wanted, answer: Callable, bound: Callable) -> str:
    if isinstance(wanted, dict):
        low, high = (None if wanted.get(end) is None else bound(wanted[end]) for end in ("min", "max"))
        if high is None:
            return f"from {low or _ANY}"
        return f"up to {high}" if low is None else f"{low} to {high}"
    if isinstance(wanted, list):
        return f"{'' if len(wanted) > 1 else 'one of '}{' or '.join(map(answer, wanted)) or _NOTHING}"
    return answer(wanted)


def _wanted(text: str):
    if fit := _MOST.fullmatch(text):
        return {"max": bound_meant(fit[1] or fit[2])}
    ends = parts(re.sub(r"^from\s+", "", text, flags=re.I), r"\s+to\s+")
    if len(ends) == 2:
        return {"min": bound_meant(ends[0]), "max": bound_meant(ends[1])}
    if fit := _LEAST.fullmatch(text):
        return {} if (fit[1] or "").casefold() == _ANY else {"min": bound_meant(fit[1] or fit[2])}
    if fit := _SPAN.fullmatch(text):
        return {"min": int(fit[1]), "max": int(fit[2])}
    listed = _ONE_OF.match(text)
    rest = text[listed.end():] if listed else text
    if listed and rest.casefold() == _NOTHING:
        return []
    answers = [_answer(one) for one in parts(rest, _OR)]
    return answers if listed or len(answers) > 1 else answers[0]


def _answer(text: str) -> str | int:
    if not text:
        raise ValueError("an answer is lacking beside 'or' or a comma; name it, or take the word away.")
    if not is_quoted(text) and letters(text) in _OWN:
        return _OWN[letters(text)]
    if _UNSAID.match(text):
        raise ValueError(f"'{text}' is nothing a condition can say; write 16 to 25, from 16, up to 25, or the answers "
                         "that fit (words that begin so go in double quotes).")
    return answer_meant(text)
