"""The release tables: one symbol, what rests on a withheld number gone with it, the rest rounded."""

import pandas as pd
import pytest
from disclosure.handmade import COUNTED, claims, on_disk, results, tiny_study

from helpers import disclosure
from helpers.study import InputFault

CONTRACT = ["family", "outcome", "scale", "design", "group", "reference", "n_group", "n_reference", "missing_group",
            "missing_reference", "test", "statistic", "p_value", "p_adjusted", "effect_name", "effect", "ci_low",
            "ci_high", "strata_used", "note"]


def test_a_withheld_count_is_missing_and_shown_as_the_one_symbol(protected_study):
    study, _ = protected_study
    counts = disclosure.read_release(study).counts.set_index("cell")
    small = counts.loc["wellbeing.level.CPP_02.leaving_care.above"]
    assert pd.isna(small["n"]) and small["shown"] == "[c]"
    assert set(counts.loc[counts["n"].isna(), "shown"]) == {"[c]"}
    shown = counts[counts["n"].notna()]
    assert (shown["shown"] == shown["n"].map("{:,}".format)).all()


def test_no_count_that_is_shown_is_changed(protected_study):
    study, protected = protected_study
    counts = disclosure.read_release(study).counts.dropna(subset=["n"]).set_index("cell")["n"]
    true = protected.registry.cells.set_index("cell")["value"]
    assert (counts == true[counts.index]).all()


def test_a_share_goes_with_its_count_and_is_whole_percent_otherwise(protected_study):
    study, _ = protected_study
    shares = disclosure.read_release(study).shares.set_index("cell")
    gone = shares.loc["wellbeing.level.CPP_02.leaving_care.share"]
    assert gone[["share", "ci_low", "ci_high"]].isna().all() and gone["shown"] == "[c]"
    kept = shares.loc["wellbeing.level.CPP_01.looked_after.share"]
    assert kept["shown"] == "61%" and kept["share"] == 0.61


def test_a_partnership_s_comparison_goes_with_its_counts_and_with_the_numbers_of_people(protected_study):
    study, _ = protected_study
    rows = disclosure.read_release(study).by_partnership.set_index("partnership")
    assert list(rows.reset_index().columns) == ["partnership", *CONTRACT]
    gone = rows.loc["CPP_02"]
    assert gone[["n_group", "effect", "ci_low", "ci_high", "p_value", "p_adjusted", "statistic"]].isna().all()
    assert gone["test"] == "" and gone["note"] == ""


def test_how_many_did_not_answer_is_told_for_all_partnerships_together_alone(protected_study):
    study, _ = protected_study
    release = disclosure.read_release(study)
    assert release.by_partnership["missing_group"].isna().all()
    assert release.main("wellbeing")["missing_group"].tolist() == [6]


def test_the_comparison_over_all_partnerships_stays_and_is_rounded(protected_study):
    study, _ = protected_study
    row = disclosure.read_release(study).main("wellbeing").iloc[0]
    assert list(row.index) == ["analysis", *CONTRACT]
    assert (row["effect"], row["ci_low"], row["ci_high"], row["p_value"]) == (0.41, 0.33, 0.49, 0.019)
    assert row["n_group"] == 57


def test_a_note_that_names_a_partnership_goes_where_something_is_withheld(protected_study):
    # "CPP_02: nothing added (all answers alike)" would tell all of its counts.
    study, _ = protected_study
    assert disclosure.read_release(study).main("wellbeing")["note"].tolist() == [""]


def test_a_family_that_is_not_published_by_partnership_has_no_rows_by_partnership(tmp_path):
    study = tiny_study(tmp_path, publish=False)
    found = results(study, COUNTED)
    on_disk(study, found)
    disclosure.write_release(study, disclosure.protect(study, found), claims(study))
    assert disclosure.read_release(study).by_partnership.empty


def test_a_claim_keeps_its_figures_where_they_may_be_known(protected_study):
    study, _ = protected_study
    claim = disclosure.read_release(study).claims.iloc[0]
    assert claim["reason"].startswith("The estimate is 0.412") and claim["effect"] == 0.41


def test_a_claim_that_rests_on_a_withheld_number_loses_its_figures_and_its_sentence(tmp_path):
    few = {**COUNTED, ("CPP_01", "leaving_care"): (1, 25), ("CPP_02", "leaving_care"): (2, 9)}
    study = tiny_study(tmp_path)
    found = results(study, few)
    on_disk(study, found)
    disclosure.write_release(study, disclosure.protect(study, found), claims(study))
    claim = disclosure.read_release(study).claims.iloc[0]
    assert claim["reason"] == "The figures behind this are withheld [c]." and pd.isna(claim["effect"])


def test_a_claim_that_counts_partnerships_goes_with_any_of_them(protected_study):
    study, protected = protected_study
    counting = claims(study).assign(rule="majority_of_partnerships", reason="In 2 of 2 partnerships.")
    claim = disclosure.write_release(study, protected, counting).claims.iloc[0]
    assert claim["reason"] == "The figures behind this are withheld [c]."


def test_a_sensitivity_analysis_of_too_few_people_tells_no_effect(tmp_path):
    study = tiny_study(tmp_path)
    found = results(study, COUNTED)
    found.sensitivity = found.rows.assign(analysis="ages_16_plus", n_reference=9)
    on_disk(study, found)
    release = disclosure.write_release(study, disclosure.protect(study, found), claims(study))
    older = release.comparisons.set_index("analysis").loc["ages_16_plus"]
    assert pd.isna(older["effect"]) and pd.isna(older["n_group"])


def test_a_percentage_on_too_small_a_base_is_withheld_though_its_counts_are_not(tmp_path):
    study = tiny_study(tmp_path, minimum_base=60)
    found = results(study, {**COUNTED, ("CPP_02", "leaving_care"): (8, 9)})
    on_disk(study, found)
    release = disclosure.write_release(study, disclosure.protect(study, found), claims(study))
    shares, counts = release.shares.set_index("cell"), release.counts.set_index("cell")
    assert shares.loc["wellbeing.level.CPP_01.leaving_care.share", "shown"] == "[c]"
    assert counts.loc["wellbeing.level.CPP_01.leaving_care.above", "shown"] == "20"
    assert release.by_partnership["effect"].isna().all()


def test_the_summary_and_the_attack_say_what_was_done(protected_study):
    _, protected = protected_study
    assert protected.summary["primary"].sum() == 1 and protected.summary["secondary"].sum() >= 1
    assert list(protected.attack) == ["cell", "least", "greatest", "open"] and protected.attack["open"].all()


def test_exact_figures_behind_effects_do_not_stand_in_the_release_tables(protected_study):
    study, _ = protected_study
    cells = disclosure.read_release(study).cells
    assert (cells.loc[cells["kind"].isin(["effect", "link"]), "shown"].isin(["", "[c]"])).all()


def test_reading_a_release_that_was_never_made_says_what_to_run(tmp_path):
    with pytest.raises(InputFault, match=r"release/cells.parquet: not made yet; run the notebook"):
        disclosure.read_release(tiny_study(tmp_path))


def test_conclusions_agreement_and_curve_are_rounded_and_tell_no_number_of_people(protected_study):
    study, _ = protected_study
    release = disclosure.read_release(study)
    [found] = release.of("conclusions", "wellbeing").itertuples()
    assert (found.conclusion, found.detectable) == ("difference", 0.12)
    assert "equivalence_low" not in release.conclusions
    assert release.of("checks", "wellbeing")["p_value"].tolist() == [0.22]
    [way] = release.of("specifications", "wellbeing").itertuples()
    assert (way.effect, way.ci_low, way.ci_high) == (0.41, 0.3, 0.5)
    assert not {"n_group", "n_reference"} & set(release.specifications)


def test_they_go_with_their_finding(tmp_path):
    study = tiny_study(tmp_path, minimum_base=60)
    found = results(study, dict.fromkeys(COUNTED, (2, 3)))
    on_disk(study, found)
    release = disclosure.write_release(study, disclosure.protect(study, found), claims(study))
    assert release.conclusions.empty and release.checks.empty and release.specifications.empty


def test_differences_of_shares_are_released_only_for_analyses_that_protection_reckons_with(tmp_path):
    study = tiny_study(tmp_path)
    found = results(study, COUNTED)
    names = ["pooled", "imputed", "beyond_partnerships", "each_group"]
    shares = found.rows.assign(effect_name="risk difference")
    found.sensitivity = pd.concat([shares.assign(analysis=name) for name in names], ignore_index=True)
    on_disk(study, found)
    release = disclosure.write_release(study, disclosure.protect(study, found), claims(study))
    assert set(release.comparisons["analysis"]) == {"main", "pooled"}
    found.sensitivity = found.sensitivity.assign(effect_name="theta")
    on_disk(study, found)
    release = disclosure.write_release(study, disclosure.protect(study, found), claims(study))
    assert set(release.comparisons["analysis"]) == {"main", *names}


def test_measurements_and_nominal_outcomes_stay_inside(tmp_path):
    study = tiny_study(tmp_path)
    found = results(study, COUNTED)
    found.rows = found.rows.assign(scale="count", effect_name="mean difference")
    on_disk(study, found)
    release = disclosure.write_release(study, disclosure.protect(study, found), claims(study).head(0))
    assert release.comparisons.empty and release.counts.empty
