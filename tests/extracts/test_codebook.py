"""A codebook is checked at the door: every fault at once, with place, problem and remedy."""

import re
import tomllib
from pathlib import Path

import pytest

from helpers.extracts import Codebook, Column, Derived, clean, open_codebook
from helpers.extracts.codebooks.codebook import Earlier, Linked
from helpers.extracts.codebooks.layout import Join, Pivot, Reading, Unpivot
from helpers.extracts.codebooks.ruled import Rule
from helpers.extracts.codebooks.variables import Case, Level, Scale, Score
from helpers.study import InputFault

ROOT = Path(__file__).parents[2]


def faults_of(study, name="records"):
    with pytest.raises(InputFault) as raised:
        open_codebook(study, name)
    assert raised.value.kind == "study"
    return raised.value.faults


def test_a_codebook_answers_for_its_columns_received_or_derived(make):
    codebook = open_codebook(make("""
        [[derived]]
        name = "care_group"
        label = "Care group"
        type = "nominal"
        cases = [{ value = "foster", when = { level_safe = "good" } }]
    """), "records")
    assert codebook.column("level_safe").question == "How safe is the child?"
    assert codebook.column("care_group").label == "Care group"
    assert codebook.scale("four_point").at_or_above == ["good", "excellent"]
    assert codebook.answers("level_safe") == {
        "weak": "Weak", "adequate": "Adequate", "good": "Good", "excellent": "Excellent"}
    assert codebook.answers("care_group") == {"foster": "Foster care", "leaving_care": "Leaving care"}


def test_an_unknown_column_or_scale_is_refused_with_the_nearest(make):
    codebook = open_codebook(make(), "records")
    with pytest.raises(InputFault) as raised:
        codebook.column("level_save")
    assert raised.value.faults == ["codebook 'records': no column 'level_save'; did you mean 'level_safe'?"]
    with pytest.raises(InputFault) as raised:
        codebook.scale("fourpoint")
    assert raised.value.faults == ["codebook 'records': no scale 'fourpoint'; did you mean 'four_point'?"]


COLUMN = """
[[columns]]
name = "{name}"
label = "X"
source = ["{name} header"]
"""


@pytest.mark.parametrize(("more", "sentence"), [
    ('type = "text"\nscle = "a"', "'columns[3].scle': nobody knows this key; did you mean 'scale'?"),
    ('type = "ordinal"', "column 'x': type 'ordinal' needs a scale; name one of [scales]."),
    ('type = "ordinal"\nscale = "four_pont"', "column 'x': no scale 'four_pont'; did you mean 'four_point'?"),
    ('type = "binary"\nscale = "four_point"',
     "column 'x': type 'binary' needs a scale of two levels; 'four_point' has 4."),
    ('type = "count"\nscale = "four_point"',
     "column 'x': type 'count' has no scale; make it ordinal or binary, or take the scale away."),
    ('type = "nominal"', "column 'x': type 'nominal' needs values; add them."),
    ('type = "count"\nvalues = { a = [] }',
     "column 'x': type 'count' takes no values; make it nominal, or take them away."),
    ('type = "date"', "column 'x': type 'date' needs a format; add one, such as \"%d/%m/%Y\"."),
    ('type = "text"\nrequired = true\noptional = true', "column 'x': required and optional at once; keep one."),
    ('type = "nominal"\nvalues = { a = ["9"] }',
     "column 'x': '9' stands for both 'a' and 'dont_know'; let it stand for one (the column's own `missing` overrides "
     "[missing])."),
    ('type = "nominal"\nvalues = { missing = ["m"] }',
     "column 'x': 'missing' is a word that conditions use themselves; give the level another name."),
    ('type = "text"\nasked_if = { level_save = "good" }',
     "column 'x', asked_if: no column 'level_save'; did you mean 'level_safe'?"),
    ('type = "text"\nasked_if = { level_safe = "gud" }',
     "column 'x', asked_if: column 'level_safe' has no 'gud'; known: weak, adequate, good, excellent."),
    ('type = "text"\nasked_if = { record = { min = 1 } }',
     "column 'x', asked_if: column 'record' is identifier and has no min or max; name values."),
])
def test_a_wrong_column_is_one_sentence(make, more, sentence):
    study = make(COLUMN.format(name="x") + more)
    assert faults_of(study) == [f"{place(sentence, study)}{sentence}"]


def place(sentence, study):
    """Faults of the file's form bear its path as study.toml's do; faults of its sense start with folder and file."""
    folder = study.codebooks.as_posix() if sentence.startswith("'columns[") else "codebooks"
    return f"{folder}/records.toml, "


@pytest.mark.parametrize(("more", "sentence"), [
    ('check = "row_is"', "'rules[1]': a rule of check 'row_is' needs 'if'; add it."),
    ('check = "range"\ncolumn = "age"', "'rules[1]': a rule of check 'range' needs 'min'; add it."),
    ('check = "order"\ncolumns = ["age"]',
     "'rules[1]': a rule of check 'order' needs two columns, the earlier first; name both."),
])
def test_a_rule_that_lacks_something_says_what(make, more, sentence):
    study = make(RULE + more)
    assert faults_of(study) == [f"{study.codebooks.as_posix()}/records.toml, {sentence}"]


RULE = """
[[columns]]
name = "age"
label = "Age"
type = "count"
[[columns]]
name = "opened"
label = "Opened"
type = "date"
format = "%d/%m/%Y"
[[rules]]
name = "r"
severity = "note"
sentence = "s"
"""


@pytest.mark.parametrize(("more", "sentence"), [
    ('check = "required"\ncolumns = ["levl_safe"]', "rule 'r': no column 'levl_safe'; did you mean 'level_safe'?"),
    ('check = "range"\ncolumn = "record"\nmin = 1',
     "rule 'r': column 'record' is identifier; a range needs a count or a date."),
    ('check = "range"\ncolumn = "age"\nmin = "two"',
     "rule 'r': 'two' is no number, and 'age' is a count; give a number."),
    ('check = "range"\ncolumn = "opened"\nmin = "soon"',
     "rule 'r': 'soon' is no day, and 'opened' is a date; give one such as 2020-01-31."),
    ('check = "in_extract"\nextract = "record"\ncolumns = ["record"]',
     "rule 'r': no extract 'record'; did you mean 'records'?"),
    ('check = "in_extract"\nextract = "records"\ncolumns = ["record", "agee"]',
     "rule 'r': no column 'agee'; did you mean 'age'?|"
     "rule 'r': extract 'records' has no column 'agee'; did you mean 'age'?"),
    ('check = "when"\nif = { age = { min = 1 } }\nthen = { opend = "present" }',
     "rule 'r', then: no column 'opend'; did you mean 'opened'?"),
    ('check = "row_is"\nif = { opened = { min = "x" } }',
     "rule 'r', if: 'x' is no day, and 'opened' is a date; give one such as 2020-01-31."),
])
def test_a_rule_about_something_unknown_offers_the_nearest(make, more, sentence):
    assert faults_of(make(RULE + more)) == [f"codebooks/records.toml, {one}" for one in sentence.split("|")]


def test_a_derived_column_gives_only_its_values_and_uses_only_what_stands_before_it(make):
    assert faults_of(make("""
        [[derived]]
        name = "care_group"
        label = "Care group"
        type = "nominal"
        cases = [{ value = "fostr", when = { later = "a" } }]
        [[derived]]
        name = "later"
        label = "Later"
        type = "nominal"
        cases = [{ value = "a", when = {} }]
    """)) == [
        "codebooks/records.toml, column 'care_group': a case gives 'fostr', which is none of its values; "
        "did you mean 'foster'?",
        "codebooks/records.toml, derived column 'care_group', value 'fostr': 'later' is derived here or later; "
        "put it before.",
    ]


def test_all_faults_of_a_file_come_at_once(make):
    faults = faults_of(make(COLUMN.format(name="record") + 'type = "text"\n', """
        [[columns]]
        name = "level_other"
        label = "Other"
        source = ["safe"]
        type = "ordinal"
        scale = "none_such"
        [scales.low]
        cut = "a"
        levels = [{ name = "a", label = "A" }, { name = "a", label = "B" }]
        [scales.uncut]
        cut = "c"
        levels = [{ name = "a", label = "A" }, { name = "b", label = "B" }]
        [[columns]]
        name = "partnership"
        label = "Partnership"
        type = "nominal"
        values = { CPP_1 = ["One"] }
    """))
    assert faults == [f"codebooks/records.toml, {fault}" for fault in [
        "column 'record': declared 2 times; keep one.",
        "scale 'low': level 'a' is declared 2 times; keep one.",
        "scale 'low': the cut 'a' is its lowest level, so nothing lies below; name a higher one.",
        "scale 'uncut': the cut 'c' is none of its levels; known: a, b.",
        "column 'level_other': no scale 'none_such'; known: four_point, yes_no, low, uncut.",
        "column 'partnership': 'CPP_1' is none of study.toml's; did you mean 'CPP_01'?",
        "column 'level_other': its source 'safe' already belongs to 'level_safe'; give each its own.",
    ]]


def test_a_doubled_rule_is_refused(make):
    rule = RULE[RULE.index("[[rules]]"):] + 'check = "exact_duplicate"\n'
    assert faults_of(make(rule, rule)) == ["codebooks/records.toml, rule 'r': declared 2 times; keep one."]


README = (ROOT / "study" / "codebooks" / "README.md").read_text(encoding="utf-8")
WHOLE = "\n".join(re.findall(r"```toml\n(.*?)```", README, re.S))


def test_the_blocks_of_the_readme_are_one_codebook_that_works(make):
    study = make(codebook=WHOLE, file=(
        "made by a program\n"
        "Area,Child reference,Age,Date read,Placement type,Safe - level,Aftercare,Remarks,Start date,Support,DOB\n"
        'CPP_01,007,12,31/01/2020,Foster carers,3: good,,x,y,"Money, benefits; housing",01/08/2007\n'
        "Partnership 2,2.10,99,3 March 2020,Foster carers,DK,,x,y,,\n"
    ))
    cleaned = clean(study, "records")
    assert {name: str(value) for name, value in cleaned.table.iloc[0].dropna().items()} == {
        "partnership": "CPP_01", "reference": "007", "age": "12", "date_read": "2020-01-31 00:00:00",
        "placement": "foster", "level_safe": "good", "support_housing": "picked", "support_money": "picked",
        "wellbeing": "3.0", "care_group": "foster", "age_by_dates": "12"}
    caught = cleaned.ledger.set_index("rule")["rows_caught"]
    assert (caught["rated_at_all"], caught["personal_column"], caught["kept"]) == (1, 2, 0)


@pytest.mark.parametrize("block", re.findall(r"```toml (?:instead|as well)\n(.*?)```", README, re.S))
def test_a_block_of_the_readme_that_stands_alone_is_understood(block):
    found = tomllib.loads(WHOLE)
    alone = tomllib.loads(block)
    reading = {**found["reading"], **alone.pop("reading", {})}
    assert Codebook.model_validate({**found, **alone, "reading": reading})


MODELS = (Codebook, Reading, Join, Pivot, Unpivot, Scale, Level, Column, Derived, Case, Score, Linked, Rule, Earlier)


@pytest.mark.parametrize(("model", "key"), [(model, field.alias or name) for model in MODELS
                                            for name, field in model.model_fields.items()])
def test_every_key_of_a_codebook_stands_in_the_readme(model, key):
    written = rf"(?m)(^|[{{,#]) *{key} =|\[+(reading\.)?{key}[\].]|`{key}( = [^`]*)?`"
    assert re.search(written, README), f"{model.__name__}: '{key}' is nowhere explained"
