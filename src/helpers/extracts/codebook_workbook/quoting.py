"""Text in a cell: as it is where it can be, in double quotes where spaces or marks of the notation would mislead."""

import json
import re

BLANK = "(blank)"  # an answer of no characters, which an empty cell, meaning nothing said, cannot stand for

_OPENING, _CLOSING = '"“„', '"”“'  # spreadsheets curl quotation marks as one types
_SPAN = re.compile(r'"(?:[^"\\]|\\.)*"|[“„][^”“]*[”“]')
_XML_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")  # what XLSX itself reads as a character's number


def quoted(text: str) -> str:
    """The text in double quotes, with escapes as in JSON for whatever does not print."""
    shown = (character if character.isprintable() else json.dumps(character)[1:-1]
             for character in json.dumps(text, ensure_ascii=False))
    return _XML_ESCAPE.sub(r"\\u005f", "".join(shown))


def unquoted(text: str) -> str:
    """What the quoted text says; raises ValueError where the quotes do not enclose it."""
    inner = text[1:-1].replace('"', '\\"') if text[0] != '"' and len(text) > 1 else text[1:-1]
    try:
        if len(text) < 2 or text[-1] not in _CLOSING:
            raise ValueError
        return json.loads(f'"{inner}"', strict=False)
    except ValueError:
        raise ValueError(f"{text} begins with a quotation mark that none at its end closes; put the whole between two, "
                         'and write \\" for one within.') from None


def is_quoted(text: str) -> bool:
    """Whether the text begins as a quoted one."""
    return text[:1] != "" and text[0] in _OPENING


def is_plain(text: str) -> bool:
    """Whether the text, on one line, survives a spreadsheet and its user as it is."""
    return (text == text.strip() != "" and text.isprintable() and text[0] not in f"{_OPENING}'"
            and not _XML_ESCAPE.search(text) and text.casefold() != BLANK)


def parts(text: str, separator: str) -> list[str]:
    """The text cut at the separator, a regular expression, wherever that stands outside quotes; each part trimmed."""
    masked = _SPAN.sub(lambda span: "\0" * len(span[0]), text)
    edges = [edge for cut in re.finditer(separator, masked) for edge in cut.span()]
    places = [0, *edges, len(text)]
    return [text[start:end].strip() for start, end in zip(places[::2], places[1::2], strict=True)]


def token(text: str) -> str:
    """What one word of a notation says: a blank, a quoted text, or the text itself."""
    if is_quoted(text):
        return unquoted(text)
    return "" if text.casefold() == BLANK else text


def said(text: str, plain: str = "") -> str:
    """The text as a word of a notation: as it is where it is plain, and of `plain`, a regular expression, if given."""
    if text == "":
        return BLANK
    return text if is_plain(text) and (not plain or re.fullmatch(plain, text)) else quoted(text)
