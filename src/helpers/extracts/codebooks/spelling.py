"""How a spelling in an extract is matched: what typing and exporting change is folded away, what is said is kept."""

import re
import unicodedata
from collections.abc import Iterable
from difflib import get_close_matches

# Curly quotes, long dashes and unseen marks come and go between programs; none of them is an answer.
_SAME = str.maketrans({
    "\u2018": "'", "\u2019": "'", "\u02bc": "'", "\u0060": "'", "\u00b4": "'", "\u201c": '"', "\u201d": '"',
    "\u2010": "-", "\u2011": "-", "\u2012": "-", "\u2013": "-", "\u2014": "-", "\u2212": "-",
    "\u200b": None, "\u200c": None, "\u200d": None, "\u2060": None, "\ufeff": None, "\u00ad": None,
    **dict.fromkeys("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"),  # of direction
})
_MARKUP = re.compile(r"<[^<>]{0,200}>")


def folded(text: str) -> str:
    """The text trimmed, with single spaces, casefolded, in plain quotes and dashes: equal when a reader says equal."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text.translate(_SAME)).translate(_SAME)
    return " ".join(text.split()).casefold()


def folded_header(text: str) -> str:
    """A header folded as any text, without the markup that survey tools leave in question wordings."""
    return folded(_MARKUP.sub(" ", text)) if "<" in text else folded(text)


def quoted(text: str, longest: int = 60) -> str:
    """The text in quotes for a message; a long one is cut, since it is more likely an answer in words than a label."""
    plain = _seen(text)
    return f"'{plain}'" if len(plain) <= longest else f"'{plain[:longest - 1]}…'"


def _seen(text: str) -> str:
    """The text with single spaces, and a mark for each character that cannot be seen or would steer a terminal."""
    plain = " ".join(text.split())
    return plain if plain.isprintable() else "".join(sign if sign.isprintable() else "\ufffd" for sign in plain)


def header_quoted(text: str, longest: int = 80) -> str:
    """A header in quotes for a message; a long one is cut in the middle, since the wordings of a block end apart."""
    plain = _seen(text)
    if len(plain) <= longest:
        return f"'{plain}'"
    end = longest // 3
    return f"'{plain[:longest - 1 - end].rstrip()}…{plain[-end:].lstrip()}'"


def rows_of(count: int) -> str:
    """1 row, 3 rows, 1,204 rows."""
    return f"{count:,} row" + ("" if count == 1 else "s")


def suggestion(text: str, spellings: Iterable[str], listed: Iterable[str] = (), most: int = 8) -> str:
    """A closing half-sentence that offers the nearest spelling, or lists what may be listed, or nothing."""
    known = {folded_header(spelling): spelling for spelling in spellings if spelling.strip()}
    if close := get_close_matches(folded_header(text), known, n=1, cutoff=0.6):
        return f"; did you mean {quoted(known[close[0]])}?"
    names = list(listed)
    return f"; known: {', '.join(names[:most])}{', …' if len(names) > most else '.'}" if names else "."
