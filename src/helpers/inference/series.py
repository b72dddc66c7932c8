"""A family of shares followed over the years: one row a series."""

import numpy as np
import pandas as pd

from helpers.inference.material import Material
from helpers.inference.methods.trend import Slope, mean_slope, trend_test
from helpers.inference.rows import Row, by_holm, joined
from helpers.study import Series

YEAR = "year"
RECUR = ("The same children recur from year to year, so p overstates the evidence; the interval rests on how "
         "partnerships differ.")
RECUR_ONE = "The same children recur from year to year, so p and the interval overstate the evidence."


def yearly(material: Material, series: Series) -> pd.DataFrame:
    """Part and total by partnership and year; a return that lacks one of the counts is left out."""
    columns = list(dict.fromkeys([*series.parts, *series.total]))
    known = material.table.dropna(subset=["partnership", YEAR, *columns])
    counts = pd.DataFrame({
        "partnership": known["partnership"].astype("object"), "year": known[YEAR].astype("int64"),
        "part": known[series.parts].sum(axis=1).astype("int64"),
        "total": known[series.total].sum(axis=1).astype("int64"),
    })
    return counts.groupby(["partnership", "year"], as_index=False, sort=True)[["part", "total"]].sum()


def trend_rows(material: Material) -> list[Row]:
    """A row a series: the yearly change of the share, tested by CMH correlation, p-values adjusted by Holm.

    group is the last year and reference the first; n is the total of that year; missing counts the partnerships
    without a figure for it.
    """
    return by_holm([_row(material, series) for series in material.family.series])


def slope_of(material: Material, series: Series, *, confidence: float) -> Slope:
    """The mean yearly change of one series over partnerships."""
    part, total = _by_year(material, series)
    years = part.columns.to_numpy(dtype=float)
    return mean_slope(part.to_numpy(float), total.to_numpy(float), years, confidence=confidence)


def _by_year(material: Material, series: Series) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Part and total, partnerships × years; 0 where there is no figure."""
    counts = yearly(material, series)
    return tuple(counts.pivot_table(index="partnership", columns="year", values=name, fill_value=0)
                 for name in ("part", "total"))


def _row(material: Material, series: Series) -> Row:
    part, total = _by_year(material, series)
    years = part.columns.to_numpy(dtype=float)
    first, last = (int(years[0]), int(years[-1])) if len(years) else (0, 0)
    test = trend_test(part.to_numpy(float), total.to_numpy(float), years) if len(years) else None
    slope = slope_of(material, series, confidence=material.confidence)
    estimable = test is not None and not np.isnan(test.z)
    return Row(
        family=material.family.name, outcome=series.name, scale="share", design="trend", group=str(last),
        reference=str(first), n_group=int(total[last].sum()) if len(years) else 0,
        n_reference=int(total[first].sum()) if len(years) else 0,
        missing_group=_without(material, total, last), missing_reference=_without(material, total, first),
        test="Cochran-Mantel-Haenszel correlation" if estimable else "none",
        statistic=test.z if estimable else np.nan, p_value=test.p_value if estimable else np.nan,
        effect_name="share a year", effect=slope.effect, ci_low=slope.ci_low, ci_high=slope.ci_high,
        strata_used=slope.strata, note=joined(material.standing, RECUR if slope.strata > 1 else RECUR_ONE,
                                              "" if estimable else "Not estimable: no partnership has two years."),
    )


def _without(material: Material, total: pd.DataFrame, year: int) -> int:
    """Partnerships that have no figure for the year."""
    return len(material.partnerships) - int((total[year] > 0).sum()) if year in total else len(material.partnerships)
