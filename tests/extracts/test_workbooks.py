"""A workbook's cells come as a reader sees them; what would be read as something else is refused, with the cell."""

import csv
import datetime as dt
import io
import itertools
import re
import string
import zipfile
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest
from extracts.packed import SHEET, edited, ods, ods_cell, ods_row, packed, parts_of, with_cell, xlsx

from helpers.extracts.reading.encoding import decoded
from helpers.extracts.reading.workbook.cells import cell_text
from helpers.extracts.reading.workbook.scanned import cell_name
from helpers.extracts.reading.workbooks import open_sheet, sheet_names, sheet_rows
from helpers.study import InputFault

OLD = Path(__file__).with_name("old_workbook.xls")
REAL = Path(__file__).parents[3] / "shared" / "data" / "csps-uk"
ROWS = [["Record ID", "Safe"], ["C1", 7], ["C2", 8]]
DAMAGED = "the workbook is damaged; open it in a spreadsheet program, save it as XLSX and send it again."


@pytest.fixture
def rows_of(tmp_path):
    def rows_of(raw: bytes, sheet: str | None = None, name: str = "f.xlsx") -> list[list[str]]:
        (tmp_path / name).write_bytes(raw)
        return sheet_rows(tmp_path / name, sheet, name)
    return rows_of


@pytest.fixture
def fault_of(rows_of):
    def fault_of(raw: bytes, sheet: str | None = None, name: str = "f.xlsx") -> str:
        with pytest.raises(InputFault) as raised:
            rows_of(raw, sheet, name)
        assert raised.value.kind == "data"
        (fault,) = raised.value.faults
        return fault.removeprefix(f"{name}: ").removeprefix(f"{name}, ")
    return fault_of


def column_of(raw_rows: list[list[str]]) -> list[str]:
    return [row[0] for row in raw_rows]


# ---- what a cell says ------------------------------------------------------------------------------------------------

@pytest.mark.parametrize(("cell", "text"), [
    (7.0, "7"), (2.1, "2.1"), (1e20, "100000000000000000000"), (True, "true"), (False, "false"), ("2.10", "2.10"),
    (dt.date(2020, 1, 31), "2020-01-31"), (dt.datetime(2020, 1, 31), "2020-01-31"), (dt.time(9, 30), "09:30:00"),
    (dt.time(0, 0), "00:00:00"), (dt.time(9, 29, 59, 999_000), "09:30:00"), (dt.time(23, 59, 59, 999_999), "00:00:00"),
    (dt.datetime(2020, 1, 31, 9, 30), "2020-01-31 09:30:00"),
    (dt.datetime(2020, 1, 30, 23, 59, 59, 991_000), "2020-01-31"),
    (dt.timedelta(hours=30), "30:00:00"), (-dt.timedelta(hours=1, minutes=30), "-1:30:00"), (float("nan"), "nan"),
    (float("inf"), "inf"), (-0.5, "-0.5"), (dt.datetime(9999, 12, 31, 23, 59, 59, 999_999), "9999-12-31 "
                                                                                            "23:59:59.999999"),
])
def test_every_kind_of_cell_has_one_text(cell, text):
    assert cell_text(cell) == text


@pytest.mark.parametrize(("value", "form", "text"), [
    (7, "000", "007"), (7, "00000", "00007"), (1234, "000", "1234"), (7.5, "000", "7.5"), (7, "0", "7"),
    (7, "General", "7"),
    (0.53, "0%", "53%"), (0.125, "0%", "12.5%"), (1, "0.00%", "100%"), (-0.07, '0.0" per cent"%', "-7%"),
    (7, '0" %"', "7"), (7, "0\\%", "7"), (43861, "dd/mm/yyyy", "2020-01-31"), (43861.5, "dd/mm/yyyy hh:mm",
                                                                               "2020-01-31 12:00:00"),
    (0.395833333333333, "hh:mm", "09:30:00"), (1.25, "[h]:mm:ss", "30:00:00"), (1e9, "dd/mm/yyyy", "1000000000"),
    (-0.25, "[h]:mm", "-6:00:00"), (-3, "General", "-3"),
])
def test_numbers_come_as_their_formats_show_them_with_all_their_digits(rows_of, value, form, text):
    raw = xlsx([], write=lambda book, page: page.write_number(0, 0, value, book.add_format({"num_format": form})))
    assert rows_of(raw) == [[text]]


def test_days_are_counted_from_1904_where_the_workbook_says_so(rows_of):
    raw = xlsx([[dt.date(2020, 1, 31)]], date_1904=True)
    assert rows_of(raw) == [["2020-01-31"]]
    day = next(iter(re.findall(rb"<v>(\d+)</v>", parts_of(raw)[SHEET])))
    assert int(day) == (dt.date(2020, 1, 31) - dt.date(1904, 1, 1)).days, "the file does count from 1904"


@pytest.mark.parametrize(("cell", "text"), [
    (ods_cell(7, "float", "007"), "007"), (ods_cell(7, "float", "7"), "7"), (ods_cell(7, "float", "7.00"), "7"),
    (ods_cell(0.53, "percentage", "53%"), "53%"), (ods_cell(0.125, "percentage", "13%"), "12.5%"),
    (ods_cell("2020-01-31", "date", "31/01/20"), "2020-01-31"), (ods_cell("PT09H30M00S", "time", "09:30"), "09:30:00"),
    (ods_cell("PT30H00M00S", "time", "30:00"), "30:00:00"), (ods_cell("true", "boolean", "TRUE"), "true"),
    (ods_cell(5.5, "currency", "£5.50"), "5.5"), (ods_cell("007"), "007"), (ods_cell("PT30H00M00S"), "PT30H00M00S"),
    ('<table:table-cell office:value-type="string"><text:p>one<text:tab/>two<text:line-break/>three</text:p><text:p>'
     'four<text:s text:c="2"/>five</text:p></table:table-cell>', "one\ttwo\nthree\nfour  five"),
    ('<table:table-cell office:value-type="string"><office:annotation><text:p>a remark</text:p></office:annotation>'
     "<text:p>said</text:p></table:table-cell>", "said"),
])
def test_the_cells_of_an_open_document_say_what_they_show(rows_of, cell, text):
    assert rows_of(ods(ods_row(cell)), name="f.ods") == [[text]]


def test_the_cells_of_an_old_workbook_say_what_they_show():
    assert dict(sheet_rows(OLD, "Shown", "f.xls")[1:]) == {
        "number": "7", "filled up": "007", "percent": "12.5%", "date": "2020-01-31", "moment": "2020-01-31 12:00:00",
        "time": "09:30:00", "duration": "30:00:00", "truth": "true", "no date": "9000000", "text": "007",
        "negative": "-3",
    }


def test_rows_and_columns_before_the_first_value_are_kept(rows_of):
    assert rows_of(xlsx([[], ["", "x"], [], ["", "", 2]])) == [["", "", ""], ["", "x", ""], ["", "", ""], ["", "", "2"]]


def test_texts_keep_what_programs_like_to_change(rows_of):
    texts = ["007", "2.10", "1-2", "=1+1", " x ", "a\nb", "a\tb", "_x0041_", "1e5", "TRUE", "\u200b", "‮x"]
    raw = xlsx([], write=lambda book, page: [page.write_string(0, at, text) for at, text in enumerate(texts)])
    assert rows_of(raw) == [texts]


# ---- which sheet -----------------------------------------------------------------------------------------------------

def two_sheets(book, page):
    book.add_worksheet("Second").write(0, 0, "second")


def test_a_sheet_is_found_by_the_workbooks_list_and_not_by_the_number_of_its_part(rows_of, fault_of):
    parts = parts_of(xlsx([["first"]], write=two_sheets))
    first, second = parts[SHEET], parts["xl/worksheets/sheet2.xml"]
    links = parts["xl/_rels/workbook.xml.rels"].replace(b"sheet1.xml", b"sheet9.xml")
    links = links.replace(b"sheet2.xml", b"sheet1.xml").replace(b"worksheets/sheet9.xml", b"/xl/worksheets/sheet2.xml")
    error = first.replace(b't="s"><v>0</v>', b't="e"><v>#REF!</v>')
    raw = packed({**parts, SHEET: second, "xl/worksheets/sheet2.xml": error, "xl/_rels/workbook.xml.rels": links})
    assert rows_of(raw, "Second") == [["second"]]
    assert fault_of(raw, "Records") == "sheet 'Records': an error stands in A1; put the value there."


def test_without_a_name_the_first_sheet_that_is_shown_is_read(rows_of, tmp_path):
    def hide_first(book, page):
        two_sheets(book, page)
        page.hide()
        book.get_worksheet_by_name("Second").activate()
    raw = xlsx([["first"]], write=hide_first)
    assert rows_of(raw) == [["second"]]
    assert rows_of(raw, "records") == [["first"]]
    assert sheet_names(tmp_path / "f.xlsx", "f.xlsx") == ["Second"]
    assert sheet_names(OLD, "f.xls") == ["Records", "Shown", "Errors", "Merged", "Long"]


def test_the_sheets_that_were_not_read_are_known_where_none_was_named(tmp_path):
    (tmp_path / "f.xlsx").write_bytes(xlsx([["first"]], write=two_sheets))
    assert open_sheet(tmp_path / "f.xlsx", None, "f.xlsx").unread == ("Second",)
    assert open_sheet(tmp_path / "f.xlsx", "Records", "f.xlsx").unread == ()
    assert open_sheet(OLD, None, "f.xls").unread == ("Shown", "Errors", "Merged", "Long")


def test_a_chart_is_no_sheet_of_cells(rows_of):
    def chart(book, page):
        page.write(0, 0, "cells")
        drawn = book.add_chart({"type": "bar"})
        drawn.add_series({"values": "=Records!$A$1:$A$1"})
        book.add_chartsheet("Chart").set_chart(drawn)
        book.get_worksheet_by_name("Chart").set_first_sheet()
        book.worksheets_objs.reverse()
    parts = parts_of(xlsx([["x"]], write=lambda book, page: chart(book, page)))
    raw = packed(parts)
    assert rows_of(raw) == [["cells"]]


def test_a_sheet_that_is_not_there_is_said_with_the_nearest(fault_of):
    assert fault_of(xlsx(ROWS), "Recrods") == "no sheet 'Recrods'; did you mean 'Records'?"


# ---- what would be read as something else ----------------------------------------------------------------------------

REFUSED = [
    ('<c r="B2" t="e"><v>#REF!</v></c>', "an error stands in B2; put the value there."),
    ('<c r="B2" t="e"><f>A1/0</f><v>#DIV/0!</v></c>', "an error stands in B2; put the value there."),
    ('<c r="B2"><f>1+1</f></c>', "a formula stands in B2 without its result; open the workbook in a spreadsheet "
                                 "program, save it, and send it again."),
    ('<c r="B2"><f>1+1</f><v></v></c>', "a formula stands in B2 without its result; open the workbook in a spreadsheet "
                                        "program, save it, and send it again."),
    ('<c r="B2"><f>1+1</f><v>0</v></c>', "a formula stands in B2 without its result; open the workbook in a "
                                         "spreadsheet program, save it, and send it again."),
    ('<c r="B2"><v>1234567890123456789</v></c>', "a number of more than 15 digits stands in B2, and a spreadsheet "
                                                 "keeps only 15 of them; write it as text, from its source."),
    ('<c r="B2"><v>1.23456789012346E+18</v></c>', "a number of more than 15 digits stands in B2, and a spreadsheet "
                                                  "keeps only 15 of them; write it as text, from its source."),
]


@pytest.mark.parametrize(("cell", "sentence"), REFUSED)
def test_a_cell_that_would_be_read_as_something_else_is_named(fault_of, cell, sentence):
    assert fault_of(with_cell(xlsx(ROWS), "B2", cell)) == f"sheet 'Records': {sentence}"


@pytest.mark.parametrize(("cell", "text"), [
    ('<c r="B2"><f>1+1</f><v>2</v></c>', "2"), ('<c r="B2" t="str"><f>""</f><v></v></c>', ""),
    ('<c r="B2" t="str"><f>T(A1)</f><v>told</v></c>', "told"),
    ('<c r="B2"><v>123456789012345</v></c>', "123456789012345"),
    ('<c r="B2"><v>0.57142857142857095</v></c>', "0.571428571428571"), ('<c r="B2"><v>1E-7</v></c>', "1e-07"),
    ('<c r="B2" t="inlineStr"><is><r><t>in</t></r><r><t xml:space="preserve"> line</t></r></is></c>', "in line"),
    ('<c r="B2" t="d"><v>2020-01-31</v></c>', "2020-01-31"), ('<c r="B2"><v>NaN</v></c>', "nan"),
])
def test_a_cell_that_is_what_it_shows_is_read(rows_of, cell, text):
    assert rows_of(with_cell(xlsx(ROWS), "B2", cell))[1] == ["C1", text]


def test_formulas_that_really_give_nought_are_read_where_the_workbook_was_worked_out(rows_of):
    raw = with_cell(xlsx(ROWS), "B2", '<c r="B2"><f>1-1</f><v>0</v></c>')
    assert rows_of(edited(raw, b' fullCalcOnLoad="1"', b"", "xl/workbook.xml"))[1] == ["C1", "0"]
    another = with_cell(raw, "B3", '<c r="B3"><f>1+1</f><v>2</v></c>')
    assert column_of([row[1:] for row in rows_of(another)]) == ["Safe", "0", "2"]


def test_all_faults_of_a_sheet_come_at_once(tmp_path):
    raw = with_cell(with_cell(xlsx(ROWS), "A2", REFUSED[0][0].replace("B2", "A2")), "B3", '<c r="B3"><f>1</f></c>')
    (tmp_path / "f.xlsx").write_bytes(raw)
    with pytest.raises(InputFault) as raised:
        sheet_rows(tmp_path / "f.xlsx", None, "f.xlsx")
    assert [fault.partition("; ")[0] for fault in raised.value.faults] == [
        "f.xlsx, sheet 'Records': an error stands in A2",
        "f.xlsx, sheet 'Records': a formula stands in B3 without its result"]


def test_many_such_cells_are_counted(fault_of):
    cells = [[f"x{number}"] for number in range(9)]
    raw = xlsx(cells)
    for number in range(9):
        raw = with_cell(raw, f"A{number + 1}", f'<c r="A{number + 1}" t="e"><v>#N/A</v></c>')
    assert fault_of(raw) == "sheet 'Records': an error stands in A1, A2, A3, A4, A5 and 4 more; put the value there."


def test_a_date_below_nought_is_refused_where_its_reader_shows_midnight(fault_of):
    raw = xlsx([], write=lambda book, page: page.write_number(1, 2, -5, book.add_format({"num_format": "dd/mm/yyyy"})))
    assert fault_of(raw) == "sheet 'Records': a date or time below nought stands in C2; correct it."


def test_a_length_of_time_beyond_any_calendar_is_refused_with_its_row(fault_of):
    raw = xlsx([["Time"], [1]], write=lambda book, page: page.write_number(2, 0, 1e12, book.add_format(
        {"num_format": "[h]:mm"})))
    assert fault_of(raw) == "sheet 'Records', row 3: a length of time stands there that no calendar holds; correct it."


@pytest.mark.parametrize(("cell", "sentence"), [
    (ods_cell("#REF!", more='table:formula="of:=[.A9]" calcext:value-type="error"'), "an error stands in A2; put the "
                                                                                     "value there."),
    (ods_cell("Err:502", more='table:formula="of:=[.A9]"'), "an error stands in A2; put the value there."),
    ('<table:table-cell table:formula="of:=1+1"/>', "a formula stands in A2 without its result; open the workbook in a "
                                                    "spreadsheet program, save it, and send it again."),
    (ods_cell(1234567890123456789, "float"), "a number of more than 15 digits stands in A2, and a spreadsheet keeps "
                                             "only 15 of them; write it as text, from its source."),
])
def test_so_it_is_in_an_open_document(fault_of, cell, sentence):
    raw = ods(ods_row(ods_cell("Record ID")), ods_row(cell))
    assert fault_of(raw, name="f.ods") == f"sheet 'Records': {sentence}"


@pytest.mark.parametrize(("sheet", "sentence"), [
    ("Errors", "an error stands in A2, A3; put the value there."),
    ("Long", "a number of more than 15 digits stands in A2, and a spreadsheet keeps only 15 of them; write it as "
             "text, from its source."),
])
def test_so_it_is_in_an_old_workbook(sheet, sentence):
    with pytest.raises(InputFault) as raised:
        sheet_rows(OLD, sheet, "f.xls")
    assert raised.value.faults == [f"f.xls, sheet '{sheet}': {sentence}"]


# ---- merged cells ----------------------------------------------------------------------------------------------------

def merges(*ranges: str):
    def write(book, page):
        for cells in ranges:
            page.merge_range(cells, "merged")
    return write


MERGED = "f.xlsx, sheet 'Records': cells {} are merged, and all but the first of each read as blank; unmerge them " \
         "and fill each in."


@pytest.mark.parametrize(("ranges", "above", "named"), [
    (["A5:A9"], 1, "A5:A9"), (["A5:A9", "B3:C3"], 1, "A5:A9, B3:C3"), (["A1:B1", "A5:A6"], 1, "A5:A6"),
    (["A2:A3"], 2, "A2:A3"), ([f"A{row}:B{row}" for row in range(3, 10)], 2, "A3:B3, A4:B4, A5:B5, A6:B6, A7:B7 and 2 "
                                                                             "more"),
])
def test_merged_cells_below_the_header_are_refused_by_name(tmp_path, ranges, above, named):
    (tmp_path / "f.xlsx").write_bytes(xlsx([], write=merges(*ranges)))
    with pytest.raises(InputFault) as raised:
        open_sheet(tmp_path / "f.xlsx", None, "f.xlsx").refuse_merged(above)
    assert raised.value.faults == [MERGED.format(named)]


def test_merged_cells_of_titles_and_headers_and_blank_ones_are_harmless(tmp_path):
    def write(book, page):
        merges("A1:C1", "A2:B3")(book, page)
        page.merge_range("A6:C6", "")
        page.write("A9", "x")
        page.merge_range("E12:F13", "")
    (tmp_path / "f.xlsx").write_bytes(xlsx([], write=write))
    open_sheet(tmp_path / "f.xlsx", None, "f.xlsx").refuse_merged(3)


def test_merged_cells_are_seen_in_old_workbooks_and_open_documents(tmp_path):
    with pytest.raises(InputFault, match=r"sheet 'Merged': cells A2:A4 are merged"):
        open_sheet(OLD, "Merged", "f.xls").refuse_merged(1)
    raw = ods(ods_row(ods_cell("Record ID"), ods_cell("Safe")),
              ods_row(ods_cell("C1"), ods_cell("Good", more='table:number-rows-spanned="2"')),
              ods_row(ods_cell("C2"), "<table:covered-table-cell/>"))
    (tmp_path / "f.ods").write_bytes(raw)
    with pytest.raises(InputFault, match=r"sheet 'Records': cells B2:B3 are merged"):
        open_sheet(tmp_path / "f.ods", None, "f.ods").refuse_merged(1)


# ---- how far a sheet reaches -----------------------------------------------------------------------------------------

def test_a_value_far_from_the_table_is_refused_with_its_cell(fault_of):
    raw = xlsx(ROWS, write=lambda book, page: page.write(1_048_575, 16_383, "lost"))
    assert fault_of(raw) == ("sheet 'Records': the values reach to the right as far as XFD1048576 and down to row "
                             "1,048,576, with hardly any between; delete what stands far from the table.")


def test_cells_that_are_coloured_and_empty_however_far_are_no_values(rows_of):
    def colour(book, page):
        page.write_blank(1_048_575, 16_383, None, book.add_format({"bg_color": "red"}))
    assert rows_of(xlsx(ROWS, write=colour)) == [["Record ID", "Safe"], ["C1", "7"], ["C2", "8"]]


def test_what_a_sheet_claims_of_its_size_is_not_believed(rows_of):
    assert len(rows_of(edited(xlsx(ROWS), b'ref="A1:B3"', b'ref="A1:XFD1048576"'))) == 3


def test_a_sheet_as_wide_as_can_be_is_read(rows_of):
    (row,) = rows_of(xlsx([list(range(16_384))]))
    assert row == [str(number) for number in range(16_384)]


def test_a_sheet_fuller_than_the_memory_is_to_be_sent_as_csv(fault_of, monkeypatch):
    monkeypatch.setattr("helpers.extracts.reading.workbook.scanned.MOST_CELLS", 5)
    assert fault_of(xlsx(ROWS)) == "sheet 'Records': more than 5 cells; save the sheet as CSV and send that."


END = ods_row('<table:table-cell table:number-columns-repeated="16384"/>', more='table:number-rows-repeated="1048570"')


def test_empty_cells_repeated_a_million_times_are_nothing(rows_of):
    table = ods_row(ods_cell("C1"), '<table:table-cell table:number-columns-repeated="16383"/>')
    assert rows_of(ods(table, END), name="f.ods") == [["C1"]]


def test_values_repeated_are_so_many_values(rows_of):
    raw = ods(ods_row(ods_cell("C1", more='table:number-columns-repeated="2"'), more='table:number-rows-repeated="3"'),
              ods_row(ods_cell(0.5, "percentage", "50%", more='table:number-columns-repeated="2"')), END)
    assert rows_of(raw, name="f.ods") == [["C1", "C1"]] * 3 + [["50%", "50%"]]


def test_values_repeated_beyond_all_measure_are_refused(fault_of):
    raw = ods(ods_row(ods_cell("C1", more='table:number-columns-repeated="16384"'),
                      more='table:number-rows-repeated="1048576"'))
    assert fault_of(raw, name="f.ods") == ("sheet 'Records': more than 10,000,000 cells; save the sheet as CSV and "
                                           "send that.")


def test_cells_are_named_as_spreadsheets_name_them():
    named = [cell_name(0, column) for column in range(16_384)]
    letters = ["".join(some) for size in (1, 2, 3) for some in itertools.product(string.ascii_uppercase, repeat=size)]
    assert named == [f"{letter}1" for letter in letters[:16_384]]
    assert cell_name(1_048_575, 16_383) == "XFD1048576"


# ---- damage, bombs, locks, disguises ---------------------------------------------------------------------------------

@pytest.mark.parametrize(("old", "new"), [
    (b'<row r="3"', b'<row r="2"'), (b'<c r="B2">', b'<c r="A2">'), (b'<c r="B2">', b'<c r="B7">'),
    (b'<c r="B2">', b'<c r="ZZZ2">'), (b'<c r="B2">', b'<c r="b2">'), (b'<row r="3"', b'<row r="1048577"'),
    (b"</sheetData>", b""), (b'<c r="A2" t="s"><v>2</v>', b'<c r="A2" t="s"><v>99</v>'),
    (b'<c r="A2"', b'<c r="A2"><c r="A2"'), (b"<worksheet", b'<!DOCTYPE a [<!ENTITY b "c">]><worksheet'),
    (b"?>", b' standalone="yes" ?><b/>'),
])
def test_a_damaged_sheet_is_said_to_be(fault_of, old, new):
    assert fault_of(edited(xlsx(ROWS), old, new)) == DAMAGED


def with_last_cell(cell: str) -> bytes:
    return edited(xlsx(ROWS), b"</sheetData>", f'<row r="4">{cell}</row></sheetData>'.encode())


@pytest.mark.parametrize("cell", [
    '<c r="C4" t="str"><f>""</f><v></v></c>', '<c r="C4" t="str"/>', '<c r="C4" s="0"/>', '<c r="C4"><v/></c>',
    '<c r="C4" t="s"/>', '<c r="C4" t="inlineStr"><is><t></t></is></c>', '<c r="C4" t="inlineStr"/>',
    '<c r="C4" t="b"/>',
    '<c r="C4" t="inlineStr"><is><rPh sb="0" eb="1"><t>spoken</t></rPh></is></c>', '<c r="C4" t="str"><v> </v></c>',
    '<c r="C4" t="inlineStr"><is><t xml:space="preserve">_x000a_</t></is></c>',
])
def test_a_last_cell_that_says_nothing_is_no_damage(rows_of, cell):
    rows = rows_of(with_last_cell(cell))
    assert [row[:2] for row in rows[:3]] == [["Record ID", "Safe"], ["C1", "7"], ["C2", "8"]]
    assert not any(text.strip() for row in rows[3:] for text in row)


@pytest.mark.parametrize("cell", [
    '<c r="C4" t="str"><v><![CDATA[lost]]></v></c>', '<c r="C4"><v>&#55;</v></c>',
    '<c r="C4" t="inlineStr"><v>x</v></c>',
    '<c r="C4"><c r="D4"><v>1</v></c></c>',
])
def test_a_value_that_the_reader_leaves_out_is_damage_and_no_blank(fault_of, cell):
    assert fault_of(with_last_cell(cell)) == DAMAGED


@pytest.mark.parametrize("cell", [
    "<table:table-cell><text:p>of no kind</text:p></table:table-cell>",
    '<table:table-cell office:value-type="string"><text:p><![CDATA[a]]>b</text:p></table:table-cell>',
    '<table:table-cell office:value-type="string"><text:h>heading</text:h></table:table-cell>',
])
def test_so_it_is_in_an_open_document_too(fault_of, cell):
    assert fault_of(ods(ods_row(ods_cell("C1"), cell)), name="f.ods") == DAMAGED


def test_a_text_outside_its_place_is_no_text(rows_of):
    raw = edited(xlsx(ROWS), b"<si>", b"<t>astray</t><si>", "xl/sharedStrings.xml")
    assert rows_of(raw)[0] == ["Record ID", "Safe"]


def test_more_styles_than_a_workbook_can_have_are_damage(fault_of):
    many = b'<xf numFmtId="0"/>' * 65_491 + b"</cellXfs>"
    assert fault_of(edited(xlsx(ROWS), b"</cellXfs>", many, "xl/styles.xml")) == DAMAGED


def test_shared_texts_that_say_nothing_are_no_damage(rows_of):
    parts = parts_of(xlsx([["Record ID", "Safe"], ["C1", "blank"], ["C2", "Good"]]))
    for nothing in (b"<t></t>", b"<t/>", b"", b"<t> </t>", b'<rPh sb="0" eb="1"><t>spoken</t></rPh>'):
        texts = parts["xl/sharedStrings.xml"].replace(b"<t>blank</t>", nothing)
        assert rows_of(packed({**parts, "xl/sharedStrings.xml": texts}))[1:] == [["C1", ""], ["C2", "Good"]]


def test_more_merged_cells_than_any_table_has_are_refused(fault_of):
    merged = b"<mergeCells>" + b'<mergeCell ref="A1:B1"/>' * 100_001 + b"</mergeCells>"
    assert fault_of(edited(xlsx(ROWS), b"</sheetData>", b"</sheetData>" + merged)) == (
        "sheet 'Records': more than 100,000 groups of cells are merged; unmerge them and fill each in.")


@pytest.mark.parametrize("part", ["xl/sharedStrings.xml", "xl/_rels/workbook.xml.rels", SHEET])
def test_a_workbook_that_lacks_a_part_or_half_of_it_is_damaged(fault_of, part):
    parts = parts_of(xlsx(ROWS))
    assert fault_of(packed({**parts, part: parts[part][:len(parts[part]) // 2]})) == DAMAGED
    assert fault_of(packed({name: content for name, content in parts.items() if name != part})) == DAMAGED


def test_rows_and_cells_without_their_places_stand_one_after_the_other(rows_of):
    parts = parts_of(xlsx(ROWS))
    bare = re.sub(rb'(<row|<c) r="[A-Z]*\d+"', rb"\1", parts[SHEET])
    assert rows_of(packed({**parts, SHEET: bare})) == [["Record ID", "Safe"], ["C1", "7"], ["C2", "8"]]


def test_a_sheet_whose_names_bear_a_prefix_is_read_alike(rows_of):
    parts = parts_of(xlsx(ROWS))
    prefixed = re.sub(rb"<(/?)(?=[a-z])", rb"<\1x:", parts[SHEET]).replace(b"xmlns=", b"xmlns:x=")
    assert rows_of(packed({**parts, SHEET: prefixed})) == [["Record ID", "Safe"], ["C1", "7"], ["C2", "8"]]
    broken = with_cell(xlsx(ROWS), "B2", '<c r="B2" t="e"><v>#N/A</v></c>')
    with pytest.raises(InputFault, match="an error stands in B2"):
        rows_of(packed({**parts, SHEET: re.sub(rb"<(/?)(?=[a-z])", rb"<\1x:", parts_of(broken)[SHEET])
                        .replace(b"xmlns=", b"xmlns:x=")}))


def test_a_cut_off_archive_is_damaged_and_a_flipped_byte_is_noticed(fault_of):
    raw = xlsx(ROWS)
    assert fault_of(raw[:-30]) == fault_of(raw[:len(raw) // 2]) == DAMAGED
    at = raw.index(SHEET.encode()) + len(SHEET) + 200
    assert fault_of(raw[:at] + bytes([raw[at] ^ 64]) + raw[at + 1:]) == DAMAGED


def bomb(size: int) -> bytes:
    """A sheet of so many bytes, nearly all of them blanks, that is packed to almost nothing."""
    parts = parts_of(xlsx(ROWS))
    return packed({**parts, SHEET: parts[SHEET].replace(b"</sheetData>", b" " * size + b"</sheetData>")})


def test_a_file_made_to_fill_the_memory_is_refused_unopened(fault_of):
    raw = bomb(40 << 20)
    assert len(raw) < 100_000
    assert fault_of(raw) == ("the workbook is too large to be opened (512 MiB of text or 10,000,000 cells at most); "
                             "save the sheet as CSV and send that.")


def test_a_directory_that_lies_about_sizes_is_found_out(fault_of):
    raw = bomb(40 << 20)
    with zipfile.ZipFile(io.BytesIO(raw)) as book:
        size = book.getinfo(SHEET).file_size.to_bytes(4, "little")
    assert raw.count(size) == 2, "in the part's own header and in the directory"
    assert fault_of(raw.replace(size, (1000).to_bytes(4, "little"))) == DAMAGED


def test_blank_room_that_shrinks_well_is_no_bomb_where_it_is_small(rows_of):
    assert len(rows_of(bomb(4 << 20))) == 3


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_parts_of_one_name_are_damage(fault_of):
    raw = io.BytesIO(xlsx(ROWS))
    with zipfile.ZipFile(raw, "a") as book:
        book.writestr(SHEET, b"<worksheet/>")
    assert fault_of(raw.getvalue()) == DAMAGED


LOCKED = "the workbook is locked with a password; save it without one."


def test_a_locked_workbook_is_said_to_be(fault_of):
    raw = bytearray(xlsx(ROWS))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):  # the flag that says a part is encrypted
        for match in re.finditer(re.escape(mark), bytes(raw)):
            raw[match.start() + offset] |= 1
    assert fault_of(bytes(raw)) == LOCKED
    assert fault_of(ods(ods_row(ods_cell("x")), locked=True), name="f.ods") == LOCKED
    old = bytearray(OLD.read_bytes())
    assert old[512:516] == b"\x09\x08\x10\x00", "the stream of records begins there, with a record of 20 bytes"
    old[532:534] = b"\x2f\x00"  # the record that says how the rest is encrypted
    assert fault_of(bytes(old), name="f.xls") == LOCKED


@pytest.mark.parametrize(("raw", "sentence"), [
    (b"Record ID,Safe\n1,Good\n", "the file is a text file under a workbook's name; give it the ending .csv."),
    (b"Record ID\tSafe\r\n1\tGood\r\n", "the file is a text file under a workbook's name; give it the ending .csv."),
    (b"\n<html><table><tr><td>x</td></tr></table></html>", "the file is a web page or XML under a workbook's name; "
                                                           "open it in "
                                                        "a spreadsheet program, save it as XLSX and send that."),
    (b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>', "the file is a web page or XML under a "
                                                                       "workbook's name; open it in a spreadsheet "
                                                                       "program, save it as XLSX and send that."),
    (b"%PDF-1.7", "the file is a PDF under a workbook's name; send the table itself, as CSV or XLSX."),
    (b"", "no workbook that can be read; save it as XLSX and send it again."),
    (b"words", "no workbook that can be read; save it as XLSX and send it again."),
    (packed({"inner.zip": packed({"inner.zip": packed({"a": b"b"})})}), "no workbook that can be read; save it as "
                                                                        "XLSX and send it again."),
])
@pytest.mark.parametrize("name", ["f.xlsx", "f.xls", "f.ods"])
def test_what_is_no_workbook_is_told_for_what_it_is(fault_of, raw, sentence, name):
    assert fault_of(raw, name=name) == sentence


@pytest.mark.parametrize("name", ["f.xlsx", "f.xls", "f.ods"])
def test_a_workbook_is_read_by_what_it_is_whatever_its_ending(rows_of, name):
    assert rows_of(xlsx([["x"]]), name=name) == rows_of(ods(ods_row(ods_cell("x"))), name=name) == [["x"]]
    assert rows_of(OLD.read_bytes(), "Merged", name=name)[1] == ["C001", "Good"]


@pytest.mark.parametrize("content", ["<table:table-row><table:table-cell "
                                     "table:number-columns-repeated=\"0\"/></table:table-row>",
                                     ods_row("<table:table-cell><table:table table:name=\"in\"/></table:table-cell>"),
                                     ods_row(ods_cell("much", "float"))])
def test_a_damaged_open_document_is_said_to_be(fault_of, content):
    assert fault_of(ods(content), name="f.ods") == DAMAGED


@pytest.mark.parametrize("cut", [100, 600, 5000, 13_000])
def test_a_damaged_old_workbook_is_said_to_be(fault_of, cut):
    assert fault_of(OLD.read_bytes()[:cut], name="f.xls") == DAMAGED


# ---- real workbooks --------------------------------------------------------------------------------------------------

@pytest.mark.skipif(not REAL.is_dir(), reason="the real workbooks are not beside the project")
def test_a_real_workbook_and_the_csv_saved_from_it_say_the_same():
    """The publisher sends one table as XLSX and as CSV: kept as 0.5834945, the former's figure is saved as 58%."""
    def plain(rows):
        cells = [[" ".join(cell.replace(",", "").split()) for cell in row] for row in rows]
        return [" | ".join(map(rounded, row)).rstrip(" |") for row in cells if any(row)]

    def rounded(cell):
        return f"{Decimal(cell[:-1]).quantize(Decimal(1), ROUND_HALF_UP)}%" if cell.endswith("%") else cell
    (book,), (saved,) = REAL.glob("*2016*.xlsx"), REAL.glob("*2016*.csv")
    opened = open_sheet(book, None, book.name)
    opened.refuse_merged(2)
    text, _ = decoded(saved.read_bytes(), None, saved.name)
    shown = plain(opened.rows)
    assert sum(row.count("%") for row in shown) > 12_000
    assert shown == plain(csv.reader(io.StringIO(text, newline="")))
