"""Six files of one official statistic, laid out five ways: each becomes a row a figure, and the same figures.

The Civil Service People Survey by demographic group. What a correct cleaning gives, counted with the csv module
(2024: in the XML of its sheet) and not by this package:

| file | measures | groups | figures | blank rows | headings and notes |
|---|---|---|---|---|---|
| 2013 csv | 85 | 83 | 7,055 | - | - |
| 2014 csv (ends of line are CR alone) | 85 | 145 | 12,325 | 18 | 22 |
| 2015 csv | 93 | 141 | 13,113 | 19 | 24 |
| 2016 csv and xlsx | 88 | 145 | 12,760 | 20 | 24 |
| 2024 ods | 181 | 196 | 35,476, of them 1,564 suppressed | - | - |

Rows in are rows below the header times groups (2014: 125 x 145 = 18,125); blank rows and rows of words are left out
once a group. Blank rows at the end of a file are no rows. The 2024 workbook's cover says that [c] stands for fewer
than ten responses. In the 2016 workbook four columns (sexual identity in detail) hold decimals that its cells do
not show and the CSV lacks; every other figure is the same in both. Engagement in 2013 to 2016: 52, 52, 52, 53 per
cent of the grades AO and AA, 71, 74, 74, 76 of senior staff.
"""

import csv
import io

import pytest
import xlsxwriter
from real_exports import caught, cleaned_by, kinds, real_file, said

from helpers.extracts import accounted
from helpers.study import InputFault

FILES = {
    "2013": ("csps2013_demographic_results.csv", "csps_2013"),
    "2014": ("csps2014_demographics.csv", "csps_2014_2015"),
    "2015": ("Civil-Service-People-Survey-2015-results-by-demographic-groups-csv.csv", "csps_2014_2015"),
    "2016": ("Civil-Service-People-Survey-2016-_results-by-demographic-groups.csv", "csps_2016"),
    "2016 workbook": ("Civil-Service-People-Survey-2016-results-by-demographic-groups.xlsx", "csps_2016"),
    "2024": ("Civil-Service-People-Survey-2024-results-by-all-demographic-groups.ods", "csps_2024"),
}
YEARS = ["2013", "2014", "2015", "2016"]
COUNTED = {  # groups, measures, blank rows, rows of words
    "2013": (83, 85, 0, 0), "2014": (145, 85, 18, 22), "2015": (141, 93, 19, 24), "2016": (145, 88, 20, 24),
    "2016 workbook": (145, 88, 20, 24), "2024": (196, 181, 0, 0),
}


@pytest.fixture(scope="module")
def real():
    done = {}

    def cleaned(year):
        if year not in done:
            name, codebook = FILES[year]
            done[year] = cleaned_by(real_file("csps-uk", name), "csps-uk", codebook)
        return done[year]
    return cleaned


def lines_of(year):
    """The lines of one year's csv, read by the csv module: 2014 is UTF-8, the others are not."""
    raw = real_file("csps-uk", FILES[year][0]).read_bytes()
    return list(csv.reader(io.StringIO(raw.decode("utf-8" if year == "2014" else "cp1252"), newline="")))


@pytest.mark.parametrize("year", FILES)
def test_every_figure_is_accounted_for(real, year):
    groups, measures, blank, words = COUNTED[year]
    left_out = {"empty_row": blank * groups, "heading_or_note": words * groups}
    assert accounted(real(year).ledger) == {
        "received": groups * (measures + blank + words), "kept": groups * measures, "quarantined": 0,
        "excluded": groups * (blank + words)}
    assert caught(real(year)) == {rule: rows for rule, rows in left_out.items() if rows}


@pytest.mark.parametrize(("year", "lowest", "highest"), [("2013", 52, 71), ("2014", 52, 74), ("2015", 52, 74),
                                                         ("2016", 53, 76)])
def test_engagement_is_the_printed_one(real, year, lowest, highest):
    figures = real(year).table.query("measure.str.startswith('Employee engagement index') and question == 'Grade'")
    assert list(figures["percent"])[::4] == [lowest, highest]
    assert list(figures["group"].str.partition(" (")[0]) == ["AO/AA", "EO", "SEO/HEO", "G6/G7", "SCS"]


@pytest.mark.parametrize("year", YEARS)
def test_every_figure_is_the_one_in_the_file(real, year):
    figures = [float(cell[:-1]) for line in lines_of(year) for cell in line if cell.endswith("%")]
    assert list(real(year).table["percent"]) == figures


@pytest.mark.parametrize("year", YEARS[1:])
def test_a_question_stands_with_every_one_of_its_groups(real, year):
    lines = lines_of(year)
    upper, lower = lines[:2] if year == "2016" else lines[1:3]
    question, wanted = "", []
    for at, group in enumerate(lower[2:], start=2):
        question = upper[at] or question
        if group.strip():
            wanted.append((question, " ".join(group.split())))
    table = real(year).table
    assert list(table[["question", "group"]].drop_duplicates().itertuples(index=False, name=None)) == wanted


def test_the_2013_questions_are_carried_to_the_groups_that_follow(real):
    groups = real("2013").table.drop_duplicates(["question", "group"]).groupby("question", sort=False).size()
    assert groups.loc[["Grade", "Country usually work in [H01]", "Sex [J01]"]].tolist() == [5, 5, 2]
    assert len(groups) == 20 and groups.sum() == 83


def test_the_bases_of_2016_stand_beside_the_figures(real):
    bases = real("2016").table.drop_duplicates(["question", "group"]).set_index(["question", "group"])["base"]
    assert [bases["Grade", group] for group in ("AO/AA", "EO", "SEO/HEO", "G6/G7", "SCS")] == [
        71387, 72720, 72821, 31603, 4456]
    assert bases["Age [J02]"].tolist() == [int(cell.replace(",", "")) for cell in lines_of("2016")[3][110:114]]


def test_the_csv_and_the_workbook_of_2016_say_the_same_cell_by_cell(real):
    printed, kept = real("2016").table, real("2016 workbook").table
    assert printed.drop(columns="percent").equals(kept.drop(columns="percent"))
    unlike = printed["percent"] != kept["percent"]
    assert kept[unlike]["question"].value_counts().to_dict() == {"Sexual identity - Detailed [J07]": 4 * 88}
    assert ((kept["percent"] + 0.5) // 1).equals(printed["percent"])


def test_suppressed_figures_of_2024_are_missing_and_known_as_such(real):
    cleaned = real("2024")
    assert kinds(cleaned, "score") == {"suppressed": 1564}
    suppressed = cleaned.table[(cleaned.missing["score"] == "suppressed").to_numpy()].groupby("code").size()
    assert suppressed[["C02_01", "E02_06", "E03_yes"]].tolist() == [26, 68, 1]
    first = cleaned.table.iloc[0]
    assert (first["code"], first["measure"], first["base"], first["score"]) == (
        "EES", "Employee engagement index (B47 to B51)", 59989, 58.907)


# ---- look-alikes: one for each trap, a few rows each -----------------------------------------------------------------

FIGURES = ["measure", "question", "group", "percent"]


@pytest.fixture
def cleaned_csv(tmp_path):
    def cleaned(text, codebook, ends="\r\n", encoding="cp1252"):
        path = tmp_path / "csps.csv"
        path.write_bytes(text.replace("\n", ends).encode(encoding))
        return cleaned_by(path, "csps-uk", codebook)
    return cleaned


def test_a_question_written_once_before_its_groups_is_carried_on(cleaned_csv):
    cleaned = cleaned_csv('Measure,"Grade: AO (n=7,720)",": EO (n=7,857)",Sex [J01]: Male (n=9),: Female (n=8)\n'
                          "I say “we”,51%,52%,60%,61%\n,,,,\n", "csps_2013")
    assert said(cleaned, *FIGURES) == [
        ["I say “we”", "Grade", "AO (n=7,720)", "51.0"], ["I say “we”", "Grade", "EO (n=7,857)", "52.0"],
        ["I say “we”", "Sex [J01]", "Male (n=9)", "60.0"], ["I say “we”", "Sex [J01]", "Female (n=8)", "61.0"]]


def test_a_header_without_its_question_is_refused(cleaned_csv):
    with pytest.raises(InputFault, match=r"the header 'AO \(n=7\)' has 1 part.s. and \[reading.unpivot\] names 2"):
        cleaned_csv("Measure,AO (n=7)\nMy work,51%\n", "csps_2013")


STACKED = ("This table shows the overall results.,,,,,\n"
           "Civil Service People Survey 2014: results by demographic group1,,Grade,,,Sex [J01]\n"
           ',,"AO  (n=7,720)","EO  (n=7,857)",,Male (n=9)\n'
           ",,,,,\n"
           "My work ,,51%,52%,,60%\n"
           ",,,,,\n"
           "My work ,,,,,\n"
           '"W03. Happy?\n(0=not at all)",,57%,59%,,61%\n'
           "Notes,,,,,\n"
           "1.Except for the index.,,,,,\n"
           ",,,,,\n,,,,,\n")


@pytest.mark.parametrize("ends", ["\r", "\n", "\r\n"])
def test_two_header_rows_below_a_row_of_words_are_put_together_whatever_ends_a_line(cleaned_csv, ends):
    cleaned = cleaned_csv(STACKED, "csps_2014_2015", ends)
    assert [row[1:] for row in said(cleaned, *FIGURES)] == [
        ["Grade", "AO (n=7,720)", "51.0"], ["Grade", "EO (n=7,857)", "52.0"], ["Sex [J01]", "Male (n=9)", "60.0"],
        ["Grade", "AO (n=7,720)", "57.0"], ["Grade", "EO (n=7,857)", "59.0"], ["Sex [J01]", "Male (n=9)", "61.0"]]
    assert caught(cleaned) == {"empty_row": 2 * 3, "heading_or_note": 3 * 3}


def test_a_year_whose_title_is_another_is_read_by_the_same_codebook(cleaned_csv):
    assert len(cleaned_csv(STACKED.replace("2014", "2015"), "csps_2014_2015").table) == 6


def test_figures_in_a_column_without_a_header_are_not_lost_silently(cleaned_csv):
    with pytest.raises(InputFault, match="column number 5 has values and no header"):
        cleaned_csv(STACKED.replace("52%,,60%", "52%,99%,60%"), "csps_2014_2015")


def test_a_share_that_is_none_is_set_aside_with_its_row(cleaned_csv):
    cleaned = cleaned_csv(STACKED.replace("51%", "510%").replace("57%", "n/k"), "csps_2014_2015")
    assert cleaned.quarantine[["row", "value", "rule"]].to_numpy().tolist() == [
        [8, "n/k", "percent_unreadable"], [5, "510%", "a_share"]]


BASES = [["Civil Service People Survey 2016: results by demographic group1", "", "Grade", "", "", "Sex [J01]"],
         ["This table shows the overall results.", "", "AO", "EO ", "", "Male"],
         [""] * 6,
         ["Number of responses", "", 71387, 72720, "", 840],
         [""] * 6,
         ["My work ", "", 0.29, 0.575, "", 1],
         ["Notes", *[""] * 5]]


def test_a_workbook_that_shows_percents_reads_as_the_csv_that_shows_them(cleaned_csv, tmp_path):
    path = tmp_path / "csps.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet, percent = book.add_worksheet("2016"), book.add_format({"num_format": "0%"})
        for number, line in enumerate(BASES):
            sheet.write_row(number, 0, [cell or None for cell in line], percent if number == 5 else None)
    workbook = cleaned_by(path, "csps-uk", "csps_2016")
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([
        *BASES[:3], ["Number of responses", "", "71,387", "72,720", "", "840"], BASES[4],
        ["My work ", "", "29%", "57.5%", "", "100%"], BASES[6]])
    shown = cleaned_csv(text.getvalue(), "csps_2016")
    assert said(shown, "group", "base", "percent") == [["AO", "71387", "29.0"], ["EO", "72720", "57.5"],
                                                       ["Male", "840", "100.0"]]
    assert workbook.table.equals(shown.table)


def test_code_and_wording_of_a_measure_are_taken_apart_and_a_suppressed_figure_is_no_number(tmp_path):
    path = tmp_path / "csps.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("Cover").write(0, 0, "Civil Service People Survey 2024")
        sheet = book.add_worksheet("Table_1")
        sheet.write_column(0, 0, ["Table 1", "This worksheet contains one table.", "Notes.", "Blank cells.", "Source."])
        sheet.write_row(5, 0, ["Demographic variable", "Response", "Notes", "Count", "EES\nEmployee engagement index",
                               "C02_01\nLeaving for pay"])
        sheet.write_row(6, 0, ["J01. Gender identity", "Prefer not to say", "[notes 1, 2]", 379, 58.907, "[c]"])
    cleaned = cleaned_by(path, "csps-uk", "csps_2024")
    assert said(cleaned, "group", "base", "code", "measure", "score") == [
        ["Prefer not to say", "379", "EES", "Employee engagement index", "58.907"],
        ["Prefer not to say", "379", "C02_01", "Leaving for pay", "suppressed"]]
