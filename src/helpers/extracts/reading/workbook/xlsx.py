"""The cells of an XLSX sheet looked through before its reader opens it, as its XML has them."""

import posixpath
import re

from helpers.extracts.reading.workbook.archive import Archive, damaged
from helpers.extracts.reading.workbook.markup import attribute, read_markup
from helpers.extracts.reading.workbook.scanned import PERCENT, Scanned
from helpers.extracts.reading.workbook.xlsx_cells import Cells, says

BOOK, _TEXTS, _STYLES = "xl/workbook.xml", "xl/sharedStrings.xml", "xl/styles.xml"
_PERCENT_FORMATS = {9: "0%", 10: "0.00%"}  # the two that every program knows by number
MOST_STYLES = 65_490  # of any workbook that a spreadsheet program opens
_FILLED_UP = re.compile(r"0{2,30}")  # 000 shows 7 as 007
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')  # words, escapes and colours within a number format


def scan(archive: Archive, sheet: str) -> Scanned:
    """The sheet looked through; raises InputFault where it is damaged or too large."""
    part, calculates = _part_of(archive, sheet)
    found = Scanned(f"{archive.place}, sheet '{sheet}'")
    cells = Cells(found, _how_shown(archive), _blank_texts(archive), archive.place)
    read_markup(archive.chunks(part), archive.place, cells.start, cells.end, cells.text)
    # A program that writes formulas without working them out puts 0 and asks for all of them to be worked out on
    # opening; where every result is 0 and that is asked, none of them is one.
    if calculates and cells.formulas == len(cells.zeros):
        found.unworked.extend(cells.zeros)
    return found


def other_parts(archive: Archive) -> list[str]:
    """The parts beside the sheets that the reader opens."""
    return [name for name in archive.parts
            if name.endswith((".xml", ".rels")) and not name.startswith("xl/worksheets/")]


def _part_of(archive: Archive, sheet: str) -> tuple[str, bool]:
    """The part that holds the sheet (its number says nothing), and whether the workbook asks to be calculated."""
    links, ids, calculates = {}, {}, False

    def start(name: str, given: dict[str, str]) -> None:
        nonlocal calculates
        if name == "Relationship":
            links[given.get("Id")] = given.get("Target", "")
        elif name == "sheet":
            if given.get("name") in ids:
                raise damaged(archive.place)
            ids[given.get("name")] = attribute(given, "id")
        elif name == "calcPr":
            calculates = given.get("fullCalcOnLoad") in ("1", "true")

    for part in ("xl/_rels/workbook.xml.rels", BOOK):
        read_markup([archive.whole(part)], archive.place, start)
    target = links.get(ids.get(sheet), "")
    part = target[1:] if target.startswith("/") else posixpath.normpath(posixpath.join("xl", target))
    if not target or not archive.has(part):
        raise damaged(archive.place)
    return part, calculates


def _how_shown(archive: Archive) -> dict[str, int]:
    """Cell style → how it shows a number, for styles that show another text than the number: 53%, 007."""
    formats, styles, inside = dict(_PERCENT_FORMATS), [], False

    def start(name: str, given: dict[str, str]) -> None:
        nonlocal inside
        inside = name == "cellXfs" or (inside and name not in ("cellStyles", "cellStyleXfs", "dxfs"))
        if name == "numFmt":
            formats.setdefault(int(given.get("numFmtId", 0)), given.get("formatCode", ""))
        elif name == "xf" and inside:
            styles.append(int(given.get("numFmtId", 0)))
            if len(styles) > MOST_STYLES:
                raise damaged(archive.place)

    if archive.has(_STYLES):
        read_markup(archive.chunks(_STYLES), archive.place, start)
    shown = ((str(number), how_shown(formats.get(style, ""))) for number, style in enumerate(styles))
    return {style: how for style, how in shown if how is not None}


def _blank_texts(archive: Archive) -> bytearray:
    """For each of the shared texts in turn, whether it says nothing; empty where all say something."""
    blank, spoken, reading = bytearray(), False, False

    def start(name: str, given: dict[str, str]) -> None:
        nonlocal spoken, reading
        if name == "si":
            blank.append(1)
        spoken = spoken or name == "rPh"
        reading = name == "t" and not spoken and bool(blank)

    def end(name: str) -> None:
        nonlocal spoken, reading
        spoken = spoken and name != "rPh"
        reading = reading and name != "t"

    def text(part: str) -> None:
        if reading and blank[-1] and says(part):
            blank[-1] = 0

    if archive.has(_TEXTS):
        read_markup(archive.chunks(_TEXTS), archive.place, start, end, text)
    return blank if any(blank) else bytearray()


def how_shown(form: str) -> int | None:
    """PERCENT, the digits it fills a number up to, or None where a number format shows the number as it is."""
    if _FILLED_UP.fullmatch(form):
        return len(form)
    return PERCENT if "%" in _QUOTED.sub("", form) else None
