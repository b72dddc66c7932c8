"""The sheets of a codebook's workbook as data: what each is for, its headings, how their cells are written."""

from helpers.extracts.codebook_workbook.cells import (
    ANSWERS,
    BOUND,
    CHARACTER,
    CONDITIONS,
    FORMATS,
    LEVELS,
    LINES,
    NAMES,
    NUMBER,
    PAIRS,
    SOURCE,
    TEXT,
    WHOLE,
    YES_NO,
    chosen,
)
from helpers.extracts.codebook_workbook.headings import Heading, Sheet, words_of
from helpers.extracts.codebooks.codebook import Linked
from helpers.extracts.codebooks.ruled import Rule
from helpers.extracts.codebooks.variables import KINDS, Column, Derived, Score

_KIND = chosen(*KINDS)
_UNDECLARED = chosen(*words_of(Column, "undeclared"))

ORDER = Heading("No.", "order", NUMBER,
                "The rows' order, which counts. Left empty, a row stays below the one above it; 3.5 puts it between "
                "3 and 4.", 6)
_NAME = Heading("Clean name", "name", TEXT,
                "Small letters, digits and underscores, a letter first: age_group. Other sheets use this name.", 24)
_LABEL = Heading("Label", "label", TEXT, "Short, for charts and tables.", 26)
_QUESTION = Heading("Question", "question", TEXT, "The full wording.", 40)
_SCALE = Heading("Scale", "scale", TEXT,
                 "For the types ordinal and binary: a scale of the sheet Scales.", 16, "Scales")
_ANSWERS = Heading("Answers", "values", SOURCE,
                   "For the types nominal and multi-select: listed (on the sheet Answers), or those of the study.")
_UNIT = Heading("Unit", "unit", TEXT,
                "Of a count or number, in words. percent lets a % sign stand beside the figure.", 12)
_SENSITIVE = Heading("Sensitive", "sensitive", YES_NO, "yes: tables protect 0% and 100% too.", 10)
_PERSONAL = Heading("Personal", "personal", chosen(*words_of(Column, "personal")),
                    "drop: never kept. refuse: a file that has it is refused. use: for rules and derived columns, "
                    "then dropped.", 10)


def _owner(what: str) -> Heading:
    return Heading("Column", "column", TEXT, what, 24, "Columns")


COLUMNS = Sheet("Columns", "A row a column of the export.", (
    ORDER, _NAME, _LABEL, _QUESTION,
    Heading("What exports call it", "source", LINES,
            "Headers as they stand in the export, one a line. The clean name always counts too.", 40),
    Heading("Header patterns", "patterns", LINES,
            "Headers with * and ? for what varies, one a line; looked at where no header to the left fits.", 20),
    Heading("Type", "type", chosen(*words_of(Column, "type")),
            "ordinal: answers in order. binary: two. nominal: no order. identifier: compared, never shown. text: in "
            "one's own words."),
    _SCALE, _ANSWERS,
    Heading("Must be answered", "required", YES_NO, "yes: a row without an answer is set aside for correction.", 10),
    Heading("May be absent", "optional", YES_NO, "yes: a file may lack the column; its rows count as not asked.", 10),
    _SENSITIVE, _PERSONAL,
    Heading("Date format", "format", FORMATS,
            "For the type date: dd/mm/yyyy or %d/%m/%Y, one a line. 2020-01-31 is always read."),
    _UNIT,
    Heading("Asked only if", "asked_if", CONDITIONS,
            "Who was asked, such as age: from 16; aftercare: yes or no. Others count as not asked.", 30),
    Heading("Unknown answers", "undeclared", _UNDECLARED,
            "What an answer listed nowhere leads to, where not as on the sheet Instrument."),
    Heading("Separator", "separator", CHARACTER, "multi-select: all picks stand in one cell, parted by this.", 10),
    Heading("Says picked", "picked", LINES,
            "multi-select: what the cell of a picked choice may say, beside its label and yes, 1, x; one a line."),
    Heading("Says not picked", "not_picked", LINES,
            "multi-select: what the cell of a choice not picked may say, beside no and 0; one a line."),
    Heading("Nothing picked means", "none_picked", chosen(*words_of(Column, "none_picked")),
            "multi-select: what it means that no choice was picked. Empty: not recorded."),
), "columns")

ANSWERS_LISTED = Sheet("Answers", "The answers of nominal and multi-select columns, a row an answer.", (
    ORDER, _owner("The column's clean name."),
    Heading("Answer", "answer", TEXT, "A short name for the answer, the same in rules and conditions.", 24),
    Heading("What exports write", "spellings", LINES, "Every spelling, one a line; the first is the label.", 40),
))

ITEMS = Sheet("Items", "The items of a matrix question, all answered alike: a row an item.", (
    ORDER, _owner("The question's clean name."),
    Heading("Item", "item", TEXT, "A short name; the item becomes the column question_item.", 24),
    Heading("What exports call it", "spellings", LINES, "Every spelling, one a line; the first is the label.", 40),
))

MISSING = Sheet("Missing", "What stands for no answer, and why there is none. A row of one column counts for it in "
                           "place of the general row of that kind.", (
    ORDER, _owner("Empty: for all columns. Otherwise the column's clean name."),
    Heading("Why there is no answer", "kind", _KIND, "One of the kinds of missing.", 22),
    Heading("What exports write", "spellings", LINES,
            "Every spelling, one a line; (blank) is an empty cell. Left empty: this column has none of the kind.", 40),
))

SCALES = Sheet("Scales", "Answers in order, a row a level, from low to high: high is more of what is asked. A yes/no "
                         "is a scale of two levels, no and yes.", (
    ORDER, Heading("Scale", "scale", TEXT, "The scale's name, on every row of it.", 20),
    Heading("Level", "name", TEXT, "A short name, the same in rules and conditions.", 20),
    Heading("Label", "label", TEXT, "As charts and tables show it.", 26),
    Heading("What exports write", "spellings", LINES, "Further spellings, one a line; level and label count too.", 40),
    Heading("Points", "points", NUMBER, "What the level counts in a score; empty: 1, 2, 3 from the bottom.", 8),
    Heading("Cut at", "cut", TEXT,
            "On one row of the scale: the level from which answers count as the upper of two categories."),
    Heading("Upper category", "above", TEXT, "On one row of the scale: its name, such as Good or better.", 20),
    Heading("Lower category", "below", TEXT, "On one row of the scale: its name, such as Adequate or lower.", 20),
))

LINKED = Sheet("Linked", "Columns of another extract, laid beside each row that has its key. A row a link.", (
    ORDER, Heading("Extract", "extract", TEXT, "The other extract's name in study.toml.", 24),
    Heading("Matched on", "on", NAMES, "Columns that both have, one a line.", 24),
    Heading("Columns", "columns", PAIRS, "name here = name there, one a line.", 40),
    Heading("Of several rows", "keep", chosen(*words_of(Linked, "keep")), "Which counts; only: there may be but one."),
    Heading("First or last by", "by", TEXT, "The column there that says which is first; empty: as they stand."),
    Heading("Only rows where", "where", CONDITIONS, "Which rows there count, such as status: open. Empty: all.", 30),
    Heading("Counted as", "count", TEXT, "A clean name: the column that says how many rows there have the key."),
    Heading("Not found means", "absent", _KIND, "What a row is said to be whose key is not there."),
), "linked")

SCORES = Sheet("Scores", "Numbers made of items that have scales.", (
    ORDER, _NAME, _LABEL, _QUESTION,
    Heading("Items", "items", NAMES, "Clean names, one a line.", 30),
    Heading("Reversed items", "reversed", NAMES, "Items worded the other way round, one a line.", 30),
    Heading("Made as", "how", chosen(*words_of(Score, "how")), "mean, or sum: the mean times the number of items.", 10),
    Heading("Least answered", "minimum", WHOLE, "Items that must be answered; with fewer there is no score.", 10),
    _UNIT, _SENSITIVE, _PERSONAL,
    Heading("Scale", "scale", TEXT, "A score has none.", seldom=True),
    Heading("Answers", "values", SOURCE, "A score has none.", seldom=True),
    Heading("Type", "type", chosen(*words_of(Score, "type")), "A score is a number.", seldom=True),
), "scores")

DERIVED = Sheet("Derived", "Columns made from others: by the sheet Cases, or whole years between two dates.", (
    ORDER, _NAME, _LABEL, _QUESTION,
    Heading("Type", "type", chosen(*words_of(Derived, "type")), "As on the sheet Columns; count for years."),
    _SCALE, _ANSWERS,
    Heading("Years between", "years_between", NAMES,
            "The earlier date's column, and below it the later one's or a day such as 2020-07-31.", 24),
    Heading("Otherwise", "otherwise", _KIND, "The kind of missing where no case fits. Empty: not recorded."),
    _UNIT, _SENSITIVE, _PERSONAL,
), "derived")

CASES = Sheet("Cases", "How a derived column comes about: tried in order, and the first that fits decides.", (
    ORDER, Heading("Column", "column", TEXT, "The derived column's clean name.", 24, "Derived"),
    Heading("Answer", "value", TEXT, "What the derived column then says.", 24),
    Heading("When", "when", CONDITIONS,
            "What has to hold, such as age: 16 to 25; placement: missing. always: no condition.", 60),
    Heading("Because", "because", TEXT, "The reason, for readers.", 50),
))

RULES = Sheet("Rules", "What a row must not be, applied in order.", (
    ORDER, Heading("Name", "name", TEXT, "Small letters, digits and underscores: age_in_range.", 24),
    Heading("What happens", "severity", chosen(*words_of(Rule, "severity")),
            "note: counted only. quarantine: set aside for correction. exclude: left out. refuse: the whole extract."),
    Heading("Sentence", "sentence", TEXT, "The reason, for readers.", 40),
    Heading("Remedy", "remedy", TEXT, "What the sender can do.", 40),
    Heading("Check", "check", chosen(*words_of(Rule, "check")),
            "What is looked at; README.md of the codebooks explains each."),
    Heading("Column", "column", TEXT, "The column looked at, or the total.", 24),
    Heading("Columns", "columns", NAMES, "The columns looked at, one a line; for order the earlier first.", 24),
    Heading("Allowed answers", "values", ANSWERS,
            "For allowed: one a line. A number that is a word goes in double quotes."),
    Heading("Pattern", "pattern", TEXT, "For pattern: a regular expression."),
    Heading("Least", "min", BOUND, "A number, or a day such as 2020-01-31.", 12),
    Heading("Greatest", "max", BOUND, "A number, or a day such as 2020-01-31.", 12),
    Heading("Keep", "keep", chosen(*words_of(Rule, "keep")), "Of rows that stand for the same."),
    Heading("If", "if", CONDITIONS, "Which rows the rule is about, such as collector: preview. Empty: all.", 40),
    Heading("Then", "then", CONDITIONS, "What has to hold for them.", 40),
    Heading("Parts", "parts", CONDITIONS,
            "For adds up: which rows are added, such as area: north or south. Empty: all but the total.", 40),
    Heading("Extract", "extract", TEXT, "The other extract's name in study.toml."),
    Heading("Least answered", "minimum", WHOLE, "For answered: how many of the columns. Empty: 1.", 10),
    Heading("Rounded to", "rounded_to", NUMBER, "For adds up: figures rounded to it need not add up exactly.", 10),
), "rules")

EARLIER = Sheet("Earlier", "How an earlier wave's columns map to these; the same name and answers need no word.", (
    ORDER, Heading("Extract", "extract", TEXT, "The earlier wave's extract in study.toml.", 24),
    Heading("Columns", "columns", PAIRS, "name here = name there, one a line.", 50),
    Heading("Answers", "levels", LEVELS, "column here: answer there = answer here, one a line.", 50),
), "earlier")

SHEETS = (COLUMNS, ANSWERS_LISTED, ITEMS, MISSING, SCALES, LINKED, SCORES, DERIVED, CASES, RULES, EARLIER)
