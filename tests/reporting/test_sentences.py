"""Sentences say what the rows say, in plain words, and never more."""

from types import SimpleNamespace

import pandas as pd
import pytest
from reporting import frames

from helpers.reporting import sentences, verdicts
from helpers.reporting.words import listed, lower_first, p_cell, p_words, percent, signed, spelled, whole

LABELS = frames.LABELS
FAMILY = SimpleNamespace(name="wellbeing_level", lead="level_overall", group="leaving_care", reference="looked_after")
SETTINGS = SimpleNamespace(population="records", caveats=["One.", "Two."])
STUDY = SimpleNamespace(headline_family=FAMILY, settings=SETTINGS)


def row(**given) -> pd.Series:
    return frames.comparisons(frames.comparison(**given)).iloc[0]


def said(**given) -> str:
    return str(sentences.effect(row(**given), LABELS))


def test_theta_is_told_as_pairs_in_a_hundred():
    assert said() == (
        "**Overall wellbeing.** In 100 pairs of one young person leaving care and one looked-after peer from the same "
        "partnership, the young person leaving care has the higher rating in 33, ties shared (95% interval 28 to 38).")


def test_pairs_come_from_the_same_partnership_only_where_partnerships_were_kept_apart():
    assert "same partnership" not in said(strata_used=1)
    assert "same partnership" not in said(analysis="pooled")
    assert "same partnership" in said(strata_used=pd.NA)  # how many may itself be withheld


def test_a_group_that_nobody_put_into_words_is_called_by_its_label():
    assert "one person in the group “kinship care”" in said(group="kinship")


@pytest.mark.parametrize("effect, low, high, words", [
    (-0.12, -0.19, -0.05, "12 percentage points lower (95% interval 5 to 19 lower)"),
    (0.12, 0.05, 0.19, "12 percentage points higher (95% interval 5 to 19 higher)"),
    (-0.12, -0.19, 0.02, "12 percentage points lower (95% interval from 19 lower to 2 higher)"),
    (0.01, -0.02, 0.04, "1 percentage point higher (95% interval from 2 lower to 4 higher)"),
    (0.001, -0.02, 0.02, "the same to within 1 percentage point (95% interval from 2 lower to 2 higher)"),
    (1.0, None, None, "100 percentage points higher (its interval could not be estimated)"),
])
def test_a_difference_of_shares_names_its_side_and_that_of_both_bounds(effect, low, high, words):
    assert words in said(effect_name="risk difference", effect=effect, low=low, high=high)


def test_a_paired_surplus_is_told_in_people():
    text = said(effect_name="D", effect=-0.14, low=-0.2, high=-0.08)
    assert "are 14 fewer than those who put it below" not in text
    assert "14 fewer (95% interval 8 to 20 fewer)" in text


def test_a_change_a_year_has_a_decimal():
    assert "1.2 percentage points higher (95% interval 0.8 to 1.6 higher) a year" in said(
        effect_name="share a year", effect=0.012, low=0.008, high=0.016)


def test_a_withheld_comparison_says_why_and_gives_no_number():
    text = said(effect=None, low=None, high=None, n=None)
    assert "withheld [c]" in text and "identify" in text
    assert not any(letter.isdigit() for letter in text)


def test_evidence_says_how_often_chance_alone_would_do_it():
    assert str(sentences.evidence(row())) == (
        "If there were no difference, data at least as far apart would come up less than once in 1,000 (p < 0.001; "
        "adjusted for the other comparisons, p = 0.002).")
    assert "about 31 times in 1,000 (p = 0.031" in str(sentences.evidence(row(p=0.031)))


def test_effects_tell_the_first_in_full_and_sort_the_rest_by_what_their_intervals_say():
    rows = frames.comparisons(
        frames.comparison(), frames.comparison("level_safe", 0.41, 0.36, 0.46),
        frames.comparison("level_healthy", 0.49, 0.44, 0.54),
        frames.comparison("level_achieving", None, None, None, n=None))
    lines = str(sentences.effects(rows, LABELS)).splitlines()
    assert lines[0].startswith("**Overall wellbeing.** In 100 pairs")
    assert lines[2:] == ["- Lower (pairs in 100): safe 41 (36 to 46).",
                         "- Not settled (pairs in 100): healthy 49 (44 to 54).",
                         "- Not to be had (pairs in 100): achieving."]


def test_the_opening_answers_the_question_and_says_whether_age_may_explain_it():
    main = frames.comparisons(frames.comparison()).assign(analysis="main")

    def opening(older):
        rows = pd.concat([main, frames.comparisons(older).assign(analysis="ages_16_plus")])
        return str(sentences.opening(STUDY, frames.claims(), rows, LABELS))

    holds = opening(frames.comparison(effect=0.41, low=0.33, high=0.49))
    assert holds.startswith("**“Overall wellbeing” is rated lower among young people leaving care than among their "
                            "looked-after peers.**")
    assert "rests on 120 records of young people leaving care and 600 of their looked-after peers." in holds
    assert "Among those aged 16 and over it holds as well: 41 (95% interval 33 to 49)." in holds
    assert "**one** is supported, **one** is contradicted and **one** is not settled" in holds
    assert "Age may explain it" in opening(frames.comparison(effect=0.47, low=0.39, high=0.55))


def test_an_interval_that_holds_no_difference_settles_nothing():
    rows = frames.comparisons(frames.comparison(effect=0.47, low=0.42, high=0.52)).assign(analysis="main")
    assert "these data do not settle whether “overall wellbeing” differs" in str(
        sentences.opening(STUDY, frames.claims(), rows, LABELS)).lower()


def test_the_score_of_claims_all_alike_is_one_sentence():
    alike = frames.claims().assign(verdict="supported")
    assert str(sentences.score(alike)) == (
        "All three published sentences put to these data by rules written beforehand are **supported**.")


def test_a_partnership_s_headline_is_given_or_it_is_said_why_not():
    given = frames.comparison(effect_name="risk difference", effect=-0.29, low=-0.47, high=-0.07)
    gone = frames.comparison(effect=None, low=None, high=None, n=None)
    release = SimpleNamespace(by_partnership=frames.comparisons({"partnership": "CPP_01"} | given,
                                                                {"partnership": "CPP_02"} | gone))
    shown = str(sentences.headline(release, "CPP_01", LABELS, FAMILY))
    assert "In Partnership 1, “overall wellbeing” is “good or better” less often among young people leaving" in shown
    assert "29 percentage points lower (95% interval 7 to 47 lower)" in shown
    withheld = str(sentences.headline(release, "CPP_02", LABELS, FAMILY))
    assert "In Partnership 2" in withheld and "withheld [c]" in withheld and "%" not in withheld
    assert "Nothing is published" in str(sentences.headline(release, "CPP_03", LABELS, FAMILY))


def test_caveats_are_a_list():
    assert str(sentences.caveats(STUDY)) == "- One.\n- Two."


def test_the_gate_s_decision_is_plain():
    audit = SimpleNamespace(findings=[], proven=[], attacked=[0] * 60, files=35)
    assert str(sentences.audit(audit)).startswith("**They may be published.** 35 finished files searched")
    refused = SimpleNamespace(findings=["x"], proven=[], attacked=[0], files=1)
    assert "may not be published.** One finished file searched. Things found: one." in str(sentences.audit(refused))


def test_a_family_states_its_question_and_margin():
    family = SimpleNamespace(question="Is it lower?", design="independent", margin=0.05, margin_reason="A choice.",
                             exploratory=True)
    assert str(sentences.family(family)) == (
        "**Is it lower?**\n\nThe smallest difference that matters, fixed beforehand: 5 in 100. A choice.\n\n"
        "Exploratory: the plan names it, but did not fix it before the data were seen.")


def test_verdicts_say_the_word_and_draw_a_different_shape_for_each():
    block = verdicts(frames.claims())
    for word in ("Supported", "Not settled", "Contradicted"):
        assert word in block.html and word in block.plain
    assert block.html.count('aria-hidden="true"') == 3
    assert len({part.split("</svg>")[0] for part in block.html.split('aria-hidden="true">')[1:]}) == 3


def test_a_reason_s_negative_numbers_get_a_true_minus_and_its_ranges_stay():
    claims = frames.claims().assign(reason="In 2018-20 it was -0.25 (95% interval -0.28 to -0.23).")
    assert "In 2018-20 it was −0.25 (95% interval −0.28 to −0.23)." in verdicts(claims).html


def test_nothing_is_ever_proved_or_significant():
    kinds = ("theta", "risk difference", "D", "share", "share a year")
    rows = frames.comparisons(*(frames.comparison(effect_name=kind) for kind in kinds))
    texts = [str(sentences.effect(each, LABELS)) for _, each in rows.iterrows()]
    texts += [str(sentences.evidence(rows.iloc[0])), verdicts(frames.claims()).plain]
    assert not any(word in text.lower() for text in texts for word in ("proved", "proof", "significan"))


@pytest.mark.parametrize("shown, expected", [
    (whole(1234.0), "1,234"), (spelled(12), "twelve"), (spelled(13), "13"), (signed(-12), "−12"), (signed(-0.4), "0"),
    (percent(0.285, 1), "28.5%"), (p_words(0.0004), "p < 0.001"), (p_words(0.012), "p = 0.012"),
    (p_words(0.6), "p = 0.60"), (p_cell(0.605), "0.605"), (p_cell(1.0), "1.00"),
    (p_words(float("nan")), "p not estimable"), (listed(["a", "b", "c"]), "a, b and c"), (listed(["a"]), "a"),
    (listed([]), ""), (lower_first("Looked after"), "looked after"), (lower_first("SHANARRI"), "SHANARRI"),
])
def test_numbers_and_names_in_words(shown, expected):
    assert shown == expected
