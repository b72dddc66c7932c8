"""Tables written as the systems export them: workbooks, SurveyMonkey, Qualtrics, plain CSV. Same table, same bytes."""

import csv
import io
import json
import zipfile
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

import pandas as pd
import xlsxwriter

NOTICE = "SYNTHETIC SAMPLE: made by a program; describes no real child, person or area."


def write_workbook(path: Path, table: pd.DataFrame, *, sheet: str, preamble: Sequence[str], dated: date) -> Path:
    """The table as a workbook: preamble rows in column A, then the header, then rows; missing cells stay empty."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True, "strings_to_numbers": False}) as book:
        book.set_properties({
            "title": sheet, "subject": NOTICE, "comments": NOTICE, "author": "helpers.sample",
            "created": datetime(dated.year, dated.month, dated.day),
        })
        page, day = book.add_worksheet(sheet), book.add_format({"num_format": "dd/mm/yyyy"})
        for row, line in enumerate(preamble):
            page.write_string(row, 0, line)
        for column, name in enumerate(table.columns):
            page.write_string(len(preamble), column, name)
        for row, values in enumerate(table.itertuples(index=False), start=len(preamble) + 1):
            for column, value in enumerate(values):
                _write_cell(page, row, column, value, day)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(_stored(content.getvalue()))
    return path


def _write_cell(page, row: int, column: int, value, day) -> None:
    if value is None or value == "" or pd.isna(value):
        return
    if isinstance(value, date):
        page.write_datetime(row, column, datetime(value.year, value.month, value.day), day)
    elif isinstance(value, str):
        page.write_string(row, column, value)
    else:
        page.write_number(row, column, value)


def _stored(workbook: bytes) -> bytes:
    """The workbook packed anew without compression and clock: compressors differ from machine to machine."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as new:
        for name in old.namelist():
            member = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            member.create_system, member.external_attr = 3, 0o600 << 16
            new.writestr(member, old.read(name))
    return packed.getvalue()


def write_rows(path: Path, rows: Sequence[Sequence], *, encoding: str = "utf-8", delimiter: str = ",") -> Path:
    """Rows as a CSV file with Unix line ends."""
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator="\n").writerows(rows)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.getvalue().encode(encoding))
    return path


def write_surveymonkey(path: Path, table: pd.DataFrame, headers: Sequence[tuple[str, str]]) -> Path:
    """The table under SurveyMonkey's two header rows: questions, then options.

    `headers` gives (question, option) a column; as in a real export a question stands over the first of its columns
    only, and the others are blank.
    """
    questions = [question if at == 0 or question != headers[at - 1][0] else ""
                 for at, (question, _) in enumerate(headers)]
    return write_rows(path, [questions, [option for _, option in headers], *_cells(table)], encoding="utf-8-sig")


def write_qualtrics(path: Path, table: pd.DataFrame, texts: dict[str, str]) -> Path:
    """The table under Qualtrics' three header rows: codes, question texts (line breaks and all), ImportId."""
    codes = list(table.columns)
    ids = [json.dumps({"ImportId": _import_id(code)}) for code in codes]
    return write_rows(path, [codes, [texts.get(code, code) for code in codes], ids, *_cells(table)])


def _import_id(code: str) -> str:
    return f"QID{code[1:]}" if code[0] == "Q" and code[1].isdigit() else code[0].lower() + code[1:]


def _cells(table: pd.DataFrame) -> list[list[str]]:
    return table.astype(object).where(table.notna(), "").to_numpy().tolist()
