"""Bytes as text: which encoding an export was written in, told from its marks and its bytes."""

import codecs

from helpers.study import InputFault

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_DISGUISES = ((b"PK\x03\x04", "a workbook"), (b"\xd0\xcf\x11\xe0", "an old workbook"), (b"%PDF", "a PDF"))


def decoded(raw: bytes, stated: str | None, place: str) -> tuple[str, bytes]:
    """The text, and the same as UTF-8 bytes; raises InputFault where no encoding fits or it is no text at all."""
    for start, what in _DISGUISES:
        if raw.startswith(start):
            raise InputFault(f"{place}: the file is {what} under a text file's name; give it its own ending.", "data")
    if not raw.strip():
        raise InputFault(f"{place}: the file is empty; send it again.", "data")
    name = stated or _told(raw)
    try:
        text = raw.decode(name)
    except LookupError:
        raise InputFault(f"{place}: no encoding '{name}' is known; correct it in the codebook's [reading].") from None
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        remedy = ("correct 'encoding' in the codebook's [reading], or take it away to have it found out" if stated
                  else "state 'encoding' in the codebook's [reading], or export it again as UTF-8")
        raise InputFault(f"{place}, line {line}: not text in {name}; {remedy}.", "data") from None
    if text.startswith("\ufeff"):
        text = text[1:]
    plain_utf8 = name in ("utf-8", "utf8") and not raw.startswith(codecs.BOM_UTF8)
    return text, raw if plain_utf8 else text.encode("utf-8")


def _told(raw: bytes) -> str:
    """UTF-8 or UTF-16 by mark; UTF-16 without one by its empty bytes; then UTF-8 where it is valid; else cp1252."""
    for mark, name in _MARKS:
        if raw.startswith(mark):
            return name
    start = raw[:4000]
    if len(start) > 3 and start.count(0) > len(start) // 4:
        return "utf-16-le" if start[1::2].count(0) > start[::2].count(0) else "utf-16-be"
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"
