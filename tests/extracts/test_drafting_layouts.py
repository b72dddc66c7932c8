"""The layout of an export is found out: delimiter, rows above the header, how a tool writes headers, long form."""

import pytest
import xlsxwriter
from extracts.drafts import csv_of, csv_rows, drafted

from helpers.extracts.drafting import draft
from helpers.study import InputFault

AGREE = ["Strongly agree", "Agree", "Disagree", "Strongly disagree"]


def cycle(values, rows):
    return [values[at % len(values)] for at in range(rows)]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_the_one_under_which_rows_are_alike(tmp_path, delimiter):
    made = drafted(csv_of(tmp_path / "a.csv", {
        "Area": cycle(["North, upper; all", "South | lower"], 40), "Staff are kind": cycle(AGREE, 40),
    }, delimiter))
    assert [column.source for column in made.codebook.columns] == [["Area"], ["Staff are kind"]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_encodings_and_line_ends_are_found(tmp_path, encoding, end):
    path = tmp_path / "a.csv"
    path.write_bytes(end.join(["Größe;Café", *(["groß;né", "klein;né"] * 10)]).encode(encoding))
    made = drafted(path)
    assert sorted(made.of("Größe").values.values()) == [["groß"], ["klein"]]


def test_rows_above_the_header_are_skipped(tmp_path):
    made = drafted(csv_rows(tmp_path / "a.csv", [
        ["Return of children, 2020", "", ""], ["Sent by the council", "", ""], ["Child reference", "Age", "Sex"],
        *[[f"C{at:03}", at % 18, ["Male", "Female"][at % 2]] for at in range(40)]]))
    assert made.codebook.reading.skip_rows == 2
    assert [made.kind(header) for header in ("Child reference", "Age", "Sex")] == ["identifier", "count", "nominal"]
    assert len(made.cleaned.table) == 40


def test_two_header_rows_of_surveymonkey(tmp_path):
    films = ["Alpha", "Beta", "Gamma"]
    made = drafted(csv_rows(tmp_path / "a.csv", [
        ["Respondent ID", "Collector ID", "Start Date", "Which have you seen? Select all that apply.", "", "",
         "How far do you agree?", "", "Anything else?"],
        ["", "", "", *films, "Staff are kind", "Staff listen", "Open-Ended Response"],
        *[[9_000_000 + at, 77, "01/02/2020", films[0] if at % 2 else "", films[1] if at % 3 else "",
           films[2] if at % 5 == 0 else "",
           AGREE[at % 4], AGREE[at % 3], "Thanks" if at == 7 else ""] for at in range(60)]]))
    assert made.codebook.reading.style == "surveymonkey"
    assert made.kind("Respondent ID") == "identifier"
    seen = made.of("Which have you seen? Select all that apply.")
    assert (seen.type, seen.values) == ("multi_select", {"alpha": ["Alpha"], "beta": ["Beta"], "gamma": ["Gamma"]})
    assert (made.cleaned.table[f"{seen.name}_alpha"] == "picked").sum() == 30
    assert made.levels("How far do you agree? | Staff listen") == list(reversed(AGREE))
    assert made.kind("Anything else?") == "drop"
    assert {"Collector ID", "Start Date"} <= set(made.codebook.ignore.columns)


QUALTRICS = [
    ["StartDate", "Status", "Finished", "ResponseId", "Q1", "Q2_1", "Q2_2", "Q3_1", "Q3_2", "Q3_3"],
    ["Start Date", "Response Type", "Finished", "Response ID", "Are you happy\nto take part?",
     "How often, last month? - Safe", "How often, last month? - Heard", "Who helps? - Selected Choice - Family",
     "Who helps? - Selected Choice - Friends", "Who helps? - Selected Choice - Staff"],
    [f'{{"ImportId":"{name}"}}' for name in ("startDate", "status", "finished", "_recordId", *"abcdef")],
]
OFTEN = ["Never", "Sometimes", "Always"]


def qualtrics(tmp_path, name, rows):
    return drafted(csv_rows(tmp_path / name, [*QUALTRICS, *rows]))


def test_three_header_rows_of_qualtrics_with_line_breaks_in_them(tmp_path):
    made = qualtrics(tmp_path, "text.csv", [
        ["2020-01-01", "Survey Preview" if at < 2 else "IP Address", "False" if at == 9 else "True", f"R_{at:06}",
         "No" if at in (3, 4) else "Yes", OFTEN[at % 3], OFTEN[at % 2], "Family" if at % 2 else "",
         "Friends" if at % 3 else "", ""] for at in range(60)])
    assert made.codebook.reading.style == "qualtrics"
    assert made.of("Q1").source == ["Q1", "Are you happy to take part?"]
    assert made.of("Q2_1").label == "Safe"
    assert made.of("Q2_1").scale == made.of("Q2_2").scale == "frequency"
    assert next(column for column in made.codebook.columns if column.name == "q3").values == {
        "family": ["Family", "Q3_1"], "friends": ["Friends", "Q3_2"], "staff": ["Staff", "Q3_3"]}
    assert made.rules()["no_test_status"] == ("exclude", 2)
    assert made.rules()["consented"] == ("exclude", 2)
    assert made.rules()["finished_it"] == ("exclude", 1)
    assert len(made.cleaned.table) == 55


def test_the_numeric_export_of_the_same_survey_is_drafted_as_coded_answers(tmp_path):
    made = qualtrics(tmp_path, "numeric.csv", [
        ["2020-01-01", 1 if at < 2 else 0, 0 if at == 9 else 1, f"R_{at:06}", 1, 1 + at % 3, 1 + at % 2,
         1 if at % 2 else "", 1 if at % 3 else "", 1 if at % 5 == 0 else ""] for at in range(60)])
    assert made.levels("Q2_1") == ["1", "2", "3"]
    assert made.of("Q2_1").scale == made.of("Q2_2").scale
    assert "which end is high?" in made.text
    assert next(column for column in made.codebook.columns if column.name == "q3").type == "multi_select"
    assert made.rules()["no_test_status"] == ("exclude", 2)
    assert made.rules()["finished_it"] == ("exclude", 1)


@pytest.mark.parametrize("worded", [False, True])
def test_limesurvey_codes_with_and_without_wording(tmp_path, worded):
    heads = {"id": "Response ID", "submitdate": "Date submitted", "lastpage": "Last page",
             "startlanguage": "Start language",
             "Q1[SQ001]": "How do you feel? [At home]", "Q1[SQ002]": "How do you feel? [At school]",
             "Q2[SQ001]": "Who helps? [Family]", "Q2[SQ002]": "Who helps? [Staff]", "Q3": "Your area"}
    made = drafted(csv_rows(tmp_path / "a.csv", [
        [f"{code}. {text}" if worded else code for code, text in heads.items()],
        *[[at + 1, "" if at == 5 else "2020-02-03 10:00:00", 3, "en", ["Very unhappy", "Unhappy", "Happy"][at % 3],
           ["Unhappy", "Happy", "Very happy"][at % 3], ["Yes", "No"][at % 2], ["No", "Yes", "Yes"][at % 3],
           ["North", "South"][at % 2]]
          for at in range(60)]]))
    assert made.codebook.reading.style == "limesurvey"
    assert made.levels("Q1[SQ001]") == ["Very unhappy", "Unhappy", "Happy", "Very happy"]
    assert made.of("Q1[SQ001]").scale == made.of("Q1[SQ002]").scale
    helps = next(column for column in made.codebook.columns if column.name == "q2")
    assert helps.type == "multi_select"
    assert made.rules()["finished_it"] == ("exclude", 1)
    assert made.kind("id") == "identifier"
    if worded:
        assert made.of("Q1[SQ002]").label == "At school"


def test_long_form_a_row_an_answer_becomes_a_column_a_question(tmp_path):
    questions = {"How old are you?": lambda at: 12 + at % 9, "Do you feel safe?": lambda at: ["Yes", "No"][at % 2],
                 "Staff listen to me": lambda at: AGREE[at % 4]}
    made = drafted(csv_rows(tmp_path / "a.csv", [
        ["Respondent", "Team", "Question", "Answer"],
        *[[f"R{at:03}", ["East", "West"][at % 2], question, answer(at)] for at in range(50) for question,
          answer in questions.items()]]))
    assert made.codebook.reading.pivot.model_dump() == {"response": ["Respondent"], "question": "Question",
                                                        "answer": "Answer"}
    assert [made.kind(header) for header in ("Respondent", "Team", *questions)] == [
        "identifier", "nominal", "count", "binary", "ordinal"]
    assert len(made.cleaned.table) == 50
    assert "A row is an answer" in made.text


def test_one_person_may_answer_a_long_form_more_than_once(tmp_path):
    made = drafted(csv_rows(tmp_path / "a.csv", [
        ["person_id", "wave", "item", "score"],
        *[[f"P{person:03}", wave, item, 1 + (person + wave) % 5] for person in range(30) for wave in (1, 2)
          for item in ("calm", "safe", "heard")]]))
    assert made.codebook.reading.pivot.response == ["person_id", "wave"]
    assert len(made.cleaned.table) == 60


def test_a_table_whose_rows_are_records_is_not_taken_for_long_form(tmp_path):
    made = drafted(csv_of(tmp_path / "a.csv", {
        "Record ID": [f"R{at}" for at in range(40)], "Question": cycle(["Q1", "Q2"], 40),
        "Score": [at % 7 for at in range(40)]}))
    assert made.codebook.reading.pivot is None


def test_stacked_headers_of_merged_cells(tmp_path):
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet("Table 1")
        page.write(0, 0, "Results by group")
        page.write_row(1, 0, ["Measure", "Grade", "", "Country", ""])
        page.write_row(2, 0, ["", "Junior", "Senior", "Scotland", "Wales"])
        for row in range(3, 12):
            page.write_row(row, 0, [f"B{row:02}. Statement {row}", 0.5 + row / 100, 0.6, 0.7, 0.25 + row / 50])
    made = drafted(path)
    assert (made.codebook.reading.style, made.codebook.reading.header_rows,
            made.codebook.reading.skip_rows) == ("stacked", 2, 1)
    assert made.kind("Grade | Junior") == made.kind("Country | Wales") == "number"
    assert "[reading.unpivot]" in made.text
    assert made.kind("Measure") == "text"


def test_the_first_sheet_with_data_is_drafted_and_all_are_listed(tmp_path):
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("Cover").write_row(0, 0, ["What this is"])
        book.add_worksheet("Empty")
        for name in ("Records", "Older"):
            page = book.add_worksheet(name)
            page.write_row(0, 0, ["Record", "Age", name])
            for row in range(1, 40):
                page.write_row(row, 0, [f"R{row}", row % 18, ["Yes", "No"][row % 2]])
    made = drafted(path)
    assert made.codebook.reading.sheet == "Records"
    assert "'Cover', 'Empty', 'Records', 'Older'" in made.text.replace("\n# ", " ")
    assert drafted(path, "Older").of("Older").type == "binary"
    with pytest.raises(InputFault, match="no sheet 'Newer'"):
        draft(path, "Newer")
    with pytest.raises(InputFault, match="sheet 'Empty': nothing in it; name another"):
        draft(path, "Empty")


def test_a_workbook_of_notes_alone_is_a_fault(tmp_path):
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("Cover").write_row(0, 0, ["What this is"])
        book.add_worksheet("Empty")
    with pytest.raises(InputFault, match="no sheet with a header and rows below it"):
        draft(path)


def test_a_file_quoted_twice_is_refused(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("".join(f'"{line}"\n' for line in ["id;age;sex", *(f"{at};{at % 18};m" for at in range(30))]))
    with pytest.raises(InputFault, match="written as CSV twice"):
        draft(path)


def test_a_column_without_header_is_asked_about(tmp_path):
    path = csv_rows(tmp_path / "a.csv", [["Age", "", "Sex"], *[[at % 18, at, ["m", "f"][at % 2]] for at in range(40)]])
    assert "column number 2 has values and no header" in draft(path).replace("\n# ", " ")


def test_headers_that_stand_twice_are_set_apart_and_asked_about(tmp_path):
    made = drafted(csv_rows(tmp_path / "a.csv", [["Age", "Rating", "Rating"],
                                                 *[[at % 18, at % 4, at % 5] for at in range(40)]]))
    assert made.codebook.ignore.columns == ["Rating"]
    assert "cannot be told apart" in made.text.replace("\n# ", " ")


@pytest.mark.parametrize(("content", "fault"), [(b"", "empty"), (b"  \n \n", "empty")])
def test_nothing_in_a_file_is_a_fault(tmp_path, content, fault):
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    with pytest.raises(InputFault, match=fault):
        draft(path)


def test_a_path_to_nothing_is_a_fault(tmp_path):
    with pytest.raises(InputFault, match="no such file"):
        draft(tmp_path / "absent.csv")


def test_wordings_of_a_long_form_that_drifted_are_one_question_and_asked_about(tmp_path):
    early, late = "Staff listen to me when I speak", "Staff listened to me when I speak."
    made = drafted(csv_rows(tmp_path / "a.csv", [
        ["Respondent", "Question", "Answer"],
        *[[f"R{at:03}", question, answer] for at in range(50) for question, answer in (
            (early if at < 25 else late, AGREE[at % 4]), ("I feel safe at home", ["Yes", "No"][at % 2]),
            ("I feel safe at school", ["No", "Yes", "Yes"][at % 3]))]]))
    assert made.of(early).source == [early, late]
    assert made.of(early).name != made.of("I feel safe at home").name != made.of("I feel safe at school").name
    assert made.cleaned.table[made.of(early).name].notna().all()
    assert "are read as one question" in made.comment(early)


def test_two_rows_of_codes_and_wordings_without_import_ids(tmp_path):
    made = drafted(csv_rows(tmp_path / "a.csv", [
        ["Q1", "Q2", "Q3"], ["How old are you today?", "Do you feel safe at home?", "Staff listen to what I say"],
        *[[12 + at % 9, ["Yes", "No"][at % 2], AGREE[at % 4]] for at in range(40)]]))
    assert made.codebook.reading.header_rows == 2
    assert [made.kind(header) for header in ("Q1 | How old are you today?",
                                             "Q2 | Do you feel safe at home?")] == ["count", "binary"]
    assert made.of("Q3 | Staff listen to what I say").name == "q3"


def test_a_folder_is_a_fault(tmp_path):
    with pytest.raises(InputFault, match="a folder; name one of its files"):
        draft(tmp_path)


def test_a_header_alone_is_a_fault(tmp_path):
    with pytest.raises(InputFault, match="no column with answers"):
        draft(csv_rows(tmp_path / "a.csv", [["Age", "Sex"]]))
