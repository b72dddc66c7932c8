"""The contract of a notebook, and what a run gives held against it."""

import jsonschema
import pytest

from helpers.running import contract, described, schema
from helpers.running.pipeline.parameters import faults_in
from helpers.study import InputFault

LINES = [
    "family: str = 'level'  # which family of the plan",
    "years: int = 3  # how many years back (range: 1..5)",
    "margin: float = 0.05  # smallest difference that matters, e.g. margin = 0.1 (range: 0..0.5)",
    "unit: str = 'share'  # what is shown (choices: share | count)",
    "draft: bool = False",
    "since: str = '2020-01-31'  # the first day (date)",
    "codes: str = 'data/raw'  # where they lie (path)",
]


@pytest.fixture
def known(tiny):
    tiny.notebook("1_clean", "Which?", [], parameters=LINES)
    return contract(tiny.root / "notebooks/1_clean.ipynb")


def broken(tiny, line):
    tiny.notebook("1_clean", "Which?", [], parameters=[line])
    with pytest.raises(InputFault) as caught:
        contract(tiny.root / "notebooks/1_clean.ipynb")
    return caught.value.faults


def test_a_line_gives_name_type_default_help_and_limits(known):
    assert described(known)[1:] == [
        {"name": "family", "type": "str", "default": "level", "help": "which family of the plan"},
        {"name": "years", "type": "int", "default": 3, "help": "how many years back", "low": 1.0, "high": 5.0},
        {"name": "margin", "type": "float", "default": 0.05,
         "help": "smallest difference that matters, e.g. margin = 0.1", "low": 0.0, "high": 0.5},
        {"name": "unit", "type": "str", "default": "share", "help": "what is shown", "choices": ("share", "count")},
        {"name": "draft", "type": "bool", "default": False, "help": ""},
        {"name": "since", "type": "str", "default": "2020-01-31", "help": "the first day", "form": "date"},
        {"name": "codes", "type": "str", "default": "data/raw", "help": "where they lie", "form": "path"},
    ]


def test_values_that_fit_raise_no_objection(known):
    assert faults_in("a", known, {"family": "x", "years": 5, "margin": 0, "unit": "count", "draft": True}) == []


@pytest.mark.parametrize("given", [
    {}, {"family": "x", "years": 5, "margin": 0, "unit": "count", "draft": True}, {"years": 1}, {"margin": 0.5},
    {"famly": "x"}, {"years": "3"}, {"years": True}, {"years": 6}, {"years": 2.5}, {"margin": "x"}, {"margin": -0.1},
    {"unit": "shares"}, {"family": 3}, {"draft": 1}, {"unit": None}, {"since": 3}])
def test_the_json_schema_allows_what_the_contract_allows_and_nothing_else(known, given):
    written = schema("1_clean", known)
    checker = jsonschema.Draft202012Validator
    checker.check_schema(written)
    assert checker(written).is_valid(given) == (faults_in("a", known, given) == [])


def test_the_json_schema_explains_and_knows_the_defaults(known):
    assert schema("1_clean", known)["properties"]["years"] == {
        "type": "integer", "description": "how many years back", "default": 3, "minimum": 1.0, "maximum": 5.0}


@pytest.mark.parametrize("given, fault", [
    ({"famly": "x"}, "run 'a': the notebook has no parameter 'famly'; did you mean 'family'?"),
    ({"years": "3"}, "run 'a': parameter 'years' is '3'; expected a whole number."),
    ({"years": True}, "run 'a': parameter 'years' is True; expected a whole number."),
    ({"years": 6}, "run 'a': parameter 'years' is 6; expected 1 to 5."),
    ({"margin": "x"}, "run 'a': parameter 'margin' is 'x'; expected a number."),
    ({"unit": "shares"}, "run 'a': parameter 'unit' is 'shares'; did you mean 'share'?"),
    ({"family": 3}, "run 'a': parameter 'family' is 3; expected a text in quotes."),
    ({"draft": 1}, "run 'a': parameter 'draft' is 1; expected True or False."),
    ({"since": "31/1/2020"}, "run 'a': parameter 'since' is '31/1/2020'; expected a date such as 2020-01-31."),
    ({"since": "20200131"}, "run 'a': parameter 'since' is '20200131'; expected a date such as 2020-01-31."),
])
def test_a_value_that_does_not_fit_is_named(known, given, fault):
    assert faults_in("a", known, given) == [fault]


def test_brackets_that_are_no_mark_are_part_of_the_help(tiny):
    tiny.notebook("1_clean", "Which?", [], parameters=["unit: str = 'a'  # what is shown (a word) (in a table)"])
    assert contract(tiny.root / "notebooks/1_clean.ipynb")[1].help == "what is shown (a word) (in a table)"


def test_a_path_must_be_there_as_seen_from_where_the_notebook_works_be_it_given_or_the_default(known, tiny):
    assert faults_in("a", known, {}, tiny.root) == faults_in("a", known, {"codes": "study/plan.toml"}, tiny.root) == []
    said = "where there is nothing; give the path of what exists, as seen from the folder that holds the study folder."
    gone = faults_in("a", known, {"codes": "gone.csv"}, tiny.root)
    assert gone == [f"run 'a': parameter 'codes' is 'gone.csv', {said}"]
    assert faults_in("a", known, {"codes": " "}, tiny.root) == [f"run 'a': parameter 'codes' is ' ', {said}"]
    assert faults_in("a", known, {}, tiny.root / "study") == [f"run 'a': parameter 'codes' is 'data/raw', {said}"]


def test_all_values_that_do_not_fit_are_named_at_once(known):
    assert len(faults_in("a", known, {"famly": "x", "years": 6, "draft": 1})) == 3


@pytest.mark.parametrize("line, fault", [
    ("years = 3", "line 2: expected `name: type = value  # help`."),
    ("years: int", "line 2: expected `name: type = value  # help`."),
    ("import os", "line 2: expected `name: type = value  # help`."),
    ("years: Literal[1] = 1", "line 2, 'years': nobody knows the type 'Literal[1]'; use str, int, float, bool."),
    ("years: int = 1 + x", "line 2, 'years': its value is computed; write it out."),
    ("years: int = '3'", "line 2, 'years': the default is '3'; expected a whole number."),
    ("years: int = 9  # (range: 1..5)", "line 2, 'years': the default is 9; expected 1 to 5."),
    ("years: int = 1  # (choices: one | two)",
     "line 2, 'years': its choices or range are no whole numbers; correct the comment."),
    ("years: int = 1  # (range: 1-5)",
     "line 2, 'years': its choices or range are no whole numbers; correct the comment."),
    ("unit: str = 'a'  # (range: 1..5)", "line 2, 'unit': its choices or range are no texts; correct the comment."),
    ("token: str = 'env:A'  # (secrets)", "line 2, 'token': nobody knows the form (secrets); did you mean '(secret)'?"),
    ("token: str = 'env:A'  # (Secret)", "line 2, 'token': nobody knows the form (Secret); did you mean '(secret)'?"),
    ("token: str = 'env:A'  # ( secret )", "line 2, 'token': nobody knows the form (secret); did you mean '(secret)'?"),
    ("token: int = 12345678  # (secret)", "line 2, 'token': only a text can be (secret); make it a str."),
    ("since: str = '2020-02-30'  # (date)",
     "line 2, 'since': the default is '2020-02-30'; expected a date such as 2020-01-31."),
])
def test_a_line_that_is_no_parameter_is_named(tiny, line, fault):
    assert broken(tiny, line) == [f"1_clean.ipynb, parameters cell, {fault}"]


def test_a_cell_that_is_no_python_is_named(tiny):
    assert broken(tiny, "years: int = (")[0].startswith("1_clean.ipynb, parameters cell: not valid Python: ")


def test_two_parameters_cells_are_one_too_many(tiny):
    text = (tiny.root / "notebooks/1_clean.ipynb").read_text().replace('"metadata": {}, "outputs"',
                                                                      '"metadata": {"tags": ["parameters"]}, "outputs"')
    tiny.write("notebooks/1_clean.ipynb", text)
    with pytest.raises(InputFault, match=r"4 cells are tagged 'parameters'; keep one."):
        contract(tiny.root / "notebooks/1_clean.ipynb")


def test_a_notebook_without_such_a_cell_takes_none(tiny):
    tiny.replace("notebooks/1_clean.ipynb", '"parameters"', '"other"')
    assert contract(tiny.root / "notebooks/1_clean.ipynb") == []


@pytest.mark.parametrize("text, words", [
    ("{", "not a Jupyter notebook"), ('{"nbformat": 3, "worksheets": []}', "not a Jupyter notebook"), (None, "no such"),
])
def test_a_file_that_is_no_notebook_is_named(tiny, text, words):
    path = tiny.root / "notebooks/x.ipynb"
    if text:
        path.write_text(text)
    with pytest.raises(InputFault, match=words):
        contract(path)
