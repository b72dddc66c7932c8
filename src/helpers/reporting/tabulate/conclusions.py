"""Tables of what may be concluded, and of the questions asked around the comparisons."""

import pandas as pd

from helpers.reporting.display import Text
from helpers.reporting.measures import MEASURES
from helpers.reporting.naming import call
from helpers.reporting.tables import Table
from helpers.reporting.words import p_cell, signed

QUESTIONS = {
    "groups": "Do any of the groups differ?", "heterogeneity": "Do partnerships differ in it?",
    "odds_ratio": "Does it differ, adjusted for age?", "proportional_odds": "Is one odds ratio enough for all levels?",
    "margins": "Are the two spread alike over the levels?", "symmetry": "Do answers move up as often as down?",
}


def conclusions(frame: pd.DataFrame, labels: dict[str, str]) -> Table | Text:
    """Comparison by comparison: the conclusion, the 90% interval that decides on equivalence, what could be found."""
    if frame.empty:
        return Text("There is no conclusion to tabulate here.")
    measures = [MEASURES[name] for name in frame["effect_name"]]

    def column(name: str) -> list[str]:
        return ["[x]" if pd.isna(value) else signed(measure.per * value, max(measure.decimals, 1))
                for measure, value in zip(measures, frame[name], strict=True)]

    shown = {
        "Outcome": [call(labels, row.outcome, row.family) for row in frame.itertuples()],
        "Compared with": [call(labels, row.reference, row.family) if row.reference else "[z]"
                          for row in frame.itertuples()],
        "Conclusion": [conclusion.capitalize() for conclusion in frame["conclusion"]],
        "Could have found": column("detectable"), "Equivalence, low": column("equivalence_low"),
        "Equivalence, high": column("equivalence_high"), "Equivalence p": [p_cell(p) for p in frame["p_equivalence"]],
    }
    if len(set(shown["Compared with"])) == 1:
        del shown["Compared with"]
    margin = signed(measures[0].per * frame["margin"].iloc[0], 1).removesuffix(".0")
    notes = [f"In {measures[0].heading.lower()}; the margin fixed beforehand is {margin} from {measures[0].none}",
             "“Could have found” is the least difference from none found with the plan’s power",
             "Equivalence: two one-sided tests, by the 90% interval"]
    return Table(pd.DataFrame(shown), "What may be concluded", notes=notes)


def checks(frame: pd.DataFrame, labels: dict[str, str]) -> Table | Text:
    """The questions around the comparisons: test, statistic with its degrees of freedom, p, and an estimate."""
    if frame.empty:
        return Text("No further question is asked of this family.")
    rows = list(frame.itertuples())
    shown = pd.DataFrame({
        "Outcome": [_about(row, labels) for row in rows], "Question": [QUESTIONS[row.question] for row in rows],
        "Test": [row.test for row in rows],
        "Statistic": ["[x]" if pd.isna(row.statistic) else signed(row.statistic, 2) for row in rows],
        "Degrees of freedom": ["[z]" if pd.isna(row.df) else f"{row.df:.0f}" for row in rows],
        "p": [p_cell(row.p_value) for row in rows], "Estimate": [_estimate(row) for row in rows],
    })
    return Table(shown, "Questions around the comparisons",
                 notes=["tau is the standard deviation between partnerships, on the scale of the effect",
                        "An odds ratio above 1 means higher answers in the group compared"])


def _about(row, labels: dict[str, str]) -> str:
    name = call(labels, row.outcome, row.family)
    return f"{name}: {call(labels, row.reference, row.family)}" if row.reference and row.question != "groups" else name


def _estimate(row) -> str:
    if not row.measure:
        return "[z]"
    if pd.isna(row.estimate):
        return "[x]"
    text = f"{row.measure} {signed(row.estimate, 2)}"
    return text if pd.isna(row.ci_low) else f"{text} ({signed(row.ci_low, 2)} to {signed(row.ci_high, 2)})"
