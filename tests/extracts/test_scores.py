"""A score is what its items say, mirrored where they are worded the other way, and none where too few are answered."""

import pytest

from helpers.extracts import clean
from helpers.study import InputFault

ITEMS = """
[scales.agree]
levels = [
  { name = "no", label = "No" },
  { name = "so_so", label = "So-so" },
  { name = "yes", label = "Yes" },
]
""" + "".join(f'[[columns]]\nname = "q{n}"\nlabel = "Q{n}"\ntype = "ordinal"\nscale = "agree"\n' for n in (1, 2, 3))
SCORE = """
[[scores]]
name = "wellbeing"
label = "Wellbeing"
items = ["q1", "q2", "q3"]
reversed = ["q3"]
minimum = 2
"""
FILE = "Record ID,Safe,q1,q2,q3\n1,Good,yes,yes,no\n2,Good,no,so-so,yes\n3,Good,yes,,no\n4,Good,yes,,\n"


def wellbeing(study):
    return clean(study, "records").table["wellbeing"].astype("object").where(lambda v: v.notna(), None).tolist()


def test_the_mean_of_answered_items_with_the_reversed_mirrored(make):
    # 1: 3, 3, 4-1=3 → 3. 2: 1, 2, 4-3=1 → 4/3. 3: 3 and 3 → 3. 4: one item of three.
    assert wellbeing(make(ITEMS, SCORE, file=FILE)) == [3, pytest.approx(4 / 3), 3, None]


def test_a_sum_stands_in_for_missing_items_by_the_mean_of_the_others(make):
    assert wellbeing(make(ITEMS, SCORE + 'how = "sum"\n', file=FILE)) == [9, 4, 9, None]


def test_points_that_a_scale_states_are_counted_and_mirrored_within_them(make):
    points = ITEMS.replace('label = "No"', 'label = "No", points = 0').replace(
        'label = "So-so"', 'label = "So-so", points = 1').replace('label = "Yes"', 'label = "Yes", points = 4')
    # 1: 4, 4, 0+4-0=4 → 4. 2: 0, 1, 0+4-4=0 → 1/3. 3: 4 and 4 → 4.
    assert wellbeing(make(points, SCORE, file=FILE)) == [4, pytest.approx(1 / 3), 4, None]


def test_too_few_answers_are_not_recorded_and_counted(make):
    cleaned = clean(make(ITEMS, SCORE, file=FILE), "records")
    assert cleaned.missing["wellbeing"].dropna().tolist() == ["not_recorded"]
    assert cleaned.recodes.query("column == 'wellbeing'")[["from", "rows"]].to_numpy().tolist() == [
        ["fewer than 2 of 3 items answered", 1]]


def test_a_derived_column_may_band_a_score(make):
    band = """
[[derived]]
name = "well"
label = "Well"
type = "nominal"
cases = [{ value = "well", when = { wellbeing = { min = 2.5 } } }, { value = "low", when = { wellbeing = "present" } }]
"""
    assert clean(make(ITEMS, SCORE, band, file=FILE), "records").table["well"].astype("str").fillna("").tolist() == [
        "well", "low", "well", ""]


@pytest.mark.parametrize(("change", "sentence"), [
    (('items = ["q1", "q2", "q3"]', 'items = ["q1", "q2", "qq3"]'), "score 'wellbeing': 'qq3' is no column with a "
     "scale; did you mean 'q3'?"),
    (('reversed = ["q3"]', 'reversed = ["level_safe"]'), "score 'wellbeing': 'level_safe' is reversed and none of its "
     "items; add it to them."),
    (("minimum = 2", "minimum = 4"), "score 'wellbeing': a minimum of 4 of 3 items can never be reached; lower it."),
])
def test_a_score_that_cannot_be_is_the_codebooks_fault(make, change, sentence):
    with pytest.raises(InputFault) as raised:
        clean(make(ITEMS, SCORE.replace(*change), file=FILE), "records")
    assert f"codebooks/records.toml, {sentence}" in raised.value.faults and raised.value.kind == "study"
