"""The gate: finished files attacked and searched before anybody sees them."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from helpers.disclosure import protected as protection
from helpers.disclosure.inputs import read_inputs
from helpers.disclosure.prose import Prose, prose
from helpers.disclosure.registry import registry
from helpers.disclosure.release import Release, read_release
from helpers.disclosure.scan import COLUMNS, Expected, scan_internal, scan_public
from helpers.disclosure.selection import for_the_public
from helpers.disclosure.system import Registry
from helpers.inference import load_all
from helpers.study import InputFault, ReleaseRefused, Study

PUBLIC, INTERNAL = "public", "internal"


@dataclass(frozen=True)
class Audit:
    """findings: file, place, what, remedy. attacked: cell, least, greatest, open, one row a secret count."""

    findings: pd.DataFrame
    attacked: pd.DataFrame
    files: int

    @property
    def proven(self) -> pd.DataFrame:
        """The secret counts of which something can be proved."""
        return self.attacked[~self.attacked["open"]]

    def require(self) -> None:
        """Raises ReleaseRefused naming every place, unless nothing was found and nothing can be proved."""
        places = [f"{row.file}, {row.place}: {row.what} {row.remedy}" for row in self.findings.itertuples()]
        places += [f"{row.cell}: what is published narrows this withheld count. Withhold more beside it."
                   for row in self.proven.itertuples()]
        if places:
            raise ReleaseRefused("Nothing was published.\n" + "\n".join(places))


def audit(study: Study, staged: str | Path) -> Audit:
    """What was found in the staged files: those in public/ attacked and searched, those in internal/ searched.

    Raises InputFault where there is no file to audit: an empty folder is no proof of anything.
    """
    staged = Path(staged)
    public, internal = (sorted(path for path in (staged / part).rglob("*") if path.is_file())
                        for part in (PUBLIC, INTERNAL))
    if not public:
        raise InputFault(f"{staged.as_posix()}: no file below {PUBLIC}/ to audit; run the notebooks that write "
                         "reports.")
    results, release = for_the_public(load_all(study)), read_release(study)
    system = registry(study, results, protection.codebooks_of(study), protection.sources_of(study))
    withheld = _withheld(system, release)
    expected, inputs = _expected(study, system, withheld, release), read_inputs(study)
    findings, written = [], dict(_released(system, withheld))
    for path in public:
        found, shown = scan_public(path, path.relative_to(staged).as_posix(), expected, inputs)
        findings.append(found)
        # A number written once is known, however often [c] stands elsewhere.
        written |= {cell: text for cell, text in shown.items() if "[c]" in written.get(cell, "[c]")}
    findings += [scan_internal(path, path.relative_to(staged).as_posix(), inputs) for path in internal]
    kept = [found for found in findings if len(found)]
    table = pd.concat(kept, ignore_index=True) if kept else pd.DataFrame(columns=COLUMNS)
    return Audit(table, protection.attacked(system, system.secret, written), len(public) + len(internal))


def _withheld(system: Registry, release: Release) -> np.ndarray:
    """Mask over the registry's cells; raises InputFault where the release tables were made of other results."""
    shown = release.cells.set_index("cell")["shown"]
    told = system.cells["kind"] != "implied"
    if set(system.cells["cell"][told]) != set(shown.index):
        raise InputFault("data/processed/release: made of other results than are there now; run notebook "
                         "3_protect_release again, or `throughcare run`.")
    return system.cells["cell"].map(shown).eq(protection.WITHHELD).to_numpy()


def _released(system: Registry, withheld: np.ndarray) -> dict[str, str]:
    cells = protection.shown(system, withheld)
    return {cell: text for cell, text in zip(cells["cell"], cells["shown"], strict=True) if text}


def _expected(study: Study, system: Registry, withheld: np.ndarray, release: Release) -> Expected:
    shares = release.shares.dropna(subset=["ci_low"])
    intervals = {row.cell: f"{100 * row.ci_low:.0f}% to {100 * row.ci_high:.0f}%" for row in shares.itertuples()}
    return Expected(_released(system, withheld), intervals, _prose(study, system.cells[withheld]))


def _prose(study: Study, cells: pd.DataFrame) -> Prose:
    """The withheld numbers of partnerships as words would tell them, by the labels that reports use."""
    codebooks, settings = protection.codebooks_of(study), study.settings
    # What the plan compares, and no other column: a label such as "Partnership" would pass for an outcome.
    outcomes = {(family.extract, name): codebooks[family.extract].column(name).label
                for family in study.plan.families for name in family.outcomes}
    pairs = {codebooks[family.extract].column(item).label for family in study.plan.families for pair in family.pairs
             for item in (pair.first, pair.second)}
    local = cells["partnership"].isin(list(settings.partnerships)) & cells["group"].isin(list(settings.groups))
    told = []
    for cell in cells[local & cells["kind"].isin(["count", "share"])].itertuples(index=False):
        share = cell.kind == "share"
        text = protection.percent_text(cell.value) if share else protection.count_text(cell.value)
        outcome = outcomes.get((cell.extract, cell.outcome), cell.outcome)
        told.append((outcome, study.partnership(cell.partnership), study.label(cell.group), text))
    return prose(told, {*outcomes.values(), *pairs}, settings.partnerships.values(),
                 [group.label for group in settings.groups.values()])
