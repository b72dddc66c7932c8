"""Columns that tell who somebody is: by their header, or by what nearly all their cells look like."""

import re
from collections.abc import Sequence
from datetime import date

from helpers.extracts.codebooks.spelling import folded_header

_LONGEST = 10  # words in a header that may be the name of a thing
_NEARLY_ALL = 0.8  # of the cells must look alike; one postcode in a remark makes no column of postcodes

_HEADERS = {
    "a name": re.compile(
        r"\b(fore ?names?|first ?names?|surnames?|last ?names?|full ?name|middle ?names?|maiden name|known as|"
        r"recipient ?(first|last) ?name|(child|pupil|client|carer|parent|mother|father|worker|respondent|your|staff|social worker|"
        r"contact|patient|person)('?s)? ?names?|name of (the )?(child|carer|parent|worker|person|pupil|client|social worker))\b|"
        r"^names?$|^sibling names?$"),
    "a birth date": re.compile(r"\b(date of birth|d\.?o\.?b\.?|birth ?date|birthday|born on)\b|_dob\b|\bdob_|^birth$"),
    "an address": re.compile(r"\b((home|postal|street|full|current|your)? ?address( line)?|street|house number)\b"),
    "a postcode": re.compile(r"\b(post ?code|zip( ?code)?|postal( code)?)\b|_post\b"),
    "an e-mail address": re.compile(r"\b(e-?mail|recipient ?email)\b"),
    "a telephone number": re.compile(r"\b(tele)?phone\b|\bmobile( (no|number))?$|\bmobile number\b|\btel( no)?\b"),
    "a CHI, NHS or similar number": re.compile(
        r"\bchi( ?(no|number))?\b|\bnhs ?(no|number)\b|\bupn\b|\bunique pupil number\b|\bnational insurance\b|\bni ?(no|number)\b|"
        r"\bnino\b|\bpassport\b|\bscottish candidate number\b|\bscn\b|\buln\b|\bhome office (reference|number)\b|\buasc number\b"),
    "where somebody answered from": re.compile(r"\bip ?(address|addr)\b|\bipaddress\b|\blatitude\b|\blongitude\b|"
                                               r"\blocation(latitude|longitude)\b|^geo\b|user agent"),
    "a name that an account goes by": re.compile(r"\b(user ?name|twitter|facebook|linked ?in|social media handle)\b"),
}
_NOT_PERSONS = re.compile(r"\b(la|school|ward|area|region|country|council|local authority|authority|team|service|trust|"
                          r"organisation|organization|provider|establishment|unit|file|variable|column|sheet|field) ?names?\b|"
                          r"\bname of (the )?(school|service|team|council|area|organisation|provider|unit)\b")

_CONTENT = {
    "an e-mail address": re.compile(r"[^@\s]+@[^@\s]+\.[a-z]{2,}", re.IGNORECASE),
    "a postcode": re.compile(r"[A-Z]{1,2}[0-9][A-Z0-9]? ?[0-9][A-Z]{2}", re.IGNORECASE),
    "a telephone number": re.compile(r"(\+44|0044|0) ?\(?0?\)? ?[1-9][\d\s()-]{7,12}\d"),
    "a National Insurance number": re.compile(r"[A-Z]{2} ?\d{2} ?\d{2} ?\d{2} ?[A-D]", re.IGNORECASE),
    "where somebody answered from": re.compile(r"\d{1,3}(\.\d{1,3}){3}"),
    "a unique pupil number": re.compile(r"[A-Z]\d{12}|[A-Z]\d{11}[A-Z]"),
}
_TEN = re.compile(r"(\d\d)(\d\d)(\d\d) ?\d{4}")
_FULL_NAME = re.compile(r"[A-Z][a-z'’-]+( [A-Z]\.?)?( [A-Z][A-Za-z'’-]+){1,2}")
_PLACES = re.compile(r"\b(area|council|authority|la|region|country|place|ward|locality|board|partnership|school|service)\b")
_NAME_LIKE = re.compile(r"\b(name|who|worker|manager|contact|carer|child|pupil|completed by|reader|assessor)\b")


def personal_by_header(header: str) -> str | None:
    """What personal thing a column of that header holds ("a postcode"), or None; a whole sentence says too little."""
    name = folded_header(header)
    spaced = name.replace("_", " ")
    if _NOT_PERSONS.search(spaced) or len(spaced.split()) > _LONGEST:
        return None
    return next((what for what, pattern in _HEADERS.items() if pattern.search(spaced) or pattern.search(name)), None)


def personal_by_content(header: str, texts: Sequence[str]) -> str | None:
    """What personal thing nearly all cells look like, or None; `texts`: the column's distinct filled cells, or some."""
    cells = [text.strip() for text in texts if text.strip()]
    enough = max(1, _NEARLY_ALL * len(cells))
    for what, pattern in _CONTENT.items():
        if sum(bool(pattern.fullmatch(cell)) for cell in cells) >= enough:
            return what
    births = [day for cell in cells if (day := _birth(cell))]
    if len(births) >= enough and 2 * len(set(births)) > len(births):  # running numbers begin alike, births do not
        return "a CHI number"
    if _NAME_LIKE.search(folded_header(header)) and sum(bool(_FULL_NAME.fullmatch(cell)) for cell in cells) >= enough:
        return "a name"
    return None


def may_be_names(header: str, texts: Sequence[str]) -> bool:
    """Whether the header or many of the cells could be of persons; places look alike, and say so in their header."""
    name = folded_header(header)
    if _PLACES.search(name):
        return False
    return bool(_NAME_LIKE.search(name)) or 3 * sum(bool(_FULL_NAME.fullmatch(text.strip())) for text in texts) >= len(texts)


def _birth(text: str) -> date | None:
    """The day with which a CHI number begins (ddmmyy); None where ten digits begin with none."""
    if not (found := _TEN.fullmatch(text)):
        return None
    day, month, year = (int(part) for part in found.groups())
    try:
        return date(2000 + year, month, day)
    except ValueError:
        return None
