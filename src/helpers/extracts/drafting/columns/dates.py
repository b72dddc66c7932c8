"""Which formats a column of dates is written in, and whether day or month comes first."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

_SHORTEST, _LONGEST = 6, 40  # characters of a date, with a time of day at most
_NEARLY_ALL = 0.95  # of the texts must be dates

# By what digits and letters a date is made of (9 a digit, a a letter): the formats it can have, day first.
_SHAPES = (
    (re.compile(r"\d{4}-\d{1,2}-\d{1,2}"), ("%Y-%m-%d",)),
    (re.compile(r"\d{4}/\d{1,2}/\d{1,2}"), ("%Y/%m/%d",)),
    (re.compile(r"\d{1,2}/\d{1,2}/\d{4}"), ("%d/%m/%Y", "%m/%d/%Y")),
    (re.compile(r"\d{1,2}/\d{1,2}/\d{2}"), ("%d/%m/%y", "%m/%d/%y")),
    (re.compile(r"\d{1,2}-\d{1,2}-\d{4}"), ("%d-%m-%Y", "%m-%d-%Y")),
    (re.compile(r"\d{1,2}-\d{1,2}-\d{2}"), ("%d-%m-%y", "%m-%d-%y")),
    (re.compile(r"\d{1,2}\.\d{1,2}\.\d{4}"), ("%d.%m.%Y",)),
    (re.compile(r"\d{1,2}\.\d{1,2}\.\d{2}"), ("%d.%m.%y",)),
    (re.compile(r"\d{1,2} [A-Za-z]{3} \d{4}"), ("%d %b %Y",)),
    (re.compile(r"\d{1,2} [A-Za-z]{3,9} \d{4}"), ("%d %B %Y",)),
    (re.compile(r"\d{1,2}-[A-Za-z]{3}-\d{4}"), ("%d-%b-%Y",)),
    (re.compile(r"\d{1,2}-[A-Za-z]{3}-\d{2}"), ("%d-%b-%y",)),
    (re.compile(r"\d{1,2} [A-Za-z]{3} \d{2}"), ("%d %b %y",)),
    (re.compile(r"[A-Za-z]{3} \d{1,2}, \d{4}"), ("%b %d, %Y",)),
    (re.compile(r"[A-Za-z]{3,9} \d{1,2}, \d{4}"), ("%B %d, %Y",)),
)
_TIME = re.compile(r"(?P<day>.+?)(?P<gap>[ T])\d{1,2}:\d{2}(?P<seconds>:\d{2})?(?P<part>\.\d+)?"
                   r"(?P<half> ?[AaPp][Mm])?")
_EIGHT = re.compile(r"(19|20)\d{6}")


@dataclass(frozen=True)
class Dated:
    """The formats of a column of dates, the most frequent first.

    `month_first`: what the texts show of the order, None where they show nothing; `open`: both orders fit them all.
    """

    formats: list[str]
    month_first: bool | None
    open: bool


def dated(texts: Sequence[str], *, month_first: bool | None = None, says_date: bool = False) -> Dated | None:
    """The formats in which nearly all texts are dates; None where they are none.

    `month_first` decides where the texts leave it open (day first where it is None too); `says_date`: the header speaks
    of a date, so that eight digits may be one.
    """
    alike: dict[tuple[str, ...], list[str]] = {}
    for text in texts:
        alike.setdefault(_formats(text.strip(), says_date), []).append(text.strip())
    alike.pop((), None)
    chosen, shown, is_open = {}, set(), False
    for formats, said in alike.items():
        fits = [sum(_is(text, form) for text in said) for form in formats]
        first = fits.index(max(fits))
        if len(fits) == 2 and fits[0] == fits[1]:
            is_open, first = True, int(bool(month_first))
        elif len(fits) == 2:
            shown.add(bool(first))
        if fits[first]:
            chosen[formats[first]] = fits[first]
    if not chosen or sum(chosen.values()) < _NEARLY_ALL * len(texts):
        return None
    return Dated(sorted(chosen, key=lambda form: -chosen[form]), shown.pop() if len(shown) == 1 else None, is_open)


def file_order(found: Iterable[Dated]) -> bool | None:
    """Whether the dates of a file put the month first; None where none shows it, or they show both."""
    shown = {each.month_first for each in found if each.month_first is not None}
    return shown.pop() if len(shown) == 1 else None


def _formats(text: str, says_date: bool) -> tuple[str, ...]:
    """The formats that a text of its shape can have."""
    if not _SHORTEST <= len(text) <= _LONGEST:
        return ()
    tail, day = "", text
    if found := _TIME.fullmatch(text):
        if found["part"]:
            return ()
        clock = "%I" if found["half"] else "%H"
        half = ("" if not found["half"] else " %p" if found["half"].startswith(" ") else "%p")
        tail = f"{found['gap']}{clock}:%M{':%S' if found['seconds'] else ''}{half}"
        day = found["day"]
    for shape, formats in _SHAPES:
        if shape.fullmatch(day):
            return tuple(form + tail for form in formats)
    return ("%Y%m%d",) if says_date and _EIGHT.fullmatch(text) else ()


def _is(text: str, form: str) -> bool:
    try:
        datetime.strptime(text, form)
    except ValueError:
        return False
    return True
