"""The unknowns of the linear system: the smallest counts that every published number is a sum of."""

from dataclasses import dataclass, field

import pandas as pd

from helpers.study import Family, Study

ANSWERS = {
    "independent": ("above", "below", "missing"),
    "prevalence": ("above", "below", "missing"),
    "paired": ("first_higher", "same", "second_higher", "missing"),
    "trend": ("part", "rest"),
}


@dataclass
class Atoms:
    """Non-negative whole numbers, each known by (space, partnership, group, answer); a space is what is counted.

    Two families that ask the same question of the same extract share a space, and with it their atoms.
    """

    keys: dict[tuple, int] = field(default_factory=dict)
    values: list[float] = field(default_factory=list)
    inside: dict[str, tuple[list[str], list[str]]] = field(default_factory=dict)  # space -> partnerships, groups

    def add(self, space: str, partnership: str, group: str, answer: str, n: float) -> int:
        """The atom's number; raises ValueError where the same atom was counted differently before."""
        key = (space, partnership, group, answer)
        if key in self.keys:
            before = self.values[self.keys[key]]
            if before != n:
                raise ValueError(f"{'.'.join(key)}: counted as {before:g} in one family and as {n:g} in another.")
            return self.keys[key]
        self.keys[key] = len(self.values)
        self.values.append(float(n))
        partnerships, groups = self.inside.setdefault(space, ([], []))
        for name, known in ((partnership, partnerships), (group, groups)):
            if name not in known:
                known.append(name)
        return self.keys[key]

    def total(self, space: str, partnerships: list[str], groups: list[str], answers: tuple) -> dict[int, float]:
        """The sum of those atoms as {atom: 1}; what was never counted is no atom and adds nothing."""
        wanted = ((space, p, g, a) for p in partnerships for g in groups for a in answers)
        return {self.keys[key]: 1.0 for key in wanted if key in self.keys}

    def value(self, form: dict[int, float]) -> float:
        """What the form comes to with the true counts."""
        return sum(coefficient * self.values[atom] for atom, coefficient in form.items())

    def frame(self) -> pd.DataFrame:
        """One row an atom: space, partnership, group, answer, n."""
        return pd.DataFrame([*self.keys], columns=["space", "partnership", "group", "answer"]).assign(n=self.values)


def space_of(family: Family, outcome: str) -> str:
    """What is counted, so that families asking the same of the same people meet."""
    if family.design == "independent":
        return f"{family.extract}|{outcome}|{family.by}"
    if family.design == "prevalence":
        return f"{family.extract}|{outcome}|{'+'.join(family.population) or 'everyone'}"
    return f"{family.extract}|{family.name}|{outcome}"


def atoms_of(study: Study, counts: pd.DataFrame) -> Atoms:
    """Every count that inference made, as atoms."""
    atoms = Atoms()
    families = {family.name: family for family in study.plan.families}
    for row in counts.itertuples(index=False):
        atoms.add(space_of(families[row.family], row.outcome), str(row.partnership), str(row.group), str(row.answer),
                  int(row.n))
    return atoms


def population_name(family: Family) -> str:
    """How rows and shares call the people of a prevalence family."""
    return "+".join(family.population) or "everyone"
