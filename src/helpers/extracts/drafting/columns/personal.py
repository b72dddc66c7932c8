"""Columns that tell who somebody is: by their header, or by what nearly all their cells look like."""

import re
from collections.abc import Sequence
from datetime import date

from helpers.extracts.codebooks.spelling import folded_header

_LONGEST = 10  # words in a header that may be the name of a thing; a whole sentence says too little
_NEARLY_ALL = 0.8  # of the cells must look alike; one postcode in a remark makes no column of postcodes

_PERSONS = "child|pupil|client|carer|parent|mother|father|worker|social worker|person"
_HEADERS = {what: re.compile(pattern) for what, pattern in {
    "a name":
        r"\b(fore ?names?|first ?names?|surnames?|last ?names?|full ?name|middle ?names?|maiden name|known as|"
        rf"({_PERSONS}|respondent|your|staff|contact|patient|recipient)('?s)? ?names?|"
        rf"name of (the )?({_PERSONS}))\b|^names?$|^sibling names?$",
    "a birth date": r"\b(date of birth|d\.?o\.?b\.?|birth ?date|birthday|born on)\b|_dob\b|\bdob_|^birth$",
    "an address": r"\b((home|postal|street|full|current|your)? ?address( line)?|street|house number)\b",
    "a postcode": r"\b(post ?code|zip( ?code)?|postal( code)?)\b|_post\b",
    "an e-mail address": r"\b(e-?mail|recipient ?email)\b",
    "a telephone number": r"\b(tele)?phone\b|\bmobile( (no|number))?$|\bmobile number\b|\btel( no)?\b",
    "a CHI, NHS or similar number":
        r"\b(chi( ?(no|number))?|nhs ?(no|number)|upn|unique pupil number|national insurance|ni ?(no|number)|nino|"
        r"passport|scottish candidate number|scn|uln|home office (reference|number)|uasc number)\b",
    "where somebody answered from":
        r"\b(ip ?(address|addr)|ipaddress|latitude|longitude|location(latitude|longitude))\b|^geo\b|user agent",
    "a name that an account goes by": r"\b(user ?name|twitter|facebook|linked ?in|social media handle)\b",
}.items()}
_OF_THINGS = re.compile(
    r"\b(la|school|ward|area|region|country|council|local authority|authority|team|service|trust|organi[sz]ation|"
    r"provider|establishment|unit|file|variable|column|sheet|field) ?names?\b|"
    r"\bname of (the )?(school|service|team|council|area|organi[sz]ation|provider|unit)\b")

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
_NAME_LIKE = re.compile(r"\b(name|who|worker|manager|contact|carer|child|pupil|completed by|reader|assessor)\b")
_PLACES = re.compile(
    r"\b(area|council|authority|la|region|country|place|ward|locality|board|partnership|school|service)\b")


def personal_by_header(header: str) -> str | None:
    """What personal thing a column of that header holds ("a postcode"), or None."""
    name = folded_header(header)
    spaced = name.replace("_", " ")
    if _OF_THINGS.search(spaced) or len(spaced.split()) > _LONGEST:
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
    return bool(_NAME_LIKE.search(name)) or 3 * sum(bool(_FULL_NAME.fullmatch(text)) for text in texts) >= len(texts)


def _birth(text: str) -> date | None:
    """The day with which a CHI number begins (ddmmyy); None where ten digits begin with none."""
    if not (found := _TEN.fullmatch(text)):
        return None
    day, month, year = (int(part) for part in found.groups())
    try:
        return date(2000 + year, month, day)
    except ValueError:
        return None
