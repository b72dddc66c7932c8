"""Conclusions, agreement of partnerships and specification curves made publishable: gone with their finding."""

import pandas as pd

from helpers.disclosure.cells import EFFECT_DECIMALS
from helpers.disclosure.effects import publishable_rows
from helpers.disclosure.protected import Protected
from helpers.disclosure.selection import MANY_LEVELS
from helpers.study import Study

SAME = ["family", "outcome", "group", "reference"]
P_DECIMALS = 2  # of a test whether partnerships agree: it speaks of all of them at once, and roughly


def publishable_answers(study: Study, protected: Protected) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """The release tables `conclusions`, `checks` and `specifications`.

    A conclusion is a word and the least difference that could have been found; the interval behind it stays inside.
    """
    results = protected.results
    known = _known(study, protected)
    found, asked, ways = (frame[_named(frame).isin(known)].reset_index(drop=True)
                          for frame in (results.conclusions, results.checks, results.specifications))
    found = found[[*SAME, "effect_name", "conclusion", "margin", "detectable"]]
    # What could be found is reckoned from how people answer: of two categories that would be one more equation.
    least = found["detectable"].round(EFFECT_DECIMALS)
    found = found.assign(detectable=least.where(found["effect_name"] == MANY_LEVELS))
    asked = asked[[*SAME, "question", "test", "df", "p_value"]].assign(p_value=asked["p_value"].round(P_DECIMALS))
    effects = {name: ways[name].round(EFFECT_DECIMALS) for name in ("effect", "ci_low", "ci_high")}
    return found, asked, ways.drop(columns=["n_group", "n_reference"]).assign(**effects)


def _known(study: Study, protected: Protected) -> pd.Series:
    """The comparisons of the main analysis whose finding is published."""
    rows = protected.results.rows
    after = publishable_rows(study, protected, rows)
    return _named(rows[~(after["n_group"].isna() & rows["n_group"].notna())])


def _named(frame: pd.DataFrame) -> pd.Series:
    return frame[SAME].astype("str").agg("/".join, axis=1) if len(frame) else pd.Series(dtype="str")
