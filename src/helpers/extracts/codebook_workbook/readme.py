"""The sheet that tells colleagues how to fill in a codebook's workbook."""

from collections.abc import Iterator

from helpers.extracts.codebook_workbook.instrument import INSTRUMENT, SETTINGS
from helpers.extracts.codebook_workbook.sheets import SHEETS

README = "Read me"

_HOW = (
    "This workbook says what an export's columns mean, so that a program can read it. Fill it in and send it back.",
    "One row is one thing. Add rows below, or insert them; empty rows are passed over. Keep sheets and headings.",
    "A cell shows what belongs in it when you choose it. Cells with an arrow offer the words they take.",
    "Every cell is text: 007 stays 007, and a text may begin with = + - or @.",
    "Several spellings in one cell stand on a line each (Alt+Enter begins a new line).",
    "An empty cell means that nothing is said, and the usual applies. (blank) means the answer that an empty cell is.",
    'Double quotes keep a text from being taken for something else: "16 to 25" is an answer of these words, 16 to 25 '
    'means from 16 to 25. Within them \\" is a quotation mark, \\n a new line and \\\\ a backslash.',
    "A condition is a column, a colon and what it has to say: age: 16 to 25; aftercare: yes or no; placement: missing. "
    "All have to hold that ; parts. Also: from 16, up to 25, present, missing, a kind of missing such as not asked.",
    "Numbers under No. keep the order, which counts for scales, cases and rules. To move a row, change its number.",
    "Please write no names and no particulars of any person into this workbook.",
)


def readme(title: str) -> Iterator[tuple[str, ...]]:
    """The lines of the sheet: the style of each, then its cells."""
    yield ("title", f"Codebook: {title}")
    yield from (("plain", line) for line in ("", *_HOW, ""))
    yield ("head", "Sheet", "Heading", "What to write")
    yield ("note", INSTRUMENT, "", "What the instrument is called, and how its files are laid out.")
    yield from (("note", INSTRUMENT, setting.title, setting.help) for setting in SETTINGS)
    for sheet in SHEETS:
        yield ("note", sheet.title, "", sheet.about)
        yield from (("note", sheet.title, heading.title, heading.help) for heading in sheet.headings
                    if not heading.seldom)
