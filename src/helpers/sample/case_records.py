"""Case records as a reader would have rated them: the truths drawn, before export and mess."""

import numpy as np
import pandas as pd
from numpy.random import RandomState

from helpers.sample.chance import answer, category, happens, happens_by, logistic, whole
from helpers.sample.planted import Planted

SIX_POINT = ["unsatisfactory", "weak", "adequate", "good", "very_good", "excellent"]
CHANGE = ["got_worse", "stayed_the_same", "improved"]
RISKS = ["immediate", "domestic_abuse", "sexual_exploitation", "neglect"]
IN_PLACEMENT = ["kinship", "foster", "residential", "continuing_care"]
LEFT_CARE = ["leaving_care", "continuing_care"]


def records(planted: Planted, read: pd.DataFrame) -> pd.DataFrame:
    """The rated records, one row a child read; a cell is None where it was not asked or not recorded."""
    chance = planted.stream("case_records")
    # 0.55 turns the logistic distribution's spread of 1.81 into about 1
    child = 0.55 * logistic(chance, len(read))
    rated = pd.concat([
        read,
        _circumstances(planted, chance, read),
        _levels(planted, chance, read, child),
        _improvements(planted, chance, read, child),
        _practice(planted, chance, read, child),
        _support(planted, chance, read, child),
        _risks(planted, chance, read, child),
    ], axis=1)
    return _leave_unrecorded(planted, chance, rated)


def _circumstances(planted: Planted, chance: RandomState, read: pd.DataFrame) -> pd.DataFrame:
    """Dates, readers, sources, accommodation, placements so far."""
    group, size = read["care_group"], len(read)
    inspected = pd.to_datetime(read["partnership"].map({p.id: p.inspected for p in planted.partnerships}))
    # a birthday is drawn to make the dates fit, and is written nowhere
    since_birth = read["age"] * 365.25 + 30 + 300 * chance.random_sample(size)
    born = inspected - _days(since_birth)
    left_at = 16 + (np.minimum(read["age"] + 0.05, 18) - 16) * chance.random_sample(size)
    entered_at = np.where(group.isin(LEFT_CARE), 15.5, read["age"]) * chance.random_sample(size)
    entered, left = (born + _days(pd.Series(at) * 365.25) for at in (entered_at, left_at))
    on_register = read["on_register"] == "yes"
    return pd.DataFrame({
        "care_type": group,
        "inspection_date": inspected.dt.date,
        "date_entered_care": entered.dt.date.where(group != "not_looked_after", None),
        "date_left_care": left.dt.date.where(group.isin(LEFT_CARE), None),
        "reader_pair": "P" + read["partnership"].str[-1] + "-" + category(chance, dict.fromkeys("ABCDEF", 1), size),
        "sources_read": np.where(on_register, "all_services", "social_work_only"),
        "qi_reference": category(chance, {"2.1": 45, "2.10": 15, "5.3": 25, "5.4": 15}, size),
        "placements_count": pd.Series(whole(chance, 0, np.where(group == "residential", 5, 3), size) + 1,
                                      dtype=object).where(group != "not_looked_after", None),
        "out_of_area": _yes_no(happens(chance, np.where(group == "residential", 0.35, 0.09), size),
                               group.isin(IN_PLACEMENT)),
        "accommodation": pd.Series(category(chance, {
            "own_tenancy": 32, "supported": 20, "with_family": 22, "with_former_carers": 10, "student": 6,
            "temporary_or_homeless": 7, "other": 3,
        }, size), dtype=object).where(group == "leaving_care", None),
    })


def _levels(planted: Planted, chance: RandomState, read: pd.DataFrame, child: np.ndarray) -> pd.DataFrame:
    """The eight wellbeing indicators and the overall level."""
    values, quality = planted.values("wellbeing_level"), read["partnership"].map(planted.quality).to_numpy()
    by_age = values["age_a_year"] * (read["age"].to_numpy() - 10)
    columns = {}
    for name, base in values["base"].items():
        shift = base + values["quality"] * quality + values["child"] * child + _by_group(values, name, read)
        shift = shift + (0 if name in values["age_free"] else by_age)
        columns[name] = _named(answer(chance, values["base_shares"], shift), SIX_POINT)
    return pd.DataFrame(columns)


def _improvements(planted: Planted, chance: RandomState, read: pd.DataFrame, child: np.ndarray) -> pd.DataFrame:
    """What changed in the eight wellbeing indicators and overall."""
    values, quality = planted.values("improvement"), read["partnership"].map(planted.quality).to_numpy()
    shared = values["quality"] * quality + values["child"] * child
    return pd.DataFrame({
        name: _named(answer(chance, values["base_shares"], base + shared + _by_group(values, name, read)), CHANGE)
        for name, base in values["base"].items()
    })


def _practice(planted: Planted, chance: RandomState, read: pd.DataFrame, child: np.ndarray) -> pd.DataFrame:
    """Ratings of practice, and of support to achieve for the care experienced of 14 and over."""
    values, potential = planted.values("practice"), planted.values("potential")
    quality, leaving = read["partnership"].map(planted.quality).to_numpy(), _leaving(read)
    base_shares = planted.values("wellbeing_level")["base_shares"]
    shared = values["quality"] * quality + values["child"] * child
    columns = {
        name: _named(answer(chance, base_shares, base + shared + values["leaving_care"][name] * leaving), SIX_POINT)
        for name, base in values["base"].items()
    }
    to_achieve = np.where(leaving, potential["leaving_care"], potential["looked_after"])
    asked = (read["age"] >= potential["asked_from_age"]) & (read["care_group"] != "not_looked_after")
    support = pd.Series(_named(answer(chance, base_shares, to_achieve + shared), SIX_POINT))
    return pd.DataFrame({**columns, "rating_support_to_achieve": support.where(asked, None)})


def _support(planted: Planted, chance: RandomState, read: pd.DataFrame, child: np.ndarray) -> pd.DataFrame:
    """Support received: yes or no, asked of the care experienced (two items: of 16 and over)."""
    values, leaving = planted.values("support"), _leaving(read)
    shift = values["quality"] * read["partnership"].map(planted.quality).to_numpy() + 0.3 * child
    care_experienced, from_16 = read["care_group"] != "not_looked_after", read["age"] >= 16
    columns = {}
    for name, share in values["looked_after"].items():
        asked = care_experienced & (from_16 | (name not in ("learning_or_work", "pathway_plan")))
        shares = np.where(leaving, values["leaving_care"][name], share)
        columns[name] = _yes_no(happens_by(chance, shares, shift), asked)
    return pd.DataFrame(columns)


def _risks(planted: Planted, chance: RandomState, read: pd.DataFrame, child: np.ndarray) -> pd.DataFrame:
    """Four risks: present or not, and where present recognised or not."""
    values, everyone = planted.values("risk"), pd.Series(True, index=read.index)
    quality = read["partnership"].map(planted.quality).to_numpy()
    register = 0.6 * (read["on_register"] == "yes").to_numpy()
    seen = values["quality"] * quality + values["child"] * child
    seen = seen + values["age_16_plus"] * (read["age"] >= 16).to_numpy()
    columns = {}
    for risk in RISKS:
        present = happens_by(chance, values["present"][risk], register)
        columns[f"risk_{risk}_present"] = _yes_no(present, everyone)
        columns[f"risk_{risk}_recognised"] = _yes_no(
            happens_by(chance, values["recognised"][risk], seen), pd.Series(present))
    return pd.DataFrame(columns)


def _leave_unrecorded(planted: Planted, chance: RandomState, rated: pd.DataFrame) -> pd.DataFrame:
    """The records with some answers left out, more of them where one service's record was read alone."""
    values = planted.values("not_recorded")
    share = np.where(rated["on_register"] == "yes", values["on_register"], values["off_register"])
    optional = [name for name in rated if name.startswith(("level_", "improvement_", "rating_"))]
    optional += list(planted.values("support")["looked_after"])
    return rated.assign(**{
        name: rated[name].astype(object).mask(happens(chance, share, len(rated)), None) for name in optional
    })


def _by_group(values: dict, name: str, read: pd.DataFrame) -> np.ndarray:
    """The planted shift of each child's care group in one outcome."""
    shifts = {**values["groups"], "leaving_care": values["leaving_care"][name]}
    if values["leaving_care"][name] == 0.0:  # where nothing is planted, nothing is planted for any group
        shifts = {}
    return read["care_group"].map(shifts).fillna(0.0).to_numpy(dtype=float)


def _days(count: pd.Series) -> pd.Series:
    """Spans of whole days."""
    return pd.to_timedelta(np.floor(count + 0.5), unit="D")


def _leaving(read: pd.DataFrame) -> np.ndarray:
    return (read["care_group"] == "leaving_care").to_numpy()


def _named(positions: np.ndarray, scale: list[str]) -> np.ndarray:
    return np.array(scale, dtype=object)[positions]


def _yes_no(happened: np.ndarray, asked: pd.Series) -> pd.Series:
    return pd.Series(np.where(happened, "yes", "no"), dtype=object).where(asked.to_numpy(), None)
