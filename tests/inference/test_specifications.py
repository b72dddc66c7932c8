"""The question asked in every reasonable way: every way once, the plan's own among them, and no other number in it."""

import numpy as np
import pytest
from inference.builders import family, loaded, study, table

from helpers.inference import compare_family
from helpers.inference.specifications import CHOICES, COLUMNS

LEVELS = np.array(["low", "middle", "high"])


def people(records=260, *, missing=True, ages=True, seed=1):
    rng = np.random.default_rng(seed)
    group = rng.choice(["leaving_care", "at_home", "kinship", "continuing_care"], records)
    level = list(LEVELS[rng.integers(0, 3, records)])
    if missing:
        level[::9] = [None] * len(level[::9])
    columns = {"partnership": rng.choice(["A", "B", "C"], records), "care_group": group, "level": level}
    return columns | ({"age": rng.integers(10, 21, records)} if ages else {})


def compared(columns, **given):
    given = family(**({"headline": "level", "sensitivity": ["all"]} | given))
    return compare_family(study(given), given, loaded(table(**columns)))


def test_every_combination_that_the_data_allow_stands_there_once():
    rows = compared(people()).specifications
    assert list(rows.columns) == COLUMNS
    assert not rows[list(CHOICES)].duplicated().any()
    # Three ages x two strata x three places of continuing care x four suppositions, but for adjusted and imputed.
    assert len(rows) == 3 * 2 * 3 * 4 - 2 * 3


def test_the_plans_own_analysis_is_the_first_value_of_every_choice():
    found = compared(people())
    row, main = found.specifications.iloc[0], found.rows.iloc[0]
    assert [row[name] for name in CHOICES] == [values[0] for values in CHOICES.values()]
    assert row[["effect", "ci_low", "ci_high", "n_group", "n_reference"]].tolist() == pytest.approx(
        main[["effect", "ci_low", "ci_high", "n_group", "n_reference"]].tolist())


@pytest.mark.parametrize(("analysis", "choices"), [
    ("pooled", {"partnerships": "pooled"}), ("ages_16_plus", {"ages": "16_plus"}),
    ("continuing_care_as_group", {"continuing_care": "with_group"}),
    ("continuing_care_as_reference", {"continuing_care": "with_reference"}),
    ("missing_lowest", {"missing": "lowest"}), ("missing_highest", {"missing": "highest"}),
    ("age_adjusted", {"ages": "adjusted"}),
])
def test_one_choice_changed_is_the_sensitivity_analysis_of_that_name(analysis, choices):
    found = compared(people())
    wanted = {name: values[0] for name, values in CHOICES.items()} | choices
    rows = found.specifications
    row = rows[(rows[list(wanted)] == list(wanted.values())).all(axis=1)].iloc[0]
    other = found.sensitivity.set_index("analysis").loc[analysis]
    assert row[["effect", "ci_low", "ci_high"]].tolist() == pytest.approx(
        other[["effect", "ci_low", "ci_high"]].tolist(), rel=1e-4)


def test_without_ages_gaps_or_continuing_care_only_partnerships_are_left_to_choose():
    columns = people(missing=False, ages=False)
    columns["care_group"] = np.where(columns["care_group"] == "continuing_care", "kinship", columns["care_group"])
    groups = {"at_home": {"label": "At home"}, "kinship": {"label": "Kinship"}, "leaving_care": {"label": "Leaving"},
              "looked_after": {"label": "Looked after", "members": ["at_home", "kinship"]}}
    given = family(headline="level", sensitivity=["all"])
    rows = compare_family(study(given, groups=groups), given, loaded(table(**columns))).specifications
    assert rows["partnerships"].tolist() == ["within", "pooled"]


def test_a_family_without_a_headline_or_without_other_analyses_has_no_curve():
    assert compared(people(), headline=None).specifications.empty
    assert compared(people(), sensitivity=[]).specifications.empty


def test_the_same_data_give_the_same_curve_twice():
    one, other = (compared(people()).specifications for _ in range(2))
    assert one.equals(other)
