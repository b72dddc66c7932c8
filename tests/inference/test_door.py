"""What a family must have before anything is computed: every message, all at once."""

import pytest
from inference.builders import GROUPS, family, loaded, study, table

from helpers.inference import compare_family
from helpers.study import InputFault

ROWS = {
    "partnership": ["A", "A", "B"], "care_group": ["leaving_care", "at_home", "kinship"],
    "level": ["low", "high", "low"],
}
ASKED = ROWS | {"asked": ["yes", "no", "no"]}
PLAN = "study/plan.toml, family 'wellbeing': "
TABLE = "case_records (cleaned), "


def refused(given, the_study, sample, frame=None):
    with pytest.raises(InputFault) as caught:
        compare_family(the_study, given, sample, frame)
    return caught.value


def faults(columns=ROWS, *, frame=None, groups=GROUPS, **given):
    given = family(**given)
    refusal = refused(given, study(given, groups=groups), loaded(table(**columns)), frame)
    assert refusal.kind == "study"
    return refusal.faults


def test_a_good_family_passes_the_door():
    given = family()
    assert len(compare_family(study(given), given, loaded(table(**ROWS))).rows) == 1


def test_a_comparison_outside_the_plan():
    outside = family(name="afterthought")
    assert refused(outside, study(family()), loaded(table(**ROWS))).faults == [
        "study/plan.toml, family 'afterthought': the plan fixed beforehand does not name this comparison; "
        "take the family from the plan, or mark it exploratory = true."]


def test_a_missing_column_offers_the_nearest():
    assert faults(outcomes=["levels"]) == [TABLE + "column 'levels': not there; did you mean 'level'?"]


def test_a_share_of_an_outcome_that_has_no_levels():
    assert faults(ROWS | {"age": [16, 9, 8]}, design="prevalence", outcomes=["age"]) == [
        TABLE + "column 'age': of type 'count'; a comparison needs 'ordinal' or 'binary': "
        "give it a scale in the codebook."]


def test_an_outcome_of_a_kind_that_nobody_can_compare():
    given, good = family(), loaded(table(**ROWS))
    columns = [column.model_copy(update={"type": "text", "scale": None}) if column.name == "level" else column
               for column in good.codebook.columns]
    book = good.codebook.model_copy(update={"columns": columns})
    [fault] = refused(given, study(given), type(good)(good.table, good.missing, book)).faults
    assert fault.startswith(TABLE + "column 'level': of type 'text'; a comparison needs 'ordinal', 'binary', "
                                    "'nominal', 'count' or 'number'")


@pytest.mark.parametrize("margin", [0, -0.05, float("nan"), float("inf")])
def test_a_margin_that_is_no_difference_is_refused_when_the_plan_is_read(margin):
    with pytest.raises(ValueError, match="is no difference that could matter; give the smallest that does"):
        family(margin=margin)


def test_a_margin_beyond_the_scale():
    assert faults(margin=5) == [
        PLAN + "margin 5: the effect reaches no further than 0.5 from no difference; "
        "give it as a share: 0.05 is five in a hundred."]


def test_a_margin_of_measurements_is_in_their_own_unit():
    given = family(margin=5, outcomes=["age"])
    rows = ROWS | {"age": [16, 9, 8]}
    assert len(compare_family(study(given), given, loaded(table(**rows))).rows) == 1


def test_measurements_are_not_published_by_partnership():
    [fault] = faults(ROWS | {"age": [16, 9, 8]}, outcomes=["age"], publish_by_partnership=True)
    assert fault == TABLE + ("column 'age': of type 'count', of which no counts are published; "
                             "take publish_by_partnership out of the family.")


def test_all_analyses_stand_alone():
    with pytest.raises(ValueError, match="sensitivity 'all' stands for every analysis; name no other beside it"):
        family(sensitivity=["all", "pooled"])


def test_levels_without_an_order():
    given, good = family(), loaded(table(**ROWS))
    unordered = good.table.assign(level=good.table["level"].cat.as_unordered())
    assert refused(given, study(given), type(good)(unordered, good.missing, good.codebook)).faults == [
        TABLE + "column 'level': its levels have no order; clean the extract again with its codebook."]


def test_a_scale_without_a_cut():
    given, good = family(), loaded(table(**ROWS))
    scale = good.codebook.scales["three"].model_copy(update={"cut": None})
    book = good.codebook.model_copy(update={"scales": {**good.codebook.scales, "three": scale}})
    assert refused(given, study(given), type(good)(good.table, good.missing, book)).faults == [
        TABLE + "column 'level': scale 'three' has no cut, so there is no two-category outcome to publish; "
        "add cut, above and below to it in the codebook."]


def test_two_kinds_of_statistic_in_one_family():
    assert faults(ASKED, outcomes=["level", "asked"]) == [
        TABLE + "column 'asked': binary, but 'level' of the same family is ordinal; "
        "a family has one kind of statistic: split it in plan.toml."]


def test_a_pair_on_two_scales():
    pair = {"name": "p", "first": "level", "second": "asked"}
    assert faults(ASKED, design="paired", pairs=[pair]) == [
        TABLE + "columns 'level' and 'asked': not on the same scale, so neither can be higher; "
        "give both one scale in the codebook."]


def test_the_same_child_on_both_sides():
    assert faults(contrasts=[{"group": "at_home", "reference": "looked_after"}]) == [
        PLAN + "'at_home' is on both sides of at_home against looked_after: "
        "nobody can be compared with themselves; take it out of one."]


def test_no_rows_at_all():
    given = family()
    refusal = refused(given, study(given), loaded(table(**ROWS).head(0)))
    assert refusal.faults == ["case_records (cleaned): no rows; check what cleaning set aside."]
    assert refusal.kind == "data"


def test_rows_without_a_partnership():
    given = family()
    refusal = refused(given, study(given), loaded(table(**ROWS | {"partnership": ["A", "A", None]})))
    assert refusal.faults == [
        "case_records (cleaned): column 'partnership': missing in 1 row, which no comparison within partnerships can "
        "use; set them aside when cleaning."]


def test_a_group_without_anybody():
    given = family()
    nobody = ROWS | {"care_group": ["at_home", "at_home", "kinship"]}
    refusal = refused(given, study(given), loaded(table(**nobody)))
    assert refusal.faults == [
        "case_records (cleaned): column 'care_group': nobody is 'leaving_care', so there is nothing to compare; "
        "check the plan's groups and what cleaning set aside."]
    assert refusal.kind == "data"


def test_a_sensitivity_analysis_of_a_group_the_study_does_not_have():
    without = {name: group for name, group in GROUPS.items() if name != "continuing_care"}
    assert faults(groups=without, sensitivity=["continuing_care_as_group"]) == [
        PLAN + "sensitivity 'continuing_care_as_group': the study has no group 'continuing_care'; "
        "declare it in study.toml or take the analysis out."]


def test_a_sensitivity_analysis_by_age_without_an_age():
    assert faults(sensitivity=["ages_16_plus"]) == [
        PLAN + "sensitivity 'ages_16_plus': case_records has neither 'age' nor 'age_group'; add one, or take it out."]


def test_pooling_needs_independent_groups():
    assert faults(sensitivity=["pooled"], design="prevalence", outcomes=["level"]) == [
        PLAN + "sensitivity 'pooled' needs independent groups; take it out."]


def test_continuing_care_needs_care_groups():
    contrast = {"group": "low", "reference": "high"}
    assert faults(sensitivity=["continuing_care_as_group"], by="level", contrasts=[contrast]) == [
        PLAN + "sensitivity 'continuing_care_as_group' needs independent groups by care_group; take it out."]


def test_a_trend_cannot_be_restricted_by_age():
    columns = {"partnership": ["A"], "year": [2019], "part": [1], "total": [2]}
    series = {"name": "s", "title": "S", "parts": ["part"], "total": ["total"]}
    assert faults(columns, design="trend", sensitivity=["ages_16_plus"], series=[series]) == [
        PLAN + "sensitivity 'ages_16_plus' needs a row a person; take it out."]


def test_a_frame_that_cannot_weight():
    assert faults(frame=loaded(table(partnership=["A"], level=["low"]))) == [
        "the sampling frame of case_records (cleaned): no column 'care_group', by which the sample is weighted; "
        "add it to the frame's codebook."]


def test_all_faults_come_at_once():
    assert len(faults(outcomes=["nothing", "nowhere"], sensitivity=["ages_16_plus"])) == 3


def test_no_value_of_a_record_is_ever_quoted():
    given = family()
    unknown = ROWS | {"care_group": ["Jane Doe", "at_home", "kinship"]}
    assert "Jane" not in str(refused(given, study(given), loaded(table(**unknown))))
