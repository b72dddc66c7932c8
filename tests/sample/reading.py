"""Reading the committed sample with pandas alone, and the few figures the tests compute from it by hand."""

from pathlib import Path

import numpy as np
import pandas as pd

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "data" / "raw" / "sample"
LOOKED_AFTER = ["Looked after at home", "Kinship", "Foster", "Residential"]
LEAVING_CARE = ["Aftercare"]
SIX_POINT = {
    "unsatisfactory": 1, "weak": 2, "adequate": 3, "satisfactory": 3, "good": 4, "very good": 5, "excellent": 6,
}
CHANGE = {"got worse": 0, "stayed the same": 1, "improved": 2}
AGREEMENT = {"strongly disagree": 1, "disagree": 2, "agree": 3, "strongly agree": 4, "sa": 4}
FREQUENCY = {"never": 1, "rarely": 2, "sometimes": 3, "often": 4, "always": 5}


def plain(column: pd.Series) -> pd.Series:
    return column.astype("str").str.strip().str.casefold()


def rating(column: pd.Series) -> pd.Series:
    """1 to 6 for 'Good', ' GOOD ', '4', '4: good'."""
    text = plain(column)
    return text.map(SIX_POINT).fillna(pd.to_numeric(text.str.extract(r"^(\d)")[0]))


def theta(group, reference, strata_group, strata_reference) -> float:
    """P(group > reference) + half P(equal) within strata, weighted n m / (N + 1)."""
    wins, weights = [], []
    for stratum in sorted(set(strata_group) & set(strata_reference)):
        a, b = group[strata_group == stratum].to_numpy(), reference[strata_reference == stratum].to_numpy()
        wins.append(((a[:, None] > b) + 0.5 * (a[:, None] == b)).mean())
        weights.append(len(a) * len(b) / (len(a) + len(b) + 1))
    return float(np.average(wins, weights=weights))


def theta_of(table: pd.DataFrame, values: pd.Series, group: pd.Series, reference: pd.Series, strata: str) -> float:
    answered = values.notna()
    a, b = answered & group, answered & reference
    return theta(values[a], values[b], table.loc[a, strata], table.loc[b, strata])


def dominance(first: pd.Series, second: pd.Series) -> float:
    """Share who put the first higher less share who put the second higher."""
    both = first.notna() & second.notna()
    return float((first[both] > second[both]).mean() - (first[both] < second[both]).mean())


def usual_header(name: str) -> str:
    """The odd workbook's column names as the others have them."""
    if name == "Overall - level":
        return "2.1"
    if name.endswith(" - level"):
        return f"2.1 Impact – {name.removesuffix(' - level').lower()}"
    if name.endswith(" - improvement"):
        return f"1.1 Improvement – {name.removesuffix(' - improvement').lower()}"
    return name


def workbook(path: Path, preamble: int) -> pd.DataFrame:
    """The first sheet below its preamble, every cell as text."""
    return pd.read_excel(path, engine="calamine", skiprows=preamble, dtype="str", keep_default_na=False, na_values=[""])
