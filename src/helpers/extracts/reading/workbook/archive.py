"""The packed parts of a workbook, opened with care: what a directory claims is not believed until it is unpacked."""

import copy
import io
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from helpers.extracts.reading.workbook.scanned import MOST_CELLS
from helpers.study import InputFault

# A sheet of ten million cells is some 400 MiB of XML; what is larger comes as CSV, which takes a tenth of the room.
MOST_BYTES = 512 << 20
# Real sheets shrink 5 to 60 times, the emptiest some 200; a file that grows more is made to fill the memory. Below
# 16 MiB nothing is filled, so that small workbooks of one repeated answer pass.
MOST_GROWTH, _SMALL = 400, 16 << 20
_CHUNK = 1 << 20
_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError)
_MAY_BE_READ = (".xml", ".rels", "mimetype")  # pictures, macros and the like are never opened


@dataclass(frozen=True)
class Archive:
    """A workbook's parts by name; `place` is how messages name the file."""

    packed: zipfile.ZipFile
    place: str

    @cached_property
    def parts(self) -> dict[str, zipfile.ZipInfo]:
        """Every part by its name in small letters, since programs differ in how they write them."""
        return {part.filename.lower(): part for part in self.packed.infolist()}

    def has(self, part: str) -> bool:
        return part.lower() in self.parts

    def chunks(self, part: str) -> Iterator[bytes]:
        """The part unpacked bit by bit; raises InputFault where it is not what the directory says.

        Python stops at the size that the directory claims and other readers go on, so the claim is set aside here
        and checked at the end.
        """
        info = copy.copy(self.parts[part.lower()])
        claimed, info.file_size, size = info.file_size, MOST_BYTES + _CHUNK, 0
        try:
            with self.packed.open(info) as opened:
                while chunk := opened.read(_CHUNK):
                    size += len(chunk)
                    if size > claimed:
                        break
                    yield chunk
        except _DAMAGE:
            raise damaged(self.place) from None
        if size != claimed:
            raise damaged(self.place)

    def whole(self, part: str) -> bytes:
        """The part in one piece, empty where there is none; raises InputFault where a list of sheets or links is no
        such list."""
        if not self.has(part):
            return b""
        if self.parts[part.lower()].file_size > _SMALL:
            raise damaged(self.place)
        return b"".join(self.chunks(part))

    def verify(self, parts: list[str]) -> None:
        """Unpacks the parts once, since the reader that comes after trusts them."""
        for part in parts:
            for _ in self.chunks(part):
                pass


def open_archive(raw: bytes, place: str) -> Archive:
    """The archive; raises InputFault where it is damaged, locked, or would not fit into the memory."""
    try:
        packed = zipfile.ZipFile(io.BytesIO(raw))
    except _DAMAGE:
        raise damaged(place) from None
    parts = packed.infolist()
    if any(part.flag_bits & 1 for part in parts):
        raise locked(place)
    read = [part for part in parts if part.filename.endswith(_MAY_BE_READ)]
    names = [part.filename.lower() for part in parts]
    if len(set(names)) < len(names) or any(part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
                                           for part in read):
        raise damaged(place)
    size, room = sum(part.file_size for part in read), sum(part.compress_size for part in read)
    if size > MOST_BYTES or (size > _SMALL and size > MOST_GROWTH * room):
        raise too_large(place)
    return Archive(packed, place)


def damaged(place: str) -> InputFault:
    return InputFault(f"{place}: the workbook is damaged; open it in a spreadsheet program, save it as XLSX and send "
                      "it again.", "data")


def locked(place: str) -> InputFault:
    return InputFault(f"{place}: the workbook is locked with a password; save it without one.", "data")


def too_large(place: str) -> InputFault:
    return InputFault(f"{place}: the workbook is too large to be opened ({MOST_BYTES >> 20} MiB of text or "
                      f"{MOST_CELLS:,} cells at most); save the sheet as CSV and send that.", "data")
