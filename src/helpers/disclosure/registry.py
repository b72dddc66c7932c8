"""One registry of every number that any report will show: a number that is not here cannot be published."""

from collections.abc import Mapping

import pandas as pd

from helpers.disclosure import designs
from helpers.disclosure.atoms import atoms_of
from helpers.disclosure.overlaps import overlaps
from helpers.disclosure.system import Builder, Registry
from helpers.study import Study


def registry(study: Study, results, codebooks: Mapping | None = None, sources: pd.DataFrame | None = None) -> Registry:
    """Every number of the reports of this study, from inference's results.

    `codebooks` (extract -> Codebook) say which columns are sensitive beyond those that study.toml names; `sources`
    (extract, rows_in, kept) are the row counts shown beside the reports. Raises ValueError where two families count
    the same people differently.
    """
    headlines = {family.headline for family in study.plan.families if family.headline}
    claimed = {(claim.family, claim.outcome) for claim in study.plan.claims}
    builder = Builder(study, atoms_of(study, results.counts), _sensitive(study, codebooks or {}), headlines, claimed)
    counted = set(results.counts["family"])
    for family in study.plan.families:
        if family.name in counted:
            designs.SHOWS[family.design](builder, family, results)
    overlaps(builder, results)
    if sources is not None:
        designs.coverage(builder, sources)
    return builder.registry()


def _sensitive(study: Study, codebooks: Mapping) -> set[str]:
    marked = {column.name for codebook in codebooks.values() for column in codebook.columns if column.sensitive}
    return marked | set(study.settings.disclosure.sensitive_outcomes)
