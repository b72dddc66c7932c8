"""Every case of the reference file, computed by R, through the package's public functions: one test a case.

REFERENCE_CASES names another file of the same form. A family or an expected key that nobody answers for fails.
"""

import os
from pathlib import Path

import pytest

from helpers.inference.validation import agreement, deviations, reference_cases
from helpers.inference.validation.reference_procedures import BY_FAMILY

OTHER = os.environ.get("REFERENCE_CASES")
CASES = reference_cases(Path(OTHER) if OTHER else None)

# Families of the catalogue that the package does not offer yet. The list may only shrink.
NOT_BUILT: set[str] = set()


def test_no_family_is_both_built_and_listed_as_not_built():
    assert not NOT_BUILT & set(BY_FAMILY)


def test_a_family_that_nobody_knows_fails():
    with pytest.raises(KeyError):
        test_agrees_with_r({"family": "astrology", "input": {}, "options": {}, "expected": {}, "rel_tol": 1e-8})


def test_an_expected_key_that_nobody_answers_for_fails():
    case = {"family": "proportion_ci", "input": {"x": 1, "n": 2}, "options": {}, "expected": {"wald": 0.5},
            "rel_tol": 1}
    with pytest.raises((AttributeError, KeyError, TypeError)):
        test_agrees_with_r(case)


WILSON = {"family": "proportion_ci", "id": "w", "input": {"x": 0, "n": 12}, "options": {}, "rel_tol": 1e-8,
          "expected": {"wilson_low": 0.0, "wilson_high": 0.2424941}}


def test_a_number_beyond_its_tolerance_fails_and_names_its_place():
    with pytest.raises(AssertionError, match="wilson_high"):
        test_agrees_with_r(WILSON)


def test_agreement_counts_numbers_and_shows_the_largest_deviations():
    # The upper bound of 0 in 12 is z²/(12 + z²), 0.24249401 for z² = 3.841458820694124; above it is wrong on purpose.
    [row] = agreement([WILSON]).itertuples()
    assert (row.family, row.cases, row.numbers, row.beyond_tolerance) == ("proportion_ci", 1, 2, 1)
    assert row.largest_relative == pytest.approx(
        abs(3.841458820694124 / 15.841458820694124 - 0.2424941) / 0.2424941, rel=1e-6)
    assert row.largest_from_zero < 1e-12


def test_a_list_of_another_length_is_a_deviation():
    case = {"family": "p_adjust", "input": {"p": [0.01, 0.02]}, "options": {}, "expected": {"holm": [0.02]},
            "rel_tol": 1}
    assert [str(each) for each in deviations(case)] == ["holm, how many: 2.0, expected 1"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_agrees_with_r(case):
    if case["family"] in NOT_BUILT:
        pytest.skip(f"not built: {case['family']}")
    wrong = [str(each) for each in deviations(case) if not each.within]
    assert not wrong, "\n".join(wrong)
