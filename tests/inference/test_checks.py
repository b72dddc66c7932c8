"""The questions around a family: do any of several groups differ, do partnerships agree, how do paired answers move."""

import numpy as np
import pandas as pd
import pytest
from inference.builders import family, loaded, study, table
from scipy import stats

from helpers.inference import (
    bowker,
    brunner_munzel,
    compare_family,
    heterogeneity,
    odds_ratio_homogeneity,
    stuart_maxwell,
)
from helpers.inference.checks import COLUMNS, modified_ridits
from helpers.inference.methods.tables import cmh_row_mean

RNG = np.random.default_rng(3)
GROUPS = ["leaving_care", "at_home", "kinship"]
CONTRASTS = [{"group": "leaving_care", "reference": name} for name in GROUPS[1:]]


def people(places="AB", records=120, levels=("low", "middle", "high")):
    return {"partnership": RNG.choice(list(places), records), "care_group": RNG.choice(GROUPS, records),
            "level": RNG.choice(levels, records)}


def checked(columns, **given):
    given = family(**given)
    return compare_family(study(given), given, loaded(table(**columns))).checks


def test_whether_any_of_several_groups_differs_is_kruskal_and_wallis_in_one_stratum():
    columns = people("A")
    row = checked(columns, contrasts=CONTRASTS).set_index("question").loc["groups"]
    codes = pd.Series(columns["level"]).map({"low": 0, "middle": 1, "high": 2})
    other = stats.kruskal(*(codes[columns["care_group"] == name] for name in GROUPS))
    assert (row["statistic"], row["df"], row["p_value"]) == pytest.approx((other.statistic, 2, other.pvalue))


def test_whether_any_group_differs_within_strata_uses_midranks_of_each_stratum():
    columns = people()
    row = checked(columns, contrasts=CONTRASTS).set_index("question").loc["groups"]
    frame = pd.DataFrame(columns)
    tables = np.array([[[((frame["partnership"] == place) & (frame["care_group"] == name)
                          & (frame["level"] == level)).sum() for level in ("low", "middle", "high")]
                        for name in GROUPS] for place in "AB"])
    for place, here in zip("AB", tables, strict=True):
        ranks = stats.rankdata(np.repeat(range(3), here.sum(axis=0)))
        own = np.unique(ranks / (here.sum() + 1))
        assert modified_ridits(tables)["AB".index(place)] == pytest.approx(own)
    assert row["statistic"] == pytest.approx(cmh_row_mean(tables, modified_ridits(tables)).chi2)


def test_two_groups_are_not_asked_whether_any_differs():
    asked = checked(people(), contrasts=CONTRASTS[:1])["question"]
    assert set(asked) == {"heterogeneity"}


def test_partnerships_are_held_against_each_other_by_their_own_effects():
    columns = people("ABC", 300)
    row = checked(columns).iloc[0]
    frame, places = pd.DataFrame(columns), []
    for place in "ABC":
        here = frame[frame["partnership"] == place]
        side = here["care_group"] == "leaving_care"
        places.append(brunner_munzel(np.array([[(here["level"][mask] == level).sum() for level in
                                                ("low", "middle", "high")] for mask in (side, ~side)])))
    other = heterogeneity([each.theta for each in places], [each.se for each in places])
    assert (row["statistic"], row["p_value"], row["estimate"]) == pytest.approx((other.q, other.p_value, other.tau))


def test_shares_are_also_held_to_one_odds_ratio():
    columns = people("ABC", 300, ("no", "yes"))
    rows = checked(columns).set_index("test")
    frame = pd.DataFrame(columns)
    tables = np.array([[[((frame["partnership"] == place) & ((frame["care_group"] == "leaving_care") == side)
                          & (frame["level"] == level)).sum() for level in ("yes", "no")] for side in (True, False)]
                       for place in "ABC"])
    other = odds_ratio_homogeneity(tables)
    assert rows.loc["Breslow-Day-Tarone", ["statistic", "p_value"]].tolist() == pytest.approx(
        [other.tarone, other.p_tarone])
    assert "Cochran's Q" in rows.index


def test_paired_answers_are_asked_how_they_move():
    first, second = (RNG.choice(["low", "middle", "high"], 90) for _ in range(2))
    columns = {"partnership": ["A"] * 90, "first": first, "second": second}
    rows = checked(columns, design="paired", pairs=[{"name": "p", "first": "first", "second": "second"}])
    square = pd.crosstab(first, second).loc[["low", "middle", "high"], ["low", "middle", "high"]].to_numpy()
    found = rows.set_index("question")["statistic"]
    assert found["margins"] == pytest.approx(stuart_maxwell(square).chi2)
    assert found["symmetry"] == pytest.approx(bowker(square).chi2)
    assert list(rows.columns) == COLUMNS
