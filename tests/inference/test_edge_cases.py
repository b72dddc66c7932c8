"""The edges that methods.md names, and those that data as received bring: each a row that says so, never a crash."""

import numpy as np
import pandas as pd
import pytest
from inference.builders import family, loaded, repeated, study, table

from helpers.inference import compare_family, ordinal_logit, rank_sum, tabulate, van_elteren
from helpers.study import InputFault

LEVELS = ["low", "middle", "high"]


def compared(columns, *, permutations=500, groups=None, **given):
    given = family(**({"sensitivity": ["all"]} | given))
    the_study = study(given, permutations=permutations, **({"groups": groups} if groups else {}))
    return compare_family(the_study, given, loaded(table(**columns)))


def main(columns, **given):
    return compared(columns, sensitivity=[], **given).rows.iloc[0]


def no_p_beyond_its_bounds(result):
    for frame in (result.rows, result.sensitivity):
        for name in ("p_value", "p_adjusted"):
            assert frame[name].dropna().between(0, 1).all()
        assert not (frame["p_adjusted"] < frame["p_value"] - 1e-12).any()


def test_one_record_a_group():
    result = compared(repeated("A leaving_care: 1 low", "A at_home: 1 high"))
    row = result.rows.iloc[0]
    assert row["p_value"] == 1.0  # of two relabellings both are as far from none
    assert np.isnan(row["ci_low"])
    assert "Fewer than 5 answers in a group" in row["note"]
    no_p_beyond_its_bounds(result)


def test_one_record_in_all_leaves_nobody_to_compare():
    with pytest.raises(InputFault, match="nobody is 'looked_after'"):
        compared(repeated("A leaving_care: 1 low"))


def test_one_group_only():
    with pytest.raises(InputFault, match="nobody is 'leaving_care'"):
        compared(repeated("A at_home: 9 low, 9 high", "B kinship: 4 low"))


def test_one_stratum_is_compared_by_brunner_and_munzel_with_every_analysis_beside_it():
    result = compared(repeated("A leaving_care: 8 low, 7 high", "A at_home: 5 low, 9 middle, 4 high"))
    assert result.rows["test"].tolist() == ["Brunner-Munzel"]
    assert "beyond_partnerships" not in set(result.sensitivity["analysis"])  # no sample of partnerships
    no_p_beyond_its_bounds(result)


def test_all_missing_is_not_estimable():
    frame = table(**repeated("A leaving_care: 9 missing", "A at_home: 9 missing"))
    frame["level"] = pd.Categorical([None] * 18, categories=LEVELS, ordered=True)
    given = family(sensitivity=["all"])
    result = compare_family(study(given), given, loaded(frame))
    row = result.rows.iloc[0]
    assert (row["test"], row["n_group"], row["missing_group"]) == ("none", 0, 9)
    assert np.isnan([row["p_value"], row["effect"]]).all()
    assert result.conclusions["conclusion"].tolist() == ["not estimable"]


def test_a_hundred_thousand_records():
    rng = np.random.default_rng(1)
    columns = {"partnership": rng.choice(list("ABC"), 100_000), "level": rng.choice(LEVELS, 100_000),
               "care_group": rng.choice(["leaving_care", "at_home", "kinship"], 100_000)}
    row = main(columns, permutations=200)
    assert row["effect"] == pytest.approx(0.5, abs=0.01)
    assert 0.01 < row["p_value"] <= 1


def test_a_category_that_nobody_used():
    without = repeated("A leaving_care: 8 low, 7 high", "A at_home: 5 low, 9 high", "B at_home: 6 low, 3 high",
                       "B leaving_care: 5 low, 1 high")
    result = compared(without)  # the scale has a middle
    assert not result.rows["effect"].isna().any()
    assert set(result.counts["answer"]) == {"above", "below", "missing"}
    no_p_beyond_its_bounds(result)


def test_a_group_label_with_a_space():
    rows = repeated("A leaving_care: 8 low, 7 high", "A at_home: 5 low, 9 high")
    rows["placed"] = ["with own family" if group == "at_home" else "in a flat" for group in rows["care_group"]]
    result = compared(rows, by="placed", contrasts=[{"group": "in a flat", "reference": "with own family"}])
    assert result.rows[["n_group", "n_reference"]].iloc[0].tolist() == [15, 14]
    assert set(result.counts["group"]) == {"in a flat", "with own family"}


def test_ties_everywhere():
    result = compared(repeated("A leaving_care: 12 low", "A at_home: 15 low", "B leaving_care: 6 high",
                               "B at_home: 9 high"))
    row = result.rows.iloc[0]
    assert row["effect"] == 0.5
    assert np.isnan(row["p_value"]) and row["test"] == "none"
    assert "Not estimable" in row["note"]
    assert "A, B: nothing added" in row["note"]


def test_a_perfectly_separated_outcome_has_a_permutation_p_and_no_interval_and_nothing_is_added():
    result = compared(repeated("A leaving_care: 9 low", "A at_home: 9 high", "B leaving_care: 7 low",
                               "B kinship: 8 high"), permutations=2000)
    row = result.rows.iloc[0]
    assert row["effect"] == 0.0
    assert row["p_value"] == 1 / 2001
    assert np.isnan(row["ci_low"]) and "Complete separation" in row["note"]
    no_p_beyond_its_bounds(result)


def test_a_weight_of_zero_is_nobody():
    counted = tabulate([1, 2, 3, 3], ["a", "b", "a", "b"], compared="a", reference="b", weight=[2, 3, 0, 1])
    without = tabulate([1, 2, 3], ["a", "b", "b"], compared="a", reference="b", weight=[2, 3, 1])
    assert counted.counts.tolist() == without.counts.tolist()
    assert rank_sum(counted.counts[0]).p_two_sided == rank_sum(without.counts[0]).p_two_sided
    with_zero = ordinal_logit([0, 1, 1, 0, 1], {"g": [0, 1, 0, 1, 1]}, group=["g"], levels=[0, 1],
                              weight=[3, 2, 4, 1, 0])
    left_out = ordinal_logit([0, 1, 1, 0], {"g": [0, 1, 0, 1]}, group=["g"], levels=[0, 1], weight=[3, 2, 4, 1])
    assert with_zero.coef["g"] == pytest.approx(left_out.coef["g"])
    assert with_zero.se["g"] == pytest.approx(left_out.se["g"])


def test_the_same_child_in_two_groups_is_refused():
    rows = repeated("A leaving_care: 8 low", "A at_home: 5 low")
    groups = {"at_home": {"label": "At home"}, "leaving_care": {"label": "Leaving care"},
              "all": {"label": "All", "members": ["at_home", "leaving_care"]}}
    with pytest.raises(InputFault, match="'leaving_care' is on both sides of leaving_care against all: nobody can be"):
        compared(rows, groups=groups, contrasts=[{"group": "leaving_care", "reference": "all"}])


def test_a_stratum_with_one_group_or_all_ties_adds_nothing_and_is_listed():
    rows = repeated("A leaving_care: 8 low, 7 high", "A at_home: 5 low, 9 high", "B at_home: 9 low, 4 high",
                    "C at_home: 5 low", "C leaving_care: 6 low")
    row = main(rows)
    assert row["strata_used"] == 1
    assert "B, C: nothing added (one group only, or all answers alike)" in row["note"]


def test_a_constant_outcome_over_all_strata_is_not_estimable_and_never_p_one():
    assert np.isnan(main(repeated("A leaving_care: 8 low", "A at_home: 5 low", "B at_home: 9 low"))["p_value"])


def test_missing_is_counted_by_group_and_stratum_and_never_ranked():
    rows = repeated("A leaving_care: 8 low, 7 high, 3 missing", "A at_home: 5 low, 9 high",
                    "B at_home: 9 low, 2 missing", "B leaving_care: 4 low, 4 high, 1 missing")
    result = compared(rows, sensitivity=[])
    counts = np.array([[[8, 0, 7], [5, 0, 9]], [[4, 0, 4], [9, 0, 0]]])
    assert result.rows["statistic"].iloc[0] == pytest.approx(van_elteren(counts).z)
    missing = result.counts[result.counts["answer"] == "missing"].groupby(["partnership", "group"])["n"].sum()
    assert missing["A", "leaving_care"] == 3 and missing["B", "at_home"] == 2 and missing["B", "leaving_care"] == 1


@pytest.mark.parametrize("seed", range(6))
def test_small_studies_of_any_shape_come_through_every_analysis(seed):
    rng = np.random.default_rng(seed)
    records = int(rng.integers(12, 60))
    level = rng.choice([*LEVELS, None], records, p=[0.5, 0.1, 0.2, 0.2])
    groups = np.array(["leaving_care", "at_home", "kinship", "continuing_care"])
    care = np.concatenate([groups[:2], rng.choice(groups, records - 2)])
    columns = {"partnership": rng.choice(list("ABCDE"), records), "care_group": care, "level": list(level),
               "age": [int(age) for age in rng.integers(8, 21, records)]}
    columns["level"][0] = "low"
    result = compared(columns, headline="level")
    no_p_beyond_its_bounds(result)
    assert result.sensitivity["analysis"].nunique() >= 9
    known = result.rows.dropna(subset=["ci_low"])
    assert (known["ci_low"] <= known["effect"]).all() and (known["effect"] <= known["ci_high"]).all()
