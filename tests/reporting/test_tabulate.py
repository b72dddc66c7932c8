"""Tables: real headers, one number a cell, the released ids on their cells, symbols explained where they occur."""

from types import SimpleNamespace

import pandas as pd
import pytest
from lxml import html
from reporting import frames

from helpers.reporting import Table, Text, tabulate

LABELS = frames.LABELS
FAMILY = SimpleNamespace(name="wellbeing_level", lead="level_overall", group="leaving_care", reference="looked_after")


def parsed(table):
    return html.fragment_fromstring(table._repr_mimebundle_()["text/html"], create_parent="div")


def grid(table) -> list[list[str]]:
    return [[cell.text_content() for cell in row] for row in parsed(table).iter("tr")]


def test_a_table_has_a_caption_and_every_header_a_scope():
    root = parsed(Table(pd.DataFrame({"Group": ["Foster care"], "Number": [1234]}), "Children"))
    assert root.findtext(".//caption") == "Children"
    assert [th.get("scope") for th in root.iter("th")] == ["col", "col", "row"]
    assert root.find(".//div[@tabindex='0']").get("aria-label") == "Table: Children"


def test_numbers_have_thousands_commas_and_stand_right():
    root = parsed(Table(pd.DataFrame({"Group": ["Foster care"], "Number": [1234], "Share": [-0.5]}), "Children"))
    assert [td.text for td in root.iter("td")] == ["1,234", "\N{MINUS SIGN}0.50"]
    assert [td.get("class") for td in root.iter("td")] == ["number", "number"]


def test_what_is_missing_is_x_and_only_the_symbols_that_occur_are_explained():
    root = parsed(Table(pd.DataFrame({"Group": ["a", "b"], "Number": ["[c]", None]}), "Children", notes=["A note"]))
    [notes] = root.find_class("notes")
    assert "[c] withheld" in notes.text_content() and "[x] not available" in notes.text_content()
    assert "[z]" not in notes.text_content()
    assert notes.text_content().endswith("A note.")


def test_words_from_data_are_escaped():
    assert "<b>" not in Table(pd.DataFrame({"<b>": ["<b>"]}), "<b>").html


def test_counts_show_what_was_released_and_carry_the_ids_of_their_cells():
    frame = frames.counts(("level_safe", "CPP_01", "leaving_care", "base", 20),
                          ("level_safe", "CPP_01", "leaving_care", "above", None),
                          ("level_safe", "CPP_01", "leaving_care", "below", None),
                          ("level_safe", "CPP_02", "leaving_care", "base", 1234), family="wellbeing_level")
    table = tabulate.counts(frame, "CPP_01", LABELS)
    assert grid(table) == [["Outcome", "Group", "Base", "Good or better", "Adequate or lower"],
                           ["Safe", "Leaving care", "20", "[c]", "[c]"]]
    assert {td.get("data-cell"): td.text for td in parsed(table).xpath("//td[@data-cell]")} == {
        "n0": "20", "n1": "[c]", "n2": "[c]"}
    assert "1,234" not in table.html


def test_counts_of_several_families_become_a_table_each():
    both = pd.concat([frames.counts(("level_safe", "CPP_01", "leaving_care", "base", 20), family="wellbeing_level"),
                      frames.counts(("health", "CPP_01", "all", "same", 7), family="staff_on_groups")])
    assert [caption.text for caption in parsed(tabulate.counts(both, "CPP_01", LABELS)).iter("caption")] == [
        "Partnership 1: wellbeing levels, counts", "Partnership 1: staff on groups, counts"]


def test_comparisons_give_the_bounds_columns_of_their_own_and_p_beside_adjusted_p():
    rows = frames.comparisons(frames.comparison(),
                              frames.comparison("level_safe", 0.47, 0.42, 0.52, p=0.2, adjusted=0.31))
    assert grid(tabulate.comparisons(rows, LABELS)) == [
        ["Outcome", "Number in group", "Number compared", "Pairs in 100", "Lower bound", "Upper bound", "p",
         "Adjusted p"],
        ["Overall wellbeing", "120", "600", "33", "28", "38", "< 0.001", "0.002"],
        ["Safe", "120", "600", "47", "42", "52", "0.20", "0.31"]]


def test_what_every_comparison_has_in_common_stands_below_the_table():
    text = parsed(tabulate.comparisons(frames.comparisons(frames.comparison()), LABELS)).text_content()
    assert "Leaving care compared with looked after." in text
    assert "Test: van Elteren." in text


def test_a_withheld_comparison_is_c_throughout_and_an_inestimable_one_x():
    rows = frames.comparisons(frames.comparison(effect=None, low=None, high=None, n=None, p=None, adjusted=None),
                              frames.comparison("level_safe", None, None, None, n=(3, 9), p=None, adjusted=None))
    _, withheld, unknown = grid(tabulate.comparisons(rows, LABELS))
    assert withheld[1:] == ["[c]"] * 7
    assert unknown[1:] == ["3", "9", "[x]", "[x]", "[x]", "[x]", "[x]"]


def test_a_p_value_left_behind_a_withheld_effect_is_not_shown():
    rows = frames.comparisons(frames.comparison(effect=None, low=None, high=None, n=None, p=0.04, adjusted=0.04))
    assert "0.040" not in tabulate.comparisons(rows, LABELS).html


def test_no_p_value_bears_a_star():
    rows = frames.comparisons(frames.comparison())
    assert "*" not in tabulate.comparisons(rows, LABELS).html


def test_comparisons_of_several_families_become_a_table_each_folded_away_under_the_family_s_title():
    rows = frames.comparisons(frames.comparison(), frames.comparison(family="staff_on_groups"))
    folds = list(parsed(tabulate.comparisons(rows, LABELS)).iter("details"))
    assert [fold.findtext("summary") for fold in folds] == ["Wellbeing levels", "Staff on groups"]
    assert [len(list(fold.iter("table"))) for fold in folds] == [1, 1]
    assert all(fold.get("open") is None for fold in folds)


def test_other_analyses_become_a_table_each_folded_away_under_their_names():
    one = frames.comparisons(frames.comparison())
    rows = pd.concat([one.assign(analysis="pooled"), one.assign(analysis="ages_16_plus")])
    folds = list(parsed(tabulate.sensitivity(rows, LABELS)).iter("details"))
    assert [fold.findtext("summary") for fold in folds] == ["Partnerships pooled", "Ages 16 and over"]
    assert "Analysis" not in folds[0].text_content()


def test_shares_are_shown_as_released():
    frame = frames.shares(("all", "leaving_care", "level_safe", 0.42, 0.36, 0.49),
                          ("all", "kinship", "level_safe", None, None, None))
    table = tabulate.groups(frame, "level_safe", LABELS)
    assert grid(table)[1:] == [["Leaving care", "42%", "36%", "49%"], ["Kinship care", "[c]", "[c]", "[c]"]]
    assert [td.get("data-cell") for td in parsed(table).xpath("//td[@data-cell]")] == ["s0", "s1"]


def test_side_by_side_puts_both_groups_of_a_partnership_in_one_row():
    frame = frames.shares(("CPP_01", "leaving_care", "level_overall", 0.42, 0.3, 0.5),
                          ("CPP_01", "looked_after", "level_overall", 0.6, 0.5, 0.7),
                          ("CPP_02", "leaving_care", "level_overall", None, None, None),
                          ("all", "leaving_care", "level_overall", 0.4, 0.3, 0.5))
    assert grid(tabulate.side_by_side(frame, FAMILY, LABELS)) == [
        ["Partnership", "Leaving care", "Looked after"],
        ["Partnership 1", "42%", "60%"],
        ["Partnership 2", "[c]", "[z]"]]


def test_attrition_is_a_row_a_pair_of_waves_and_one_wave_says_so():
    frame = pd.DataFrame([{"earlier": "2018", "later": "2020", "in_earlier": 1200, "in_later": 900, "in_both": 700,
                           "lost": 500, "new": 200}])
    assert grid(tabulate.attrition(frame))[1] == ["2018 to 2020", "1,200", "900", "700", "500", "200"]
    assert "holds one wave" in str(tabulate.attrition(None))


def test_the_ledger_shows_every_rule_also_those_that_caught_nothing():
    rows = grid(tabulate.ledger(frames.ledger()))
    assert len(rows) == 8
    assert rows[4] == ["A date of review lies before the date of the plan.", "set aside", "7,032", "0", "7,032"]


def test_claims_show_each_estimate_on_the_scale_of_its_measure():
    assert grid(tabulate.claims(frames.claims()))[1][1:] == ["Supported", "Pairs in 100", "33", "28", "38"]


def test_the_attack_puts_what_was_laid_bare_first():
    attacked = pd.DataFrame({"cell": ["a", "b"], "least": [1.0, 3.0], "greatest": [float("inf"), 3.0],
                             "open": [True, False]})
    assert grid(tabulate.attack(attacked))[1:] == [["b", "3", "3", "no"], ["a", "1", "no limit", "yes"]]


def test_missing_sources_recodes_protection_findings_and_published_have_their_columns():
    assert grid(tabulate.missing(frames.missing()))[0][:3] == ["Column", "Answered", "Not asked"]
    sources = pd.DataFrame({"extract": ["a"], "title": ["Case records"], "rows_in": [765], "kept": [754]})
    assert grid(tabulate.sources(sources))[1] == ["Case records", "765", "754"]
    recodes = pd.DataFrame({"column": ["sex"], "from": ["F"], "to": ["female"], "rows": [1200]})
    assert grid(tabulate.recodes(recodes))[1] == ["sex", "F", "female", "1,200"]
    summary = pd.DataFrame({"family": ["wellbeing_level"], "shown": [700], "primary": [5], "secondary": [9]})
    assert grid(tabulate.protection(summary, LABELS))[1] == ["Wellbeing levels", "700", "5", "9"]
    found = pd.DataFrame({"file": ["public/a.html"], "place": ["<p>"], "what": ["A path."], "remedy": ["Mend it."]})
    assert grid(tabulate.findings(found))[1] == ["public/a.html", "<p>", "A path.", "Mend it."]
    tables = {"aftercare_by_age": pd.DataFrame({"source": ["https://gov.scot/x"] * 3})}
    assert grid(tabulate.published(tables))[1] == ["Aftercare by age", "3", "https://gov.scot/x"]


def test_official_tests_show_statistic_effect_and_interval():
    tests = pd.DataFrame([{"name": "a", "question": "Did it?", "test": "Pearson", "statistic": 68.934, "df": 2,
                           "p_value": 1e-9, "effect_name": "Cramér's V", "effect": 0.275, "ci_low": 0.21,
                           "ci_high": 0.34, "n": 911, "caveat": "Real counts.", "source": "x"}])
    assert grid(tabulate.official(tests)) == [
        ["Question", "Number", "Cramér's V", "Lower bound", "Upper bound", "p"],
        ["Did it?", "911", "0.28", "0.21", "0.34", "< 0.001"]]
    below = parsed(tabulate.official(tests)).text_content()
    assert "Test: Pearson, 68.93 on 2 degrees of freedom.Real counts." in below


NONE = pd.DataFrame()


@pytest.mark.parametrize("shown", [
    tabulate.attack(NONE), tabulate.claims(NONE), tabulate.comparisons(NONE, LABELS), tabulate.findings(NONE),
    tabulate.ledger(NONE), tabulate.missing(NONE), tabulate.official(NONE), tabulate.protection(NONE, LABELS),
    tabulate.published({}), tabulate.recodes(NONE), tabulate.sensitivity(NONE, LABELS), tabulate.sources(NONE),
    tabulate.counts(frames.counts(("a", "CPP_01", "all", "same", 1)), "CPP_02", LABELS),
    tabulate.groups(frames.shares(("all", "kinship", "level_safe", 0.4, 0.3, 0.5)), "level_overall", LABELS),
    tabulate.side_by_side(frames.shares(("all", "kinship", "level_safe", 0.4, 0.3, 0.5)), FAMILY, LABELS),
])
def test_an_empty_frame_gives_a_sentence_in_place_of_a_table(shown):
    assert isinstance(shown, Text)
    assert str(shown).endswith(".")
