"""One independent part of the linear system, and the search for what to withhold in it."""

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array, hstack, vstack

from helpers.disclosure.statements import Statements

SHARED = 0.2  # a cell of a page and outcome that already withholds something costs its reader little more
NODES = 2_000  # branch-and-bound nodes before the search gives up on whole numbers: a limit that no clock moves
GAP = 0.02  # a choice within 2% of the cheapest is good enough: the costs are no more exact
TOLERANCE = 1e-6


class Block:
    """Statements, which of them are shown, and for each secret the two witnesses that keep it open.

    A witness is a set of whole-number atoms that agrees with all that is shown and has the secret at one end of its
    range. A withheld count reads as at least 1, since zeros are shown, unless its base is withheld too.
    """

    def __init__(self, statements: Statements, withheld: np.ndarray, threshold: int) -> None:
        self.all = statements
        hidden = np.array([withheld[cells].any() for cells in statements.cells])
        self.shown = self._without_orphans(statements.visible & ~hidden)
        self.threshold = threshold
        self.lost: list[str] = []
        self._floors: dict[int, float] = {}
        self.witnesses: dict[tuple[int, int], np.ndarray] = {}

    def protect(self, secret: np.ndarray) -> np.ndarray:
        """Positions of the registry's cells to withhold; counts that cannot be protected are named in `lost`.

        `secret` is a mask over the registry's cells.
        """
        before = self.shown.copy()
        targets = [i for i, cells in enumerate(self.all.cells) if secret[cells].any()]
        for target in targets:
            for direction in (1, -1):
                self._open(target, direction)
        self._restore(before)
        gone = np.flatnonzero(self.all.optional & ~self.shown)
        return np.concatenate([self.all.cells[statement] for statement in gone] or [[]]).astype(int)

    def _open(self, target: int, direction: int) -> None:
        """Withholds the cheapest cells that let the target reach the end of its range, unless it can already."""
        known = [self.all.truth, *self.witnesses.values()]
        atoms = next((atoms for atoms in known if self._reaches(target, direction, atoms)), None)
        if atoms is None:
            busy = np.isin(self.all.page, self.all.page[~self.shown & self.all.optional])
            cost = np.where(self.shown, self.all.cost * np.where(busy, SHARED, 1.0), 0.0)
            atoms = self._solve(target, direction, cost, movable=self.all.optional & ~self.all.zero)
        if atoms is None:
            self.lost.append(self.all.names[target])
            return
        self.witnesses[target, direction] = atoms
        self.shown = self._without_orphans(self.shown & self._agrees(atoms))

    def _restore(self, before: np.ndarray) -> None:
        """Shows again what turned out not to be needed, the dearest first, wherever every secret stays open."""
        secondary, nothing = np.flatnonzero(before & ~self.shown), np.zeros(len(self.shown))
        for statement in secondary[np.argsort(-self.all.cost[secondary], kind="stable")]:
            base = self.all.base[statement]
            if self.shown[statement] or (base >= 0 and not self.shown[base]):
                continue
            held, found = self.shown.copy(), {}
            self.shown[statement] = True
            self.shown[before & (self.all.base == statement) & self.all.zero] = True
            for (target, direction), atoms in self.witnesses.items():
                if self._fits(atoms):
                    continue
                other = next((w for w in found.values() if self._reaches(target, direction, w)), None)
                if other is None:
                    other = self._solve(target, direction, nothing, nothing.astype(bool))
                if other is None:
                    self.shown = held
                    break
                found[target, direction] = other
            else:
                self.witnesses |= found

    def _reaches(self, target: int, direction: int, atoms: np.ndarray) -> bool:
        value, end = (self.all.sums[[target]] @ atoms)[0], self._end(target, direction)
        return value >= end - TOLERANCE if direction > 0 else value <= end + TOLERANCE

    def _end(self, target: int, direction: int) -> float:
        """Where the target's range has to reach: threshold - 1, and 1, or as far down as shown zeros allow at all.

        Of two parts that are both withheld and so no zeros, the sum is at least 2 whatever else is withheld.
        """
        if direction > 0:
            return self.threshold - 1.0
        if target not in self._floors:
            rows = LinearConstraint(self.all.sums, np.where(self.all.nonzero, 1.0, -np.inf), np.inf)
            goal = self.all.sums[[target]].toarray().ravel()
            answer = milp(goal, constraints=rows, integrality=np.ones(len(goal)), options={"node_limit": NODES})
            self._floors[target] = max(1.0, np.floor(answer.fun + TOLERANCE) if answer.fun is not None else 1.0)
        return self._floors[target]

    def _agrees(self, atoms: np.ndarray) -> np.ndarray:
        value = self.all.sums @ atoms
        return (value >= self.all.low - TOLERANCE) & (value <= self.all.high + TOLERANCE)

    def _fits(self, atoms: np.ndarray) -> bool:
        """Whether the atoms agree with everything shown, and with [c] where it means at least 1."""
        return bool((self._agrees(atoms) | ~self.shown).all()
                    and (self.all.sums @ atoms >= self._least() - TOLERANCE).all())

    def _least(self) -> np.ndarray:
        return np.where(self.all.nonzero & ~self._orphans(self.shown), 1.0, -np.inf)

    def _orphans(self, shown: np.ndarray) -> np.ndarray:
        return (self.all.base >= 0) & ~shown[self.all.base]

    def _without_orphans(self, shown: np.ndarray) -> np.ndarray:
        """With a base, everything that divides it up is withheld, zeros too."""
        return shown & ~self._orphans(shown)

    def _solve(self, target: int, direction: int, cost: np.ndarray, movable: np.ndarray) -> np.ndarray | None:
        """Whole-number atoms that put the target at its end, agree with all that is shown, but for what is `movable`,
        and move as little of that as possible, weighed by `cost`; None where there are none."""
        told, moved = np.flatnonzero(self.shown), np.flatnonzero(self.shown & movable)
        least = np.flatnonzero((self._least() > 0) & (movable | ~self.shown))
        size, width = len(moved), self.all.sums.shape[1]
        slack = csr_array((np.ones(size), (np.searchsorted(told, moved), np.arange(size))), shape=(len(told), size))
        rows = [hstack([self.all.sums[told], slack, -slack])]
        rows += [hstack([self.all.sums[part], csr_array((len(part), 2 * size))]) for part in (least, [target])]
        end = self._end(target, direction)
        low = [self.all.low[told], np.ones(len(least)), [end if direction > 0 else -np.inf]]
        high = [self.all.high[told], np.full(len(least), np.inf), [end if direction < 0 else np.inf]]
        limits = LinearConstraint(csr_array(vstack(rows)), np.concatenate(low), np.concatenate(high))
        prices = np.concatenate([np.zeros(width), cost[moved], cost[moved]])
        for whole in (0, 1):  # fractions first: mostly whole anyway
            integrality = np.concatenate([np.full(width, whole), np.zeros(2 * size)])
            answer = milp(prices, constraints=limits, bounds=Bounds(0.0, np.inf), integrality=integrality,
                          options={"node_limit": NODES, "mip_rel_gap": GAP})
            if answer.x is None:
                return None
            found = answer.x[:width]
            if np.abs(found - np.round(found)).max() < TOLERANCE:
                return np.round(found)
        return None
