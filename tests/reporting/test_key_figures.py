"""Figures that are followed from release to release, and what is said of those that moved."""

import pandas as pd
import pytest

from helpers.reporting import key_figures, since
from helpers.reporting.key_figures import KeyFigures

LABELS = {"wellbeing": "Wellbeing", "safe": "Feels safe", "leaving_care": "Leaving care",
          "looked_after": "Looked after"}
LEDGER = pd.DataFrame({"severity": ["", "exclude", "quarantine", "note", ""], "rows_caught": [0, 3, 2, 90, 0],
                       "rows_left": [100, 97, 95, 95, 95]})
MISSING = pd.DataFrame({"column": ["safe", "heard"], "label": ["Safe", "Heard"], "answered": [90, 40],
                        "not_recorded": [5, 3], "dont_know": [0, 2], "not_asked": [0, 50]})
CLAIMS = pd.DataFrame({"sentence": ["Most were safe.", "Fewer were heard."], "verdict": ["supported", "not settled"]})
COMPARISONS = pd.DataFrame({
    "family": "wellbeing", "outcome": ["safe", "heard"], "group": "leaving_care", "reference": "looked_after",
    "effect_name": "theta", "effect": [0.33, None], "ci_low": [0.28, None], "ci_high": [0.37, None],
    "p_adjusted": [0.012, None]})


def test_the_quality_of_an_extract_is_counted_by_its_ledger_and_its_gaps():
    assert key_figures.of_cleaning("Survey", LEDGER, MISSING).values == {
        "Survey: rows received": 100, "Survey: rows kept": 95, "Survey: rows left out": 3, "Survey: rows set aside": 2,
        "Survey: answers missing, per cent": 7.1}  # 10 of 140: what was not asked is no gap


def test_a_release_tells_verdicts_and_what_its_tables_show_but_nothing_protected():
    assert key_figures.of_release(CLAIMS, COMPARISONS, LABELS).values == {
        "Claim: Most were safe.": "supported", "Claim: Fewer were heard.": "not settled",
        "Wellbeing: Feels safe, Leaving care and Looked after: pairs in 100": 33.0,
        "Wellbeing: Feels safe, Leaving care and Looked after: interval": "28 to 37",
        "Wellbeing: Feels safe, Leaving care and Looked after: adjusted p": 0.012}


BEFORE = {"release": "2019", "figures": {"Claim: Most were safe.": "not settled", "theta": 33.0, "gone": 1.5}}


@pytest.mark.parametrize("now, words", [
    ({"Claim: Most were safe.": "supported", "theta": 33.0, "gone": 1.5},
     "1 of 3 key figures has moved since release 2019. The verdict is another on:\n\n"
     "- “Most were safe.”: supported; it was not settled."),
    ({"Claim: Most were safe.": "not settled", "theta": 34.0},
     "2 of 3 key figures have moved since release 2019. Every verdict on a claim is the same."),
    (BEFORE["figures"], "None of 3 key figures has moved since release 2019."),
])
def test_what_moved_is_said(now, words):
    assert str(since.words(KeyFigures(now), BEFORE)) == words


def test_the_first_release_says_so_and_has_no_table():
    now = KeyFigures({"theta": 33.0})
    assert "the first release on record" in str(since.words(now, None)) and str(since.table(now, None)) == ""


def test_the_table_holds_old_and_new_values():
    now = KeyFigures({"Claim: Most were safe.": "not settled", "theta": 34.25, "new": "28 to 37"})
    block = since.table(now, BEFORE)
    for cells in ("<td>33</td><td>34.25</td>", "<td>1.5</td><td>not told</td>", "<td>not told</td><td>28 to 37</td>"):
        assert cells in block.html.replace(' class="number"', "").replace(' class=""', "")
    assert "Most were safe" not in block.html
