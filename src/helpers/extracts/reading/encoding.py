"""Bytes as text: which encoding an export was written in, told from its marks and its bytes."""

import codecs
import re
from itertools import islice

import numpy as np
import pyarrow as pa

from helpers.extracts.codebooks.spelling import quoted
from helpers.extracts.reading.formats import format_of, remedy_for
from helpers.extracts.reading.mojibake import misread
from helpers.study import InputFault

# UTF-32's mark begins with UTF-16's, so it is looked for first.
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
          (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"), (b"+/v", "utf-7"))
_LOOKED_AT = 4000  # bytes, among which UTF-16 without a mark shows by every other one being empty
_MOSTLY = 0.7  # of them, where the letters are Latin ones
_HIGH = re.compile(rb"[\x80-\xff]+")
_END_OF_FILE = b"\x1a"  # what old programs write last; no part of the text
_PIECE, _RUNS = 1 << 16, 5000  # bytes looked at together; runs beyond ASCII that tell what a file is
_BLANK = b" \t\r\n\x00"
_LOST = "\ufffd"  # what programs leave in place of a character they could not write


def decoded(raw: bytes, stated: str | None, place: str) -> tuple[str, bytes]:
    """The text, and the same as UTF-8 bytes; raises as `in_utf8` does."""
    utf8 = in_utf8(raw, stated, place)
    return utf8.decode("utf-8"), utf8


def in_utf8(raw: bytes, stated: str | None, place: str) -> bytes:
    """The text as UTF-8 bytes (a large file is never made one long string); raises InputFault where no encoding fits or
    it is no text at all.

    Nothing is taken out or changed but the mark that begins a file and the one that ends it: control characters, marks
    of direction and the like stay what they are.
    """
    if words := format_of(raw):
        raise InputFault(f"{place}: the file is {words} under a text file's name; {remedy_for(words)}.", "data")
    raw = raw.rstrip(_END_OF_FILE)
    if not (raw[:_LOOKED_AT].strip(_BLANK) or raw.strip(_BLANK)) or raw in dict(_MARKS):
        raise InputFault(f"{place}: the file is empty; send it again.", "data")
    name = stated or _told(raw)
    utf8 = _read(raw, name, stated, place)
    _refuse_damage(utf8, place)
    if stated is None and (found := misread(utf8)):
        raise InputFault(f"{place}, {_misread(*found)}", "data")
    return utf8


def _misread(line: int, places: int, reads: str, meant: str) -> str:
    return f"line {line}: {quoted(reads[:4])} stands where {quoted(meant[:2])} was meant, and {places:,} such places " \
           "are most of what is not plain letters: the file was read in a wrong encoding and saved again. Export it " \
           "anew, from its source; or state 'encoding' in the codebook's [reading] to have it read as it is."


def lost_characters(utf8: bytes) -> tuple[tuple[str, str, int], ...]:
    """A note for the ledger (name, sentence, lines) where characters were lost before the file was sent, else none."""
    if (lost := _LOST.encode()) not in utf8:
        return ()
    lines = sum(lost in line for line in utf8.splitlines())
    sentence = f"Characters were lost before the file was sent: '{_LOST}' stands in their place."
    return (("lost_characters", sentence, lines),)


def _told(raw: bytes) -> str:
    """By its mark; UTF-16 without one by its empty bytes; then UTF-8 where it is valid, or damaged; else cp1252."""
    for mark, name in _MARKS:
        if raw.startswith(mark):
            return name
    start = raw[:_LOOKED_AT]
    first, second = (start[at::2].count(0) * 2 / len(start) for at in (0, 1))
    if max(first, second) > _MOSTLY and min(first, second) < 1 - _MOSTLY:
        return "utf-16-le" if second > first else "utf-16-be"
    return "utf-8" if _is_utf8(raw) or _is_partly_utf8(raw) else "cp1252"


def _is_partly_utf8(raw: bytes) -> bool:
    """Whether a good part of the first characters beyond ASCII are UTF-8, so that the others are damage: a pasted word
    may happen to be in a file that is not, a quarter of its letters do not."""
    pieces = (raw[start:start + _PIECE] for start in range(0, len(raw), _PIECE))
    runs = (run for piece in pieces if not piece.isascii() for run in _HIGH.findall(piece))
    proper = [_is_utf8(run) for run in islice(runs, _RUNS)]
    return sum(proper) * 4 > len(proper)


def _is_utf8(raw: bytes) -> bool:
    """Whether the bytes are UTF-8 throughout; Arrow tells without making a text of them."""
    ends = pa.py_buffer(np.array([0, len(raw)], dtype=np.int64))
    try:
        pa.LargeStringArray.from_buffers(1, ends, pa.py_buffer(raw)).validate(full=True)
    except pa.ArrowInvalid:
        return False
    return True


def _read(raw: bytes, name: str, stated: str | None, place: str) -> bytes:
    """The bytes read in that encoding, without the mark that begins a file, as UTF-8."""
    try:
        if codecs.lookup(name).name in ("utf-8", "utf-8-sig") and _is_utf8(raw):
            return raw.removeprefix(codecs.BOM_UTF8)
        return raw.decode(name).removeprefix("\ufeff").encode("utf-8")
    except UnicodeDecodeError as error:
        if error.end >= len(raw) and name.startswith("utf"):
            what = "the file ends in the middle of a character, so it was cut off on its way; send it again"
        elif stated:
            what = f"not text in {name}; correct 'encoding' in the codebook's [reading], or take it away to have it " \
                   "found out"
        else:
            rest = ", as other parts of the file are" if name == "utf-8" else ""
            what = f"not text in {name}{rest}; state 'encoding' in the codebook's [reading], or export it again as " \
                   "UTF-8"
        raise InputFault(f"{place}, line {_line(raw[:error.start])}: {what}.", "data") from None
    except (LookupError, ValueError):
        raise InputFault(f"{place}: no encoding '{name}' is known; correct it in the codebook's [reading].") from None


def _line(before: bytes) -> int:
    """The line of what comes after those bytes, whichever line ends the file has."""
    return max(before.count(b"\n"), before.count(b"\r")) + 1


def _refuse_damage(utf8: bytes, place: str) -> None:
    if (at := utf8.find(b"\0")) >= 0:
        raise InputFault(f"{place}, line {_line(utf8[:at])}: an empty character (NUL) stands there, and no "
                         "text has any: the file was damaged on its way, or its encoding is another; send it again, as "
                         "UTF-8.", "data")
    joints = [at for end in (b"\n", b"\r") if (at := utf8.find(end + codecs.BOM_UTF8)) >= 0]
    if joints:
        line = _line(utf8[:min(joints) + 1])
        raise InputFault(f"{place}, line {line}: the mark that begins a file stands there, so several files were put "
                         "together; send each by itself.", "data")
