"""Results protected: which cells are withheld, what that leaves an intruder, and the count of both."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from helpers.disclosure.attack import attack
from helpers.disclosure.cells import WITHHELD, count_text, percent_text
from helpers.disclosure.registry import registry
from helpers.disclosure.selection import PublicResults, for_the_public
from helpers.disclosure.suppress import suppress
from helpers.disclosure.system import Registry
from helpers.extracts import open_codebook
from helpers.study import Study


@dataclass(frozen=True)
class Protected:
    """The registry with what is withheld from it, and the results it was made of."""

    registry: Registry
    secret: np.ndarray  # mask over the registry's cells: must not be known
    withheld: np.ndarray  # mask: shown as [c]
    results: PublicResults
    sources: pd.DataFrame

    @cached_property
    def cells(self) -> pd.DataFrame:
        """The registry's cells with `withheld`, and `shown`: the text that stands for each in every report."""
        return shown(self.registry, self.withheld)

    @cached_property
    def gone(self) -> set[str]:
        """Ids of the withheld cells."""
        return set(self.registry.cells["cell"][self.withheld])

    @cached_property
    def telling(self) -> set[str]:
        """Ids of the withheld cells that take findings with them: not the shares that are only weighted too finely."""
        cells = self.registry.cells
        too_fine = (cells["step"] == 0) & ~cells["base"].isin(set(cells["base"][self.secret]))
        compared = ~cells["family"].isin({row.family for row in self.results.rows.itertuples()
                                          if row.design == "prevalence"})
        return self.gone - set(cells["cell"][too_fine & compared])

    @cached_property
    def outcomes_with_withheld(self) -> set[tuple[str, str]]:
        """(family, outcome) of which any number is withheld anywhere."""
        here = self.registry.cells[self.withheld]
        return set(zip(here["family"], here["outcome"], strict=True))

    @property
    def summary(self) -> pd.DataFrame:
        """One row a family: how many cells it shows, how many are withheld as primary and as secondary."""
        marked = self.cells.assign(secret=self.secret)
        visible = marked[marked["kind"].isin(["count", "share", "effect"])]
        table = visible.assign(primary=visible["withheld"] & visible["secret"],
                               secondary=visible["withheld"] & ~visible["secret"], shown=~visible["withheld"])
        return table.groupby("family", sort=False)[["shown", "primary", "secondary"]].sum().reset_index()

    @cached_property
    def attack(self) -> pd.DataFrame:
        """What an intruder could prove of each secret count if exactly the released cells were published."""
        published = {cell: text for cell, text in zip(self.cells["cell"], self.cells["shown"], strict=True) if text}
        return attacked(self.registry, self.secret, published)


def protect(study: Study, results, sources: pd.DataFrame | None = None) -> Protected:
    """The results as they may leave the building; what is not for the public at all is left out.

    Raises ReleaseRefused where a count cannot be protected whatever is withheld.
    """
    results = for_the_public(results)
    sources = sources_of(study) if sources is None else sources
    system = registry(study, results, codebooks_of(study), sources)
    found = suppress(system, study.settings.disclosure.minimum_base)
    return Protected(system, found.secret, found.withheld, results, sources)


def shown(system: Registry, withheld: np.ndarray) -> pd.DataFrame:
    """The cells with the text that every report shows for each ("" for what none shows)."""
    cells = system.cells.assign(withheld=withheld)
    return cells.assign(shown=[_text(cell) for cell in cells.itertuples(index=False)])


def attacked(system: Registry, secret: np.ndarray, published: dict[str, str]) -> pd.DataFrame:
    """The attack on published texts: the registry gives it what each cell adds up, and no value."""
    entries = system.sums.tocoo()
    sums = pd.DataFrame({"row": entries.coords[0], "atom": entries.coords[1], "coefficient": entries.data})
    public = system.cells[["cell", "kind", "base", "zero_shown"]]
    told = system.cells[["cell", "row"]].merge(sums, on="row")[["cell", "atom", "coefficient"]]
    solvable = secret & (system.cells["row"] >= 0).to_numpy()
    return attack(published, public, told, system.cells["cell"][solvable], system.threshold)


def codebooks_of(study: Study) -> dict:
    """The codebook of every extract the plan compares."""
    return {name: open_codebook(study, name) for name in dict.fromkeys(f.extract for f in study.plan.families)}


def sources_of(study: Study) -> pd.DataFrame:
    """Rows received and kept, one row an extract: extract, title, rows_in, kept."""
    rows = []
    for name, extract in study.whole_extracts.items():
        ledger = study.read(f"{name}.ledger")
        rows.append((name, extract.title, int(ledger["rows_in"].iloc[0]), int(ledger["rows_left"].iloc[-1])))
    return pd.DataFrame(rows, columns=["extract", "title", "rows_in", "kept"])


def _text(cell) -> str:
    if cell.kind == "implied":
        return ""
    if cell.withheld:
        return WITHHELD
    if cell.kind == "share":
        return percent_text(cell.value, cell.step)
    # An effect or a link is told as what follows from it for its sum of counts.
    return f"{cell.low!r} to {cell.high!r}" if cell.kind in ("effect", "link") else count_text(cell.value)
