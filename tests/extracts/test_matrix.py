"""A matrix question is one entry of the codebook and one column an item, however the tool names its columns."""

import pytest

from helpers.extracts import clean
from helpers.study import InputFault

MATRIX = """
[[columns]]
name = "listen"
label = "Who listens"
question = "How well do they listen?"
source = ["How well do they listen?"]
type = "ordinal"
scale = "four_point"
items = { worker = ["Your worker", "Q7_1"], carer = ["Your carer", "Q7_2"] }
asked_if = { level_safe = ["weak", "good"] }
"""
SURVEYMONKEY = '[reading]\nstyle = "surveymonkey"\n'


def said(cleaned):
    names = ["listen_worker", "listen_carer"]
    kinds = cleaned.missing[names].astype("str")
    return cleaned.table[names].astype("str").where(cleaned.table[names].notna(), kinds).to_numpy().tolist()


@pytest.mark.parametrize(("reading", "header"), [
    (SURVEYMONKEY, "Record ID,Safe,How well do they listen?,\n,,Your worker,Your carer\n"),
    ("", "Record ID,Safe,How well do they listen? - Your worker,How well do they listen? - Your carer\n"),
    ("", "Record ID,Safe,How well do they listen? [Your worker],How well do they listen? [Your carer]\n"),
    ("", "Record ID,Safe,Q7_1,Q7_2\n"), ("", "Record ID,Safe,listen_worker,listen_carer\n"),
])
def test_every_item_is_a_column_of_the_questions_scale(make, reading, header):
    study = make(reading, MATRIX, file=header + "1,Good,Weak,dk\n2,Adequate,,\n")
    cleaned = clean(study, "records")
    assert said(cleaned) == [["weak", "dont_know"], ["not_asked"] * 2]
    assert cleaned.codebook.column("listen_worker").label == "Your worker"
    assert cleaned.codebook.column("listen_worker").question == "How well do they listen?"
    assert list(cleaned.table["listen_carer"].cat.categories) == ["weak", "adequate", "good", "excellent"]


def test_an_item_without_a_column_and_a_label_nobody_declared_are_named(make):
    with pytest.raises(InputFault) as raised:
        clean(make(MATRIX, file="Record ID,Safe,Q7_1\n1,Good,Goood\n"), "records")
    assert raised.value.faults == [
        "records.csv: no column for the item 'carer' of 'listen'; add it to the extract, take the item out of the "
        "codebook, or say `optional = true`.",
        "records.csv, column 'Q7_1': 'Goood' in 1 row (first: row 2): not declared in scale 'four_point'; did you mean "
        "'Good'? Add it to the codebook's spellings, or correct the extract."]


def test_items_may_be_required_ruled_scored_and_set_aside_by_their_own_names(make):
    more = """
undeclared = "quarantine"
[[scores]]
name = "heard"
label = "Heard"
items = ["listen"]
minimum = 1
[[rules]]
name = "one_at_least"
severity = "exclude"
sentence = "Nothing answered."
check = "answered"
columns = ["listen_*"]
"""
    study = make(MATRIX + more, file=(
        "Record ID,Safe,Q7_1,Q7_2\n1,Good,Weak,Good\n2,Good,,\n3,Good,Gud,Weak\n4,Good,,Good\n"))
    cleaned = clean(study, "records")
    assert cleaned.table["heard"].tolist() == [2, 3]
    assert cleaned.quarantine[["row", "column", "value"]].to_numpy().tolist() == [
        [4, "listen_worker, listen_carer", "Gud, Weak"]]
