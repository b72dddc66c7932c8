"""Every case of the reference file, computed by R, through the package's public functions: one test a case.

REFERENCE_CASES names another file of the same form. A family or an expected key that nobody answers for fails.
"""

import json
import math
import os
from pathlib import Path

import pytest
from inference import reference_procedures as procedures

FILE = Path(os.environ.get("REFERENCE_CASES") or Path(__file__).parent / "reference_cases.json")
CASES = json.loads(FILE.read_text(encoding="utf-8"))

# Families of the catalogue that the package does not offer yet. The list may only shrink.
NOT_BUILT: set[str] = set()


def test_no_family_is_both_built_and_listed_as_not_built():
    assert not NOT_BUILT & set(procedures.BY_FAMILY)


def test_a_family_that_nobody_knows_fails():
    with pytest.raises(KeyError):
        test_agrees_with_r({"family": "astrology", "input": {}, "options": {}, "expected": {}, "rel_tol": 1e-8})


def test_an_expected_key_that_nobody_answers_for_fails():
    case = {"family": "proportion_ci", "input": {"x": 1, "n": 2}, "options": {}, "expected": {"wald": 0.5},
            "rel_tol": 1}
    with pytest.raises((AttributeError, KeyError, TypeError)):
        test_agrees_with_r(case)


def test_a_number_beyond_its_tolerance_fails_and_names_its_place():
    case = {"family": "proportion_ci", "input": {"x": 0, "n": 12}, "options": {},
            "expected": {"wilson_low": 0.0, "wilson_high": 0.2424941}, "rel_tol": 1e-8}
    with pytest.raises(AssertionError, match="wilson_high"):
        test_agrees_with_r(case)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_agrees_with_r(case):
    if case["family"] in NOT_BUILT:
        pytest.skip(f"not built: {case['family']}")
    got = procedures.BY_FAMILY[case["family"]](case["input"], case["options"])
    tolerances = case.get("abs_tol") or {}
    wrong = [difference for key, expected in case["expected"].items()
             for difference in disagreements(got(key), expected, key, case["rel_tol"], tolerances.get(key))]
    assert not wrong, "\n".join(wrong)


def disagreements(got, expected, place, rel_tol, abs_tol):
    if isinstance(expected, dict):
        return [each for key, value in expected.items()
                for each in disagreements(got[key], value, f"{place}[{key}]", rel_tol, abs_tol)]
    if isinstance(expected, list):
        if len(got) != len(expected):
            return [f"{place}: {len(got)} values, expected {len(expected)}"]
        return [each for row, value in enumerate(expected)
                for each in disagreements(got[row], value, f"{place}[{row}]", rel_tol, abs_tol)]
    if expected is None:
        return [] if got is None or math.isnan(got) else [f"{place}: {got!r}, expected nothing"]
    absolute = abs_tol if abs_tol is not None else (1e-12 if expected == 0 else 0.0)
    close = abs(got - expected) <= max(rel_tol * abs(expected), absolute)
    return [] if close else [f"{place}: {float(got)!r}, expected {expected!r}"]
