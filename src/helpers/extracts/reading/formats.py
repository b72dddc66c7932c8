"""What a file is, told from its first bytes: names lie, and portals save web pages under a workbook's name."""

WORKBOOK, OLD_WORKBOOK, PAGE = "a workbook", "an old workbook", "a web page or XML"

# First bytes → what such a file is. A longer mark stands before a shorter one that it begins with.
_MARKS = (
    (b"PK\x03\x04", WORKBOOK), (b"PK\x05\x06", WORKBOOK), (b"\xd0\xcf\x11\xe0", OLD_WORKBOOK), (b"%PDF", "a PDF"),
    (b"$FL2", "an SPSS file"), (b"$FL3", "an SPSS file"), (b"<stata_dta>", "a Stata file"), (b"PAR1", "a Parquet file"),
    (b"ARROW1", "an Arrow file"), (b"SQLite format 3\x00", "a database"), (b"\x89HDF", "an HDF5 file"),
    (b"\x1f\x8b", "a packed file (gzip)"), (b"BZh", "a packed file (bzip2)"), (b"\xfd7zXZ", "a packed file (xz)"),
    (b"7z\xbc\xaf", "a packed file (7z)"), (b"Rar!\x1a", "a packed file (rar)"), (b"\x28\xb5\x2f\xfd", "a packed file"),
    (b"\x89PNG", "a picture"), (b"\xff\xd8\xff", "a picture"), (b"GIF8", "a picture"), (b"{\\rtf", "a text document"),
)
_PAGES = (b"<!doctype", b"<html", b"<head", b"<meta", b"<style", b"<body", b"<table", b"<?xml")
_LOOKED_AT = 4096  # bytes: a mark stands at the start, below a byte-order mark or blank lines at most

REMEDY = {
    WORKBOOK: "give it its own ending",
    OLD_WORKBOOK: "give it its own ending",
    PAGE: "open it in a spreadsheet program, save it as XLSX and send that",
}
_OTHER = "send the table itself, as CSV or XLSX"


def format_of(raw: bytes) -> str | None:
    """What the file is in a reader's words, where its bytes are no plain text."""
    for mark, words in _MARKS:
        if raw.startswith(mark):
            return words
    start = raw[:_LOOKED_AT].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    return PAGE if start.startswith(_PAGES) else None


def remedy_for(words: str) -> str:
    """What its sender can do with a file of that kind under another kind's name."""
    return REMEDY.get(words, _OTHER)


def is_delimited(raw: bytes) -> bool:
    """Whether the bytes look like the lines of a delimited text: no empty bytes, and a delimiter in the first line."""
    first, end, _ = raw[:_LOOKED_AT].replace(b"\r", b"\n").partition(b"\n")
    return bool(end) and 0 not in first and any(mark in first for mark in (b",", b";", b"\t", b"|"))
