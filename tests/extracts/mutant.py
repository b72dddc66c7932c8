"""A spoilt file, the sound table it was made of, and the codebook that reads the sound one."""

import random
from collections.abc import Callable
from dataclasses import dataclass

HEADER = ["Record ID", "Safe", "Age", "Opened", "Words"]
SAFE = ["Weak", "Adequate", "Good", "Excellent", "Don’t know", "n/a"]
WORDS = ["", "said “so”", "café, naïve", "two\nlines", "£5 – £10; more", "plain", 'a "word"']

CODEBOOK = """
instrument = "records"
title = "Records"
[missing]
dont_know = ["don't know"]
not_applicable = ["n/a"]
not_recorded = [""]
[scales.four_point]
levels = [{ name = "weak", label = "Weak" }, { name = "adequate", label = "Adequate" },
          { name = "good", label = "Good" }, { name = "excellent", label = "Excellent" }]
[[columns]]
name = "record"
label = "Record"
source = ["Record ID"]
type = "identifier"
required = true
[[columns]]
name = "safe"
label = "Safe"
type = "ordinal"
scale = "four_point"
undeclared = "quarantine"
[[columns]]
name = "age"
label = "Age"
type = "count"
[[columns]]
name = "opened"
label = "Opened"
type = "date"
format = "%d/%m/%Y"
[[columns]]
name = "words"
label = "Words"
type = "text"
[[rules]]
name = "age_in_range"
severity = "quarantine"
sentence = "The age is outside 0 to 25."
check = "range"
column = "age"
min = 0
max = 25
[[rules]]
name = "sent_twice"
severity = "exclude"
sentence = "Sent twice."
check = "exact_duplicate"
"""


@dataclass(frozen=True)
class Mutant:
    """One spoilt file.

    `rows`: how many stand below its header, None where nobody can say; `least`: how many at least. `same`: whether a
    table cleaned from it must be the sound one's. `must`: what must come of it, "read" or "refused", where that is
    settled.
    """

    name: str
    file: str
    raw: bytes
    rows: int | None = None
    same: bool = False
    must: str | None = None
    least: int = 0


Mutator = Callable[[random.Random], Mutant]


def table(height: int = 30) -> list[list[str]]:
    """The sound table, header first: always the same."""
    chance = random.Random(2020)
    return [HEADER, *([f"C{number:03}", chance.choice(SAFE), str(chance.randrange(26)),
                       f"{chance.randrange(1, 29):02}/0{chance.randrange(1, 10)}/2019", chance.choice(WORDS)]
                      for number in range(height))]
