"""What an intruder can prove about withheld counts from the numbers that were really written.

Shares nothing with the code that chose what to withhold: it gets texts as a reader sees them, and what any reader knows
about the tables (which people each cell counts). It reasons with all of it at once, whole numbers included.
"""

import math
import re
from collections.abc import Iterable, Mapping
from statistics import NormalDist

import numpy as np
import pandas as pd
from scipy import optimize, sparse

NODE_LIMIT = 5_000  # where whole-number search stops, what it has proven until then is kept
PERCENT = re.compile(r"(\d[\d.]*)\s*%(?:\s*\(([\d.]+)%? to ([\d.]+)%?\))?")
NUMBER = re.compile(r"[-−+]?\d[\d,]*(?:\.\d+)?")


def attack(published: Mapping[str, str], cells: pd.DataFrame, sums: pd.DataFrame, secret: Iterable[str],
           threshold: int) -> pd.DataFrame:
    """One row a secret cell: cell, least, greatest, open; `open` where 1 to threshold - 1 are all possible.

    The sum of two withheld counts is at least 2 by the rule that zeros are shown, whatever else is published: such a
    sum is open from there.

    published: cell -> text as written. cells: cell, kind (count, share, effect, coverage, implied, link), base,
    zero_shown. sums: cell, atom, coefficient: what each cell adds up. Where the published numbers contradict each other
    least and greatest are NaN, and nothing is open. Effects and links are told as what follows from them for their sum,
    "-0.105 to -0.095"; all else as it is written.
    """
    secret = list(secret)
    statements = _statements(published, cells, sums)
    terms = {cell: (part["atom"].to_numpy(), part["coefficient"].to_numpy()) for cell, part in sums.groupby("cell")}
    systems = _systems(statements, [terms[cell] for cell in secret])
    ranges = [_range(systems[int(terms[cell][0][0])], terms[cell]) for cell in secret]
    result = pd.DataFrame(ranges, columns=["least", "greatest", "by_rule"]).assign(cell=secret)
    wide = (result["least"] <= result["by_rule"]) & (result["greatest"] >= threshold - 1)
    return result.assign(open=wide)[["cell", "least", "greatest", "open"]]


def _statements(published: Mapping[str, str], cells: pd.DataFrame, sums: pd.DataFrame) -> list[tuple]:
    """Everything known, as (atoms, coefficients, low, high)."""
    terms = {cell: (part["atom"].to_numpy(), part["coefficient"].to_numpy()) for cell, part in sums.groupby("cell")}
    known = []
    for cell in cells.itertuples(index=False):
        if cell.cell not in terms:
            continue
        text = published.get(cell.cell)
        if text is None:
            continue
        if "[" in text:
            # Zeros are shown, so what is withheld is at least 1; but with a base everything on it goes, zeros too.
            if cell.kind == "count" and cell.zero_shown and "[c]" in text and "[" not in published.get(cell.base, ""):
                known.append((*terms[cell.cell], 1.0, math.inf))
        elif cell.kind == "share":
            known += _share(text, terms[cell.cell], terms.get(cell.base), published.get(cell.base))
        elif cell.kind in ("effect", "link"):
            known.append((*terms[cell.cell], *(float(end) for end in text.split(" to "))))
        elif NUMBER.search(text):
            known.append((*terms[cell.cell], *_rounded(text)))
    return known


def _rounded(text: str) -> tuple[float, float]:
    """Least and greatest number that is written so: a whole number is itself, 0.12 is 0.115 to 0.125."""
    written = NUMBER.search(text).group().replace(",", "").replace("−", "-")
    decimals = len(written.partition(".")[2])
    half = 0.5 * 10.0**-decimals if decimals else 0.0
    return float(written) - half, float(written) + half


def _share(text: str, above: tuple, base: tuple | None, base_text: str | None) -> list[tuple]:
    """What '62%' (or '62% (55% to 69%)') says of the count behind it, with the base known or not."""
    found = PERCENT.search(text)
    if found is None:
        return []
    percents = [float(number) for number in found.groups() if number is not None]
    if base_text is not None and "[" not in base_text:
        people = int(_rounded(base_text)[0])
        fitting = [k for k in range(people + 1) if _prints(k, people, percents)]
        return [(*above, float(fitting[0]), float(fitting[-1]))] if fitting else [(*above, 1.0, 0.0)]
    if base is None:
        return []
    statements = []
    for edge, sign in ((percents[0] - 0.5, 1.0), (percents[0] + 0.5, -1.0)):
        atoms = np.concatenate([above[0], base[0]])
        coefficients = np.concatenate([sign * above[1], -sign * edge / 100 * base[1]])
        statements.append((atoms, coefficients, 0.0, math.inf))
    return statements


def _prints(events: int, people: int, percents: list[float]) -> bool:
    """Whether that many of `people` would be written with these percents: the share, then Wilson's interval."""
    if not people:
        return False
    share, z = events / people, NormalDist().inv_cdf(0.975)
    middle, stretch = share + z * z / (2 * people), 1 + z * z / people
    reach = z * math.sqrt(share * (1 - share) / people + z * z / (4 * people * people))
    exact = (share, (middle - reach) / stretch, (middle + reach) / stretch)
    return all(abs(100 * e - p) <= 0.5 + 1e-6 for e, p in zip(exact, percents, strict=False))


def _systems(statements: list[tuple], wanted: list[tuple]) -> dict[int, "_System"]:
    """For every atom that a wanted sum holds, the statements that could say anything of it."""
    parent: dict[int, int] = {}

    def root(atom: int) -> int:
        while parent.setdefault(atom, atom) != atom:
            parent[atom] = parent[parent[atom]]
            atom = parent[atom]
        return atom

    for atoms, *_ in [*statements, *wanted]:
        for atom in atoms[1:]:
            parent[root(int(atom))] = root(int(atoms[0]))
    parts: dict[int, list[tuple]] = {root(int(atoms[0])): [] for atoms, *_ in wanted}
    for statement in statements:
        name = root(int(statement[0][0]))
        if name in parts:
            parts[name].append(statement)
    members: dict[int, list[int]] = {name: [] for name in parts}
    for atom in list(parent):
        if root(atom) in members:
            members[root(atom)].append(atom)
    systems = {name: _System(members[name], parts[name]) for name in parts}
    return {int(atoms[0]): systems[root(int(atoms[0]))] for atoms, *_ in wanted}


class _System:
    """Statements over a few atoms, as one matrix with bounds."""

    def __init__(self, atoms: list[int], statements: list[tuple]) -> None:
        self.place = {atom: column for column, atom in enumerate(sorted(atoms))}
        rows = [np.full(len(part[0]), number) for number, part in enumerate(statements)]
        columns = [[self.place[int(atom)] for atom in part[0]] for part in statements]
        shape = (len(statements), len(atoms))
        cells = (np.concatenate(rows), np.concatenate(columns)) if statements else ([], [])
        values = np.concatenate([part[1] for part in statements]) if statements else []
        self.matrix = sparse.csr_array((values, cells), shape=shape)
        self.low = np.array([part[2] for part in statements])
        self.high = np.array([part[3] for part in statements])

    def least(self, goal: np.ndarray, *, by_rule: bool = False) -> float:
        """The smallest value of goal that nothing published excludes; NaN where nothing fits at all.

        `by_rule`: that nothing excludes but the rule that what is withheld is no zero.
        """
        used = (self.low == 1) & np.isinf(self.high) if by_rule else np.ones(len(self.low), dtype=bool)
        rows = optimize.LinearConstraint(self.matrix[used], self.low[used], self.high[used]) if used.any() else ()
        answer = optimize.milp(goal, constraints=rows, bounds=optimize.Bounds(0, np.inf),
                               integrality=np.ones(len(goal)), options={"node_limit": NODE_LIMIT})
        if answer.status == 2:
            return math.nan
        if answer.status == 3:
            return -math.inf
        proven = answer.fun if answer.status == 0 else answer.mip_dual_bound
        return -math.inf if proven is None else float(np.ceil(proven - 1e-6))


def _range(system: _System, terms: tuple) -> tuple[float, float, float]:
    goal = np.zeros(len(system.place))
    goal[[system.place[int(atom)] for atom in terms[0]]] = terms[1]
    least, greatest = system.least(goal), -system.least(-goal)
    by_rule = max(1.0, system.least(goal, by_rule=True)) if least > 1 else 1.0
    return least if not least <= 0 else 0.0, greatest, by_rule
