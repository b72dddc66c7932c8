"""A codebook as a workbook: what is sent comes back the same, whatever a spreadsheet program and its user change."""

import re
import zipfile
from pathlib import Path

import pytest
import xlsxwriter
from extracts.codebook_strategies import codebooks, texts
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from helpers.extracts.codebook_workbook import from_workbook, to_workbook
from helpers.extracts.codebook_workbook.conditions import conditions_meant, conditions_said
from helpers.extracts.codebook_workbook.instrument import SETTINGS
from helpers.extracts.codebook_workbook.sheets import SHEETS
from helpers.extracts.codebooks.codebook import Codebook, Earlier, Linked
from helpers.extracts.codebooks.layout import Join, Pivot, Reading, Unpivot
from helpers.extracts.codebooks.ruled import Rule
from helpers.extracts.codebooks.toml import written
from helpers.extracts.codebooks.variables import Case, Column, Derived, Level, Scale, Score
from helpers.study import InputFault, read_toml

ROOT = Path(__file__).parents[2]
OURS = sorted(path for folder in ("study", "tests/studies") for path in (ROOT / folder).glob("**/codebooks/*.toml"))

RECORDS = Codebook.model_validate({
    "instrument": "records", "title": "Records", "missing": {"not_recorded": ["", "not recorded"]},
    "scales": {"change": {"cut": "better", "levels": [
        {"name": "worse", "label": "Worse", "spellings": ["1"]}, {"name": "same", "label": "The same"},
        {"name": "better", "label": "Better"}]}},
    "columns": [
        {"name": "reference", "label": "Reference", "source": ["Ref."], "type": "identifier"},
        {"name": "age", "label": "Age", "type": "count", "missing": {"dont_know": ["99"]}},
        {"name": "placement", "label": "Placement", "type": "nominal",
         "values": {"home": ["At home"], "foster": ["Foster"]}},
        {"name": "safer", "label": "Safer", "type": "ordinal", "scale": "change", "asked_if": {"age": {"min": 5}}},
        {"name": "area", "label": "Area", "type": "nominal", "values": "partnerships"},
    ],
    "derived": [{"name": "grown", "label": "Grown up", "type": "nominal", "cases": [
        {"value": "yes", "when": {"age": {"min": 16, "max": 25}, "placement": ["home", "foster"]}},
        {"value": "no", "when": {}, "because": "All others"}]}],
    "rules": [
        {"name": "aged", "severity": "quarantine", "sentence": "Old.", "check": "range", "column": "age", "max": 25},
        {"name": "known", "severity": "note", "sentence": "Unknown.", "check": "row_is", "if": {"age": "missing"}}],
})


@pytest.fixture
def book(tmp_path):
    """A workbook as it was sent, and as `edited` by a colleague whose program writes it anew."""
    path = tmp_path / "records.xlsx"
    to_workbook(RECORDS, path)
    return path


def edited(path, change):
    """The workbook with `change` made to its sheets, name → rows of cells."""
    sheets = sheets_of(path)
    sheets = change(sheets) or sheets
    with xlsxwriter.Workbook(path) as book:
        for name, rows in sheets.items():
            page = book.add_worksheet(name)
            for number, row in enumerate(rows):
                for column, cell in enumerate(row):
                    write = page.write_string if isinstance(cell, str) else page.write
                    write(number, column, cell)
    return path


def sheets_of(path):
    with CalamineWorkbook.from_path(str(path)) as book:
        return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}


def put(sheet, cell, text):
    """A change of one cell, named as spreadsheets do."""
    column, row = ord(cell[0]) - ord("A"), int(cell[1:]) - 1

    def change(sheets):
        rows = sheets[sheet]
        rows += [[] for _ in range(row + 1 - len(rows))]
        rows[row] += [""] * (column + 1 - len(rows[row]))
        rows[row][column] = text
    return change


def faults(path):
    with pytest.raises(InputFault) as raised:
        from_workbook(path)
    assert raised.value.kind == "study"
    return [fault.removeprefix(f"{path.name}, ") for fault in raised.value.faults]


# There and back.


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.stem)
def test_every_codebook_of_ours_comes_back_the_same(tmp_path, path):
    codebook = read_toml(path, Codebook)
    to_workbook(codebook, tmp_path / "sent.xlsx")
    back = from_workbook(tmp_path / "sent.xlsx")
    assert back == codebook and written(back) == written(codebook)


@given(codebook=codebooks())
@settings(deadline=None, max_examples=50,
          suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
def test_any_codebook_comes_back_the_same(tmp_path, codebook):
    to_workbook(codebook, tmp_path / "sent.xlsx")
    back = from_workbook(tmp_path / "sent.xlsx")
    assert back == codebook and repr(back) == repr(codebook)


def test_the_same_codebook_gives_the_same_bytes(book, tmp_path):
    to_workbook(RECORDS, tmp_path / "again.xlsx")
    assert book.read_bytes() == (tmp_path / "again.xlsx").read_bytes()


def test_every_cell_is_text_however_it_begins(tmp_path):
    live = RECORDS.model_copy(update={"title": "=1+1", "row": "@SUM(A1)", "columns": [
        Column(name="a", label="+1", question="-1", source=["=cmd|' /C calc'!A0", "007"], type="text")]})
    to_workbook(live, tmp_path / "live.xlsx")
    with zipfile.ZipFile(tmp_path / "live.xlsx") as parts:
        pages = [parts.read(name).decode() for name in parts.namelist() if name.startswith("xl/worksheets/")]
        links = [name for name in parts.namelist() if "hyperlink" in parts.read(name).decode()]
    cells = [cell for page in pages for cell in re.findall(r"<c [^>]*>(?=<)", page)]
    assert len(pages) == 13 and cells and all(' t="s"' in cell or cell.endswith("/>") for cell in cells)
    assert not any("<f>" in page for page in pages) and links == []
    assert from_workbook(tmp_path / "live.xlsx") == live


def test_every_key_of_a_codebook_has_a_place_in_the_workbook():
    def keys(model, *nested):
        return {info.alias or key for key, info in model.model_fields.items()} - set(nested)

    headings = {sheet.title: {heading.key for heading in sheet.headings} - {"order"} for sheet in SHEETS}
    assert headings == {
        "Columns": keys(Column, "missing", "items"), "Answers": {"column", "answer", "spellings"},
        "Items": {"column", "item", "spellings"},
        "Missing": {"column", "kind", "spellings"}, "Scales": keys(Level) | keys(Scale, "levels") | {"scale"},
        "Linked": keys(Linked), "Scores": keys(Score), "Derived": keys(Derived, "cases"),
        "Cases": keys(Case) | {"column"}, "Rules": keys(Rule), "Earlier": keys(Earlier),
    }
    nested = {"join": Join, "pivot": Pivot, "unpivot": Unpivot}
    assert {setting.key for setting in SETTINGS} == {
        *keys(Codebook, "reading", "ignore", "missing", "scales", *(sheet.section for sheet in SHEETS)),
        "ignore.columns", *(f"reading.{key}" for key in keys(Reading, *nested)),
        *(f"reading.{name}.{key}" for name, model in nested.items() for key in keys(model)),
    }


def test_it_tells_how_to_fill_it_in(book):
    readme = sheets_of(book)["Read me"]
    assert readme[0][0] == "Codebook: Records"
    told = {(row[0], row[1]) for row in readme if len(row) > 2 and row[2]}
    assert {(sheet.title, heading.title) for sheet in SHEETS for heading in sheet.headings if not heading.seldom} < told
    with zipfile.ZipFile(book) as parts:
        columns = parts.read("xl/worksheets/sheet3.xml").decode()
    assert '<pane xSplit="2" ySplit="1"' in columns and '"identifier,ordinal,binary,nominal,multi-select,' in columns


# What a colleague and a spreadsheet program may change.


def test_rows_and_sheets_in_another_order_mean_the_same(book):
    def shuffled(sheets):
        return {name: [rows[0], *reversed(rows[1:])] for name, rows in reversed(sheets.items())}
    assert from_workbook(edited(book, shuffled)) == RECORDS


def test_empty_rows_spaces_and_capitals_mean_nothing(book):
    def untidy(sheets):
        return {name.upper(): [[], *spaced(rows)] for name, rows in sheets.items()}

    def spaced(rows):
        yield [f" {title.upper()}  " for title in rows[0]]
        for number, row in enumerate(rows[1:], start=1):
            yield [f" {cell}\r\n" if cell else "" for cell in row]
            yield [str(number), "  "]
    assert from_workbook(edited(book, untidy)) == RECORDS


def test_numbers_that_a_program_made_of_text_are_read_as_text(book):
    def numbers(sheets):
        return {name: [[int(cell) if cell.isdigit() else cell for cell in row] for row in rows]
                for name, rows in sheets.items()}
    assert from_workbook(edited(book, numbers)) == RECORDS


def test_curled_quotes_and_long_dashes_are_read_as_plain_ones(book):
    title = RECORDS.model_copy(update={"title": ' "quoted" '})
    to_workbook(title, book)
    assert sheets_of(book)["Instrument"][2][1] == r'" \"quoted\" "'
    assert from_workbook(edited(book, put("Instrument", "B3", "“ quoted ”"))).title == " quoted "
    assert from_workbook(edited(book, put("Columns", "L1", "SENSITIVE "))).columns == RECORDS.columns
    assert conditions_meant("age: 16–25") == {"age": {"min": 16, "max": 25}}


def test_a_row_without_a_number_stays_below_the_one_above_it_and_a_fraction_goes_between(book):
    def more(sheets):
        sheets["Columns"].append(["", "last", "Last", "", "", "", "text"])
        sheets["Columns"].append(["1.5", "second", "Second", "", "", "", "text"])
        sheets["Columns"].insert(2, ["", "sooner", "Sooner", "", "", "", "text"])
    names = [column.name for column in from_workbook(edited(book, more)).columns]
    assert names == ["reference", "sooner", "second", "age", "placement", "safer", "area", "last"]


def test_a_column_as_a_clerk_would_add_it(book):
    def more(sheets):
        sheets["Columns"].append([
            "", "born", "Born", "When?", "Birth date\nDOB", "", "Date", "", "", "No", "TRUE", "", "drop",
            "dd/mm/yyyy\n%d %B %Y", "", "Age: 16 or more; placement: home, foster"])
        sheets["Missing"].append(["", "born", "Don’t know", "unknown\n(blank)"])
    assert from_workbook(edited(book, more)).columns[-1] == Column(
        name="born", label="Born", question="When?", source=["Birth date", "DOB"], type="date", optional=True,
        personal="drop", format=["%d/%m/%Y", "%d %B %Y"], missing={"dont_know": ["unknown", ""]},
        asked_if={"Age": {"min": 16}, "placement": ["home", "foster"]})


# Conditions in words.


@pytest.mark.parametrize(("conditions", "text"), [
    ({}, "always"),
    ({"age": {"min": 16, "max": 25}, "aftercare": ["yes", "no"], "placement": "missing"},
     "age: 16 to 25; aftercare: yes or no; placement: missing"),
    ({"age": {"min": 16}}, "age: from 16"),
    ({"age": {"max": 2.5}}, "age: up to 2.5"),
    ({"age": {}}, "age: from any"),
    ({"level": {"min": "weak", "max": "very_good"}}, "level: weak to very_good"),
    ({"age": 16}, "age: 16"), ({"code": "16"}, 'code: "16"'), ({"code": "007"}, "code: 007"),
    ({"code": ["a"]}, "code: one of a"), ({"code": []}, "code: one of nothing"),
    ({"why": ["not_asked", "dont_know"]}, "why: not asked or don't know"), ({"why": "not asked"}, 'why: "not asked"'),
    ({"nail": ['6" nail', "other"], "a b": ""}, r'nail: "6\" nail" or other; "a b": (blank)'),
    ({"a b": "3: good; or not"}, '"a b": "3: good; or not"'),
    ({"code": "2-1"}, 'code: "2-1"'), ({"code": "16 to 25"}, 'code: "16 to 25"'),
    ({"band": ["under 16", "over"]}, 'band: "under 16" or "over"'), ({"a": ""}, "a: (blank)"),
])
def test_conditions_are_written_in_words_and_read_back(conditions, text):
    assert conditions_said(conditions) == text
    assert conditions_meant(text) == conditions


def test_a_day_in_a_condition_is_a_day():
    read = conditions_meant("left: 2019-07-31 to 2020-07-31")
    assert [bound.isoformat() for bound in read["left"].values()] == ["2019-07-31", "2020-07-31"]
    assert conditions_said(read) == "left: 2019-07-31 to 2020-07-31"


@pytest.mark.parametrize(("text", "conditions"), [
    ("age: at least 16\nplacement: home", {"age": {"min": 16}, "placement": "home"}),
    ("age: >= 16", {"age": {"min": 16}}), ("age: 25 or under", {"age": {"max": 25}}),
    ("age: from 16 to 25;", {"age": {"min": 16, "max": 25}}), ("age: 16 - 25", {"age": {"min": 16, "max": 25}}),
    ("a: x, y or z", {"a": ["x", "y", "z"]}), ("a: x, or y", {"a": ["x", "y"]}), ("ALWAYS", {}),
    ("a: Missing", {"a": "missing"}), ("a: Don’t know", {"a": "dont_know"}), ("a: “x or y”", {"a": "x or y"}),
])
def test_conditions_may_be_typed_in_other_words(text, conditions):
    assert conditions_meant(text) == conditions


@pytest.mark.parametrize(("text", "problem"), [
    ("age", "'age' is no condition; write a column, a colon"), ("age:", "'age:' is no condition"),
    ("level: 3: good", "'level: 3: good' is no condition"),
    ("age: 16; age: 17", "'age' stands there twice; name its answers once, joined by 'or'."),
    ("age: over 16", "'over 16' is nothing a condition can say; write 16 to 25, from 16,"),
    ("age: > 16", "'> 16' is nothing a condition can say"), ("a: not yes", "'not yes' is nothing a condition can say"),
    ("age: 16 to 25 years", "'25 years' is no number, day or level; write a number, a day as 2020-01-31"),
    ("left: from 31/07/2020", "'31/07/2020' is no number, day or level"),
    ("left: up to 2020-02-30", "'2020-02-30' is no day of the calendar"),
    ("a: x or", "an answer is lacking beside 'or' or a comma"), ("a: x,,y", "an answer is lacking beside 'or'"),
    ('a: "x', '"x begins with a quotation mark that none at its end closes'),
])
def test_what_a_condition_cannot_say_is_refused(text, problem):
    with pytest.raises(ValueError, match=re.escape(problem)):
        conditions_meant(text)


# Faults, each with its cell.


@pytest.mark.parametrize(("sheet", "cell", "text", "sentence"), [
    ("Columns", "G3", "cuont", "Columns!G3: 'cuont' is none of the words known here; did you mean 'count'?"),
    ("Columns", "B2", "Child ref.", "Columns!B2: 'Child ref.' is no name; write small letters, digits and underscores, "
                                    "a letter first, such as 'child_ref'."),
    ("Columns", "C3", "", "Columns!C3: is empty; fill it in."),
    ("Columns", "J3", "perhaps", "Columns!J3: 'perhaps' is neither yes nor no; write one of them."),
    ("Columns", "A3", "third", "Columns!A3: 'third' is no number; write one such as 3 or 2.5."),
    ("Columns", "H5", "chnage", "Columns!H5: there is no scale 'chnage'; did you mean 'change'?"),
    ("Columns", "N3", "d/m/yyy", "Columns!N3: 'yyy' in 'd/m/yyy' is no part of a date; write one such as dd/mm/yyyy."),
    ("Columns", "P5", "age 16", "Columns!P5: 'age 16' is no condition; write a column, a colon and what it has to say, "
                                "such as age: 16 to 25 (words that hold a colon go in double quotes)."),
    ("Columns", "E3", '"Age" of child', 'Columns!E3: "Age" of child begins with a quotation mark that none at its end '
                                        'closes; put the whole between two, and write \\" for one within.'),
    ("Columns", "Z3", "note to self", "Columns!Z3: stands below no heading; move it under one."),
    ("Columns", "C1", "Lable", "Columns!C1: 'Lable' is no heading here; did you mean 'Label'?|"
                               "Columns: there is no heading 'Label'; put it back."),
    ("Columns", "C1", "Question", "Columns!D1: 'Question' stands there twice; keep one.|"
                                  "Columns: there is no heading 'Label'; put it back."),
    ("Answers", "B2", "placment", "Answers!B2: there is no column 'placment'; did you mean 'placement'?"),
    ("Answers", "B2", "", "Answers!B2: is empty; fill it in, or empty the whole row."),
    ("Answers", "B3", "area", "Answers!B3: 'area' takes its answers from the study's partnerships; delete this row, or "
                              "say listed there."),
    ("Answers", "C3", "home", "Answers!C3: 'placement' has the answer 'home' already; keep one."),
    ("Missing", "C2", "dont no", "Missing!C2: 'dont no' is none of the words known here; did you mean 'don't know'?"),
    ("Missing", "B3", "aeg", "Missing!B3: there is no column 'aeg'; did you mean 'age'?"),
    ("Scales", "G3", "same", "Scales!G3: 'same', and another row of the scale 'change' has 'better'; keep one."),
    ("Scales", "B4", "other", "Scales!B4: there are too few; give at least 2."),
    ("Scales", "F2", "one", "Scales!F2: 'one' is no number; write one such as 3 or 2.5."),
    ("Derived", "B2", "age", "Derived!B2: 'age' is declared already in Columns!B3; keep one.|"
                             "Cases!B2: there is no column 'grown'; none is declared.|"
                             "Cases!B3: there is no column 'grown'; none is declared.|"
                             "Derived!B2: a derived column needs either 'Cases' or 'Years between'; give one of them."),
    ("Cases", "D3", "", "Cases!D3: is empty; fill it in."),
    ("Cases", "B3", "grwon", "Cases!B3: there is no column 'grwon'; did you mean 'grown'?"),
    ("Rules", "F2", "ragne", "Rules!F2: 'ragne' is none of the words known here; did you mean 'range'?"),
    ("Rules", "L2", "", "Rules!B2: a rule of check 'range' needs 'Least'; add it."),
    ("Rules", "L2", "31/12/2020", "Rules!L2: '31/12/2020' is no number, day or level; write a number, a day as "
                                  "2020-01-31, or a level's name."),
    ("Instrument", "B2", "", "Instrument!B2: is empty; fill it in."),
    ("Instrument", "B7", "surveymonky", "Instrument!B7: 'surveymonky' is none of the words known here; did you mean "
                                        "'surveymonkey'?"),
    ("Instrument", "B8", "2", "Instrument: style 'plain' fixes how many header rows there are; drop 'Header rows', or "
                              "make it stacked."),
    ("Instrument", "B14", "a", "Instrument!B15: is empty; fill it in."),
    ("Instrument", "A2", "Nmae", "Instrument!B2: nothing is asked by 'Nmae'; did you mean 'Name'?|"
                                 "Instrument: there is no row 'Name'; put it back."),
])
def test_a_fault_names_its_cell_and_the_nearest_known_word(book, sheet, cell, text, sentence):
    assert faults(edited(book, put(sheet, cell, text))) == sentence.split("|")


@given(cells=st.lists(st.tuples(st.sampled_from(["Instrument", *(sheet.title for sheet in SHEETS)]),
                                st.sampled_from("ABCDEFGHIJKLMNOPQRSTUVWXYZ"), st.integers(1, 8), texts), max_size=4))
@settings(deadline=None, max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_typed_ends_in_a_codebook_or_in_sentences(tmp_path, cells):
    path = tmp_path / "typed.xlsx"
    to_workbook(RECORDS, path)
    for sheet, column, row, text in cells:
        edited(path, put(sheet, f"{column}{row}", text))
    try:
        assert isinstance(from_workbook(path), Codebook)
    except InputFault as fault:
        assert all(one.startswith("typed.xlsx, ") and one[-1] in ".?" for one in fault.faults)


def test_all_faults_come_at_once(book):
    def careless(sheets):
        put("Columns", "G2", "identfier")(sheets)
        put("Columns", "C3", "")(sheets)
        put("Rules", "C2", "never")(sheets)
        put("Cases", "D2", "age; 16")(sheets)
    assert [fault.split(":")[0] for fault in faults(edited(book, careless))] == [
        "Columns!G2", "Cases!D2", "Rules!C2", "Columns!C3"]


def test_a_sheet_that_lacks_or_that_nobody_knows_is_a_fault(book):
    def renamed(sheets):
        return {{"Rules": "Rule", "Read me": "Sheet1"}.get(name, name): rows for name, rows in sheets.items()}
    assert faults(edited(book, renamed)) == [
        "sheet 'Sheet1': nobody reads it; move what it says to another sheet and delete it; known: Read me, "
        "Instrument, Columns, Answers, Items, Missing, Scales, Linked, Scores, Derived, Cases, Rules, Earlier.",
        "sheet 'Rule': nobody reads it; move what it says to another sheet and delete it; did you mean 'Rules'?",
        "there is no sheet 'Rules'; put it back, if only with its headings.",
    ]


def test_an_empty_sheet_that_a_program_added_is_passed_over(book):
    assert from_workbook(edited(book, lambda sheets: {**sheets, "Sheet1": []})) == RECORDS


def test_what_is_no_workbook_is_said_so(tmp_path):
    (tmp_path / "records.xlsx").write_text("name,label")
    assert faults(tmp_path / "records.xlsx") == [
        "records.xlsx: no workbook that can be read; save it as XLSX and send it again."]


def test_a_name_that_stands_twice_cannot_be_sent(tmp_path):
    twice = RECORDS.model_copy(update={"columns": [RECORDS.columns[0], RECORDS.columns[0]]})
    with pytest.raises(InputFault, match="column 'reference': declared 2 times; keep one"):
        to_workbook(twice, tmp_path / "sent.xlsx")


def test_what_no_cell_can_hold_is_refused_before_anything_is_cut_short(tmp_path):
    long = RECORDS.model_copy(update={"title": "x" * 32_768})
    with pytest.raises(InputFault, match="'Title': 32,768 characters, and a workbook's cell holds 32,767; keep"):
        to_workbook(long, tmp_path / "sent.xlsx")
    assert not (tmp_path / "sent.xlsx").exists()
