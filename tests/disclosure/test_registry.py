"""The registry: what every design shows, and which sums of the same people its numbers are."""

from types import SimpleNamespace

import pandas as pd
import pytest
from disclosure.handmade import COUNTED, SOURCES, results, tiny_study

from helpers.disclosure import registry


def cells_of(study, found):
    return registry(study, found, {}, SOURCES).cells.set_index("cell")


def test_a_published_family_shows_both_sides_in_every_partnership_and_together(tmp_path):
    study = tiny_study(tmp_path)
    cells = cells_of(study, results(study, COUNTED))
    assert cells.loc["wellbeing.level.CPP_01.looked_after.above", "value"] == 52
    assert cells.loc["wellbeing.level.CPP_02.leaving_care.base", "value"] == 12
    assert cells.loc["wellbeing.level.all.leaving_care.below", "value"] == 34


def test_a_family_that_is_not_published_by_partnership_shows_nothing_of_one(tmp_path):
    study = tiny_study(tmp_path, publish=False)
    cells = cells_of(study, results(study, COUNTED))
    assert set(cells["partnership"][cells["kind"] != "link"]) == {"all"}
    assert cells.loc["wellbeing.level.all.leaving_care.above", "kind"] == "implied"


def test_single_care_groups_are_shown_for_all_partnerships_together(tmp_path):
    study = tiny_study(tmp_path)
    cells = cells_of(study, results(study, COUNTED))
    assert cells.loc["wellbeing.level.all.foster.base", "value"] == 70
    assert "wellbeing.level.CPP_01.foster.base" not in cells.index


def test_a_side_is_the_sum_of_its_members(tmp_path):
    study = tiny_study(tmp_path)
    made = registry(study, results(study, COUNTED), {}, SOURCES)
    row = made.cells.set_index("cell").loc["wellbeing.level.CPP_01.looked_after.above", "row"]
    atoms = made.atoms[made.sums[[row]].toarray().ravel() > 0]
    assert set(atoms["group"]) == {"foster", "kinship"} and set(atoms["answer"]) == {"above"}


def test_an_unweighted_share_tells_the_counts_that_print_alike(tmp_path):
    # 37 of 70 is 52.9%: of 70, only 37 prints 53%.
    study = tiny_study(tmp_path)
    cells = cells_of(study, results(study, {**COUNTED, ("CPP_01", "foster"): (22, 23)}))
    share = cells.loc["wellbeing.level.all.foster.share"]
    assert (share["low"], share["high"]) == (37, 37)


def test_a_weighted_share_tells_no_count(tmp_path):
    study = tiny_study(tmp_path)
    found = results(study, COUNTED)
    found.shares["share"] += 0.03
    assert (cells_of(study, found).loc["wellbeing.level.all.foster.share", "row"]) == -1


def test_small_counts_are_secret_and_zeros_only_where_the_outcome_is_sensitive(tmp_path):
    counted = {**COUNTED, ("CPP_01", "leaving_care"): (45, 0)}
    for sensitive, secret in (((), False), (("level",), True)):
        study = tiny_study(tmp_path, sensitive=sensitive)
        made = registry(study, results(study, counted), {}, SOURCES)
        found = dict(zip(made.cells["cell"], made.secret, strict=True))
        assert found["wellbeing.level.CPP_02.leaving_care.above"]
        assert bool(found["wellbeing.level.CPP_01.leaving_care.below"]) == secret
        assert not found["wellbeing.level.CPP_01.leaving_care.base"]


def test_a_codebook_can_mark_an_outcome_sensitive_too(tmp_path):
    study = tiny_study(tmp_path)
    codebook = SimpleNamespace(columns=[SimpleNamespace(name="level", sensitive=True)])
    cells = registry(study, results(study, COUNTED), {"case_records": codebook}, SOURCES).cells
    assert not cells.loc[cells["outcome"] == "level", "zero_shown"].any()


def test_fewer_people_in_a_sensitivity_analysis_imply_those_left_out(tmp_path):
    study = tiny_study(tmp_path)
    found = results(study, COUNTED)
    found.sensitivity = found.rows.assign(analysis="ages_16_plus", n_reference=132)
    made = registry(study, found, {}, SOURCES)
    apart = made.cells[made.cells["answer"] == "apart"].iloc[0]
    assert apart["value"] == 3 and made.secret[apart.name]


def test_rows_received_and_kept_are_facts_about_files(tmp_path):
    study = tiny_study(tmp_path)
    cells = cells_of(study, results(study, COUNTED))
    assert cells.loc["sources.case_records.all.all.kept", ["kind", "value"]].tolist() == ["coverage", 203]


def test_the_same_people_counted_differently_are_a_bug(tmp_path):
    study = tiny_study(tmp_path)
    found = results(study, COUNTED)
    found.counts = pd.concat([found.counts, found.counts.assign(n=99)], ignore_index=True)
    with pytest.raises(ValueError, match="counted as 20 in one family and as 99 in another"):
        registry(study, found, {}, SOURCES)


def test_an_effect_that_is_a_sum_of_counts_is_told_as_one(tmp_path):
    # Mantel-Haenszel by hand: weights 45·85/130 and 12·50/62.
    study = tiny_study(tmp_path)
    found = results(study, COUNTED)
    weights = [45 * 85 / 130, 12 * 50 / 62]
    effect = (weights[0] * (20 / 45 - 52 / 85) + weights[1] * (3 / 12 - 27 / 50)) / sum(weights)
    found.rows = found.rows.assign(effect_name="risk difference", effect=effect, scale="binary")
    cells = cells_of(study, found)
    told = cells.loc["wellbeing.level.all.leaving_care-looked_after.effect"]
    assert told["row"] >= 0 and told["low"] <= effect <= told["high"] and told["high"] - told["low"] < 0.0101
    p = [cells.loc[f"wellbeing.level.all.leaving_care-looked_after.p{places}"] for places in (3, 2, 1)]
    widths = [each["high"] - each["low"] for each in p]
    assert widths[0] < widths[1] < widths[2] and all(each["low"] <= effect <= each["high"] for each in p)
