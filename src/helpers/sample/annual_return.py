"""The annual return: children by placement, and aftercare, by partnership and year."""

from pathlib import Path

import pandas as pd
from numpy.random import RandomState

from helpers.sample.chance import logistic
from helpers.sample.children import LOOKED_AFTER
from helpers.sample.planted import Partnership, Planted
from helpers.sample.rendering import write_rows

# The non-ASCII character is there because such exports come in the Windows code page.
HEADERS = {
    "partnership": "Children's services – annual return: partnership", "year": "Year (31 July)",
    "placed_at_home": "At home with parents", "placed_kinship": "Kinship carers", "placed_foster": "Foster carers",
    "placed_other_community": "Prospective adopters and other community", "placed_residential": "Residential – all",
    "placed_out_of_area": "Of all placements: out of area", "aftercare_eligible": "Eligible for aftercare",
    "aftercare_receiving": "Receiving aftercare",
}


def write(folder: Path, planted: Planted, frame: pd.DataFrame) -> list[Path]:
    """annual_return.csv: semicolons, Windows code page."""
    chance = planted.stream("annual_return")
    table = pd.concat([_years_of(planted, chance, place, frame) for place in planted.partnerships])
    rows = [list(HEADERS.values()), *table[list(HEADERS)].to_numpy(dtype=object).tolist()]
    return [write_rows(folder / "annual_return.csv", rows, encoding="cp1252", delimiter=";")]


def _years_of(planted: Planted, chance: RandomState, place: Partnership, frame: pd.DataFrame) -> pd.DataFrame:
    values, years = planted.values("placements"), planted.values("placements")["years"]
    here = frame[frame["partnership"] == place.id]
    total_2020 = int(here["care_group"].isin(LOOKED_AFTER).sum())
    totals = [round(total_2020 * (1 + 0.01 * (2020 - year))) for year in years]
    shares = {name: _shares(values, chance, name) for name in values["shares_2020"]}
    counts = {f"placed_{name}": [round(n * share) for n, share in zip(totals, series, strict=True)]
              for name, series in shares.items()}
    inside = ["placed_at_home", "placed_kinship", "placed_other_community", "placed_residential"]
    # foster care is the rest, so that placements sum to the total
    foster = [n - sum(counts[name][at] for name in inside) for at, n in enumerate(totals)]
    receiving_now = int((here["care_group"] == "leaving_care").sum())
    aftercare = planted.values("aftercare")
    share = [base + aftercare["by_quality"] * place.quality + noise
             for base, noise in zip(aftercare["receiving"], 0.005 * logistic(chance, len(years)), strict=True)]
    eligible = [round(receiving_now / share[-1] * (1 - 0.04 * (2020 - year))) for year in years]
    receiving = [round(n * part) for n, part in zip(eligible, share, strict=True)]
    return pd.DataFrame({"partnership": place.id, "year": years, **counts, "placed_foster": foster,
                         "aftercare_eligible": eligible, "aftercare_receiving": receiving})


def _shares(values: dict, chance: RandomState, name: str) -> list[float]:
    """One partnership's share of placements of one kind, year by year."""
    size = len(values["years"])
    planted_share = values["shares_2020"][name]
    # spreads are given for a share of a quarter and shrink with smaller shares, which cannot fall below nothing
    scale = min(1.0, planted_share / 0.25)
    # 0.55 turns the logistic distribution's spread of 1.81 into about 1
    level = planted_share + 0.55 * scale * values["partnership_share"] * logistic(chance, 1)[0]
    slope = values["a_year"].get(name, 0.0) + 0.55 * scale * values["partnership_slope"] * logistic(chance, 1)[0]
    noise = 0.55 * scale * values["noise"] * logistic(chance, size)
    return [max(0.0, level + slope * (year - 2020) + noise[at]) for at, year in enumerate(values["years"])]
