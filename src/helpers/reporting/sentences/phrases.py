"""Half-sentences: what the effect of one comparison row says, and which side it finds lower."""

import pandas as pd

from helpers.reporting.measures import MEASURES
from helpers.reporting.naming import call, many_of, one_of
from helpers.reporting.words import lower_first, percent, signed


def says(row: pd.Series, labels: dict[str, str]) -> str:
    """The effect in plain words with its 95% interval."""
    return _SAYS[row["effect_name"]](row, labels)


def finding(row: pd.Series, labels: dict[str, str]) -> str:
    """Which side is lower, where the interval leaves no difference out; else that it is not settled."""
    measure = MEASURES[row["effect_name"]]
    topic = f"“{lower_first(call(labels, row['outcome'], row['family']))}”"
    if row["effect_name"] == "Cramér's V":
        return f"how far {topic} goes with the group is told by Cramér’s V"
    if measure.none is None:
        above = labels.get(f"{row['outcome']}.above", "the upper answers")
        return f"{percent(row['effect'])} have {topic} at “{above}”"
    family, none = row["family"], measure.no_difference
    side = "lower" if row["effect"] < none else "higher"
    open_still = pd.isna(row["ci_low"]) or row["ci_low"] <= none <= row["ci_high"]
    if row["effect_name"] == "D":
        first, second = (f"“{lower_first(call(labels, row[name], family))}”" for name in ("group", "reference"))
        return (f"these data do not settle whether {first} is rated differently from {second}" if open_still else
                f"{first} is rated {side} than {second}")
    group, reference = (many_of(labels, row[name], family) for name in ("group", "reference"))
    if open_still:
        return f"these data do not settle whether {topic} differs between {group} and {reference}"
    if row["effect_name"] == "risk difference":
        above = lower_first(labels.get(f"{row['outcome']}.above", "in the upper answers"))
        often = "less often" if side == "lower" else "more often"
        return f"{topic} is “{above}” {often} among {group} than among {reference}"
    return f"{topic} is rated {side} among {group} than among {reference}"


def interval(row: pd.Series, shown) -> str:
    """The 95% interval, its bounds written by `shown`."""
    if pd.isna(row["ci_low"]) or pd.isna(row["ci_high"]):
        return "its interval could not be estimated"
    return f"95% interval {shown(row['ci_low'])} to {shown(row['ci_high'])}"


def _theta(row: pd.Series, labels: dict[str, str]) -> str:
    group, reference = (one_of(labels, row[side], row["family"]) for side in ("group", "reference"))
    where = " from the same partnership" if _within_partnerships(row) else ""
    pairs = MEASURES["theta"]
    return (f"In 100 pairs of one {group} and one {reference}{where}, the {group} has the higher rating in "
            f"{pairs.value(row['effect'])}, ties shared ({interval(row, pairs.value)})")


def _within_partnerships(row: pd.Series) -> bool:
    """Whether like was compared with like in each partnership; how many could be used may itself be withheld."""
    if row.get("analysis", "main") == "pooled" or "partnership" in row:
        return False
    return bool(pd.isna(row["strata_used"]) or row["strata_used"] > 1)


def _difference(row: pd.Series, labels: dict[str, str]) -> str:
    group, reference = (call(labels, row[side], row["family"]) for side in ("group", "reference"))
    above = lower_first(labels.get(f"{row['outcome']}.above", "upper answers"))
    return (f"{group} against {lower_first(reference)}, the share “{above}” is "
            f"{_apart(row, 'percentage point', 'lower', 'higher')}")


def _surplus(row: pd.Series, labels: dict[str, str]) -> str:
    first, second = (call(labels, row[side]) for side in ("group", "reference"))
    return (f"In 100 people who rated both, those who put “{lower_first(first)}” above “{lower_first(second)}” are "
            f"{_apart(row, '', 'fewer', 'more')} than those who put it below")


def _yearly(row: pd.Series, labels: dict[str, str]) -> str:
    return f"{_apart(row, 'percentage point', 'lower', 'higher', 1)} a year"


def _means(row: pd.Series, labels: dict[str, str]) -> str:
    group, reference = (call(labels, row[side], row["family"]) for side in ("group", "reference"))
    return f"{group} against {lower_first(reference)}, the mean is {_apart(row, '', 'lower', 'higher', 1, per=1)}"


def _association(row: pd.Series, labels: dict[str, str]) -> str:
    value = MEASURES[row["effect_name"]].value
    return (f"The strength of the association, Cramér’s V from 0 to 1, is {value(row['effect'])} "
            f"({interval(row, value)})")


def _only_share(row: pd.Series, labels: dict[str, str]) -> str:
    return f"{percent(row['effect'])} ({interval(row, percent)})"


def _apart(row: pd.Series, unit: str, less: str, more: str, decimals: int = 0, *, per: float = 100) -> str:
    """A signed difference in words: "12 percentage points lower (95% interval 5 to 19 lower)"."""
    value, low, high = (per * row[name] for name in ("effect", "ci_low", "ci_high"))
    size = signed(abs(value), decimals)
    units = f" {unit}{'' if size == '1' else 's'}" if unit else ""
    middle = f"{size}{units} {less if value < 0 else more}"
    if float(size) == 0:
        middle = f"the same to within {'0.1' if decimals else '1'} {unit}" if unit else f"no {more}"
    if pd.isna(low) or pd.isna(high):
        return f"{middle} (its interval could not be estimated)"
    near, far = (signed(abs(bound), decimals) for bound in sorted((low, high), key=abs))
    if low * high > 0:
        return f"{middle} (95% interval {near} to {far} {less if value < 0 else more})"
    return f"{middle} (95% interval from {signed(abs(low), decimals)} {less} to {signed(abs(high), decimals)} {more})"


_SAYS = {"theta": _theta, "risk difference": _difference, "mean difference": _means, "Cramér's V": _association,
         "D": _surplus, "share": _only_share, "share a year": _yearly}
