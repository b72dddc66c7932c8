"""How an instrument changed between two waves: nothing that changed goes unsaid, and each change says what it means."""

import tomllib
from datetime import date
from pathlib import Path

import pytest
from extracts.codebook_strategies import codebooks
from hypothesis import HealthCheck, given, settings

from helpers.extracts.codebook_difference import difference, told
from helpers.extracts.codebook_difference.telling import mapping
from helpers.extracts.codebooks.codebook import Codebook, Earlier, Ignore, Linked
from helpers.extracts.codebooks.layout import Join, Pivot, Reading, Unpivot
from helpers.extracts.codebooks.ruled import Rule
from helpers.extracts.codebooks.variables import Case, Column, Derived, Level, Scale, Score
from helpers.study import read_toml

ROOT = Path(__file__).parents[2]
OURS = sorted(path for folder in ("study", "tests/studies") for path in (ROOT / folder).glob("**/codebooks/*.toml"))

OLD = """
instrument = "wave_1"
title = "Survey"
[missing]
dont_know = ["dk"]
not_recorded = [""]
[scales.change]
cut = "better"
levels = [{ name = "worse", label = "Worse" }, { name = "same", label = "Same" }, { name = "better", label = "Better" }]
[[columns]]
name = "safe"
label = "Safe"
question = "How has the child's safety changed?"
source = ["Q1"]
type = "ordinal"
scale = "change"
[[columns]]
name = "healthy"
label = "Healthy"
question = "How has the child's health changed?"
source = ["Q2"]
type = "ordinal"
scale = "change"
[[columns]]
name = "placement"
label = "Placement"
source = ["Q3"]
type = "nominal"
values = { home = ["At home"], foster = ["Foster care"], other = ["Other"] }
[[columns]]
name = "age"
label = "Age"
source = ["Q4"]
type = "count"
[[derived]]
name = "grown"
label = "Grown up"
type = "nominal"
cases = [{ value = "yes", when = { age = { min = 16 } } }, { value = "no", when = { age = { max = 15 } } }]
[[rules]]
name = "aged"
severity = "quarantine"
sentence = "Too old."
check = "range"
column = "age"
max = 25
[[rules]]
name = "known"
severity = "note"
sentence = "The age is not known."
check = "row_is"
if = { age = "missing" }
"""


def read(text):
    return Codebook.model_validate(tomllib.loads(text))


def changed(*edits, also=""):
    """What each pair of words, put for the other in the codebook of the first wave, comes to."""
    new = OLD.replace("wave_1", "wave_2")
    for before, after in edits:
        assert before in new
        new = new.replace(before, after)
    found = difference(read(OLD), read(new + also))
    return [change for change in found if change.sentence != "instrument, name: was 'wave_1', is 'wave_2'."]


def one(*edits, also=""):
    (change,) = changed(*edits, also=also)
    return change.kind, change.sentence, change.comparable


# Questions.


def test_a_question_gone_and_one_new_compare_with_nothing():
    edits = [('name = "age"', 'name = "birthday"'), ('label = "Age"', 'label = "Born on"'), ('"Q4"', '"B1"')]
    gone, new = changed(*edits)[:2]
    assert (gone.kind, gone.columns, gone.comparable) == ("gone", ("age",), "no")
    assert (new.kind, new.columns, new.why) == ("new", ("birthday",), "only the later wave asked it")


def test_a_question_with_the_same_words_under_another_name_is_offered_as_the_same():
    change, reading = changed(('name = "safe"', 'name = "safer"'), ('"Q1"', '"S1"'))
    assert change.sentence == ("'safe' (How has the child's safety changed?) is probably 'safer' (How has the child's "
                               "safety changed?) now: 100% alike.")
    assert change.comparable == "mapped" and change.earlier == {"extract": "wave_1", "columns": {"safer": "safe"}}
    assert reading.sentence == "'safer', what exports call it: with 'S1', without 'Q1'."


def test_near_words_are_offered_too_but_not_those_of_a_neighbour_in_the_same_block():
    block = "How far do you agree? Young people who leave care get all the help they need with {}"
    columns = '[[columns]]\nname = "{}"\nlabel = "{}"\nquestion = "{}"\ntype = "text"\n'
    start = 'instrument = "w"\ntitle = "W"\n'
    old = start + columns.format("health", "Health", block.format("their health"))
    near = start + columns.format("healthy", "Their health", block.format("health"))
    other = start + columns.format("money", "Money", block.format("their money"))
    assert [change.kind for change in difference(read(old), read(near))][:1] == ["renamed"]
    assert [change.kind for change in difference(read(old), read(other))] == ["gone", "new"]


def test_a_rename_that_the_later_codebook_maps_itself_is_no_suggestion():
    also = '\n[[earlier]]\nextract = "wave_1"\ncolumns = { safer = "safe" }\n'
    renamed = changed(('name = "safe"', 'name = "safer"'), also=also)[0]
    assert (renamed.sentence, renamed.comparable) == ("'safe' is 'safer' now, as [[earlier]] says.", "yes")
    assert renamed.earlier == {}


def test_a_renamed_question_of_another_type_cannot_be_mapped():
    change = changed(('name = "age"', 'name = "years"'), ('type = "count"', 'type = "text"'))[0]
    assert (change.kind, change.comparable, change.why) == ("renamed", "no", "it was count and is text")


def test_other_words_are_to_be_judged_and_other_capitals_are_not():
    assert one(("child's safety", "young person's safety")) == (
        "reworded", "'safe', question: was 'How has the child's safety changed?', is 'How has the young person's "
                    "safety changed?'.", "judge")
    assert one(("child's safety changed", "Child’s  safety changed"))[2] == "yes"


@pytest.mark.parametrize(("edit", "expected"), [
    (('type = "count"', 'type = "number"'), ("type", "'age', type: was count, is number.", "no")),
    (('"Q4"]', '"Q4"]\nunit = "months"'), ("type", "'age', unit: was nothing, is 'months'.", "no")),
    (('"Q4"]', '"Q4", "Age now"]'), ("reading", "'age', what exports call it: with 'Age now'.", "yes")),
    (('"Q4"]', '"Q4"]\nrequired = true'), ("asked", "'age', must be answered: was no, is yes.", "judge")),
    (('"Q4"]', '"Q4"]\nasked_if = { placement = "foster" }'),
     ("asked", "'age', asked only if: was nothing, is placement: foster.", "judge")),
    (('"Q4"]', '"Q4"]\nsensitive = true'), ("handling", "'age', sensitive: was no, is yes.", "yes")),
    (('"Q4"]', '"Q4"]\npersonal = "use"'), ("handling", "'age', personal: was nothing, is use.", "no")),
    (('"Q4"]', '"Q4"]\nmissing = { dont_know = ["99"] }'),
     ("missing", "'age': '99' stands for don't know.", "yes")),
    (('dont_know = ["dk"]', 'prefer_not_to_say = ["dk"]'),
     ("missing", "everywhere: 'dk' meant don't know, and means prefer not to say.", "judge")),
    (('not_recorded = [""]', ""), ("missing", "everywhere: an empty cell no longer stands for not recorded.", "yes")),
])
def test_a_changed_key_says_what_it_was_and_what_it_means(edit, expected):
    assert one(edit) == expected


# Answers.


@pytest.mark.parametrize(("edit", "expected"), [
    (('{ name = "same", label = "Same" }, ', ""), ("answers", "scale 'change': level 'same' is gone.", "no")),
    (('{ name = "same"', '{ name = "bit_worse", label = "A bit worse" }, { name = "same"'),
     ("answers", "scale 'change': level 'bit_worse' is new.", "no")),
    (('label = "Better"', 'label = "Much better"'),
     ("answers", "scale 'change': answer 'better' read 'Better' and reads 'Much better'.", "judge")),
    (('label = "Better"', 'label = "BETTER"'), None),
    (('cut = "better"', 'cut = "same"'),
     ("answers", "scale 'change': cut at 'better' before, at 'same' now.", "judge")),
    (('cut = "better"', 'cut = "better"\nabove = "Up"'),
     ("answers", "scale 'change': the two categories were 'None' and 'None', and are 'Up' and 'None'.", "yes")),
    (('label = "Better" }', 'label = "Better", points = 10 }'),
     ("answers", "scale 'change': the levels count 1, 2, 3 in scores before, 1, 2, 10 now.", "judge")),
    (('label = "Better" }', 'label = "Better", spellings = ["3"] }'),
     ("reading", "scale 'change': answer 'better' is written otherwise in exports, with '3'.", "yes")),
    ((', other = ["Other"]', ""), ("answers", "'placement': answer 'other' is gone.", "judge")),
    ((', other = ["Other"]', ', other = ["Other"], kin = ["Kin"]'),
     ("answers", "'placement': answer 'kin' is new.", "judge")),
    (('home = ["At home"], foster = ["Foster care"]', 'foster = ["Foster care"], home = ["At home"]'),
     ("answers", "'placement': the answers are in another order.", "yes")),
    (('values = { home = ["At home"], foster = ["Foster care"], other = ["Other"] }', 'values = "groups"'),
     ("answers", "'placement': went by answers of its own, goes by the study's groups.", "judge")),
])
def test_changed_answers_say_whether_they_still_compare(edit, expected):
    if expected is None:
        assert changed(edit) == []
    else:
        assert one(edit) == expected


def test_a_scale_that_several_questions_share_is_told_once():
    (change,) = changed(('cut = "better"', 'cut = "same"'))
    assert change.columns == ("safe", "healthy")


def test_a_scale_turned_round_is_not_comparable():
    turned = ('{ name = "worse", label = "Worse" }, { name = "same", label = "Same" }, { name = "better"',
              '{ name = "better", label = "Better" }, { name = "same", label = "Same" }, { name = "worse"')
    found = changed(turned, ('label = "Better" }]', 'label = "Worse" }]'))
    assert [(change.sentence, change.comparable) for change in found] == [
        ("scale 'change': the answers are in another order.", "no")]


def test_an_answer_under_another_name_is_mapped():
    (change,) = changed(('foster = ["Foster care"]', 'fostered = ["Foster care"]'))
    assert change.sentence == "'placement': answer 'foster' is probably 'fostered' now."
    assert change.earlier == {"extract": "wave_1", "levels": {"placement": {"foster": "fostered"}}}
    also = '\n[[earlier]]\nextract = "wave_1"\nlevels = { placement = { foster = "fostered" } }\n'
    known = changed(('foster = ["Foster care"]', 'fostered = ["Foster care"]'), also=also)[0]
    assert (known.sentence, known.comparable) == (
        "'placement': answer 'foster' is 'fostered' now, as [[earlier]] says.", "yes")


def test_an_answer_that_became_a_kind_of_missing_is_named_as_such():
    edits = ('other = ["Other"]', 'unsure = ["Not sure"]'), ('dont_know = ["dk"]', 'dont_know = ["dk", "Not sure"]')
    old, new = (OLD.replace(*edits[0]), OLD.replace(*edits[1]).replace(', other = ["Other"]', ""))
    sentences = [(change.sentence, change.comparable) for change in difference(read(old), read(new))]
    assert sentences[0] == ("'placement': answer 'unsure' is gone, and counts as missing now (don't know).", "judge")
    back = [(change.sentence, change.comparable) for change in difference(read(new), read(old))]
    assert back[0] == ("'placement': answer 'unsure' is new, and counted as missing before (don't know).", "judge")


def test_the_same_levels_under_another_scale_s_name_compare_as_they_stand():
    assert one(("[scales.change]", "[scales.changes]"), ('scale = "change"', 'scale = "changes"')) == (
        "answers", "'safe', 'healthy': went by scale 'change', goes by scale 'changes'.", "yes")


# What is made of them.


@pytest.mark.parametrize(("edit", "expected"), [
    (("max = 15", "max = 14"), [("derived column 'grown': no longer 'no' when age: up to 15.", "no"),
                                ("derived column 'grown': 'no' when age: up to 14.", "no")]),
    (('{ age = { min = 16 } } }', '{ age = { min = 16 } }, because = "Of age" }'),
     [("derived column 'grown': the reasons for its cases are worded otherwise.", "yes")]),
    (('label = "Grown up"', 'label = "Grown up"\notherwise = "illegible"'),
     [("derived column 'grown', otherwise: was not recorded, is illegible.", "judge")]),
    (('name = "grown"', 'name = "adult"'), [("derived column 'grown' is gone.", "no"),
                                            ("derived column 'adult' is new.", "no")]),
    (("max = 25", "max = 26"), [("rule 'aged', greatest: was 25, is 26.", "judge")]),
    (('"Too old."', '"Older than 25."'), [("rule 'aged', sentence: was 'Too old.', is 'Older than 25.'.", "yes")]),
    (('name = "aged"', 'name = "too_old"'), [("rule 'aged' is gone.", "judge"), ("rule 'too_old' is new.", "judge")]),
    (('name = "known"', 'name = "unknown"'), [("rule 'known' is gone.", "yes"), ("rule 'unknown' is new.", "yes")]),
])
def test_what_is_made_of_the_answers_counts_too(edit, expected):
    assert [(change.sentence, change.comparable) for change in changed(edit)] == expected


def test_rules_in_another_order_set_other_rows_aside():
    first, second = (part for part in OLD.split("[[rules]]")[1:])
    turned = OLD.replace(f"[[rules]]{first}[[rules]]{second}", f"[[rules]]{second}[[rules]]{first}")
    (change,) = difference(read(OLD), read(turned))
    assert (change.sentence, change.comparable) == ("The rules are applied in another order.", "judge")


# Nothing unsaid.

_LEVELS = [Level(name="low", label="Low"), Level(name="high", label="High")]
OTHERWISE = {  # every key of every model, and another value than a codebook that says nothing of it has
    Codebook: {"instrument": "other", "title": "Other", "row": "child", "person": ["a"], "reading": Reading(sheet="x"),
               "missing": {"illegible": ["?"]}, "scales": {}, "ignore": Ignore(columns=["x"]),
               "columns": [Column(name="z", label="Zebra", type="text")],
               "linked": [Linked(extract="e", on=["a"], columns={"c": "d"})],
               "scores": [Score(name="s", label="S", items=["a"], minimum=1)],
               "derived": [Derived(name="d", label="D", type="count", years_between=["a", "b"])],
               "rules": [Rule(name="r", severity="note", sentence="s", check="exact_duplicate")],
               "earlier": [Earlier(extract="w")]},
    Reading: {"style": "qualtrics", "header_rows": 2, "sheet": "x", "skip_rows": 1, "encoding": "cp1252",
              "delimiter": ";", "undeclared": "quarantine", "join": Join(sheets=["a"], on=["b"]),
              "pivot": Pivot(response=["a"], question="q", answer="r"),
              "unpivot": Unpivot(keep=["a"], names=["b"], value="c")},
    Column: {"label": "B", "question": "Why?", "type": "identifier", "unit": "miles", "sensitive": True,
             "personal": "drop", "source": ["x"], "patterns": ["x*"], "format": "%d", "required": True,
             "optional": True, "asked_if": {"b": "c"}, "missing": {"illegible": ["?"]}, "undeclared": "refuse",
             "items": {"i": ["I"]}, "separator": ";", "picked": ["x"], "not_picked": ["o"],
             "none_picked": "not_asked", "scale": "s", "values": {"y": ["Yes"]}, "name": "quite_another"},
    Derived: {"label": "B", "question": "Why?", "type": "binary", "unit": "miles", "sensitive": True,
              "personal": "drop", "scale": "s", "values": "groups", "cases": [Case(value="y", when={"a": "z"})],
              "otherwise": "illegible", "years_between": None, "name": "e"},
    Score: {"label": "B", "question": "Why?", "type": None, "unit": "miles", "sensitive": True, "personal": "drop",
            "scale": "s", "values": "groups", "items": ["b"], "reversed": ["a"], "how": "sum", "minimum": 2,
            "name": "t"},
    Rule: {"name": "q", "severity": "exclude", "sentence": "Other.", "remedy": "Mend.", "check": "unique",
           "column": "c", "columns": ["x"], "values": ["v"], "pattern": "p", "min": date(2020, 1, 1), "max": 9,
           "keep": "last", "where": {"a": "b"}, "then": {"a": "b"}, "parts": {"a": "b"}, "extract": "e", "minimum": 2,
           "rounded_to": 5.0},
    Linked: {"extract": "f", "on": ["b"], "columns": {"c": "e"}, "keep": "last", "by": "x", "where": {"a": "b"},
             "count": "n", "absent": "illegible"},
    Earlier: {"extract": "v", "columns": {"a": "b"}, "levels": {"a": {"b": "c"}}},
}
PLAIN = {
    Column: Column(name="a", label="A", type="text"),
    Derived: Derived(name="d", label="D", type="nominal", cases=[Case(value="y", when={"a": "b"})]),
    Score: Score(name="s", label="S", items=["a"], minimum=1),
    Rule: Rule(name="r", severity="note", sentence="s", check="exact_duplicate"),
    Linked: Linked(extract="e", on=["a"], columns={"c": "d"}), Earlier: Earlier(extract="w"), Reading: Reading(),
}
SECTION = {Column: "columns", Derived: "derived", Score: "scores", Rule: "rules", Linked: "linked", Earlier: "earlier"}


def holding(model, entry):
    base = Codebook(instrument="i", title="T", columns=[PLAIN[Column]], scales={"s": Scale(levels=_LEVELS)})
    if model is Codebook:
        return base.model_copy(update=entry)
    return base.model_copy(update={"reading": entry} if model is Reading else {SECTION[model]: [entry]})


@pytest.mark.parametrize(("model", "key"), [(model, key) for model in OTHERWISE for key in model.model_fields])
def test_no_key_changes_unsaid(model, key):
    other = OTHERWISE[model][key]
    if other is None or (model, key) == (Codebook, "scales"):  # never another; a scale that nobody uses
        return
    if model is Codebook:
        assert difference(holding(model, {}), holding(model, {key: other}))
    else:
        changed = PLAIN[model].model_copy(update={key: other})
        assert difference(holding(model, PLAIN[model]), holding(model, changed))


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.stem)
def test_a_codebook_does_not_differ_from_itself(path):
    codebook = read_toml(path, Codebook)
    assert difference(codebook, codebook) == []
    assert told([]) == "Nothing changed: the two waves can be compared as they stand."


@given(old=codebooks(), new=codebooks())
@settings(deadline=None, max_examples=30, suppress_health_check=[HealthCheck.too_slow])
def test_any_two_codebooks_can_be_compared(old, new):
    assert difference(old, old) == []
    changes = difference(old, new)
    assert all(change.sentence in told(changes) for change in changes)
    assert all(change.why for change in changes if change.comparable in ("judge", "no"))
    Earlier(**{"extract": "", **mapping(changes)})


# As told.


def test_it_is_told_in_groups_with_the_mapping_at_the_end():
    new = OLD.replace("wave_1", "wave_2").replace('name = "age"', 'name = "years"').replace(
        'foster = ["Foster care"]', 'fostered = ["Foster care"]').replace("max = 25", "max = 26").replace(
        'cut = "better"', 'cut = "same"')
    assert told(difference(read(OLD), read(new))) == """\
Questions renamed: 1. Comparable once mapped.
  'age' (Age) is probably 'years' (Age) now: 100% alike.

Answers: 2
  scale 'change': cut at 'better' before, at 'same' now.
      Concerns safe, healthy.
      To be judged: level by level they can be compared, in two categories they cannot.
  'placement': answer 'foster' is probably 'fostered' now.
      Comparable once mapped.

Rules: 1. To be judged: other rows count.
  rule 'aged', greatest: was 25, is 26.

How it is read and called: 1. Comparable as they stand.
  instrument, name: was 'wave_1', is 'wave_2'.

Whatever is not named here is the same in both waves, and comparable as it stands.

What is probable, for the later codebook once you have checked it (extract: the earlier wave's name in study.toml):

[[earlier]]
extract = "wave_1"
columns = { years = "age" }
levels = { placement = { foster = "fostered" } }"""


def test_the_suggested_mapping_is_what_a_codebook_takes():
    new = OLD.replace("wave_1", "wave_2").replace('name = "safe"', 'name = "safer"')
    text = told(difference(read(OLD), read(new)))
    accepted = read(new + text[text.index("[[earlier]]"):])
    assert accepted.earlier == [Earlier(extract="wave_1", columns={"safer": "safe"})]
    assert "earlier" not in told(difference(read(OLD), accepted)).split("\n\n")[-1]
