"""Extracts spoilt by a seed: the same seed is always the same file."""

import random
from dataclasses import replace

from extracts.mutant import Mutant, Mutator
from extracts.text_mutations import TEXTS
from extracts.workbook_mutations import WORKBOOKS

MUTATORS: dict[Mutator, float] = {**TEXTS, **WORKBOOKS}


def mutant(seed: int) -> Mutant:
    """The file of that seed, by a mutator drawn by its weight; the first seeds go once through all mutators."""
    chance = random.Random(seed)
    every = list(MUTATORS)
    mutator = every[seed] if seed < len(every) else chance.choices(every, list(MUTATORS.values()))[0]
    kind = "text" if mutator in TEXTS else "workbook"
    return replace(mutator(chance), name=f"{mutator.__name__} ({kind})")
