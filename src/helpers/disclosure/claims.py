"""Claims made publishable: the sentence with its figures stays only where the figures may be known."""

import pandas as pd

from helpers.disclosure.cells import EFFECT_DECIMALS, YEARLY_DECIMALS
from helpers.disclosure.effects import publishable_rows
from helpers.disclosure.protected import Protected
from helpers.study import Study

WITHHELD_REASON = "The figures behind this are withheld [c]."
FIGURES = ["effect", "ci_low", "ci_high"]


def publishable_claims(study: Study, protected: Protected, claims: pd.DataFrame) -> pd.DataFrame:
    """The judged claims, their figures rounded; where a figure rests on a withheld number it goes, and so does the
    sentence that holds it."""
    rows = publishable_rows(study, protected, protected.results.rows)
    lost = rows[rows["n_group"].isna() & protected.results.rows["n_group"].notna()]
    hidden = pd.Series([(claim.family, claim.outcome) in set(zip(lost["family"], lost["outcome"], strict=True))
                        for claim in claims.itertuples(index=False)], claims.index, dtype=bool)
    yearly = claims["effect_name"] == "share a year"
    figures = {name: claims[name].round(YEARLY_DECIMALS).where(yearly, claims[name].round(EFFECT_DECIMALS)).mask(hidden)
               for name in FIGURES}
    return claims.assign(reason=claims["reason"].mask(hidden, WITHHELD_REASON), **figures)
