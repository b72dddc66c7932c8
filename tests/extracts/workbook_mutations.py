"""Workbooks spoilt in every way that people and programs spoil them."""

import datetime as dt
import random
import re
import zipfile
from io import BytesIO
from pathlib import Path

from extracts.mutant import HEADER, Mutant, Mutator, table
from extracts.packed import SHEET, ods, ods_cell, ods_row, packed, parts_of, with_cell, xlsx

OLD = Path(__file__).with_name("old_workbook.xls")
HEIGHT = len(table()) - 1


def typed(rows: list[list[str]]) -> list[list]:
    """The rows with whole numbers and days as such, as a person types them."""
    def cell(at, text):
        if at == 2:
            return int(text)
        return dt.datetime.strptime(text, "%d/%m/%Y").date() if at == 3 else text
    return [rows[0], *([cell(at, text) for at, text in enumerate(row)] for row in rows[1:])]


def sound(chance: random.Random, write=None, **options) -> bytes:
    rows = table() if chance.random() < 0.5 else typed(table())
    return xlsx(rows, write=write, date_1904=chance.random() < 0.2, **options)


def ods_table(rows: list[list[str]]) -> list[str]:
    return [ods_row(*(ods_cell(text) for text in row)) for row in rows]


def mutant(raw: bytes, rows: int | None = None, *, same: bool = False, must: str | None = None,
           ending: str = "xlsx") -> Mutant:
    return Mutant("", f"records.{ending}", raw, rows, same, must)


def place(chance: random.Random) -> str:
    """A cell of the table's body that is filled."""
    return f"{chance.choice('ABCD')}{chance.randrange(2, HEIGHT + 2)}"


# ---- sound ones, written otherwise -----------------------------------------------------------------------------------

def typed_or_as_text(chance):
    return mutant(sound(chance), HEIGHT, same=True, must="read", ending=chance.choice(["xlsx", "xls", "ods", "xlsm"]))


def open_document(chance):
    end = ods_row('<table:table-cell table:number-columns-repeated="16384"/>',
                  more='table:number-rows-repeated="1048000"')
    rows = [ods_row(*(ods_cell(text) for text in row), '<table:table-cell table:number-columns-repeated="16379"/>')
            for row in table()]
    return mutant(ods(*rows, end), HEIGHT, same=True, must="read", ending=chance.choice(["ods", "xlsx"]))


def claims_the_whole_sheet(chance):
    parts = parts_of(sound(chance))
    claim = re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="A1:XFD1048576"', parts[SHEET])
    return mutant(packed({**parts, SHEET: claim}), HEIGHT, same=True, must="read")


def coloured_far_away(chance):
    def write(book, page):
        page.write_blank(chance.randrange(10_000, 1_048_576), chance.randrange(200, 16_384), None,
                         book.add_format({"bg_color": "red"}))
    return mutant(sound(chance, write), HEIGHT, same=True, must="read")


def other_sheets_beside(chance):
    def write(book, page):
        for number in range(3):
            book.add_worksheet(f"Notes {number}").write_column(0, 0, ["about", "=1", 3])
        book.add_worksheet("Settings").very_hidden()
    return mutant(sound(chance, write), HEIGHT, same=True, must="read")


# ---- cells spoilt ----------------------------------------------------------------------------------------------------

def cells_merged(chance):
    first = chance.randrange(1, HEIGHT - 3)

    def write(book, page):
        page.merge_range(first, 0, first + chance.randrange(1, 4), chance.randrange(3), "merged")
    return mutant(sound(chance, write), must="refused")


def header_merged(chance):
    return mutant(xlsx([["Pre-inspection"], *table()], write=lambda book, page: page.merge_range("A1:E1", "Title")),
                  must="refused")  # the header stands in the second row, and the codebook says the first


_CELLS = {
    '<c r="{}"><f>1+1</f></c>': "refused", '<c r="{}"><f>1+1</f><v/></c>': "refused",
    '<c r="{}"><f>1+1</f><v>0</v></c>': "refused", '<c r="{}" t="e"><v>#REF!</v></c>': "refused",
    '<c r="{}" t="e"><f>1/0</f><v>#DIV/0!</v></c>': "refused", '<c r="{}"><v>1234567890123456789</v></c>': "refused",
    '<c r="{}" t="str"><f>"x"</f><v>x</v></c>': None, '<c r="{}"><v>NaN</v></c>': None,
    '<c r="{}"><v>INF</v></c>': None,
    '<c r="{}"><v>1E-300</v></c>': None, '<c r="{}"><v>words</v></c>': None, '<c r="{}" t="b"><v>1</v></c>': None,
    '<c r="{}" t="inlineStr"><is><t>=1+1</t></is></c>': None, '<c r="{}" t="s"><v>9999</v></c>': "refused",
    '<c r="{}" t="d"><v>2019-99-99</v></c>': None, '<c r="{}" t="??"><v>1</v></c>': None, '<c r="{}"/>': None,
    '<c r="{}" t="inlineStr"><is><t>_x0001__x0000_</t></is></c>': None, '<c r="{}" s="99999"><v>1</v></c>': None,
    '<c r="A0"><v>1</v></c>': "refused", '<c r="XFE9"><v>1</v></c>': "refused", '<c r="ZZZZ99"><v>1</v></c>': "refused",
    '<c r="{}"><v>1</v></c><c r="{}"><v>1</v></c>': "refused",
}


def one_cell_replaced(chance):
    cell, must = chance.choice(list(_CELLS.items()))
    name = place(chance)
    raw = with_cell(xlsx(table()), name, cell.replace("{}", name))
    return mutant(raw, HEIGHT if must is None else None, must=must)


_VALUES = [(-5, "dd/mm/yyyy"), (0, "dd/mm/yyyy"), (60, "dd/mm/yyyy"), (1e9, "dd/mm/yyyy"), (1e12, "[h]:mm"),
           (1.25, "[h]:mm"),
           (0.5, "hh:mm"), (0.53, "0%"), (7, "000"), (1e300, "General"), (-1e14, "0"), (2958466, "yyyy"),
           (0.1 + 0.2, "0.0")]


def numbers_in_odd_formats(chance):
    chosen = [(chance.randrange(1, HEIGHT + 1), chance.randrange(5), *chance.choice(_VALUES)) for _ in range(4)]

    def write(book, page):
        for row, column, value, form in chosen:
            page.write_number(row, column, value, book.add_format({"num_format": form}))
    return mutant(sound(chance, write))


def one_value_far_away(chance):
    row, column = chance.choice([(1_048_575, 16_383), (1_048_575, 300), (700, 16_383), (1_000_000, 9)])
    far = xlsx(table(), write=lambda book, page: page.write(row, column, "lost"))
    return mutant(far, must="refused")


def sixteen_thousand_columns(chance):
    more = [f"X{number}" for number in range(16_384 - 5)]
    return mutant(xlsx([row + more for row in table()[:8]]), must="refused")


def header_only(chance):
    return mutant(xlsx([HEADER]), must="refused")


def empty_sheet(chance):
    return mutant(xlsx([]), must="refused")


# ---- parts spoilt ----------------------------------------------------------------------------------------------------

def part_cut_off(chance):
    parts = parts_of(sound(chance))
    name = chance.choice([SHEET, "xl/sharedStrings.xml", "xl/workbook.xml", "xl/styles.xml",
                          "xl/_rels/workbook.xml.rels"])
    return mutant(packed({**parts, name: parts[name][:chance.randrange(len(parts[name]))]}), must="refused")


def part_missing(chance):
    parts = parts_of(sound(chance))
    del parts[chance.choice(list(parts))]
    return mutant(packed(parts))


def xml_spoilt(chance):
    """A few bytes of the XML changed before it is packed, so that its checksum is right."""
    parts = parts_of(sound(chance))
    name = chance.choice([SHEET, SHEET, "xl/sharedStrings.xml", "xl/workbook.xml", "xl/styles.xml"])
    whole = bytearray(parts[name])
    for _ in range(chance.choice([1, 1, 2, 8])):
        at = chance.randrange(len(whole))
        whole[at:at + chance.choice([0, 1, 1, 4])] = chance.choice([b"", b"<", b">", b'"', b"9", b"&", b"A", b"\x00",
                                                                    b" "])
    return mutant(packed({**parts, name: bytes(whole)}))


def rows_moved(chance):
    parts = parts_of(sound(chance))
    rows = re.findall(rb"<row .*?</row>", parts[SHEET])
    body = parts[SHEET].partition(b"<sheetData>")[0], parts[SHEET].partition(b"</sheetData>")[2]
    first, second = chance.sample(range(1, len(rows)), 2)
    rows[first], rows[second] = rows[second], rows[first] if chance.random() < 0.5 else rows[second]
    return mutant(packed({**parts, SHEET: body[0] + b"<sheetData>" + b"".join(rows) + b"</sheetData>" + body[1]}),
                  must="refused")


def entities_and_nesting(chance):
    parts = parts_of(sound(chance))
    bomb = b'<!DOCTYPE x [<!ENTITY a "ha">' + b"".join(
        b'<!ENTITY %c "%s">' % (98 + number, b"&%c;" % (97 + number) * 20) for number in range(8)) + b"]>"
    deep = b"<extLst>" + b"<ext>" * 100_000 + b"</ext>" * 100_000 + b"</extLst></worksheet>"
    if chance.random() < 0.5:
        return mutant(packed({**parts, SHEET: parts[SHEET].replace(b"<worksheet", bomb + b"<worksheet")}),
                      must="refused")
    return mutant(packed({**parts, SHEET: parts[SHEET].replace(b"</worksheet>", deep)}), HEIGHT, same=True)


def a_cell_of_ten_million_letters(chance):
    parts = parts_of(sound(chance))
    long = parts["xl/sharedStrings.xml"].replace(b"<t>plain</t>", b"<t>" + b"x" * 10_000_000 + b"</t>")
    return mutant(packed({**parts, "xl/sharedStrings.xml": long}), HEIGHT, must="read")


def sheets_mixed_up(chance):
    parts = parts_of(sound(chance, lambda book, page: book.add_worksheet("Two").write(0, 0, "x")))
    links = "xl/_rels/workbook.xml.rels"
    spoilt = chance.choice([
        {links: parts[links].replace(b"sheet1.xml", b"sheet7.xml")}, {links: parts[links].replace(b"rId1", b"rId9")},
        {"xl/workbook.xml": parts["xl/workbook.xml"].replace(b'name="Two"', b'name="Records"')},
        {"xl/workbook.xml": re.sub(rb"<sheet .*?/>", b"", parts["xl/workbook.xml"])},
    ])
    return mutant(packed({**parts, **spoilt}), must="refused")


# ---- archives spoilt -------------------------------------------------------------------------------------------------

def archive_cut_off(chance):
    raw = sound(chance)
    return mutant(raw[:chance.randrange(len(raw))], must="refused")


def archive_flipped(chance):
    raw = bytearray(chance.choice([sound(chance), ods(*ods_table(table()))]))
    for _ in range(chance.choice([1, 1, 4, 60])):
        raw[chance.randrange(len(raw))] ^= 1 << chance.randrange(8)
    return mutant(bytes(raw), same=True, ending=chance.choice(["xlsx", "ods"]))


def bomb(chance):
    parts = parts_of(sound(chance))
    blank = {name: content.replace(b"</sheetData>", b" " * (chance.choice([40, 100]) << 20) + b"</sheetData>")
             if name == SHEET else content for name, content in parts.items()}
    raw = packed(blank)
    with zipfile.ZipFile(BytesIO(raw)) as book:
        size = book.getinfo(SHEET).file_size.to_bytes(4, "little")
    if chance.random() < 0.5:  # a directory that lies about it
        raw = raw.replace(size, len(parts[SHEET]).to_bytes(4, "little"))
    return mutant(raw, must="refused")


def archive_in_archive(chance):
    raw = sound(chance)
    for _ in range(chance.randrange(1, 6)):
        raw = packed({"records.xlsx": raw}, chance.choice([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED]))
    return mutant(raw, must="refused")


def locked(chance):
    raw = bytearray(sound(chance))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        for match in re.finditer(re.escape(mark), bytes(raw)):
            raw[match.start() + offset] |= 1
    return chance.choice([mutant(bytes(raw), must="refused"),
                          mutant(ods(*ods_table(table()), locked=True), must="refused", ending="ods")])


def packed_in_an_unknown_way(chance):
    method = chance.choice([zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
    return mutant(packed(parts_of(sound(chance)), method), must="refused")


def under_another_name(chance):
    raw, ending = chance.choice([(sound(chance), "csv"), (OLD.read_bytes(), "csv"), (ods(*ods_table(table())), "csv"),
                                 (b"Record ID,Safe\nC1,Good\n", "xlsx"), (b"<html><table></table></html>", "xls")])
    return mutant(raw, must="refused", ending=ending)


# ---- open documents and old workbooks --------------------------------------------------------------------------------

_ODS_CELLS = {
    ods_cell("x", more='table:number-columns-repeated="16384" table:style-name="s"'): "refused",
    ods_cell("x", more='table:number-columns-repeated="0"'): "refused",
    ods_cell("x", more='table:number-columns-repeated="-1"'): "refused",
    ods_cell("x", more='table:number-columns-repeated="99999999999999999999"'): "refused",
    ods_cell("x", more='table:number-rows-spanned="3"'): "refused",
    ods_cell("Err:502", more='table:formula="of:=1"'): "refused",
    '<table:table-cell table:formula="of:=1"/>': "refused",
    ods_cell("much", "float"): "refused", ods_cell("1E400", "float"): "refused", ods_cell("NaN", "float"): None,
    ods_cell("2019-99-99", "date"): None, ods_cell("PT99999999H00M00S", "time"): None,
    ods_cell("maybe", "boolean"): None,
    '<table:table-cell><table:table table:name="in"/></table:table-cell>': "refused",
    '<table:covered-table-cell office:value-type="string"><text:p>under</text:p></table:covered-table-cell>': None,
    '<table:table-cell office:value-type="wild"><text:p>x</text:p></table:table-cell>': None,
}


def one_ods_cell_replaced(chance):
    cell, must = chance.choice(list(_ODS_CELLS.items()))
    rows = ods_table(table())
    at = chance.randrange(1, len(rows))
    cells = [ods_cell(text) for text in table()[at]]
    cells[chance.randrange(5)] = cell
    rows[at] = ods_row(*cells)
    return mutant(ods(*rows), HEIGHT if must is None else None, must=must, ending="ods")


def ods_rows_repeated(chance):
    rows = ods_table(table())
    times, must = chance.choice([(2, None), (1000, None), (1_048_576, "refused"), (999_999_999, "refused")])
    at = chance.randrange(1, len(rows))
    rows[at] = ods_row(*(ods_cell(text) for text in table()[at]), more=f'table:number-rows-repeated="{times}"')
    return mutant(ods(*rows), HEIGHT + times - 1 if must is None else None, same=must is None, must=must, ending="ods")


def ods_spoilt(chance):
    parts = parts_of(ods(*ods_table(table())))
    whole = bytearray(parts["content.xml"])
    for _ in range(chance.choice([1, 1, 2, 8])):
        at = chance.randrange(len(whole))
        whole[at:at + chance.choice([0, 1, 1, 4, 400])] = chance.choice([b"", b"<", b">", b'"', b"9", b"&", b"A", b" "])
    return mutant(packed({**parts, "content.xml": bytes(whole)}), ending="ods")


def old_workbook(chance):
    return mutant(OLD.read_bytes(), 30, must="read", ending=chance.choice(["xls", "xlsx"]))


def old_workbook_flipped(chance):
    raw = bytearray(OLD.read_bytes())
    for _ in range(chance.choice([1, 1, 4, 60, 500])):
        raw[chance.randrange(len(raw))] = chance.randrange(256)
    return mutant(bytes(raw), ending="xls")


def old_workbook_cut_off(chance):
    raw = OLD.read_bytes()
    return mutant(raw[:chance.randrange(len(raw))], ending="xls")


# How often each is drawn, beside the others; the large ones seldom.
WORKBOOKS: dict[Mutator, float] = {
    typed_or_as_text: 2, open_document: 1, claims_the_whole_sheet: 1, coloured_far_away: 1, other_sheets_beside: 1,
    cells_merged: 1, header_merged: 1, one_cell_replaced: 4, numbers_in_odd_formats: 2, one_value_far_away: 0.5,
    sixteen_thousand_columns: 0.2, header_only: 0.5, empty_sheet: 0.5, part_cut_off: 2, part_missing: 1, xml_spoilt: 4,
    rows_moved: 1, entities_and_nesting: 0.5, a_cell_of_ten_million_letters: 0.1, sheets_mixed_up: 1,
    archive_cut_off: 1, archive_flipped: 4, bomb: 0.2,
    archive_in_archive: 0.5, locked: 0.5, packed_in_an_unknown_way: 0.5, under_another_name: 1,
    one_ods_cell_replaced: 3,
    ods_rows_repeated: 1, ods_spoilt: 3, old_workbook: 1, old_workbook_flipped: 4, old_workbook_cut_off: 1,
}
