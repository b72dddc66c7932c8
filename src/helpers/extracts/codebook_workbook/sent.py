"""A codebook written as a workbook that colleagues fill in: text in every cell, words to choose from, help beside."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from pathlib import Path

import xlsxwriter

from helpers.extracts.codebook_workbook.headings import Heading, Sheet
from helpers.extracts.codebook_workbook.instrument import INSTRUMENT, SETTINGS, TITLES
from helpers.extracts.codebook_workbook.readme import README, readme
from helpers.extracts.codebook_workbook.sheets import ORDER, SHEETS
from helpers.extracts.codebooks.codebook import Codebook
from helpers.study import InputFault

_MADE = datetime(2020, 1, 1)  # the same codebook gives the same bytes, whenever it is sent
_LONGEST = 32_767  # characters that a cell of a workbook can hold
_LINE, _MOST_LINES = 15, 27  # points of a line; a spreadsheet has no row higher than 409 points
_ROWS = 2_000  # rows prepared for filling in
_OFFERED = 255  # characters that a list to choose from can hold

# The Text format keeps what is typed as it is typed: 007 stays 007, 2-1 is no date, = begins no formula.
_FORMATS = {
    "cell": {"num_format": "@", "text_wrap": True, "valign": "top"},
    "head": {"num_format": "@", "text_wrap": True, "valign": "top", "bold": True, "bg_color": "#D9E2F3", "bottom": 1},
    "note": {"text_wrap": True, "valign": "top", "font_color": "#595959"},
    "title": {"bold": True, "font_size": 14},
}


def to_workbook(codebook: Codebook, path: Path) -> None:
    """The codebook as an XLSX file at `path`; raises InputFault where a name stands twice or a cell cannot hold it."""
    content = codebook.model_dump(by_alias=True, exclude_defaults=True)
    _refuse_doubled(content)
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    whole = BytesIO()  # so that a fault leaves no half a file
    with xlsxwriter.Workbook(whole, options) as book:
        book.set_properties({"title": f"Codebook: {codebook.title}", "created": _MADE})
        formats = {name: book.add_format(given) for name, given in _FORMATS.items()}
        _write_readme(book.add_worksheet(README), codebook, formats)
        _write_settings(book.add_worksheet(INSTRUMENT), content, formats)
        rows = rows_of(content)
        scales = list(content.get("scales", {}))
        for sheet in SHEETS:
            _write_sheet(book.add_worksheet(sheet.title), sheet, rows[sheet.title], formats, {"Scales": scales})
    path.write_bytes(whole.getvalue())


def rows_of(content: dict) -> dict[str, list[dict]]:
    """Sheet → its rows, key → value: what a codebook nests is laid out flat, beside the name of what owns it."""
    owners = [*content["columns"], *content.get("scores", []), *content.get("derived", [])]
    return {
        **{sheet.title: content.get(sheet.section, []) for sheet in SHEETS if sheet.section},
        "Answers": [{"column": owner["name"], "answer": answer, "spellings": spellings} for owner in owners
                    if isinstance(owner.get("values"), dict) for answer, spellings in owner["values"].items()],
        "Items": [{"column": owner["name"], "item": item, "spellings": spellings} for owner in content["columns"]
                  for item, spellings in owner.get("items", {}).items()],
        "Missing": [*_missing(content), *(row for owner in owners for row in _missing(owner, column=owner["name"]))],
        "Scales": [row for name, scale in content.get("scales", {}).items() for row in _levels(name, scale)],
        "Cases": [{"column": owner["name"], **case} for owner in owners for case in owner.get("cases", [])],
    }


def _missing(owner: dict, **whose) -> list[dict]:
    return [{**whose, "kind": kind, "spellings": spellings} for kind, spellings in owner.get("missing", {}).items()]


def _levels(name: str, scale: dict) -> Iterator[dict]:
    once = {key: scale[key] for key in ("cut", "above", "below") if key in scale}
    for number, level in enumerate(scale["levels"]):
        yield {"scale": name, **level, **(once if number == 0 else {})}


def _refuse_doubled(content: dict) -> None:
    names = Counter(owner["name"] for key in ("columns", "scores", "derived") for owner in content.get(key, []))
    if faults := [f"column '{name}': declared {times} times; keep one." for name, times in names.items() if times > 1]:
        raise InputFault(faults)


def _printable(page) -> None:
    """A page as wide as its sheet, its headings on each."""
    page.set_landscape()
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)


def _write_readme(page, codebook: Codebook, formats: dict) -> None:
    _printable(page)
    page.set_column(0, 0, 24)
    page.set_column(1, 1, 30)
    page.set_column(2, 2, 90)
    for row, (style, *cells) in enumerate(readme(codebook.title)):
        for column, text in enumerate(cells):
            page.write_string(row, column, text, formats.get(style))


def _write_settings(page, content: dict, formats: dict) -> None:
    page.freeze_panes(1, 1)
    _printable(page)
    page.set_column(0, 0, 28)
    page.set_column(1, 1, 50, formats["cell"])
    page.set_column(2, 2, 70)
    page.ignore_errors({"number_stored_as_text": "A1:C100"})
    page.write_row(0, 0, TITLES, formats["head"])
    for row, setting in enumerate(SETTINGS, start=1):
        value = content
        for key in setting.key.split("."):
            value = value.get(key) if value else None
        page.write_string(row, 0, setting.title)
        page.write_string(row, 1, "" if value is None else _cell(setting, value, INSTRUMENT), formats["cell"])
        page.write_string(row, 2, setting.help, formats["note"])
        if setting.form.choices:
            page.data_validation(row, 1, row, 1, _choices(setting.form.choices))


def _write_sheet(page, sheet: Sheet, rows: list[dict], formats: dict, names: dict[str, list[str]]) -> None:
    headings = [heading for heading in sheet.headings if not heading.seldom or any(heading.key in row for row in rows)]
    page.freeze_panes(1, 2)
    _printable(page)
    page.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
    for column, heading in enumerate(headings):
        page.set_column(column, column, heading.width, formats["cell"])
        page.write_string(0, column, heading.title, formats["head"])
        page.data_validation(1, column, max(_ROWS, len(rows)), column, _validation(heading, names))
    for number, entry in enumerate(rows, start=1):
        row = {**entry, ORDER.key: number}
        said = {column: _cell(heading, row[heading.key], sheet.title)
                for column, heading in enumerate(headings) if heading.key in row}
        for column, text in said.items():
            page.write_string(number, column, text, formats["cell"])
        lines = max(_lines(text, headings[column].width) for column, text in said.items())
        if lines > 1:
            page.set_row(number, _LINE * min(lines, _MOST_LINES))


def _lines(text: str, width: float) -> int:
    """How many lines the text takes in a cell of that width, in characters."""
    return sum(1 + int(len(line) // width) for line in text.split("\n"))


def _cell(heading: Heading, value, sheet: str) -> str:
    text = heading.form.said(value)
    if len(text.encode("utf-16-le")) > 2 * _LONGEST:
        raise InputFault(f"sheet {sheet}, '{heading.title}': {len(text):,} characters, and a workbook's cell holds "
                         f"{_LONGEST:,}; keep this codebook as TOML.")
    return text


def _validation(heading: Heading, names: dict[str, list[str]]) -> dict:
    """What a cell accepts, and the help that shows when it is chosen."""
    told = {"input_title": heading.title[:32], "input_message": heading.help}
    if heading.form.choices:
        return {**_choices(heading.form.choices), **told}
    if not heading.names:
        return {"validate": "any", **told}
    listed = names.get(heading.names, [])
    fits = listed and not {",", '"'} & set("".join(listed)) and len(",".join(listed)) <= _OFFERED
    source = listed if fits else f"={heading.names}!$B$2:$B${_ROWS}"  # column B of every sheet holds the names
    return {"validate": "list", "source": source, "error_type": "information", "error_title": "A new name",
            "error_message": f"The sheet {heading.names} has no such name. Add it there too.", **told}


def _choices(words: tuple[str, ...]) -> dict:
    return {"validate": "list", "source": list(words), "error_title": "Not known",
            "error_message": f"Choose one of: {', '.join(words)}."[:255]}
