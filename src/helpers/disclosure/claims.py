"""Claims made publishable: the sentence with its figures stays only where the figures may be known."""

import pandas as pd

from helpers.disclosure.cells import EFFECT_DECIMALS, YEARLY_DECIMALS
from helpers.disclosure.effects import publishable_rows
from helpers.disclosure.protected import Protected
from helpers.study import Study

WITHHELD_REASON = "The figures behind this are withheld [c]."
FIGURES = ["effect", "ci_low", "ci_high"]
OVER_PARTNERSHIPS = "majority_of_partnerships"  # the one rule whose sentence counts partnerships


def publishable_claims(study: Study, protected: Protected, claims: pd.DataFrame) -> pd.DataFrame:
    """The judged claims, their figures rounded; where a figure rests on a withheld number it goes, and so does the
    sentence that holds it."""
    results = protected.results
    lost, lost_somewhere = _lost(study, protected, results.rows), _lost(study, protected, results.by_partnership)
    hidden = [(claim.family, claim.outcome) in (lost | lost_somewhere if claim.rule == OVER_PARTNERSHIPS else lost)
              for claim in claims.itertuples(index=False)]
    gone = pd.Series(hidden, claims.index, dtype=bool)
    yearly = claims["effect_name"] == "share a year"
    figures = {name: claims[name].round(YEARLY_DECIMALS).where(yearly, claims[name].round(EFFECT_DECIMALS)).mask(gone)
               for name in FIGURES}
    return claims.assign(reason=claims["reason"].mask(gone, WITHHELD_REASON), **figures)


def _lost(study: Study, protected: Protected, rows: pd.DataFrame) -> set[tuple[str, str]]:
    """(family, outcome) of the rows that lose their finding."""
    after = publishable_rows(study, protected, rows)
    gone = rows[after["n_group"].isna() & rows["n_group"].notna()]
    return set(zip(gone["family"], gone["outcome"], strict=True))
