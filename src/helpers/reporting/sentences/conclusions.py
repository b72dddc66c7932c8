"""What may be concluded: a difference, evidence of none that matters, or neither; and whether the answer is robust."""

import pandas as pd

from helpers.reporting.display import Text
from helpers.reporting.measures import MEASURES, Measure
from helpers.reporting.naming import call
from helpers.reporting.specified import in_words
from helpers.reporting.words import listed, lower_first, p_words, signed

# In the order in which a reader is told. No two mean the same: not having found a difference is not having found none.
SAYS = {
    "important difference": "**A difference that matters** (the whole interval lies beyond the margin fixed "
                            "beforehand)",
    "difference": "**A difference**, large enough to matter or not (the interval leaves that open)",
    "difference too small to matter": "**A difference too small to matter** (there is one, within the margin)",
    "no important difference": "**No important difference** (there is evidence that whatever there is lies within the "
                               "margin)",
    "not settled": "**Not settled** (no evidence of a difference, and none that there is no important one)",
    "not estimable": "**Not estimable**",
}


def conclusions(frame: pd.DataFrame, labels: dict[str, str], *, power: float = 0.8) -> Text:
    """A line a conclusion with the outcomes it holds for, and the smallest differences that could have been found."""
    if frame.empty:
        return Text("No comparison here has a value that means no difference: there is none to be found or ruled out.")
    several = frame["outcome"].nunique() < len(frame)
    lines = []
    for name, words in SAYS.items():
        here = [_name(row, labels, several) for row in frame[frame["conclusion"] == name].itertuples()]
        if here:
            lines.append(f"- {words}: {listed(here)}.")
    measure = MEASURES[frame["effect_name"].iloc[0]]
    return Text("\n".join(lines)) + _found(frame.dropna(subset=["detectable"]), measure, power)


def _name(row, labels: dict[str, str], several: bool) -> str:
    name = lower_first(call(labels, row.outcome, row.family))
    against = f" against {lower_first(call(labels, row.reference, row.family))}" if several and row.reference else ""
    return name + against


def _found(known: pd.DataFrame, measure: Measure, power: float) -> Text:
    if known.empty:
        return Text("The least difference that could have been found is not told here.")
    least, most = (_size(measure, value) for value in (known["detectable"].min(), known["detectable"].max()))
    sizes = least if least == most else f"{least} to {most}"
    margin = _size(measure, known["margin"].iloc[0])
    return Text(f"A difference of {sizes} from {measure.none} ({lower_first(measure.heading)}) is the least that a "
                f"comparison like this would have found in {100 * power:.0f} of 100 such studies; the plan calls "
                f"{margin} the least that matters. What is smaller than the first may be there unseen.")


def _size(measure: Measure, effect: float) -> str:
    decimals = measure.decimals if measure.per * effect >= 1 or measure.decimals else 1
    return signed(measure.per * effect, decimals)


def agreement(checks: pd.DataFrame, others: pd.DataFrame, labels: dict[str, str]) -> Text:
    """Whether partnerships differ in the first comparison by more than chance, and what others like them would show."""
    asked = checks[checks["question"] == "heterogeneity"]
    if asked.empty or pd.isna(asked["p_value"].iloc[0]):
        return Text("Too few partnerships have an estimate of their own to ask whether they agree.")
    row = asked.iloc[0]
    name = f"“{lower_first(call(labels, row['outcome'], row['family']))}”"
    alike = row["p_value"] >= 0.05
    text = (f"On {name}, the partnerships differ by {'no more' if alike else 'more'} than chance alone would show "
            f"({row['test']}, {p_words(row['p_value'])}).")
    if alike:
        text += " That does not show that they are alike: with few people in a partnership, differences go unseen."
    return Text(f"{text} {_beyond(row, others, labels)}".strip())


def _beyond(row: pd.Series, others: pd.DataFrame, labels: dict[str, str]) -> str:
    same = ["family", "outcome", "group", "reference"]
    beyond = others[(others["analysis"] == "beyond_partnerships") & (others[same] == row[same]).all(axis=1)]
    if beyond.empty or pd.isna(beyond["ci_low"].iloc[0]):
        return ""
    found = beyond.iloc[0]
    measure = MEASURES[found["effect_name"]]
    return (f"Taken as a sample of partnerships like them, their mean is {measure.value(found['effect'])} "
            f"(95% interval {measure.interval(found['ci_low'], found['ci_high'])}; {lower_first(measure.heading)}).")


def specifications(frame: pd.DataFrame) -> Text:
    """How far the answer depends on how the question is asked."""
    if frame.dropna(subset=["effect", "ci_low", "ci_high"]).empty:
        return Text("There is no other way to ask this question of these data.")
    return Text(in_words(frame))
