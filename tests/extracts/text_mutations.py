"""Delimited texts spoilt in every way that people and programs spoil them."""

import csv
import io
import random
from dataclasses import dataclass, replace

from extracts.mutant import HEADER, Mutant, Mutator, table

ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"]


@dataclass(frozen=True)
class Text:
    """A delimited text before it is written: its rows and how they are written."""

    rows: list[list[str]]
    mark: str = ","
    ends: str = "\r\n"
    encoding: str = "utf-8"
    quoting: int = csv.QUOTE_MINIMAL

    def written(self) -> str:
        whole = io.StringIO()
        csv.writer(whole, delimiter=self.mark, lineterminator=self.ends, quoting=self.quoting).writerows(self.rows)
        return whole.getvalue()

    def raw(self) -> bytes:
        return self.written().encode(self.encoding, "replace")

    @property
    def height(self) -> int:
        """Rows below the header down to the last that says anything."""
        filled = [at for at, row in enumerate(self.rows[1:], start=1) if any(cell.strip() for cell in row)]
        return filled[-1] if filled else 0


def sound(chance: random.Random) -> Text:
    """The sound table as one program or another writes it."""
    ends = chance.choice(["\n", "\r\n", "\r"])
    # Python puts a line break into quotation marks only where it is one of its own line's ends.
    quoting = csv.QUOTE_ALL if ends == "\r" else chance.choice([csv.QUOTE_MINIMAL, csv.QUOTE_ALL])
    return Text(table(), chance.choice(",;\t|"), ends, chance.choice(ENCODINGS), quoting)


def as_mutant(text: Text, *, rows: int | None = -1, same: bool = False, must: str | None = None,
              raw: bytes | None = None) -> Mutant:
    return Mutant("", "records.csv", text.raw() if raw is None else raw, text.height if rows == -1 else rows, same,
                  must)


# ---- the table, written otherwise ------------------------------------------------------------------------------------

def written_by_another_program(chance):
    return as_mutant(sound(chance), same=True, must="read")


def columns_shuffled(chance):
    text = sound(chance)
    order = chance.sample(range(len(HEADER)), len(HEADER))
    return as_mutant(replace(text, rows=[[row[at] for at in order] for row in text.rows]), same=True, must="read")


def header_in_capitals_and_padded(chance):
    text = sound(chance)
    header = [f"  {name.upper()} " for name in HEADER]
    return as_mutant(replace(text, rows=[header, *text.rows[1:]]), same=True, must="read")


def empty_rows_and_columns_added(chance):
    text = sound(chance)
    rows = [[*row, ""] for row in text.rows]
    for _ in range(chance.randrange(1, 5)):
        rows.insert(chance.randrange(1, len(rows) + 1), [""] * len(rows[0]))
    return as_mutant(replace(text, rows=rows), same=True, must="read")


def blank_lines_at_the_end(chance):
    text = sound(chance)
    return as_mutant(text, same=True, must="read",
                     raw=(text.written() + text.ends * chance.randrange(1, 9)).encode(text.encoding))


def end_of_file_mark(chance):
    text = replace(sound(chance), encoding=chance.choice(["utf-8", "cp1252"]))
    return as_mutant(text, same=True, must="read", raw=text.raw() + b"\x1a")


# ---- the table, spoilt -----------------------------------------------------------------------------------------------

def rows_doubled(chance):
    text = sound(chance)
    rows = text.rows + chance.choices(text.rows[1:], k=chance.randrange(1, 20))
    return as_mutant(replace(text, rows=rows), same=True, must="read")


def cells_moved(chance):
    text = sound(chance)
    rows = [list(row) for row in text.rows]
    for _ in range(chance.randrange(1, 6)):
        row = rows[chance.randrange(1, len(rows))]
        row.insert(chance.randrange(len(row)), chance.choice(["", "x", "7"]))
        if chance.random() < 0.5:
            row.pop()
    return as_mutant(replace(text, rows=rows))


def rows_cut_short_or_too_long(chance):
    text = sound(chance)
    rows = [list(row) for row in text.rows]
    for _ in range(chance.randrange(1, 6)):
        at = chance.randrange(1, len(rows))
        rows[at] = rows[at][:chance.randrange(1, 5)] if chance.random() < 0.5 else [*rows[at], "x", "y"]
    return as_mutant(replace(text, rows=rows))


def header_repeated(chance):
    text = sound(chance)
    rows = list(text.rows)
    rows.insert(chance.randrange(1, len(rows)), HEADER)
    return as_mutant(replace(text, rows=rows))


def header_only(chance):
    return as_mutant(replace(sound(chance), rows=[HEADER]), must="refused")


def no_header(chance):
    text = sound(chance)
    return as_mutant(replace(text, rows=text.rows[1:]), rows=None, must="refused")


def header_doubled_or_missing(chance):
    text = sound(chance)
    header = list(HEADER)
    header[chance.randrange(5)] = chance.choice(["", "Record ID", "Safe", "Surname", "Sfae", "\u200f"])
    return as_mutant(replace(text, rows=[header, *text.rows[1:]]), rows=None)


def nothing_at_all(chance):
    raw = chance.choice([b"", b"\n", b"\r\n\r\n", b"\xef\xbb\xbf", b"\xff\xfe", b" \t ", b"\x00" * 50, b",,,,\n,,,,\n",
                         b'"'])
    return Mutant("", "records.csv", raw, None, must="refused")


_STRANGE = ["\x01", "\x0b", "\x1b[2J", "\x7f", "\x85", "\u200f", "\u202e", "\u2028", "\ufeff", "\u200b", "\ufffd",
            "\U000e0041",
            "\x1e end", "\u0301"]


def strange_characters(chance):
    text = replace(sound(chance), encoding=chance.choice(["utf-8", "utf-8-sig", "utf-16", "utf-32"]))
    rows = [list(row) for row in text.rows]
    for _ in range(chance.randrange(1, 8)):
        row, at = chance.choice(rows[1:]), chance.randrange(5)
        where = chance.randrange(len(row[at]) + 1)
        row[at] = row[at][:where] + chance.choice(_STRANGE) + row[at][where:]
    return as_mutant(replace(text, rows=rows))


_FORMULAS = ["=1+1", "=HYPERLINK(\"http://x.example\")", "+44", "-5", "@SUM(A1)", "\t=1", "＝1", "=cmd|' /C calc'!A0",
             "-", "="]


def formulas_injected(chance):
    text = replace(sound(chance), encoding="utf-8")
    rows = [list(row) for row in text.rows]
    for _ in range(chance.randrange(1, 8)):
        chance.choice(rows[1:])[chance.choice([0, 1, 2, 4])] = chance.choice(_FORMULAS)
    return as_mutant(replace(text, rows=rows))


_NUMBERS = ["inf", "-inf", "nan", "1e309", "1e5", "-1", "9" * 400, "7.0", "1,204", "0x1F", "٣", "１２", "7.5", "--7",
            "1e-400",
            "99999999999999999999", "½"]
_DAYS = ["31/02/2019", "00/00/0000", "01/01/0001", "31/12/9999", "99/99/9999", "2019-13-01", "1/1/19", "20190101",
         "43831",
         "01/01/10000", "29/02/1900", "-1", "31/01/2019 25:61"]


def numbers_and_dates_out_of_range(chance):
    text = replace(sound(chance), encoding="utf-8")
    rows = [list(row) for row in text.rows]
    for _ in range(chance.randrange(1, 10)):
        chance.choice(rows[1:])[2] = chance.choice(_NUMBERS)
        chance.choice(rows[1:])[3] = chance.choice(_DAYS)
    return as_mutant(replace(text, rows=rows))


# ---- the text, spoilt ------------------------------------------------------------------------------------------------

def cut_off(chance):
    raw = sound(chance).raw()
    return Mutant("", "records.csv", raw[:chance.randrange(len(raw))])


def bytes_flipped(chance):
    raw = bytearray(sound(chance).raw())
    for _ in range(chance.choice([1, 1, 3, 40])):
        raw[chance.randrange(len(raw))] ^= 1 << chance.randrange(8)
    return Mutant("", "records.csv", bytes(raw))


def bytes_lost_or_doubled(chance):
    raw = sound(chance).raw()
    at, length = chance.randrange(len(raw)), chance.choice([1, 1, 2, 30, 300])
    return Mutant("", "records.csv", raw[:at] + raw[at + length:] if chance.random() < 0.5
                  else raw[:at + length] + raw[at:])


def lines_shuffled(chance):
    text = sound(chance)
    lines = text.written().splitlines(keepends=True)
    chance.shuffle(lines)
    return as_mutant(text, rows=None, raw="".join(lines).encode(text.encoding))


def empty_bytes(chance):
    raw = bytearray(replace(sound(chance), encoding=chance.choice(["utf-8", "cp1252"])).raw())
    for _ in range(chance.choice([1, 3, 500])):
        raw.insert(chance.randrange(len(raw)), 0)
    return Mutant("", "records.csv", bytes(raw), must="refused")


def quotes_broken(chance):
    text = replace(sound(chance), encoding="utf-8", quoting=csv.QUOTE_ALL)
    whole = text.written()
    places = [at for at, letter in enumerate(whole) if letter == '"']
    for at in sorted(chance.sample(places, chance.randrange(1, 4)), reverse=True):
        whole = whole[:at] + chance.choice(["", '""', "'", "”"]) + whole[at + 1:]
    return replace(as_mutant(text, rows=None, raw=whole.encode()), least=text.height)


def quotes_swallow_rows(chance):
    """Two cells that begin with a quotation mark which is never closed: the rows between them stand in one cell."""
    text = replace(sound(chance), encoding="utf-8", quoting=csv.QUOTE_MINIMAL)
    lines = [Text([row], text.mark, text.ends).written() for row in text.rows]
    for at in chance.sample(range(1, len(lines)), 2):
        lines[at] = text.mark.join([*text.rows[at][:4], '"said' + text.ends])
    return as_mutant(text, rows=None, raw="".join(lines).encode(), must="refused")


def delimiters_mixed(chance):
    text = replace(sound(chance), encoding="utf-8")
    lines = [Text([row], chance.choice(",;\t|"), text.ends).written() for row in text.rows[1:]]
    return as_mutant(text, rows=None, raw=(Text([HEADER], text.mark, text.ends).written() + "".join(lines)).encode())


def two_encodings_in_one(chance):
    text = replace(sound(chance), encoding="utf-8")
    first, second = replace(text, rows=text.rows[:15]), replace(text, rows=text.rows[15:])
    return as_mutant(text, rows=None, raw=first.raw() + second.written().encode(chance.choice(["cp1252", "utf-16-le"])))


def two_files_in_one(chance):
    text = replace(sound(chance), encoding="utf-8-sig")
    return as_mutant(text, rows=None, raw=text.raw() + text.raw(), must="refused")


def encoded_twice(chance):
    text = replace(sound(chance), encoding="utf-8")
    raw = text.raw()
    for _ in range(chance.choice([1, 1, 2])):
        raw = "".join(bytes([byte]).decode("cp1252", "replace").replace("\ufffd", chr(byte)) for byte in raw).encode()
    return as_mutant(text, rows=None, raw=raw, must="refused")


def written_as_csv_twice(chance):
    text = replace(sound(chance), encoding="utf-8", ends="\n")
    once = Text(text.rows, text.mark, "\r\n").written().split("\r\n")[:-1]
    again = Text([[line] for line in once], chance.choice(",;"), "\n", quoting=csv.QUOTE_ALL)
    return as_mutant(again, rows=None, must="refused")


def an_odd_byte_in_utf16(chance):
    text = replace(sound(chance), encoding=chance.choice(["utf-16", "utf-16-le", "utf-16-be"]))
    return as_mutant(text, rows=None, raw=text.raw() + chance.choice([b"\x00", b"\x0a", b"x"]), must="refused")


def marked_as_another_encoding(chance):
    text = sound(chance)
    mark = chance.choice([b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff",
                          b"+/v8-"])
    return as_mutant(text, rows=None, raw=mark + replace(text, encoding="utf-8").raw())


def something_else_under_its_name(chance):
    start = chance.choice([b"PK\x03\x04", b"\x89PNG\r\n\x1a\n", b"%PDF-1.7\n", b"\x1f\x8b\x08", b"PAR1", b"$FL2",
                           b"BZh91AY",
                           b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"<html><table>", b"\x89HDF", b"SQLite format 3\x00"])
    return Mutant("", "records.csv", start + chance.randbytes(chance.randrange(400)), must="refused")


def noise(chance):
    return Mutant("", f"records.{chance.choice(['csv', 'xlsx', 'xls', 'ods'])}",
                  chance.randbytes(chance.randrange(3000)),
                  must="refused")


# ---- large -----------------------------------------------------------------------------------------------------------

def a_cell_of_ten_million_letters(chance):
    text = replace(sound(chance), encoding="utf-8")
    rows = [list(row) for row in text.rows]
    rows[chance.randrange(1, len(rows))][4] = "x" * 10_000_000
    return as_mutant(replace(text, rows=rows), must="read")


def sixteen_thousand_columns(chance):
    text = replace(sound(chance), encoding="utf-8", quoting=csv.QUOTE_MINIMAL)
    more = [f"X{number}" for number in range(16_384 - 5)]
    return as_mutant(replace(text, rows=[row + more for row in text.rows]), must="refused")


def many_empty_columns_and_rows(chance):
    text = replace(sound(chance), encoding="utf-8")
    lines = (text.mark * 4 + text.ends) * 300_000
    return as_mutant(text, same=True, must="read", raw=text.raw() + lines.encode())


# How often each is drawn, beside the others; the large ones seldom.
TEXTS: dict[Mutator, float] = {
    written_by_another_program: 2, columns_shuffled: 1, header_in_capitals_and_padded: 1,
    empty_rows_and_columns_added: 1,
    blank_lines_at_the_end: 1, end_of_file_mark: 1, rows_doubled: 1, cells_moved: 1, rows_cut_short_or_too_long: 1,
    header_repeated: 1, header_only: 0.5, no_header: 0.5, header_doubled_or_missing: 1, nothing_at_all: 1,
    strange_characters: 2, formulas_injected: 1, numbers_and_dates_out_of_range: 2, cut_off: 2, bytes_flipped: 3,
    bytes_lost_or_doubled: 2, lines_shuffled: 1, empty_bytes: 1, quotes_broken: 4, quotes_swallow_rows: 1,
    delimiters_mixed: 1,
    two_encodings_in_one: 1, two_files_in_one: 0.5, encoded_twice: 1, written_as_csv_twice: 1,
    an_odd_byte_in_utf16: 0.5,
    marked_as_another_encoding: 1, something_else_under_its_name: 1, noise: 1, a_cell_of_ten_million_letters: 0.1,
    sixteen_thousand_columns: 0.2, many_empty_columns_and_rows: 0.1,
}
