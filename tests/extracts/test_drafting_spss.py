"""An SPSS file is drafted by its labels: their order that of the codes, those for missing apart, those unheard kept."""

import pandas as pd
import pytest
from extracts.drafts import drafted

pyreadstat = pytest.importorskip("pyreadstat", reason="the optional extra 'spss' is not installed")

ROWS = 60
AGREE = {1: "Strongly agree", 2: "Agree", 3: "Disagree", 4: "Strongly disagree", 8: "Don't know", 9: "Refused"}


def cycle(values):
    return [values[at % len(values)] for at in range(ROWS)]


@pytest.fixture
def made(tmp_path):
    path = tmp_path / "survey.sav"
    table = pd.DataFrame({
        "caseid": [float(1000 + at) for at in range(ROWS)], "q1": cycle([1.0, 2.0, 3.0, 8.0]), "sex": cycle([1.0, 2.0]),
        "area": cycle([1.0, 3.0]), "age": cycle([float(age) for age in range(12, 27)]), "q5_1": cycle([1.0, 0.0]),
        "q5_2": cycle([0.0, 0.0, 1.0]), "note": [f"I said thing {at}" for at in range(ROWS)],
        "score": cycle([1.5, -9.0, 2.25, 3.75]), "calm": cycle([1.0, 2.0, 3.0, 4.0, 5.0]),
        "hours": [float(at % 45) for at in range(ROWS - 1)] + [-8.0],
    })
    pyreadstat.write_sav(
        table, str(path), column_labels={"q1": "Staff listen to me", "q5_1": "Who helps? Tick all that apply - Family",
                                         "q5_2": "Who helps? Tick all that apply - Staff"},
        variable_value_labels={"q1": AGREE, "sex": {1: "Male", 2: "Female"},
                               "area": {1: "North", 2: "East", 3: "South"},
                               "q5_1": {0: "Not selected", 1: "Selected"}, "q5_2": {0: "Not selected", 1: "Selected"},
                               "calm": {1: "Not at all", 5: "Completely"}, "hours": {-8: "Don't know"}},
        missing_ranges={"score": [-9.0]})
    return drafted(path)


def test_the_order_is_that_of_the_words_whichever_way_the_codes_run(made):
    assert made.levels("q1") == ["Strongly disagree", "Disagree", "Agree", "Strongly agree"]


def test_labels_for_missing_are_no_levels(made):
    assert made.cleaned.missing["q1"].value_counts()["dont_know"] == ROWS / 4


def test_labels_without_an_order_stay_in_the_order_of_their_codes_those_unheard_too(made):
    assert made.of("sex").values == {"male": ["Male"], "female": ["Female"]}
    assert list(made.of("area").values) == ["north", "east", "south"]


def test_variables_are_known_by_name_and_wording(made):
    assert made.of("q1").source == ["q1", "Staff listen to me"]
    assert made.of("q1").label == "Staff listen to me"


def test_the_other_types_are_told_as_in_any_file(made):
    assert [made.kind(name) for name in ("caseid", "age", "score", "note")] == ["identifier", "count", "number", "drop"]
    assert made.cleaned.table["score"].notna().sum() == ROWS * 3 // 4


def test_a_block_of_dichotomies_is_one_multi_select_question(made):
    column = next(column for column in made.codebook.columns if column.name == "q5")
    assert column.type == "multi_select"
    assert (made.cleaned.table["q5_staff"] == "picked").sum() == ROWS / 3


def test_a_scale_of_which_only_the_ends_have_labels_goes_by_its_codes(made):
    assert made.levels("calm") == ["Not at all", "2", "3", "4", "Completely"]


def test_a_count_of_which_only_missing_has_a_label_stays_a_count(made):
    assert made.kind("hours") == "count"
    assert made.cleaned.missing["hours"].value_counts()["dont_know"] == 1
