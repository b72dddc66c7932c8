"""Exports are read as text whatever program wrote them, and a file that cannot be read says so in one sentence."""

import csv
import datetime as dt
import io
import struct
import zipfile
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.extracts import Codebook, Column, clean
from helpers.extracts.codebooks.layout import Reading
from helpers.extracts.reading import files, text, workbooks
from helpers.extracts.reading.encoding import decoded
from helpers.extracts.reading.known import Known
from helpers.extracts.reading.quoting import marks_in_place
from helpers.extracts.reading.sheet import from_rows
from helpers.study import InputFault

REAL = Path(__file__).parents[3] / "shared" / "data" / "csps-uk"

NOTHING = Known(Codebook(instrument="none", title="None", columns=[Column(name="none", label="None", type="text")]))
LINES = "Record ID,Safe\n007,Good\n2.10,Don’t know\n2-1,Weak\n"


def cleaned_ids(study):
    return list(clean(study, "records").table["record"])


def faults_of(study):
    with pytest.raises(InputFault) as raised:
        clean(study, "records")
    assert raised.value.kind == "data"
    return raised.value.faults


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_any_encoding_and_any_line_ends_read_the_same(make, encoding, ends):
    study = make(file=LINES.replace("\n", ends).encode(encoding))
    cleaned = clean(study, "records")
    assert list(cleaned.table["record"]) == ["007", "2.10", "2-1"]
    assert list(cleaned.missing["level_safe"].astype("str").fillna("")) == ["", "dont_know", ""]


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_the_delimiter_is_told_by_the_headers_that_the_codebook_knows(make, mark):
    assert cleaned_ids(make(file=LINES.replace(",", mark))) == ["007", "2.10", "2-1"]


def test_a_delimiter_inside_quotes_is_part_of_the_answer(make):
    codebook_column = '[[columns]]\nname = "words"\nlabel = "Words"\ntype = "text"\n'
    study = make(codebook_column, file='Record ID,Safe,words\n1,Good,"a, b; c\nd"\n2,Weak,"say ""x"""\n')
    assert list(clean(study, "records").table["words"]) == ["a, b; c\nd", 'say "x"']


def test_encoding_and_delimiter_stated_in_the_codebook_are_used(make):
    study = make("[reading]\nencoding = 'utf-16'\ndelimiter = ';'\n",
                 file="Record ID;Safe\n1;Good\n".encode("utf-16"))
    assert cleaned_ids(study) == ["1"]


@pytest.mark.parametrize(("reading", "content", "sentence"), [
    ("", b"", "records.csv: the file is empty; send it again."),
    ("", b"PK\x03\x04rest", "records.csv: the file is a workbook under a text file's name; give it its own ending."),
    ("", b"\x81\x8d",
     "records.csv, line 1: not text in cp1252; state 'encoding' in the codebook's [reading], or export it again as "
     "UTF-8."),
    ("[reading]\nencoding = 'ascii'\n", b"a\n\xe9", "records.csv, line 2: not text in ascii; correct 'encoding' in the "
     "codebook's [reading], or take it away to have it found out."),
    ("[reading]\nskip_rows = 9\n", b"Record ID,Safe\n1,Good\n",
     "records.csv: no header in row 10; send the file again with its header, or correct 'skip_rows' in the codebook's "
     "[reading]."),
    ("", b"Record ID,Safe\n", "records.csv: a header and no row below it; send the file again."),
    ("", b'Record ID,Safe\n1,Good\n2,"Weak\n3,Good\n',
     "records.csv, row 3: a quotation mark is opened and never closed; close it in the file, or export it again."),
    ("", b"Record ID,Safe,\n1,Good,x\n",
     "records.csv: column number 3 has values and no header; name it, or take it out."),
])
def test_a_file_that_cannot_be_read_is_one_sentence(make, reading, content, sentence):
    assert faults_of(make(reading, file=content)) == [sentence]


def test_an_encoding_nobody_knows_is_the_studys_fault(make):
    with pytest.raises(InputFault) as raised:
        clean(make("[reading]\nencoding = 'latin-99'\n", file=LINES), "records")
    assert raised.value.faults == [
        "records.csv: no encoding 'latin-99' is known; correct it in the codebook's [reading]."]


def test_a_missing_extract_is_named_with_the_nearest_file(make):
    study = make(file=None, files="recods.csv")
    (study.raw / "records.csv").write_text("x")
    assert faults_of(study) == [
        "recods.csv: no such file in the folder of raw data (extract 'records'); put it there, or correct 'files' in "
        "study.toml; did you mean 'records.csv'?"]


def test_a_missing_folder_of_raw_data_is_said(make):
    study = make()
    study.raw.rmdir()
    assert faults_of(study) == ["extract 'records': the folder of raw data that study.toml names is not there; put it "
                                "there, or correct 'raw' in [data]."]


# ---- workbooks -------------------------------------------------------------------------------------------------------

COLUMNS = """
[reading]
sheet = "Records"
skip_rows = 2
[[columns]]
name = "opened"
label = "Opened"
type = "date"
format = "%d/%m/%Y"
[[columns]]
name = "age"
label = "Age"
type = "count"
"""
ROWS = [["Synthetic"], [], ["Record ID", "Safe", "Opened", "Age"]]


def test_workbook_cells_come_as_a_reader_sees_them(make):
    study = make(COLUMNS, files="records/*.xlsx")
    make.workbook("records/a.xlsx", [*ROWS, [7, 3, dt.date(2020, 1, 31), 12], ["007", "Good", "31/01/2020", 12.0],
                                     [2.5, "2", dt.datetime(2020, 1, 31, 0, 0), "1,204"]])
    table = clean(study, "records").table
    assert table.astype("str").to_numpy().tolist() == [
        ["7", "good", "2020-01-31", "12"], ["007", "good", "2020-01-31", "12"],
        ["2.5", "adequate", "2020-01-31", "1204"]]


def test_all_files_of_a_folder_are_one_extract_and_lock_files_none(make):
    study = make(COLUMNS, files="records/*.xlsx")
    make.workbook("records/b.xlsx", [*ROWS, ["3", "Good", "", 1]])
    make.workbook("records/a.xlsx", [*ROWS, ["1", "Good", "", 1], ["2", "Weak", "", 1]])
    make.text("raw/records/~$a.xlsx", "locked by somebody")
    assert cleaned_ids(study) == ["1", "2", "3"]


def test_the_faults_of_all_workbooks_come_at_once(make):
    study = make(COLUMNS, files="records/*.xlsx")
    make.workbook("records/a.xlsx", ROWS, sheet="Recodrs")
    make.text("raw/records/b.xlsx", "no workbook")
    make.workbook("records/c.xlsx", [*ROWS, ["1", "Goood", "", 1]])
    assert faults_of(study) == [
        "records/a.xlsx: no sheet 'Records'; did you mean 'Recodrs'?",
        "records/b.xlsx: no workbook that can be read; save it as XLSX and send it again.",
        "records/c.xlsx, column 'Safe': 'Goood' in 1 row (first: row 4): not declared in scale 'four_point'; did you "
        "mean 'Good'? Add it to the codebook's spellings, or correct the extract.",
    ]


def test_sheets_that_the_codebook_does_not_name_and_nobody_read_are_noted(make):
    study = make(COLUMNS.replace('sheet = "Records"', ""), files="a.xlsx")
    with xlsxwriter.Workbook(make.folder / "raw" / "a.xlsx") as book:
        for name in ("Records", "More records"):
            page = book.add_worksheet(name)
            for number, row in enumerate([*ROWS, ["1", "Good", "", "1"]]):
                page.write_row(number, 0, row)
    steps = clean(study, "records").ledger.set_index("rule")
    assert "'More records'" in steps.loc["sheets_not_read", "sentence"]


def test_a_sheet_is_found_however_its_name_is_written(make):
    study = make(COLUMNS, files="records/*.xlsx")
    make.workbook("records/a.xlsx", [*ROWS, ["1", "Good", "", 1]], sheet=" records")
    assert cleaned_ids(study) == ["1"]


def test_a_cell_that_shows_an_error_is_refused_and_not_read_as_blank(make):
    study = make(COLUMNS, files="records/*.xlsx")
    path = make.workbook("records/a.xlsx", [*ROWS, ["1", "Good", "", 1]])
    with zipfile.ZipFile(path) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"]
    parts["xl/worksheets/sheet1.xml"] = sheet.replace(b'<c r="D4"><v>1</v></c>', b'<c r="D4" t="e"><v>#REF!</v></c>')
    with zipfile.ZipFile(path, "w") as book:
        for name, content in parts.items():
            book.writestr(name, content)
    assert faults_of(study) == ["records/a.xlsx, sheet 'Records': an error stands in D4; put the value there."]


def locked_workbook() -> bytes:
    """The least that Excel's encryption leaves readable: a compound file whose directory names an EncryptedPackage."""
    free, end, fat = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
    header = bytes.fromhex("D0CF11E0A1B11AE1") + bytes(16) + struct.pack("<5H", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<9I", 0, 1, 1, 0, 4096, end, 0, end, 0) + struct.pack("<109I", 0, *[free] * 108)

    def entry(name: str, kind: int, child: int) -> bytes:
        text = name.encode("utf-16-le") + b"\0\0"
        return (text.ljust(64, b"\0") + struct.pack("<H2B3I", len(text), kind, 1, free, free, child) + bytes(36)
                + struct.pack("<IQ", end, 0))

    directory = entry("Root Entry", 5, 1) + entry("EncryptedPackage", 2, free) + bytes(256)
    return header + struct.pack("<128I", fat, end, *[free] * 126) + directory


def test_a_locked_workbook_is_said(make):
    study = make(COLUMNS, files="records/*.xlsx")
    make.text("raw/records/a.xlsx", locked_workbook())
    assert faults_of(study) == ["records/a.xlsx: the workbook is locked with a password; save it without one."]


@pytest.mark.skipif(not REAL.is_dir(), reason="the real workbooks are not beside the project")
@pytest.mark.parametrize("ending", ["xlsx", "ods"])
def test_real_workbooks_of_both_kinds_are_read(ending):
    path = next(REAL.glob(f"*.{ending}"))
    rows = workbooks.sheet_rows(path, None, path.name)
    assert len(rows) > 5 and all(isinstance(cell, str) for row in rows for cell in row)


# ---- rows that do not fit the header ---------------------------------------------------------------------------------

def test_rows_with_too_many_or_too_few_cells_go_into_quarantine_and_empty_ones_are_excluded(make):
    study = make(file="Record ID,Safe\n1,Good\n2,Good,Weak\n\n,\n3\n4,Weak\n\n\n")
    cleaned = clean(study, "records")
    assert list(cleaned.table["record"]) == ["1", "4"]
    assert cleaned.ledger.set_index("rule")["rows_caught"].to_dict() == {
        "received": 0, "empty_row": 2, "ragged_row": 2, "kept": 0}
    assert cleaned.quarantine[["row", "rule", "value"]].to_numpy().tolist() == [
        [3, "ragged_row", ""], [6, "ragged_row", ""]]


cells = st.text(st.characters(codec="utf-8", exclude_characters="\x00\x1e\ufeff"), max_size=6)


@given(st.lists(st.tuples(cells, cells), min_size=1, max_size=6).filter(lambda rows: any("".join(rows[-1]).split())))
@settings(max_examples=150, deadline=None)
def test_the_fast_reader_reads_what_pythons_own_reader_reads(rows):
    file = io.StringIO()
    csv.writer(file, quoting=csv.QUOTE_ALL).writerows(rows)
    in_place, spanning = marks_in_place(file.getvalue().encode(), ",")
    fast, ragged = text.arrow_columns(file.getvalue().encode(), 0, 2, ",", spanning)
    slow = list(csv.reader(io.StringIO(file.getvalue(), newline="")))
    assert in_place and not ragged
    assert [[column.text(row) for column in fast] for row in range(len(rows))] == slow == [list(row) for row in rows]


@given(st.lists(st.lists(cells, min_size=1, max_size=4), min_size=1, max_size=9))
@settings(max_examples=300, deadline=None)
def test_the_fast_reader_finds_the_rows_of_another_width_where_pythons_own_reader_finds_them(rows):
    file = io.StringIO()
    csv.writer(file, quoting=csv.QUOTE_ALL).writerows(rows)
    columns, ragged = text.arrow_columns(file.getvalue().encode(), 0, 2, ",")
    slow = from_rows([["a", "b"]], rows, 2)
    assert ragged == slow.ragged
    for row in range(slow.rows):
        said, meant = [column.text(row) for column in columns], [slow.body[at].text(row) for at in range(2)]
        assert said == meant or not "".join(meant).strip(), "a row of blanks is empty, whatever its blanks are"


@pytest.mark.skipif(not REAL.is_dir(), reason="the real exports are not beside the project")
@pytest.mark.parametrize("path", sorted(REAL.parent.rglob("*.csv")), ids=lambda path: path.name)
def test_real_exports_are_read_as_pythons_own_reader_reads_them(path):
    sheet = files.read_sheet(path, path.name, Reading(), NOTHING)
    whole, _ = decoded(path.read_bytes(), None, path.name)
    head, *rows = csv.reader(io.StringIO(whole, newline=""))
    assert sheet.head == [head] and not sheet.ragged
    for at, column in sheet.body.items():
        assert [column.text(row) for row in range(sheet.rows)] == [row[at] if row else "" for row in rows[:sheet.rows]]
    assert not any(cell.strip() for row in rows[sheet.rows:] for cell in row), "only empty rows are left off the end"
