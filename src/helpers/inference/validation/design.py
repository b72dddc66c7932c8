"""The study's own design: how many people of each group a partnership has, and how answers spread over the levels."""

from dataclasses import dataclass, replace

import numpy as np

from helpers.inference.material import Material
from helpers.inference.population import weights_of
from helpers.study import Family, InputFault, Study


@dataclass(frozen=True)
class Design:
    """What simulated data take over from the real ones."""

    partnerships: tuple[str, ...]
    compared: np.ndarray  # people of the compared group, a partnership
    reference: np.ndarray  # people of the reference, a partnership
    levels: np.ndarray  # share of the answers on each level, low to high
    cut: int  # the first level that counts among the upper answers
    records: int  # rows of the extract, those of other groups included
    outcomes: int  # how many outcomes the family asks together
    missing: float  # share of the two groups without an answer

    @property
    def size(self) -> np.ndarray:
        return self.compared + self.reference

    @property
    def share(self) -> np.ndarray:
        """The compared group's share of the two groups, a partnership."""
        return self.compared / self.size

    @property
    def stratum(self) -> np.ndarray:
        """The partnership of each simulated person, as a code."""
        return np.repeat(np.arange(len(self.size)), self.size)

    @property
    def is_compared(self) -> np.ndarray:
        """Whether each simulated person is of the compared group."""
        return np.concatenate([np.arange(size) < n for n, size in zip(self.compared, self.size, strict=True)])

    def with_shares(self, low: float, high: float) -> "Design":
        """The same partnerships in the same order of shares, but with shares evenly spread from low to high."""
        wanted = np.empty(len(self.size))
        wanted[np.argsort(self.share, kind="stable")] = np.linspace(low, high, len(wanted))
        compared = np.clip(np.rint(wanted * self.size).astype(np.int64), 1, self.size - 1)
        return replace(self, compared=compared, reference=self.size - compared)


@dataclass(frozen=True)
class Cells:
    """What a sample was drawn from: by cell of partnership × care group, people drawn and people in the frame."""

    sampled: np.ndarray
    population: np.ndarray


def cells(study: Study, family: Family, cleaned, frame=None) -> Cells:
    """The cells of the family's extract in its cleaned frame; without one, every person stands for five."""
    material = Material(study, family, cleaned.table, cleaned.missing, cleaned.codebook)
    weights = weights_of(material, None if frame is None else frame.table)
    if weights is None:
        many = np.bincount(material.stratum[material.stratum >= 0])
        return Cells(many[many > 0], 5 * many[many > 0])
    return Cells(weights.sampled.astype(np.int64), weights.population.astype(np.int64))


def design(study: Study, family: Family, cleaned) -> Design:
    """The design of a family's first contrast and leading outcome, read from a cleaned (or loaded) extract.

    Raises InputFault where the family does not compare two groups on an ordered outcome, or no partnership has both.
    """
    place = f"{(study.folder / 'plan.toml').as_posix()}, family '{family.name}'"
    if family.design != "independent":
        raise InputFault(f"{place}: its design is '{family.design}'; name a family of design 'independent'.")
    material = Material(study, family, cleaned.table, cleaned.missing, cleaned.codebook)
    if material.scale(family.lead) != "ordinal":
        raise InputFault(f"{place}: '{family.lead}' is no ordered scale; name a family of ordinal outcomes.")
    group, reference = (material.is_in(material.members(name)) for name in (family.group, family.reference))
    sizes = np.array([[(side & (material.stratum == code)).sum() for code in range(len(material.partnerships))]
                      for side in (group, reference)])
    both = (sizes > 0).all(axis=0)
    if not both.any():
        raise InputFault(f"{place}: no partnership has records of both '{family.group}' and '{family.reference}'; "
                         "name another family.")
    codes = material.codes(family.lead)[group | reference]
    answers = np.bincount(codes[codes >= 0], minlength=material.levels(family.lead))
    return Design(
        partnerships=tuple(np.array(material.partnerships)[both].tolist()), compared=sizes[0, both],
        reference=sizes[1, both], levels=answers / answers.sum(), cut=_cut(material),
        records=len(cleaned.table), outcomes=len(family.outcomes), missing=float((codes < 0).mean()),
    )


def _cut(material: Material) -> int:
    scale = material.codebook.scale(material.codebook.column(material.family.lead).scale)
    return list(material.table[material.family.lead].cat.categories).index(scale.at_or_above[0])
