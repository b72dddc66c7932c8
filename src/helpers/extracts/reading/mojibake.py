"""Text that was read in the wrong encoding and written again: don’t as donâ€™t, é as Ã©. What is left of it is told."""

import re
from collections.abc import Iterator
from itertools import islice

_RUN = re.compile(rb"[^\x00-\x7f]+")
_LOOKED_AT = 5000  # runs: what a file mostly holds shows in its first thousands
_PIECE = 1 << 16  # bytes looked at together: a piece of plain ASCII, as most are, is passed over at once
# How UTF-8 is misread, most often first: by Windows, by a Mac, by a Windows console.
_MISREADERS = ("cp1252", "mac_roman", "cp437")
# Letters of Latin scripts, signs, punctuation, emoji, and what misreading makes of them: what people write. Beyond them
# a match is chance: the Mac's way makes a Greek letter of the two characters beyond ASCII that one real export has, and
# "Spaß“" would hold a letter of N'Ko.
_WRITTEN = re.compile("[\u0080-\u017f\u0192\u02c6\u02dc\u2010-\u2044\u20ac\u2122\u2190-\u21ff\u2600-\u27bf"
                      "\ufe0f\ufeff\U0001f300-\U0001faff]+")


def misread(utf8: bytes) -> tuple[int, int, str, str] | None:
    """Where most of what is not plain ASCII was misread and written again: the line of the first such place, how many
    there are, how it reads and how it was meant. None elsewhere: one pasted word among proper text is nobody's fault.
    """
    runs, places, example = 0, 0, None
    for start, run in islice(_runs(utf8), _LOOKED_AT):
        runs += 1
        meant = _meant(run)
        if meant is not None:
            places += 1
            example = example or (utf8.count(b"\n", 0, start) + 1, run, meant)
    if example is None or places * 2 <= runs:
        return None
    return example[0], places, example[1], example[2]


def _runs(utf8: bytes) -> Iterator[tuple[int, str]]:
    """Where each run of characters beyond ASCII starts, and the run."""
    at = 0
    while at < len(utf8):
        if utf8[at:at + _PIECE].isascii():
            at += _PIECE
        else:
            match = _RUN.search(utf8, at)
            yield match.start(), match[0].decode("utf-8")
            at = match.end()


def _meant(run: str) -> str | None:
    """What the run was before it was misread, however often; None where it was not."""
    meant = None
    while (once := _undone(run)) is not None:
        run = meant = once
    return meant


def _undone(run: str) -> str | None:
    for reader in _MISREADERS:
        try:
            before = _bytes_in(run, reader).decode("utf-8")
        except UnicodeError:
            continue
        if _WRITTEN.fullmatch(before):
            return before
    return None


def _bytes_in(run: str, reader: str) -> bytes:
    """The run in that encoding; the five bytes that Windows' own has no character for stand as themselves."""
    if reader != "cp1252":
        return run.encode(reader)
    return b"".join(_windows_bytes(run))


def _windows_bytes(run: str) -> Iterator[bytes]:
    for character in run:
        yield character.encode("latin-1" if "\x80" <= character <= "\x9f" else "cp1252")
