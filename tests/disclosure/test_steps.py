"""Weighted shares: printed so coarsely that the one withheld count behind them does not follow."""

from pathlib import Path

import pandas as pd
import pytest
from disclosure.handmade import SOURCES, on_disk, results, tiny_study

from helpers import disclosure
from helpers.disclosure.audit import _prose
from helpers.study import Extract, open_study

# 46 leaving care in CPP_01, 30 of them above; 8 in CPP_02, of whom 1 to 4 are above. The frame has 98 and 8.
FRAME = {"CPP_01": 98, "CPP_02": 8}


def by_hand(k):
    """98/106 · 30/46 + 8/106 · k/8: 61.2%, 62.2%, 63.1% and 64.1% for k = 1 to 4. In steps of 2% these are 62, 62, 64
    and 64, in steps of 5% they are 60, 60, 65 and 65, in steps of 10% all are 60."""
    return 98 / 106 * 30 / 46 + 8 / 106 * k / 8


@pytest.fixture
def share(tmp_path):
    """The registered share of leaving care over both partnerships, with k above in CPP_02 and 8 - k below."""
    def registered(k, *, reach=0.0, frame=FRAME, publish=True):
        study = tiny_study(tmp_path, publish=publish)
        records = study.settings.extracts["case_records"]
        study.settings.extracts["case_records"] = records.model_copy(update={"within": "returns"})
        study.settings.extracts["returns"] = Extract(title="Returns", files="*.csv", codebook="returns")
        study.write("returns", pd.DataFrame([(place, "leaving_care") for place, n in frame.items() for _ in range(n)],
                                            columns=["partnership", "care_group"]))
        found = results(study, {("CPP_01", "leaving_care"): (30, 16), ("CPP_02", "leaving_care"): (k, 8 - k),
                                **{(place, group): (20, 20) for place in frame for group in ("foster", "kinship")}})
        leaving = found.shares["group"] == "leaving_care"
        for name, move in (("share", 0.0), ("ci_low", -reach), ("ci_high", reach)):
            found.shares[name] = found.shares[name].mask(leaving, by_hand(k) + move)
        protected = disclosure.protect(on_disk(study, found), found, SOURCES)
        return protected.cells.set_index("cell").loc["wellbeing.level.all.leaving_care.share"]
    return registered


def test_every_value_of_the_withheld_count_prints_the_same(share):
    assert [f"{100 * by_hand(k):.0f}" for k in (1, 2, 3, 4)] == ["61", "62", "63", "64"]
    told = [share(k) for k in (1, 2, 3)]
    assert [(cell["step"], cell["shown"]) for cell in told] == [(10, "60%")] * 3


def test_a_share_whose_interval_would_tell_in_every_step_is_withheld(share):
    # By 1.5 points more the upper end is 62.7%, 63.7%, 64.6% and 65.6%: in steps of 10% the last stands alone.
    told = [share(k, reach=0.015) for k in (1, 2, 3)]
    assert [(cell["step"], cell["shown"]) for cell in told] == [(0, "[c]")] * 3


def test_a_share_in_which_one_person_moves_little_stays_in_the_finest_step_that_hides_it(share):
    # With 98,000 behind CPP_01 the share hangs on nobody in CPP_02.
    cell = share(2, frame={"CPP_01": 98_000, "CPP_02": 8})
    assert cell["step"] == 1


def test_where_no_partnership_shows_its_counts_nothing_follows_from_the_share(share):
    assert share(2, publish=False)["step"] == 1


def test_the_study_s_own_labels_let_a_number_in_prose_be_found():
    study = open_study(Path(__file__).parents[2] / "study")
    cell = ("case_records", "level_overall", "CPP_08", "leaving_care", "share", 1 / 6)
    cells = pd.DataFrame([cell], columns=["extract", "outcome", "partnership", "group", "kind", "value"])
    words = _prose(study, cells)
    assert words.tells("Partnership 8: Overall wellbeing, Leaving care 17%")
    assert not words.tells("Partnership 7: Overall wellbeing, Leaving care 17%")
    assert "partnership" not in words.outcomes
