"""The children of the eight partnerships, and who among them has a record read."""

import numpy as np
import pandas as pd
from numpy.random import RandomState

from helpers.sample.chance import apportion, category, happens, some, whole
from helpers.sample.planted import Partnership, Planted

LOOKED_AFTER = ["at_home", "kinship", "foster", "residential"]
GROUPS = [*LOOKED_AFTER, "continuing_care", "leaving_care", "not_looked_after"]

# Records that cleaning must set aside are read beside the sample proper, so that what is kept is the planted number.
SPOILT = {
    "aged_27": ["leaving_care"], "aftercare_at_15": ["leaving_care"], "dates_in_wrong_order": ["leaving_care"],
    "not_in_the_frame": LOOKED_AFTER, "no_legal_basis": LOOKED_AFTER,
}
SPOILT_IN = ["CPP_01", "CPP_02", "CPP_03", "CPP_04"]


def children(planted: Planted) -> pd.DataFrame:
    """Every child in the eight frames, one row each, with the care group that placement and legal basis amount to."""
    chance = planted.stream("children")
    return pd.concat([_children_of(planted, chance, place) for place in planted.partnerships], ignore_index=True)


def read_records(planted: Planted, frame: pd.DataFrame) -> pd.DataFrame:
    """The children whose records are read: a sample stratified by partnership and care group, and a few to be spoilt.

    Column `spoilt` names the mess that a further record is to suffer, or is empty.
    """
    chance, spoilt = planted.stream("sampling"), np.full(len(frame), None, dtype=object)
    for place in planted.partnerships:
        for group, rows in sampled(planted, place).items():
            here = (frame["partnership"] == place.id) & (frame["care_group"] == group)
            spoilt[some(chance, here, rows)] = ""
    for mess, groups in SPOILT.items():
        free = pd.isna(spoilt) & frame["care_group"].isin(groups) & frame["partnership"].isin(SPOILT_IN)
        spoilt[some(chance, free, planted.rows("case_records", mess))] = mess
    return frame.assign(spoilt=spoilt).loc[pd.notna(spoilt)].reset_index(drop=True)


def sampled(planted: Planted, place: Partnership) -> dict[str, int]:
    """How many records of each care group are read in a partnership."""
    values = planted.values("care_groups")
    leaving, continuing = place.leavers, values["sample_continuing_care"]
    outside = values["sample_not_looked_after"]
    mix = values["sample_mix"]
    looked_after = 1 - leaving - continuing - outside
    return apportion(place.records, {
        **{group: looked_after * mix[group] / sum(mix.values()) for group in LOOKED_AFTER},
        "continuing_care": continuing, "leaving_care": leaving, "not_looked_after": outside,
    })


def _children_of(planted: Planted, chance: RandomState, place: Partnership) -> pd.DataFrame:
    """One partnership's frame, in an order that tells nothing."""
    counts = _frame_counts(planted, place)
    group = np.repeat(np.array(list(counts), dtype=object), list(counts.values()))
    group = group[np.argsort(chance.random_sample(len(group)), kind="stable")]
    size, number = len(group), place.id[-2:]
    drawn = {name: _by_group(planted, chance, name, group) for name in ("legal_bases", "placements_in_detail")}
    on_register = happens(chance, _share(group, at_home=0.16, kinship=0.04, foster=0.03, residential=0.03,
                                         not_looked_after=0.55), size)
    return pd.DataFrame({
        "partnership": place.id,
        "record_id": [f"C{number}-{row:04d}" for row in range(1, size + 1)],
        "age": _ages(planted, chance, group),
        "sex": category(chance, {"male": 52, "female": 48}, size),
        "simd_quintile": category(chance, {"1": 38, "2": 25, "3": 17, "4": 12, "5": 8}, size),
        "legal_basis": drawn["legal_bases"],
        "placement": drawn["placements_in_detail"],
        "aftercare": np.where(group == "leaving_care", "yes", "no"),
        "on_register": np.where(on_register, "yes", "no"),
        # whoever is neither looked after nor a leaver is in the frame for the register or for a referral
        "referred": np.where((group == "not_looked_after") & ~on_register | happens(chance, 0.05, size)
                             & np.isin(group, ["at_home", "not_looked_after"]), "yes", "no"),
        "care_group": group,
    })


def _frame_counts(planted: Planted, place: Partnership) -> dict[str, int]:
    values = planted.values("care_groups")
    leaving = values["frame_leaving_care"] + values["frame_leaving_care_by_quality"] * place.quality
    continuing, mix = values["frame_continuing_care"], values["frame_mix"]
    looked_after = values["frame_looked_after"]
    return apportion(place.frame, {
        **{group: looked_after * mix[group] / sum(mix.values()) for group in LOOKED_AFTER},
        "continuing_care": continuing, "leaving_care": leaving,
        "not_looked_after": 1 - looked_after - leaving - continuing,
    })


def _by_group(planted: Planted, chance: RandomState, truth: str, group: np.ndarray) -> np.ndarray:
    """A name for each child, drawn by the weights of its care group."""
    drawn = np.empty(len(group), dtype=object)
    for name in GROUPS:
        drawn[group == name] = category(chance, planted.values(truth)[name], int((group == name).sum()))
    return drawn


def _ages(planted: Planted, chance: RandomState, group: np.ndarray) -> np.ndarray:
    """Ages in whole years: a band by weight, then a year inside it."""
    ages = np.zeros(len(group), dtype=int)
    for name in GROUPS:
        here = group == name
        bands = planted.values("ages")[name]
        weights = {at: weight for at, (_, _, weight) in enumerate(bands)}
        band = category(chance, weights, int(here.sum())).astype(int)
        low, high = (np.array([b[end] for b in bands])[band] for end in (0, 1))
        ages[here] = whole(chance, low, high, int(here.sum()))
    return ages


def _share(group: np.ndarray, **shares: float) -> np.ndarray:
    return np.array([shares.get(name, 0.0) for name in group])
