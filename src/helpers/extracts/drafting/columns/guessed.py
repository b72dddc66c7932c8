"""What a column of an export probably is, told from its header and its distinct texts."""

import re
from collections.abc import Callable
from dataclasses import replace

from helpers.extracts.codebooks.spelling import folded_header
from helpers.extracts.drafting.columns.dates import dated
from helpers.extracts.drafting.columns.guess import File, Guess
from helpers.extracts.drafting.columns.identifiers import identifier, short_codes
from helpers.extracts.drafting.columns.labels import nominal
from helpers.extracts.drafting.columns.missing import kind_said
from helpers.extracts.drafting.columns.numbers import in_figures
from helpers.extracts.drafting.columns.personal import personal_by_content, personal_by_header
from helpers.extracts.drafting.columns.picks import picks
from helpers.extracts.drafting.columns.tools import QUALTRICS_STATUS, use_of
from helpers.extracts.drafting.columns.words import asked_in_words, row_label, words
from helpers.extracts.drafting.exports.fields import Field
from helpers.extracts.drafting.scales.recognised import recognised

_SAYS_DATE = re.compile(r"\b(date|day|when|dob|born|started|ended|time|decom|dec)\b|date")
_QUICK = 40  # texts that show whether it is worth looking at all of them


def guessed(field: Field, file: File) -> Guess:
    """The column's guess: the first way of looking at it that finds something decides."""
    everything = field.said
    if not everything.filled and not field.declared:
        return Guess(field, everything, ignored=True)
    missing = {label: kind for label in everything.labels if (kind := kind_said(label))}
    start = Guess(field, everything.without(set(missing)), missing=missing)
    if not start.said.filled and not field.declared:
        return replace(start, remarks=("QUESTION: it holds nothing but words for missing; is it needed?",))
    ways: list[Callable[[Guess, File], Guess | None]] = [
        _tools_own, _in_time, _scale, _named_personal, _looks_personal, in_figures, picks, asked_in_words, identifier,
        nominal, short_codes, row_label]
    return next((found for way in ways if (found := way(start, file))), None) or words(start)


def _tools_own(start: Guess, file: File) -> Guess | None:
    """A column that the survey tool itself wrote."""
    use = use_of(start.field.header.names, file.in_tool)
    if use is None:
        return None
    if use == "drop":
        return replace(start, personal=True, remarks=("Dropped: it can tell who answered, or how they were reached.",))
    found = {
        "ignore": lambda: replace(start, ignored=True),
        "identifier": lambda: replace(start, type="identifier"),
        "status": lambda: _qualtrics_status(start) or nominal(start, file),
        "channel": lambda: nominal(start, file),
        "finished": lambda: _scale(start, file) or in_figures(start, file),
        "progress": lambda: in_figures(start, file),
        # Only where it is blank in some rows does it tell who was finished.
        "submitted": lambda: (_dates(start, file) if start.said.blank else None) or replace(start, ignored=True),
    }[use]()
    return replace(found, use=use) if found else None


def _qualtrics_status(start: Guess) -> Guess | None:
    """How each response came in, tests and previews among the values whether or not the file has such rows already."""
    known = {text.casefold(): name for name, codes in QUALTRICS_STATUS.items() for text in (name, *codes)}
    heard = {known.get(label.strip().casefold(), "") for label in start.said.labels}
    if "" in heard:
        return None
    labels = [name for name in QUALTRICS_STATUS if name in heard or "Survey" in name]
    return replace(start, type="nominal", labels=tuple(labels), also={name: QUALTRICS_STATUS[name] for name in labels})


def _in_time(start: Guess, file: File) -> Guess | None:
    """Dates, but those of a birth."""
    return None if personal_by_header(start.field.header.shown) else _dates(start, file)


def _dates(start: Guess, file: File) -> Guess | None:
    texts = list(start.said.labels)
    says_date = bool(_SAYS_DATE.search(folded_header(start.field.wording).replace("_", " ")))
    if not texts or not dated(texts[:_QUICK], says_date=says_date):
        return None
    found = dated(texts, month_first=file.month_first, says_date=says_date)
    if found is None:
        return None
    asked = "QUESTION: every date fits day/month and month/day alike; day first was taken. Right?"
    return replace(start, type="date", formats=tuple(found.formats),
                   remarks=(asked,) if found.open and file.month_first is None else ())


def _scale(start: Guess, file: File) -> Guess | None:
    """Labels whose order can be told; where the scale has two levels in the end, they make a binary column."""
    if start.said.is_sample:
        return None
    codes = {label: int(code) for label, code in start.field.declared
             if re.fullmatch(r"-?\d{1,9}", code) and kind_said(label) is None}
    labels = list(dict.fromkeys([*start.said.labels, *codes]))
    ranked = recognised(labels, folded_header(start.field.wording), codes)
    return replace(start, type="ordinal", ranked=ranked) if ranked else None


def _named_personal(start: Guess, file: File) -> Guess | None:
    what = personal_by_header(start.field.header.shown)
    return _dropped(start, f"its header says that it holds {what}") if what else None


def _looks_personal(start: Guess, file: File) -> Guess | None:
    what = personal_by_content(start.field.wording, list(start.said.labels))
    return _dropped(start, f"nearly every cell looks like {what}") if what else None


def _dropped(start: Guess, because: str) -> Guess:
    more = " To work out ages from it, make it a date with personal = \"use\"." if "birth" in because else ""
    return replace(start, personal=True, remarks=(f"Personal: {because}; dropped unread.{more}",))
