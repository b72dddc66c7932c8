"""The reference cases in other dress, by what must not change their numbers: order, gaps, empty strata, direction.

R computed the cases once; that these changes leave every number where it was (or turn it round) needs no other program.
"""

import copy
import random

import numpy as np
import pytest

from helpers.inference.validation import deviations, reference_cases
from helpers.inference.validation.reference_procedures import BY_FAMILY

CASES = reference_cases()
FRAMES = [case for case in CASES if case["input"]["kind"] == "frame"]
STRATIFIED = [case for case in FRAMES if "stratum" in case["input"]]
TABLES = [case for case in CASES if case["input"]["kind"] == "tables"]
PAIRS = [case for case in CASES if case["input"]["kind"] == "pairs"]
DIRECTED = [case for case in FRAMES if "compared" in case["input"] and "outcome" in case["input"]]


def named(case):
    return case["id"]


def columns(data):
    """Every column of a frame, as (holder, key)."""
    held = [(data, key) for key in ("outcome", "group", "stratum", "weight") if key in data]
    held += [(data[name], key) for name in ("covariates", "outcomes") for key in data.get(name, {})]
    return held


def holds(case):
    wrong = [str(each) for each in deviations(case) if not each.within]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("case", FRAMES, ids=named)
def test_the_order_of_records_changes_nothing(case):
    case = copy.deepcopy(case)
    order = list(range(len(case["input"]["group"])))
    random.Random(1).shuffle(order)
    for holder, key in columns(case["input"]):
        holder[key] = [holder[key][place] for place in order]
    holds(case)


@pytest.mark.parametrize(("case", "gap"), [(case, gap) for case in FRAMES for gap in ("outcome", "group", "stratum")
                                           if gap in case["input"]],
                         ids=lambda given: given if isinstance(given, str) else given["id"])
def test_a_record_without_outcome_group_or_stratum_changes_nothing(case, gap):
    data = (case := copy.deepcopy(case))["input"]
    for holder, key in columns(data):
        holder[key] = [*holder[key], None if holder is data and key == gap else holder[key][0]]
    holds(case)


@pytest.mark.parametrize("case", [case for case in STRATIFIED if case["family"] != "stratified_effect"], ids=named)
def test_a_stratum_with_one_group_changes_nothing(case):
    data = (case := copy.deepcopy(case))["input"]
    for holder, key in columns(data):
        more = "another" if key == "stratum" else data["reference"] if key == "group" else holder[key][0]
        holder[key] = [*holder[key], *[more] * 3]
    if "n_used" in case["expected"]:
        case["expected"]["n_used"] += 3 * data.get("weight", [1])[0]
    holds(case)


@pytest.mark.parametrize("case", [case for case in TABLES if case["family"] != "odds_ratio_homogeneity"], ids=named)
def test_an_empty_stratum_changes_nothing(case):
    data = (case := copy.deepcopy(case))["input"]
    empty = np.zeros_like(np.array(data["counts"][0])).tolist()
    data["counts"], data["strata"] = [*data["counts"], empty], [*data["strata"], "nobody"]
    holds(case)


@pytest.mark.parametrize("case", PAIRS, ids=named)
def test_a_pair_without_both_values_changes_nothing(case):
    data = (case := copy.deepcopy(case))["input"]
    data["first"], data["second"] = [*data["first"], None, 3], [*data["second"], 3, None]
    holds(case)


TURNED = {"theta": lambda x: 1 - x, "theta_cmh": lambda x: 1 - x, "theta_iv": lambda x: 1 - x}
MINUS = ("z", "statistic", "t", "effect", "cliffs_delta")
SWAPPED = {"p_greater": "p_less", "p_exact_greater": "p_exact_less", "ci_low": "ci_high", "ci_cmh_low": "ci_cmh_high",
           "ci_logit_low": "ci_logit_high"}
EITHER = {**SWAPPED, **{other: one for one, other in SWAPPED.items()}}
SYMMETRIC = ("p_two_sided", "p_two_sided_cc", "p_exact_two_sided", "chi2", "variance", "se", "se_cmh", "se_iv", "df")


@pytest.mark.parametrize("case", [case for case in DIRECTED if case["family"] not in ("ordinal_logit", "tost_welch")],
                         ids=named)
def test_the_other_direction_turns_every_number_round(case):
    data, expected = (case := copy.deepcopy(case))["input"], case["expected"]
    data["compared"], data["reference"] = data["reference"], data["compared"]
    got = BY_FAMILY[case["family"]](data, case["options"])
    checked = 0
    for key, value in expected.items():
        if key in SYMMETRIC:
            wanted = value
        elif key in MINUS:
            wanted = -value
        elif key in TURNED:
            wanted = TURNED[key](value)
        elif key in EITHER and EITHER[key] in expected:
            other = expected[EITHER[key]]
            wanted = other if key.startswith("p_") else -other if "theta" not in " ".join(expected) else 1 - other
        else:
            continue
        assert got(key) == pytest.approx(wanted, rel=max(case["rel_tol"], 1e-9), abs=1e-9), key
        checked += 1
    assert checked


def test_names_of_levels_are_taken_in_the_order_given_and_not_in_the_alphabets():
    numbers = next(case for case in CASES if case["family"] == "van_elteren" and case["options"].get("levels"))
    case = copy.deepcopy(numbers)
    words = dict(zip(case["options"]["levels"], "zyxwvutsr", strict=False))
    case["options"]["levels"] = list(words.values())
    case["input"]["outcome"] = [words.get(value) for value in case["input"]["outcome"]]
    holds(case)
