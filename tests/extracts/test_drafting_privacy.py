"""A draft quotes nobody: personal columns and words are dropped unread, rare labels are not written down."""

import pytest
from extracts.drafts import csv_of, drafted

ROWS = 60


def cycle(values, rows=ROWS):
    return [values[at % len(values)] for at in range(rows)]


@pytest.fixture
def of(tmp_path):
    def made(**columns):
        return drafted(csv_of(tmp_path / "a.csv", columns))
    return made


PERSONAL = {
    "a surname": ("Surname", cycle(["Alpha", "Beta", "Gamma"])),
    "a child's name": ("Child name", [f"Name{at}" for at in range(ROWS)]),
    "a birth date": ("Date of birth", cycle(["01/02/2005", "31/12/2004"])),
    "a birth date, short": ("DOB", cycle(["01/02/2005", "31/12/2004"])),
    "an address": ("Home address", [f"{at} High Street" for at in range(ROWS)]),
    "a postcode by header": ("Postcode", cycle(["?", "none"])),
    "an IP address by header": ("IP Address", cycle(["a", "b"])),
    "a CHI number by header": ("CHI", cycle(["1", "2"])),
    "a latitude": ("LocationLatitude", cycle(["55.1", "56.2"])),
    "an e-mail address by content": ("Contact us at", [f"person{at}@example.org" for at in range(ROWS)]),
    "a postcode by content": ("Where", [f"G{1 + at % 9} {at % 10}AB" for at in range(ROWS)]),
    "a telephone number by content": ("Reach at", [f"07700 9{at:05}" for at in range(ROWS)]),
    "a CHI number by content": ("Number", [f"{1 + at % 28:02}{1 + at % 12:02}{at % 20:02}{1000 + 7 * at}"
                                           for at in range(ROWS)]),
    "a National Insurance number by content": ("Ref", [f"QQ {at:02} 34 56 C" for at in range(ROWS)]),
    "an IPv4 address by content": ("Came from", [f"10.0.{at}.{at}" for at in range(ROWS)]),
    "a pupil number by content": ("School ref", [f"A{10 ** 11 + at}" for at in range(ROWS)]),
    "full names by content": ("Completed by", cycle(["Ann Other", "Jo B. Bloggs", "Sam O'Neill"])),
    "what an account goes by": ("Username", [f"u{at}" for at in range(ROWS)]),
}


@pytest.mark.parametrize(("header", "cells"), PERSONAL.values(), ids=PERSONAL)
def test_personal_columns_are_dropped_with_the_reason_beside_them(of, header, cells):
    made = of(**{"Record ID": [f"R{at}" for at in range(ROWS)], header: cells})
    assert made.kind(header) == "drop"
    assert "ersonal" in made.comment(header) or "who answered" in made.comment(header)
    assert not any(cell in made.text for cell in cells if len(cell) > 4)
    assert header not in made.cleaned.table


@pytest.mark.parametrize(("header", "cells", "kind"), [
    ("Does the plan address risk?", ["Yes", "No"], "binary"), ("Name of school", ["East", "West"], "nominal"),
    ("LA name", ["Fife", "Angus"], "nominal"), ("Would you phone us?", ["Yes", "No"], "binary"),
    ("Response number", None, "identifier"),
])
def test_what_only_sounds_personal_is_kept(of, header, cells, kind):
    numbers = [3_292_880_000 + at * 7 for at in range(ROWS)]
    made = of(**{"Age": cycle([5, 17]), header: cycle(cells or numbers)})
    assert made.kind(header) == kind


def test_words_are_dropped_and_never_quoted(of):
    told = [f"My neighbour at number {at} was kind" for at in range(ROWS)]
    made = of(Age=cycle([5, 17]), **{"What happened?": told})
    assert made.kind("What happened?") == "drop"
    assert "neighbour" not in made.text


def test_labels_that_hardly_anybody_says_are_not_written_down_and_their_rows_wait(of):
    roles = [f"Role {at}" for at in range(14)]
    made = of(**{"Your role": [*cycle(roles, 400), "Only moon landing officer", "Only lighthouse keeper"]})
    column = made.of("Your role")
    assert (column.type, column.undeclared, len(column.values)) == ("nominal", "quarantine", 14)
    assert "lighthouse" not in made.text
    assert "2 labels that fewer than 3 rows say" in made.comment("Your role")
    assert len(made.cleaned.table) == 400


def test_a_short_list_is_written_down_whole_though_one_label_is_rare(of):
    made = of(Sex=[*cycle(["Female", "Male"]), "Other"])
    assert list(made.of("Sex").values) == ["female", "male", "other"]


def test_names_before_the_marks_of_pupils_are_no_labels_of_a_published_table(of):
    marks = {f"Test {number}": [40 + at * number % 55 for at in range(ROWS)] for number in range(1, 8)}
    made = of(Learner=[f"{first} {last}" for first in ("Ann", "Bo", "Cy", "Di", "Ed", "Flo") for last in
                       ("Ames", "Bell", "Cole", "Dunn", "East", "Ford", "Gray", "Hall", "Iles", "Joy")], **marks)
    assert made.kind("Learner") == "drop"
    assert "Ames" not in made.text


def test_what_the_rows_of_a_published_table_are_about_is_kept(of):
    made = of(Measure=[f"B{at:02}. Statement about work {at}" for at in range(ROWS)],
              **{f"Group {number}": [f"{40 + at * number % 55}%" for at in range(ROWS)] for number in range(1, 8)})
    assert made.kind("Measure") == "text"
    assert "Statement about work" not in made.text
