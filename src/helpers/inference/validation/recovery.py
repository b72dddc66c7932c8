"""The whole study drawn anew, cleaned, compared and judged, seed after seed: how often what was planted is found."""

import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd

from helpers.extracts import Loaded, clean
from helpers.inference.claims import judge
from helpers.inference.evidence import AGES
from helpers.inference.family import FamilyResult, compare_family
from helpers.inference.results import Results
from helpers.inference.validation.trial import ALPHA
from helpers.study import Study

Write = Callable[[Path, int], object]  # the extracts of one seed, written below a folder
VERDICTS = ("supported", "not settled", "contradicted")


def recovery(study: Study, write: Write, *, seeds: Sequence[int], permutations: int,
             watch: Callable[[Iterable], Iterable] = iter) -> pd.DataFrame:
    """A row a seed and comparison of the plan (kind "comparison") or claim (kind "claim").

    Columns: seed, kind, name (family.outcome or the claim's), effect, ci_low, ci_high, p_adjusted, verdict. Only the
    analyses that the claims rest on are made. `write` makes the study's raw files from a seed.
    """
    rows = []
    for seed in watch(seeds):
        with tempfile.TemporaryDirectory() as place:
            write(Path(place), seed)
            rows += _of_seed(_lean(study, place, permutations), seed)
    return pd.DataFrame(rows, columns=["seed", "kind", "name", "effect", "ci_low", "ci_high", "p_adjusted", "verdict"])


def _lean(study: Study, raw: str, permutations: int) -> Study:
    """The study on other raw files, with fewer permutations and only the sensitivity analysis that guards claims."""
    guarded = {claim.family for claim in study.plan.claims if claim.age_guard}
    families = [family.model_copy(update={"sensitivity": [AGES] if family.name in guarded else [], "headline": None})
                for family in study.plan.families]
    plan = study.plan.model_copy(update={"families": families, "permutations": permutations})
    settings = study.settings.model_copy(update={"data": study.settings.data.model_copy(update={"raw": raw})})
    return replace(study, settings=settings, plan=plan)


def _of_seed(study: Study, seed: int) -> list[tuple]:
    cleaned: dict[str, Loaded] = {}
    found = [_compared(study, family, cleaned) for family in study.plan.families]
    every = {name: pd.concat([getattr(each, name) for each in found], ignore_index=True)
             for name in ("rows", "sensitivity", "by_partnership", "counts", "shares")}
    results = Results(**every)
    rows = [(seed, "comparison", f"{row.family}.{row.outcome}", row.effect, row.ci_low, row.ci_high, row.p_adjusted, "")
            for row in results.rows.itertuples()]
    return rows + [(seed, "claim", row.claim, row.effect, row.ci_low, row.ci_high, np.nan, row.verdict)
                   for row in judge(study, results).itertuples()]


def _compared(study: Study, family, cleaned: dict[str, Loaded]) -> FamilyResult:
    frame = study.extract(family.extract).frame
    for name in filter(None, (family.extract, frame)):
        if name not in cleaned:
            made = clean(study, name)
            cleaned[name] = Loaded(made.table, made.missing, made.codebook)
    return compare_family(study, family, cleaned[family.extract], cleaned[frame] if frame else None)


def verdicts_of(found: pd.DataFrame, planted: Iterable[str]) -> pd.DataFrame:
    """A row a claim: whether it was planted, and in how many samples of the study each verdict came out."""
    claims = found[found["kind"] == "claim"]
    table = pd.crosstab(claims["name"], claims["verdict"]).reindex(columns=list(VERDICTS), fill_value=0)
    table = table.reindex(list(dict.fromkeys(claims["name"])))
    was = table.index.isin(list(planted))
    return table.reset_index().rename(columns={"name": "claim"}).assign(planted=was)[["claim", "planted", *VERDICTS]]


def false_findings(found: pd.DataFrame, nothing_in: Iterable[str]) -> pd.DataFrame:
    """A row a comparison in which nothing was planted: in how many samples its adjusted p-value reaches 5%."""
    rows = found[(found["kind"] == "comparison") & found["name"].isin(list(nothing_in))].dropna(subset=["p_adjusted"])
    return rows.groupby("name", sort=False)["p_adjusted"].agg(
        samples="size", found=lambda p: int((p <= ALPHA).sum())).reset_index()


def held_about_their_mean(found: pd.DataFrame) -> tuple[int, int]:
    """How many of all intervals hold the mean of their comparison's estimates over seeds, and how many there are.

    The mean stands for the planted truth as a large sample would show it; it has an error of its own, so that somewhat
    fewer than 95% is to be expected with few seeds.
    """
    rows = found[found["kind"] == "comparison"].dropna(subset=["effect", "ci_low"])
    several = rows.groupby(["seed", "name"])["effect"].transform("size") > 1  # one outcome against several groups
    rows = rows[~several]
    mean = rows.groupby("name")["effect"].transform("mean")
    return int(((rows["ci_low"] <= mean) & (mean <= rows["ci_high"])).sum()), len(rows)
