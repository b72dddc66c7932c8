"""Which of inference's results are for the public at all; everything else stays on internal pages."""

from dataclasses import dataclass, fields

import pandas as pd

IN_TWO = ("ordinal", "binary", "share")  # scales whose counts are protected; nominal answers and measurements are not
# Analyses of the same people as the main one, or of a group that is counted with it: their effects may be shown. Of the
# others only theta, which rests on answers in more levels than any count tells: a difference of shares that is weighted
# or adjusted otherwise is one more equation for the same two counts, and nobody has reckoned with it.
COUNTED = ("ages_16_plus", "pooled", "continuing_care_as_group", "continuing_care_as_reference")
MANY_LEVELS = "theta"


@dataclass(frozen=True)
class PublicResults:
    """The frames of inference that protection works on."""

    rows: pd.DataFrame
    sensitivity: pd.DataFrame
    conclusions: pd.DataFrame
    checks: pd.DataFrame
    specifications: pd.DataFrame
    by_partnership: pd.DataFrame
    counts: pd.DataFrame
    shares: pd.DataFrame


def for_the_public(results) -> PublicResults:
    """The same without outcomes that have no protected counts, and without analyses that would tell more of them."""
    inner = set(results.rows["family"][~results.rows["scale"].isin(IN_TWO)])
    kept = {field.name: _without(getattr(results, field.name), inner) for field in fields(PublicResults)}
    others, asked = kept["sensitivity"], kept["checks"]
    theta = set(kept["rows"]["family"][kept["rows"]["effect_name"] == MANY_LEVELS])
    kept["sensitivity"] = others[others["analysis"].isin(COUNTED) | others["effect_name"].eq(MANY_LEVELS)]
    kept["checks"] = asked[asked["question"].eq("heterogeneity") & asked["family"].isin(theta)]
    kept["specifications"] = kept["specifications"][kept["specifications"]["effect_name"].eq(MANY_LEVELS)]
    return PublicResults(**{name: frame.reset_index(drop=True) for name, frame in kept.items()})


def _without(frame: pd.DataFrame, families: set[str]) -> pd.DataFrame:
    return frame[~frame["family"].isin(families)]
