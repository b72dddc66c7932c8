"""Small invented tables in the shapes that reporting is given."""

import pandas as pd

COLUMNS = ["family", "outcome", "scale", "design", "group", "reference", "n_group", "n_reference", "missing_group",
           "missing_reference", "test", "statistic", "p_value", "p_adjusted", "effect_name", "effect", "ci_low",
           "ci_high", "strata_used", "note"]

LABELS = {
    "leaving_care": "Leaving care", "looked_after": "Looked after", "one:leaving_care": "young person leaving care",
    "one:looked_after": "looked-after peer",
    "many:leaving_care": "young people leaving care", "many:looked_after": "their looked-after peers",
    "at_home": "Looked after at home", "kinship": "Kinship care",
    "foster": "Foster care", "residential": "Residential care",
    "level_overall": "Overall wellbeing", "level_safe": "Safe", "level_healthy": "Healthy",
    "level_achieving": "Achieving", "level_overall.above": "Good or better", "level_safe.above": "Good or better",
    "level_healthy.above": "Good or better", "level_overall.below": "Adequate or lower",
    "level_safe.below": "Adequate or lower", "level_healthy.below": "Adequate or lower",
    "health": "Health", "learning": "Learning",
    "staff_on_groups:health.first": "Leaving care", "staff_on_groups:health.second": "Looked after",
    "staff_on_groups:learning.first": "Leaving care", "staff_on_groups:learning.second": "Looked after",
    "CPP_01": "Partnership 1", "CPP_02": "Partnership 2", "CPP_03": "Partnership 3", "all": "All partnerships",
    "wellbeing_level": "Wellbeing levels",
}


def comparison(outcome="level_overall", effect=0.33, low=0.28, high=0.38, *, effect_name="theta", n=(120, 600),
               p=0.0004, adjusted=0.002, reference="looked_after", **more):
    """One comparison row; `n` of None is a protected pair of counts."""
    row = {"family": "wellbeing_level", "outcome": outcome, "scale": "six_point", "design": "independent",
           "group": "leaving_care", "reference": reference, "n_group": n[0] if n else pd.NA,
           "n_reference": n[1] if n else pd.NA, "missing_group": 4 if n else pd.NA,
           "missing_reference": 11 if n else pd.NA,
           "test": "van Elteren", "statistic": -4.2, "p_value": p, "p_adjusted": adjusted, "effect_name": effect_name,
           "effect": effect, "ci_low": low, "ci_high": high, "strata_used": 8, "note": ""}
    return row | more


def comparisons(*rows):
    frame = pd.DataFrame(list(rows), columns=list(rows[0]) if rows else COLUMNS)
    counts = ["n_group", "n_reference", "missing_group", "missing_reference"]
    numbers = ["p_value", "p_adjusted", "effect", "ci_low", "ci_high"]
    return frame.astype(dict.fromkeys(counts, "Int64") | dict.fromkeys(numbers, "float64"))


def shares(*rows):
    """Rows of (partnership, group, outcome, share, low, high); a share of None is protected."""
    return pd.DataFrame([
        {"cell": f"s{i}", "family": "wellbeing_level", "outcome": outcome, "partnership": partnership, "group": group,
         "base": 60, "share": share, "ci_low": low, "ci_high": high,
         "shown": "[c]" if share is None else f"{100 * share:.0f}%"}
        for i, (partnership, group, outcome, share, low, high) in enumerate(rows)
    ]).astype({"share": float, "ci_low": float, "ci_high": float})


def counts(*rows, family="staff_on_groups"):
    """Rows of (outcome, partnership, group, answer, n); n of None is protected."""
    return pd.DataFrame([
        {"cell": f"n{i}", "extract": "staff_survey", "family": family, "outcome": outcome, "partnership": partnership,
         "group": group, "answer": answer, "n": pd.NA if n is None else n, "shown": "[c]" if n is None else f"{n:,}"}
        for i, (outcome, partnership, group, answer, n) in enumerate(rows)
    ]).astype({"n": "Int64"})


def ledger():
    return pd.DataFrame([
        (0, "received", "", "Rows received.", 7142, 0, 7142),
        (1, "duplicates", "exclude", "The same row stands twice.", 7142, 98, 7044),
        (2, "age_in_range", "quarantine", "The age is outside 0 to 25.", 7044, 12, 7032),
        (3, "order", "quarantine", "A date of review lies before the date of the plan.", 7032, 0, 7032),
        (4, "routing", "note", "An answer where the question was not asked.", 7032, 31, 7032),
        (5, "answered", "exclude", "Fewer than three questions were answered.", 7032, 410, 6622),
        (6, "kept", "", "Rows kept.", 6622, 0, 6622),
    ], columns=["step", "rule", "severity", "sentence", "rows_in", "rows_caught", "rows_left"])


def trends():
    rows = []
    for name, title, total, parts in (
        ("kinship", "Kinship care, share of all placements", 1000, [240, 251, 263, 290, 301]),
        ("community", "In the community, share of all placements", 1000, [880, 884, 889, 893, 901]),
        ("out_of_area", "Out of the area, share of all placements", 1000, [81, 75, 70, None, 52]),
        ("aftercare", "Receiving aftercare, share of those eligible", 400, [232, 231, 228, 222, 214]),
    ):
        rows += [("placements", name, title, 2014 + i, n, total, None if n is None else n / total)
                 for i, n in enumerate(parts)]
    return pd.DataFrame(rows, columns=["family", "series", "title", "year", "part", "total", "share"])


def claims():
    row = {"source": "Published account of the 2018-20 joint inspections", "family": "wellbeing_level",
           "outcome": "level_overall", "effect_name": "theta", "effect": 0.33, "ci_low": 0.28, "ci_high": 0.38}
    return pd.DataFrame([
        row | {"claim": "poorest", "sentence": "Young people leaving care had the poorest wellbeing among their peers.",
               "rule": "worse_than_each", "verdict": "supported", "caveat": "Leavers are older than their peers.",
               "reason": "Leaving care is rated below each of the four groups; the closest is residential care, "
                         "42 pairs in 100 (95% interval 36 to 48)."},
        row | {"claim": "out_of_area", "sentence": "Placements out of the area had fallen.", "rule": "falling",
               "verdict": "not settled", "caveat": "The interval rests on partnerships.",
               "reason": "The share fell by 0.4 percentage points a year (95% interval 1.1 lower to 0.3 higher)."},
        row | {"claim": "kept_safe", "sentence": "Most children were kept safe.", "rule": "majority",
               "verdict": "contradicted", "caveat": "Harm that the record does not show is not seen.",
               "reason": "41% (95% interval 37% to 45%), below half."},
    ])


def missing():
    return pd.DataFrame([
        ("level_safe", "Safe", 700, 0, 0, 12, 0, 42, 0),
        ("pathway", "Pathway plan in place and reviewed within six months", 150, 560, 10, 4, 0, 30, 0),
        ("age", "Age", 754, 0, 0, 0, 0, 0, 0),
        ("governance", "Governance", 400, 0, 0, 280, 20, 54, 0),
    ], columns=["column", "label", "answered", "not_asked", "not_applicable", "dont_know", "prefer_not_to_say",
                "not_recorded", "illegible"])
