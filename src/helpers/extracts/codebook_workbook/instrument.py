"""The sheet Instrument of a codebook's workbook: a row a setting, by its path in the codebook."""

from helpers.extracts.codebook_workbook.cells import CHARACTER, LINES, NAMES, TEXT, WHOLE, WHOLE_OR_FIND, chosen
from helpers.extracts.codebook_workbook.headings import Heading, words_of
from helpers.extracts.codebooks.layout import Reading

INSTRUMENT = "Instrument"
TITLES = ("What", "Answer", "Meaning")

SETTINGS = (
    Heading("Name", "instrument", TEXT, "The codebook's own name: small letters, digits and underscores."),
    Heading("Title", "title", TEXT, "As readers call the instrument."),
    Heading("One row is a", "row", TEXT, "The word for one row, in sentences: record, response, child, year."),
    Heading("People told apart by", "person", NAMES, "Columns that tell one person from another, one a line."),
    Heading("Ignored columns", "ignore.columns", LINES,
            "Headers, or patterns with * and ?, that exports carry and nobody reads; one a line."),
    Heading("Header style", "reading.style", chosen(*words_of(Reading, "style")),
            "plain: one header row. surveymonkey: two. qualtrics: three. limesurvey: codes. stacked: see below."),
    Heading("Header rows", "reading.header_rows", WHOLE, "For the style stacked: how many rows the header takes."),
    Heading("Sheet", "reading.sheet", TEXT, "Workbooks: the sheet's name. Empty: the first."),
    Heading("Rows above the header", "reading.skip_rows", WHOLE_OR_FIND,
            "A number; or find: the header is looked for. Empty: none."),
    Heading("Encoding", "reading.encoding", TEXT, "Only where finding out fails: cp1252."),
    Heading("Delimiter", "reading.delimiter", CHARACTER, "Only where finding out fails: one character, or tab."),
    Heading("Unknown answers", "reading.undeclared", chosen(*words_of(Reading, "undeclared")),
            "refuse: the file. quarantine: the row."),
    Heading("Joined: sheets", "reading.join.sheets", LINES, "Further sheets laid beside the first, one a line."),
    Heading("Joined: key", "reading.join.on", LINES, "Headers that make up the key, on every sheet; one a line."),
    Heading("A row an answer: response", "reading.pivot.response", LINES,
            "Headers that tell responses apart, one a line."),
    Heading("A row an answer: question", "reading.pivot.question", TEXT, "The header above the questions."),
    Heading("A row an answer: answer", "reading.pivot.answer", TEXT, "The header above the answers."),
    Heading("Groups across: kept", "reading.unpivot.keep", LINES, "Headers that stay columns, one a line."),
    Heading("Groups across: names", "reading.unpivot.names", LINES,
            "What the parts of other headers are called, one a line."),
    Heading("Groups across: value", "reading.unpivot.value", TEXT, "What their cells are called."),
    Heading("Groups across: headings", "reading.unpivot.headings", TEXT,
            "What the text of a row without any figure is called; it counts for the rows below."),
    Heading("Groups across: separator", "reading.unpivot.separator", TEXT, "Between the parts of a header."),
)
