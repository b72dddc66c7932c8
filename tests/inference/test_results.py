"""Families' results kept and read back."""

from dataclasses import replace

import pandas as pd
import pytest
from inference.builders import family, loaded, repeated, study, table

from helpers.inference import compare_family, load_all, save
from helpers.study import InputFault

ROWS = repeated("A leaving_care: 4 low, 2 high", "A at_home: 3 middle, 3 high",
                "B leaving_care: 5 low", "B kinship: 6 high")


@pytest.fixture
def two_families(tmp_path):
    ages = ["ages_16_plus"]
    return replace(study(family(), family(name="again", sensitivity=ages)), folder=tmp_path / "study")


def kept(the_study):
    for each in the_study.plan.families:
        save(the_study, each, compare_family(the_study, each, loaded(table(**ROWS, age=[16] * len(ROWS["level"])))))


def test_all_families_come_back_one_below_the_other(two_families):
    kept(two_families)
    results = load_all(two_families)
    assert results.rows["family"].tolist() == ["wellbeing", "again"]
    assert results.sensitivity["family"].tolist() == ["again"]
    assert set(results.counts["family"]) == set(results.shares["family"]) == {"wellbeing", "again"}
    assert results.by_partnership["partnership"].tolist() == ["A", "B", "A", "B"]


def test_what_comes_back_is_what_was_kept(two_families):
    kept(two_families)
    given = two_families.plan.families[0]
    fresh = compare_family(two_families, given, loaded(table(**ROWS, age=[16] * len(ROWS["level"]))))
    pd.testing.assert_frame_equal(two_families.read("comparisons/wellbeing"), fresh.rows)
    pd.testing.assert_frame_equal(two_families.read("comparisons/wellbeing.counts"), fresh.counts)


def test_a_family_not_compared_yet_is_named(two_families):
    with pytest.raises(InputFault, match=r"comparisons/wellbeing\.parquet: not made yet"):
        load_all(two_families)
