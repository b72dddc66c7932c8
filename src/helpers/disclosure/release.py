"""The release tables: all that a public report may read."""

import math
from dataclasses import dataclass, fields

import pandas as pd

from helpers.disclosure.answers import publishable_answers
from helpers.disclosure.cells import EVERYWHERE, YEARLY_DECIMALS, cell_id, whole_percent
from helpers.disclosure.claims import publishable_claims
from helpers.disclosure.effects import publishable_rows
from helpers.disclosure.protected import Protected
from helpers.inference.methods.proportions import wilson
from helpers.study import Family, Study


@dataclass(frozen=True)
class Release:
    """The frames of data/processed/release; numbers that may not be known are NA in them."""

    cells: pd.DataFrame  # every registered number and its text: cell, kind, shown
    counts: pd.DataFrame
    shares: pd.DataFrame
    comparisons: pd.DataFrame
    by_partnership: pd.DataFrame
    conclusions: pd.DataFrame
    checks: pd.DataFrame
    specifications: pd.DataFrame
    claims: pd.DataFrame
    trends: pd.DataFrame
    sources: pd.DataFrame
    official: pd.DataFrame
    official_shares: pd.DataFrame

    def main(self, family: str | None = None) -> pd.DataFrame:
        """The comparisons of the main analysis: of one family, or of all."""
        rows = self.comparisons[self.comparisons["analysis"] == "main"]
        return (rows if family is None else rows[rows["family"] == family]).reset_index(drop=True)

    def of(self, table: str, family: str) -> pd.DataFrame:
        """One family's rows of a table that names it: `conclusions`, `checks`, `specifications` or `comparisons`."""
        rows = getattr(self, table)
        return rows[rows["family"] == family].reset_index(drop=True)

    def partnerships(self, family: Family) -> pd.DataFrame:
        """The family's headline outcome, a row a partnership."""
        rows = self.by_partnership
        return rows[(rows["family"] == family.name) & (rows["outcome"] == family.headline)].reset_index(drop=True)


def write_release(study: Study, protected: Protected, claims: pd.DataFrame, official=None) -> Release:
    """The release tables, as kept in data/processed/release.

    `official` has `tests` and `shares` of published statistics; without it those that stage 1 kept are taken.
    """
    tests, shares = (official.tests, official.shares) if official is not None else _official(study)
    results = protected.results
    conclusions, checks, specifications = publishable_answers(study, protected)
    release = Release(
        cells=_cells(protected), counts=_counts(protected), shares=_shares(protected),
        comparisons=publishable_rows(study, protected, _with_analysis(results)),
        by_partnership=publishable_rows(study, protected, _local(study, results.by_partnership)),
        conclusions=conclusions, checks=checks, specifications=specifications,
        claims=publishable_claims(study, protected, claims), trends=_trends(study, protected),
        sources=protected.sources, official=tests, official_shares=shares,
    )
    for field in fields(Release):
        study.write(f"release/{field.name}", getattr(release, field.name))
    return release


def read_release(study: Study) -> Release:
    """The release tables; raises InputFault where notebook 3_protect_release has not run."""
    return Release(**{field.name: study.read(f"release/{field.name}") for field in fields(Release)})


def _with_analysis(results) -> pd.DataFrame:
    main = results.rows.assign(analysis="main")
    rows = pd.concat([main, results.sensitivity], ignore_index=True)
    return rows[["analysis", *(column for column in rows if column != "analysis")]]


def _local(study: Study, rows: pd.DataFrame) -> pd.DataFrame:
    """The rows of families that the plan publishes by partnership."""
    published = [family.name for family in study.plan.families if family.publish_by_partnership]
    return rows[rows["family"].isin(published)].reset_index(drop=True)


def _cells(protected: Protected) -> pd.DataFrame:
    visible = protected.cells[protected.cells["shown"] != ""]
    # What follows from an effect for its counts is worked out of exact figures: those stay here.
    derived = visible["kind"].isin(["effect", "link"]) & ~visible["withheld"]
    return visible.assign(shown=visible["shown"].mask(derived, ""))[["cell", "kind", "shown"]].reset_index(drop=True)


def _counts(protected: Protected) -> pd.DataFrame:
    """Every count of the main analysis that a report may show, withheld ones as NA and [c]."""
    cells = protected.cells
    kept = cells[(cells["kind"] == "count") & (cells["analysis"] == "main") & ~cells["answer"].isin(["part"])]
    yearly = set(cells["family"][cells["answer"] == "part"])
    kept = kept[~kept["family"].isin(yearly)]
    numbers = kept["value"].mask(kept["withheld"]).astype("Int64")
    columns = ["cell", "extract", "family", "outcome", "partnership", "group", "answer", "n", "shown"]
    return kept.assign(n=numbers)[columns].reset_index(drop=True)


def _shares(protected: Protected) -> pd.DataFrame:
    """Every share with its interval and base, in whole percent: finer figures would give its count away."""
    cells = protected.cells
    kept = cells[cells["kind"] == "share"]
    numbers = cells.set_index("cell")["value"]
    bases, above = kept["base"].map(numbers), (kept["base"].str.removesuffix("base") + "above").map(numbers)
    interval = _intervals(protected, kept, above, bases)
    base_gone = kept["base"].isin(protected.gone)
    found = {"share": kept["value"], **interval}
    steps = kept["step"].mask(kept["withheld"], 0)
    rounded = {name: pd.Series(map(_hundredth, values, steps), kept.index, dtype="float64")
               for name, values in found.items()}
    columns = ["cell", "family", "outcome", "partnership", "group", "base", "share", "ci_low", "ci_high", "shown"]
    return kept.assign(base=bases.mask(base_gone).astype("Int64"), **rounded)[columns].reset_index(drop=True)


def _intervals(protected: Protected, kept: pd.DataFrame, above: pd.Series, bases: pd.Series) -> dict[str, pd.Series]:
    """The bounds that inference found; for a partnership's own counts Wilson's."""
    results = protected.results
    keys = ["family", "outcome", "partnership", "group"]
    together = results.shares.assign(partnership=EVERYWHERE)
    one_sided = results.by_partnership[results.by_partnership["design"] == "prevalence"]
    found = pd.concat([table[[*keys, "ci_low", "ci_high"]] for table in (together, one_sided)], ignore_index=True)
    joined = kept[keys].merge(found.drop_duplicates(keys), on=keys, how="left").set_index(kept.index)
    low, high = wilson(above.to_numpy(dtype=float), bases.to_numpy(dtype=float))
    return {"ci_low": joined["ci_low"].fillna(pd.Series(low, kept.index)),
            "ci_high": joined["ci_high"].fillna(pd.Series(high, kept.index))}


def _hundredth(share: float, step: int) -> float:
    return math.nan if pd.isna(share) or not step else whole_percent(share, step) / 100


def _trends(study: Study, protected: Protected) -> pd.DataFrame:
    """Part, total and share of every series a year; NA where a count behind them is withheld."""
    cells = protected.cells.set_index("cell")
    numbers = cells["value"].mask(cells["withheld"])
    rows = []
    for family in study.plan.families:
        for series in family.series:
            here = (cells["family"] == family.name) & (cells["outcome"] == series.name)
            for year in cells["group"][here & (cells["answer"] == "part")]:
                part, total = (numbers[cell_id(family.name, series.name, EVERYWHERE, year, answer)]
                               for answer in ("part", "base"))
                share = part / total if total else None
                rows.append((family.name, series.name, series.title, year, part, total, share))
    frame = pd.DataFrame(rows, columns=["family", "series", "title", "year", "part", "total", "share"])
    share = frame["share"].astype("float64").round(YEARLY_DECIMALS)
    return frame.assign(part=frame["part"].astype("Int64"), total=frame["total"].astype("Int64"), share=share)


def _official(study: Study) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The tests and shares of published statistics that stage 1 kept; empty where the study has none."""
    kept = study.tables("official")
    return tuple(study.read(f"official/{name}") if f"official/{name}" in kept else pd.DataFrame()
                 for name in ("tests", "shares"))
