"""What was planted and what was found of it, for a reader."""

from collections.abc import Iterable

import pandas as pd

from helpers.inference.validation.recovery import VERDICTS, false_findings, held_about_their_mean, verdicts_of
from helpers.study import Study


def recovered_table(study: Study, found: pd.DataFrame, planted: Iterable[str]) -> pd.DataFrame:
    """A row a claim with its sentence and the number of samples for each verdict."""
    sentences = {claim.name: claim.sentence for claim in study.plan.claims}
    table = verdicts_of(found, planted)
    shown = {"Claim": [sentences[name] for name in table["claim"]],
             "Planted": ["yes" if was else "no" for was in table["planted"]]}
    return pd.DataFrame(shown | {verdict.capitalize(): table[verdict] for verdict in VERDICTS})


def recovered_nothing(found: pd.DataFrame, nothing_in: Iterable[str]) -> pd.DataFrame:
    """A row a comparison in which nothing was planted, and in how many samples something was found."""
    table = false_findings(found, nothing_in)
    return pd.DataFrame({"Comparison": table["name"].str.replace(".", ": ").str.replace("_", " "),
                         "Samples": table["samples"], "Something found": table["found"]})


def recovered_said(found: pd.DataFrame, planted: Iterable[str], nothing_in: Iterable[str]) -> str:
    """The whole in three sentences."""
    if found.empty:
        return "No sample was drawn anew."
    claims, nothing = verdicts_of(found, planted), false_findings(found, nothing_in)
    seeds, there = found["seed"].nunique(), claims[claims["planted"]]
    held, intervals = held_about_their_mean(found)
    wrong = int(claims["contradicted"].sum())
    return (f"The study was drawn anew {seeds} {'time' if seeds == 1 else 'times'}. Of {len(there)} planted claims "
            f"judged each time, {there['supported'].sum()} of {seeds * len(there)} verdicts say supported, "
            f"{there['not settled'].sum()} not settled and {wrong} contradicted. Where nothing was planted, "
            f"{nothing['found'].sum()} of {nothing['samples'].sum()} comparisons find something at an adjusted 5%. "
            f"{held} of {intervals} intervals hold the mean of their estimates over all samples.")
