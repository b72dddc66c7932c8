"""What every column of an export probably is, told from its header and its distinct texts."""

import re
from collections.abc import Callable
from dataclasses import replace

from helpers.extracts.codebooks.spelling import folded_header
from helpers.extracts.drafting.coded_answers import as_codes
from helpers.extracts.drafting.dates import dated
from helpers.extracts.drafting.fields import Field
from helpers.extracts.drafting.figures import Figures, figures
from helpers.extracts.drafting.guess import File, Guess
from helpers.extracts.drafting.labels import nominal, picks
from helpers.extracts.drafting.missing import SYMBOLS, codes_for_missing, kind_said
from helpers.extracts.drafting.personal import may_be_names, personal_by_content, personal_by_header
from helpers.extracts.drafting.scales import recognised
from helpers.extracts.drafting.tools import QUALTRICS_STATUS, use_of

IS_IDENTIFIER = re.compile(
    r"\b(id|ids|identifier|ref|reference|uuid|guid|serial|token|urn|uprn|key|pseudonym)\b|"
    r"^(child|pupil|client|person|case|respondent|participant|student|record|service user)( (no|num|number|code|index))?$|"
    r"\b(child|pupil|client|person|case|respondent|participant|student|record|response|staff|worker) (no|num|number|code)\b")
_ASKS_WORDS = re.compile(r"\b(comments?|remarks?|anything (else|more)|free ?text|in your own words|(please|can you|could you) "
                         r"(explain|describe|specify|tell us|say|write|give details)|further details|please give (a )?reasons?)\b|"
                         r"\b(specify|write.in)\)?$|_text$")
_IS_CODE = re.compile(r"\bcode$")
_SAYS_DATE = re.compile(r"\b(date|day|when|dob|born|started|ended|time|decom|dec)\b|date")
_CODE_LIKE = re.compile(r"(?=.*\d)[\w./:-]{1,40}", re.ASCII)
_SHORT = 12  # characters of a code of a classification
_FEW = 30  # rows below which all cells of any column may happen to differ


def guessed(field: Field, file: File) -> Guess:
    """The column's guess: the first way of looking at it that finds something decides."""
    everything = field.said
    if not everything.filled and not field.labels:
        return Guess(field, everything, ignored=True)
    missing = {label: kind for label in everything.labels if (kind := kind_said(label))}
    start = Guess(field, everything.without(set(missing)), missing=missing)
    if not start.said.filled and not field.labels:
        return replace(start, remarks=("QUESTION: it holds nothing but words for missing; is it needed?",))
    ways: list[Callable[[Guess, File], Guess | None]] = [
        _tools_own, _in_time, _scale, _named_personal, _looks_personal, _figures, picks, _in_words, _identifier, nominal, _codes, _row_label]
    return next((found for way in ways if (found := way(start, file))), None) or _words(start)


def _tools_own(start: Guess, file: File) -> Guess | None:
    use = use_of(start.field.header.names, file.in_tool)
    if use == "ignore":
        return replace(start, ignored=True, use=use)
    if use == "drop":
        return replace(start, personal=True, remarks=("Dropped: it can tell who answered, or how they were reached.",))
    if use == "identifier":
        return replace(start, type="identifier", use=use)
    if use == "status" and (stated := _qualtrics_status(start)):
        return stated
    if use in ("status", "channel"):
        return replace(found, use=use) if (found := nominal(start, file)) else None
    if use == "submitted":
        found = _dates(start, file) if start.said.blank else None  # without a blank it sorts nobody out
        return replace(found, use=use) if found else replace(start, ignored=True, use=use)
    if use in ("finished", "progress"):
        found = _scale(start, file) or _figures(start, file)
        return replace(found, use=use) if found else None
    return None


def _qualtrics_status(start: Guess) -> Guess | None:
    """How each response came in, tests and previews among the values whether or not the file has such rows already."""
    known = {text.casefold(): name for name, codes in QUALTRICS_STATUS.items() for text in (name, *codes)}
    heard = {known.get(label.strip().casefold(), "") for label in start.said.labels}
    if "" in heard:
        return None
    labels = [name for name in QUALTRICS_STATUS if name in heard or "Survey" in name]
    return replace(start, type="nominal", labels=tuple(labels), use="status",
                   also={name: codes for name, codes in QUALTRICS_STATUS.items() if name in labels})


def _in_time(start: Guess, file: File) -> Guess | None:
    """Dates, but those of a birth."""
    return None if personal_by_header(start.field.header.shown) else _dates(start, file)


def _scale(start: Guess, file: File) -> Guess | None:
    """Labels whose order can be told; where the scale has two levels in the end, they make a binary column."""
    labels = list(dict.fromkeys([*start.said.labels, *_unheard(start)]))
    if start.said.is_sample or not (ranked := recognised(labels, folded_header(start.field.wording))):
        return None
    return replace(start, type="ordinal", ranked=ranked)


def _unheard(start: Guess) -> list[str]:
    """Labels that the file declares and nobody gave; a word for missing is none."""
    return [label for label in start.field.labels if kind_said(label) is None]


def _named_personal(start: Guess, file: File) -> Guess | None:
    what = personal_by_header(start.field.header.shown)
    return _dropped(start, f"its header says that it holds {what}") if what else None


def _looks_personal(start: Guess, file: File) -> Guess | None:
    what = personal_by_content(start.field.wording, list(start.said.labels))
    return _dropped(start, f"nearly every cell looks like {what}") if what else None


def _dropped(start: Guess, because: str) -> Guess:
    more = " To work out ages from it, make it a date with personal = \"use\"." if "birth" in because else ""
    return replace(start, personal=True, remarks=(f"Personal: {because}; dropped unread.{more}",))


def _figures(start: Guess, file: File) -> Guess | None:
    if start.field.labels:
        return None
    found = figures(start.said.labels, lambda text: text.strip().lower() in SYMBOLS)
    if found is None or (found.symbols and len(found.rows) < 3):
        return None
    if _is_identifier(start, found):
        return replace(start, type="identifier")
    if found.labels or _IS_CODE.search(folded_header(start.field.header.shown).replace("_", " ")):
        remark = "Figures that name something: read as labels, so that 007 and 2.10 stay what they are."
        made = nominal(start, file) or replace(start, type="identifier")
        return replace(made, remarks=(remark, *made.remarks))
    symbols = {text: SYMBOLS[text.strip().lower()] for text in found.symbols}
    return as_codes(start, found, file) or _number(replace(start, own_missing=symbols), found)


def _number(start: Guess, found: Figures) -> Guess:
    codes = codes_for_missing(found.rows)
    texts = {text: codes[int(text)] for text in start.said.labels if text.strip().lstrip("-").isdigit() and int(text) in codes}
    remarks = [f"QUESTION: {', '.join(texts)} stands outside what the column otherwise holds; is it a code for missing, and of "
               "which kind?"] if texts else []
    if start.own_missing:
        remarks.append(f"Symbols among the figures ({', '.join(sorted(start.own_missing))}) are read as kinds of missing; "
                       "QUESTION: do they mean that here?")
    whole = found.whole and not found.percent and min((n for n in found.rows if n not in codes), default=0) >= 0
    return replace(start, type="count" if whole else "number", unit="percent" if found.percent else "",
                   own_missing={**start.own_missing, **texts}, remarks=(*start.remarks, *remarks))


def _dates(start: Guess, file: File) -> Guess | None:
    texts = list(start.said.labels)
    says_date = bool(_SAYS_DATE.search(folded_header(start.field.wording).replace("_", " ")))
    if not dated(texts[:40], says_date=says_date) or not (
            found := dated(texts, month_first=file.month_first, says_date=says_date)):
        return None
    remarks = []
    if found.open and file.month_first is None:
        remarks = ["QUESTION: every date fits day/month and month/day alike; day first was taken. Right?"]
    return replace(start, type="date", formats=tuple(found.formats), remarks=tuple(remarks))


def _identifier(start: Guess, file: File) -> Guess | None:
    """Cells that nearly all differ, or stand under a header that says so, and look like codes."""
    return replace(start, type="identifier") if _code_like(start) and _is_identifier(start, None) else None


def _codes(start: Guess, file: File) -> Guess | None:
    """Short codes too many or too rare to be listed: kept to be compared, never shown."""
    if not _code_like(start) or max(map(len, start.said.labels)) > _SHORT:
        return None
    return replace(start, type="identifier", remarks=("QUESTION: codes, some of which few rows have; are they the values of a nominal "
                                                      "column?",))


def _code_like(start: Guess) -> bool:
    texts = list(start.said.labels)
    return sum(bool(_CODE_LIKE.fullmatch(text.strip())) for text in texts) >= 0.9 * len(texts)


def _is_identifier(start: Guess, found: Figures | None) -> bool:
    heard = start.said
    name = folded_header(start.field.header.shown).replace("_", " ")
    says_so = bool(IS_IDENTIFIER.search(name)) and not re.search(r"\bnumber of\b|\bhow many\b", name)
    if says_so and (heard.distinct > 12 or heard.distinct == heard.filled):
        return True
    if heard.distinct < 0.98 * heard.filled or heard.filled < _FEW:
        return False
    if found is None:
        return True
    numbers = sorted(found.rows)
    return found.whole and not found.percent and (numbers[0] >= 10_000 or numbers[-1] - numbers[0] < 1.2 * len(numbers))


def _in_words(start: Guess, file: File) -> Guess | None:
    """A question to be answered in words, even where few answered and some alike."""
    asks = start.field.open_ended or _ASKS_WORDS.search(folded_header(start.field.option or start.field.wording))
    return _words(start) if asks and not start.field.labels else None


def _row_label(start: Guess, file: File) -> Guess | None:
    """Words in a published table: what its rows are about, and nobody's answer."""
    if start.field.header.position not in file.row_labels or may_be_names(start.field.wording, list(start.said.labels)):
        return None
    return replace(start, type="text", remarks=("QUESTION: words that say what a row of this published table is about, and of nobody; "
                                                "right? Else personal = \"drop\".",))


def _words(start: Guess) -> Guess:
    return replace(start, personal=True, remarks=(
        "Answers in words: dropped unread, since they may say who somebody is.",))
