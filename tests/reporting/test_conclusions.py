"""What may be concluded, whether partnerships agree, and the curve of specifications: in words, tables and pictures."""

import pandas as pd
import pytest
from lxml import etree
from reporting import frames

from helpers.reporting import charts, sentences, tabulate
from helpers.reporting.display import Text

LABELS = frames.LABELS
SAME = {"family": "wellbeing_level", "group": "leaving_care", "reference": "looked_after"}


def concluded(*rows):
    """Rows of (outcome, conclusion)."""
    return pd.DataFrame([SAME | {
        "outcome": outcome, "effect_name": "theta", "conclusion": conclusion, "margin": 0.05, "detectable": 0.069,
        "equivalence_low": 0.41, "equivalence_high": 0.5, "p_equivalence": 0.2} for outcome, conclusion in rows])


def checked(p=0.4, question="heterogeneity"):
    return pd.DataFrame([SAME | {
        "outcome": "level_overall", "question": question, "test": "Cochran's Q", "statistic": 7.1, "df": 7.0,
        "p_value": p, "measure": "tau", "estimate": 0.02, "ci_low": float("nan"), "ci_high": float("nan")}])


def ways(*rows):
    """Rows of (ages, partnerships, effect, low, high)."""
    return pd.DataFrame([SAME | {
        "outcome": "level_overall", "ages": ages, "partnerships": partnerships, "continuing_care": "left_out",
        "missing": "left_out", "effect_name": "theta", "effect": effect, "ci_low": low, "ci_high": high}
        for ages, partnerships, effect, low, high in rows])


CURVE = ways(("all", "within", 0.33, 0.28, 0.38), ("16_plus", "within", 0.41, 0.33, 0.49),
             ("all", "pooled", 0.47, 0.42, 0.52), ("16_plus", "pooled", 0.52, 0.45, 0.58))


def test_no_evidence_of_a_difference_and_evidence_of_no_important_one_are_different_sentences():
    text = str(sentences.conclusions(concluded(
        ("level_overall", "important difference"), ("level_safe", "no important difference"),
        ("level_healthy", "not settled")), LABELS))
    lines = text.split("\n")
    assert lines[0].startswith("- **A difference that matters**") and lines[0].endswith("): overall wellbeing.")
    assert lines[1].startswith("- **No important difference** (there is evidence") and "safe" in lines[1]
    assert lines[2].startswith("- **Not settled** (no evidence of a difference, and none that there is no") and (
        "healthy" in lines[2])
    assert "proved" not in text.lower()


def test_the_least_difference_that_could_have_been_found_stands_beside_the_plans_margin():
    text = str(sentences.conclusions(concluded(("level_overall", "not settled")), LABELS, power=0.9))
    assert ("A difference of 7 from 50 (pairs in 100) is the least that a comparison like this would have found in 90 "
            "of 100 such studies; the plan calls 5 the least that matters.") in text


def test_conclusions_stand_in_a_table_with_the_interval_that_decides():
    table = tabulate.conclusions(concluded(("level_overall", "not settled")), LABELS)
    assert table.frame.iloc[0].tolist() == ["Overall wellbeing", "Not settled", "6.9", "41.0", "50.0", "0.20"]


@pytest.mark.parametrize(("p", "words"), [
    (0.4, "differ by no more than chance alone would show (Cochran's Q, p = 0.40)"),
    (0.01, "differ by more than chance alone would show (Cochran's Q, p = 0.01)")])
def test_whether_partnerships_agree_is_told_by_the_test_and_never_as_proof_of_likeness(p, words):
    beyond = frames.comparisons(frames.comparison(effect=0.31, low=0.26, high=0.36)).assign(
        analysis="beyond_partnerships")
    text = str(sentences.agreement(checked(p), beyond, LABELS))
    assert words in text
    assert ("does not show that they are alike" in text) == (p > 0.05)
    assert text.endswith("their mean is 31 (95% interval 26 to 36; pairs in 100).")


def test_checks_stand_in_a_table_with_their_questions():
    table = tabulate.checks(pd.concat([checked(), checked(0.02, "proportional_odds").assign(measure="")]), LABELS)
    assert table.frame["Question"].tolist() == [
        "Do partnerships differ in it?", "Is one odds ratio enough for all levels?"]
    assert table.frame["Estimate"].tolist() == ["tau 0.02", "[z]"]


def test_the_curve_counts_the_ways_that_agree_with_the_plan():
    assert str(sentences.specifications(CURVE)) == (
        "Asked in 4 ways, the answers run from 33 to 52 (pairs in 100; 50 is no difference). Three lie on the same "
        "side as the plan’s own, 33; two lie there with the whole interval.")


@pytest.mark.parametrize("picture", ["svg", "narrow"])
def test_the_curve_has_a_mark_a_way_and_a_mark_under_it_for_each_choice(picture):
    chart = charts.specifications(CURVE, LABELS, margin=0.05)
    drawn = etree.fromstring(getattr(chart, picture))
    groups = {name: len(drawn.xpath(f"//*[@class='{name}']")) for name in ("mark", "choice")}
    # Two choices have more than one value among these rows: ages and partnerships.
    assert groups == {"mark": 4, "choice": 8}
    words = "".join(drawn.itertext())
    assert "16 and over" in words and "Pooled" in words and "Imputed" not in words


def test_partnerships_stand_above_all_of_them_together_and_beyond():
    local = pd.DataFrame([SAME | {
        "outcome": "level_overall", "partnership": name, "effect_name": "theta", "effect": effect,
        "ci_low": effect - 0.1, "ci_high": effect + 0.1, "n_group": 10, "n_reference": 30}
        for name, effect in (("CPP_01", 0.3), ("CPP_02", 0.4))])
    beyond = frames.comparisons(frames.comparison(effect=0.35, low=0.1, high=0.6)).assign(
        analysis="beyond_partnerships")
    chart = charts.agreement(local, frames.comparisons(frames.comparison()), beyond, LABELS, margin=0.05)
    assert ("Partnership 1 30 (20 to 40); Partnership 2 40 (30 to 50); All of these 33 (28 to 38); "
            "Beyond these 35 (10 to 60).") in chart.alt


@pytest.mark.parametrize("shown", [
    sentences.conclusions(concluded(("level_safe", "not settled")).head(0), LABELS),
    sentences.agreement(checked().head(0), frames.comparisons().assign(analysis=[]), LABELS),
    sentences.specifications(CURVE.head(0)), charts.specifications(CURVE.head(0), LABELS),
    charts.agreement(CURVE.head(0), frames.comparisons(), frames.comparisons().assign(analysis=[]), LABELS),
    tabulate.conclusions(concluded(("level_safe", "not settled")).head(0), LABELS),
    tabulate.checks(checked().head(0), LABELS),
])
def test_an_empty_frame_gives_a_sentence(shown):
    assert isinstance(shown, Text)
    assert str(shown).endswith(".")


def test_a_difference_of_means_and_an_association_are_told_in_their_own_units():
    means = frames.comparisons(frames.comparison(effect_name="mean difference", effect=1.25, low=0.4, high=2.1))
    assert str(sentences.effect(means.iloc[0], LABELS)) == (
        "**Overall wellbeing.** Leaving care against looked after, the mean is 1.2 higher "
        "(95% interval 0.4 to 2.1 higher).")
    association = frames.comparisons(frames.comparison(effect_name="Cramér's V", effect=0.21, low=0.1, high=0.3))
    assert "Cramér’s V from 0 to 1, is 0.21 (95% interval 0.10 to 0.30)" in str(
        sentences.effect(association.iloc[0], LABELS))
    assert "1.2 (0.4 to 2.1)" in charts.effects(means, LABELS).alt
    assert "0.21 (0.10 to 0.30)" in charts.effects(association, LABELS).alt


def test_what_the_plan_did_not_fix_says_so_in_sentence_chart_and_table():
    rows = frames.comparisons(frames.comparison(note="Exploratory: not in the plan fixed beforehand."))
    words = "Exploratory: not in the plan fixed beforehand"
    assert str(sentences.effects(rows, LABELS)).startswith(words)
    assert charts.effects(rows, LABELS).caption.startswith(words)
    assert words in list(tabulate.comparisons(rows, LABELS).notes)
