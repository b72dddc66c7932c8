"""Workbooks made and taken apart by their parts, without the package's own reader."""

import datetime as dt
import io
import re
import zipfile
from collections.abc import Callable
from xml.sax.saxutils import escape

import xlsxwriter

SHEET = "xl/worksheets/sheet1.xml"
_NAMES = " ".join(f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for short, name in (
    ("office", "office"), ("table", "table"), ("text", "text"), ("style", "style")))
_NAMES += ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
_KIND = "application/vnd.oasis.opendocument.spreadsheet"


def xlsx(rows: list[list], *, sheet: str = "Records", write: Callable | None = None, **options) -> bytes:
    """An XLSX with one sheet of those rows; `write(book, sheet)` may add what it likes."""
    whole = io.BytesIO()
    with xlsxwriter.Workbook(whole, {"in_memory": True, "default_date_format": "dd/mm/yyyy", **options}) as book:
        book.set_properties({"created": dt.datetime(2020, 1, 1)})
        page = book.add_worksheet(sheet)
        for number, row in enumerate(rows):
            page.write_row(number, 0, row)
        if write:
            write(book, page)
    return whole.getvalue()


def parts_of(raw: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(raw)) as book:
        return {name: book.read(name) for name in book.namelist()}


def packed(parts: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", method) as book:
        for name, content in parts.items():
            book.writestr(zipfile.ZipInfo(name), content, method)  # of no particular day, so that it is always the same
    return whole.getvalue()


def edited(raw: bytes, old: bytes, new: bytes, part: str = SHEET) -> bytes:
    """The workbook with something else in one part; what is replaced must be there."""
    parts = parts_of(raw)
    assert old in parts[part], f"{old!r} is not in {part}"
    return packed({**parts, part: parts[part].replace(old, new, 1)})


def with_cell(raw: bytes, name: str, cell: str) -> bytes:
    """The XLSX with that XML in the place of one of its cells."""
    parts = parts_of(raw)
    found = re.search(rb'<c r="%s"[^>]*?(/>|>.*?</c>)' % name.encode(), parts[SHEET])
    return edited(raw, found[0], cell.encode())


def ods_cell(value="", kind: str = "string", shown: str | None = None, more: str = "") -> str:
    """One ODS cell; `shown` is what a reader sees, `more` are further attributes."""
    if value == "" and kind == "string":
        return f"<table:table-cell {more}/>"
    key = {"string": None, "date": "office:date-value", "time": "office:time-value",
           "boolean": "office:boolean-value"}.get(kind, "office:value")
    given = f'{key}="{value}"' if key else ""
    words = escape(str(value if shown is None else shown))
    return f'<table:table-cell office:value-type="{kind}" {given} {more}><text:p>{words}</text:p></table:table-cell>'


def ods_row(*cells: str, more: str = "") -> str:
    return f"<table:table-row {more}>{''.join(cells)}</table:table-row>"


def ods(*rows: str, sheet: str = "Records", before: str = "", locked: bool = False) -> bytes:
    """An ODS with one sheet of those rows, written by hand; `before` stands before the sheet."""
    content = (f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {_NAMES}><office:body>'
               f'<office:spreadsheet>{before}<table:table table:name="{sheet}">{"".join(rows)}</table:table>'
               "</office:spreadsheet></office:body></office:document-content>")
    entry = "<manifest:encryption-data/>" if locked else ""
    manifest = ('<?xml version="1.0"?><manifest:manifest '
                'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
                f'<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml">{entry}'
                "</manifest:file-entry></manifest:manifest>")
    return packed({"mimetype": _KIND.encode(), "META-INF/manifest.xml": manifest.encode(),
                   "content.xml": content.encode()})
