"""A codebook written as TOML: it reads like one written by hand, and says the same."""

import tomllib
from pathlib import Path

import pytest
from extracts.codebook_strategies import codebooks
from hypothesis import HealthCheck, given, settings

from helpers.extracts.codebooks.codebook import Codebook, Earlier
from helpers.extracts.codebooks.ruled import Rule
from helpers.extracts.codebooks.toml import WIDTH, written
from helpers.extracts.codebooks.variables import Bounds, Column
from helpers.study import read_toml

ROOT = Path(__file__).parents[2]
OURS = sorted(path for folder in ("study", "tests/studies") for path in (ROOT / folder).glob("**/codebooks/*.toml"))

PLAIN = """\
instrument = "records"
title = "Records"

[missing]
not_recorded = ["", "not recorded"]

[scales.change]
cut = "improved"
levels = [
    { name = "got_worse", label = "Got worse", spellings = ["worse than it was a year ago"] },
    { name = "stayed_the_same", label = "Stayed the same" },
    { name = "improved", label = "Improved" },
]

[scales.yes_no]
levels = [{ name = "no", label = "No" }, { name = "yes", label = "Yes" }]

[[columns]]
name = "age"
label = "Age"
source = ["Age", "Age in years"]
type = "count"
missing = { dont_know = ["99"] }

[[columns]]
name = "placement"
label = "Placement"
source = ["Placement type"]
type = "nominal"
asked_if = { age = { max = 17 } }
[columns.values]
at_home = ["At home with parents"]
kinship = ["With friends or relatives (kinship)"]
foster = ["Foster carers provided by local authority", "Foster carers purchased by local authority"]

[[derived]]
name = "age_group"
label = "Age group"
type = "nominal"
cases = [
    { value = "16_plus", when = { age = { min = 16 } }, because = "Aged 16 and over, and so old enough for aftercare" },
    { value = "under_16", when = { age = { max = 15 } }, because = "Aged under 16" },
]

[[rules]]
name = "read_after_start"
severity = "note"
sentence = "Read before the inspection began."
check = "range"
column = "date_read"
min = 2018-01-01
"""


def read(text):
    return Codebook.model_validate(tomllib.loads(text))


def same(one, other):
    """Equal, and in the same order: the order of levels, answers and rules counts."""
    return one == other and repr(one) == repr(other)


def test_it_is_written_as_a_hand_would_write_it():
    assert written(read(PLAIN)) == PLAIN


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.stem)
def test_every_codebook_of_ours_reads_back_the_same(path):
    codebook = read_toml(path, Codebook)
    text = written(codebook)
    assert same(read(text), codebook)
    prose = ("question", "source", "sentence", "remedy", "because", "    ")
    assert all(len(line) <= WIDTH or line.startswith(prose) for line in text.splitlines())


@given(codebook=codebooks())
@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
def test_any_codebook_reads_back_the_same(codebook):
    assert same(read(written(codebook)), codebook)


@pytest.mark.parametrize("levels", [
    {"x" * 130: {}, "a": {"b": "c"}}, {"a": {"y" * 130: "c"}, "b": {}},
    {"a": {}, "b": {"c": "z" * 130}, "d": {"e": "f"}},
])
def test_maps_too_long_for_a_line_keep_their_order(levels):
    codebook = read(PLAIN).model_copy(update={"earlier": [Earlier(extract="old", levels=levels)]})
    assert same(read(written(codebook)), codebook)


def test_conditions_too_long_for_a_line_keep_their_order():
    rule = Rule(name="r", severity="note", sentence="S.", check="row_is",
                where={"x" * 130: Bounds(min=1), "b": "c", "d": Bounds(max=2)})
    codebook = read(PLAIN).model_copy(update={"rules": [rule]})
    assert same(read(written(codebook)), codebook)


def test_an_empty_list_under_a_long_name_is_still_a_list():
    columns = [Column(name="a", label="A", type="multi_select", values={"x" * 130: []})]
    codebook = Codebook(instrument="a", title="A", columns=columns)
    assert same(read(written(codebook)), codebook)


def test_what_is_as_usual_is_left_out():
    assert "required" not in written(read(PLAIN.replace('type = "count"', 'type = "count"\nrequired = false')))


def test_questions_stand_above_what_they_are_about():
    text = written(read(PLAIN), {
        (): ["Drafted from records.csv.", "Answer each question, then delete it."],
        ("missing",): ["Is a blank 'not recorded'?"],
        ("scales", "yes_no"): ["Is yes the better answer?"],
        ("columns",): ["3 columns were left out."],
        ("columns", "age"): ["Is 99 an age?\nIt stands 12 times."],
        ("rules", "read_after_start"): ["x"],
    })
    assert same(read(text), read(PLAIN))
    assert text.startswith("# Drafted from records.csv.\n# Answer each question, then delete it.\n\ninstrument")
    assert "\n\n# Is a blank 'not recorded'?\n[missing]\n" in text
    assert "\n\n# Is yes the better answer?\n[scales.yes_no]\n" in text
    assert "\n\n# 3 columns were left out.\n\n# Is 99 an age? It stands 12 times.\n[[columns]]\n" in text
    assert "\n\n# x\n[[rules]]\n" in text


def test_a_long_question_is_wrapped_and_what_a_comment_cannot_hold_is_left_out():
    text = written(read(PLAIN), {("columns", "age"): [f"Is this an age? {'word ' * 60}", "bell \x07 and\rreturn"]})
    assert same(read(text), read(PLAIN))
    assert all(len(line) <= WIDTH for line in text.splitlines()) and "# bell and return\n" in text


def test_a_section_without_entries_can_be_asked_about():
    assert "\n# No rules were drafted.\n" in written(read(PLAIN[:PLAIN.index("[[rules]]")]), {
        ("rules",): ["No rules were drafted."]})


def test_a_question_about_nothing_is_a_mistake_of_the_program():
    with pytest.raises(KeyError, match="agee"):
        written(read(PLAIN), {("columns", "agee"): ["?"]})
