"""The survey as received: `python -m bench.cleaning.received ROWS FILE` writes it, the same bytes for the same rows."""

import sys
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from bench.cleaning.survey import AGENCIES, AGREEMENT, CONSENT, HEADERS, ITEMS, MISSING, PARTNERSHIPS, ROLES, STATUS

SEED = 20201203
CHUNK = 100_000  # rows made at once
TYPINGS = {  # how one spelling is typed, and how often
    "plain": (str.capitalize, 0.86), "small": (str.lower, 0.05), "loud": (str.upper, 0.03),
    "trailing": (lambda text: f"{text.capitalize()} ", 0.05), "leading": (lambda text: f"  {text.capitalize()}", 0.01),
}
AGREED = [0.08, 0.17, 0.20, 0.34, 0.17]  # shares of the levels; what is left is missing
LACKED = [0.010, 0.015, 0.005, 0.010]  # shares of MISSING
MAIN = 0.8  # share of a meaning's first spelling; its others share the rest

# A row in so many is: an exact repeat, the same person again, a preview, refused, cut short, far too young or old, no
# number at all.
REPEATED, AGAIN, PREVIEW, REFUSED, BROKEN_OFF, SLIPPED, UNREADABLE = 200, 200, 150, 50, 100, 5_000, 10_000


def write(rows: int, path: Path) -> None:
    """A CSV of so many rows, 47 columns, quoted only where a text holds a comma."""
    with path.open("wb") as file:
        file.write((",".join(HEADERS) + "\n").encode())
        for start in range(0, rows, CHUNK):
            columns = chunk(min(CHUNK, rows - start), np.random.default_rng([SEED, start]), start)
            last = pc.binary_join_element_wise(columns[-1], "\n", "")
            lines = pc.binary_join_element_wise(*columns[:-1], last, ",")
            file.write(lines.cast(pa.large_binary()).buffers()[2])


def chunk(rows: int, chance: np.random.Generator, start: int) -> list[pa.Array]:
    """The columns of so many rows as texts, repeats and faults among them."""
    drawn = {
        "respondent": (np.arange(rows), [f"R_{number * 2_654_435_761 % 2**32:08x}{number:07d}"
                                         for number in range(start, start + rows)]),
        "status": _typed(STATUS, [1 - 1 / PREVIEW, 1 / PREVIEW], rows, chance),
        "consent": _typed({**CONSENT, "not_recorded": [""]}, [1 / REFUSED, 0.99 - 1 / REFUSED, 0.01], rows, chance),
        "partnership": _typed(PARTNERSHIPS, None, rows, chance),
        "agency": _typed(AGENCIES, None, rows, chance),
        "role": _typed({**ROLES, "not_recorded": [""]}, [0.6, 0.25, 0.14, 0.01], rows, chance),
        "age": _ages(rows, chance),
    }
    for item in ITEMS:
        drawn[item] = _typed({**AGREEMENT, **MISSING}, AGREED + LACKED, rows, chance)
    _break_off(drawn, rows, chance)
    _repeat(drawn, rows, chance)
    codes, texts = drawn["age"]
    codes[chance.choice(rows, max(rows // UNREADABLE, 1), replace=False)] = len(texts) - 1
    return [pa.DictionaryArray.from_arrays(codes, texts).cast(pa.string()) for codes, texts in drawn.values()]


def _typed(meanings: dict[str, list[str]], shares: list[float] | None, rows: int, chance) -> tuple[np.ndarray, list]:
    """A code a row, and the texts behind the codes: every spelling of every meaning in every typing."""
    texts, weights = [], []
    for share, spellings in zip(shares or [1 / len(meanings)] * len(meanings), meanings.values(), strict=True):
        for place, spelling in enumerate(spellings):
            usual = 1 if len(spellings) == 1 else MAIN if place == 0 else (1 - MAIN) / (len(spellings) - 1)
            for typing, often in TYPINGS.values():
                text = typing(spelling)
                texts.append(f'"{text}"' if "," in text else text)
                weights.append(share * usual * often)
    return chance.choice(len(texts), rows, p=np.array(weights) / sum(weights)).astype(np.int32), texts


def _ages(rows: int, chance) -> tuple[np.ndarray, list[str]]:
    """Ages in years, some as a spreadsheet leaves them (42.0); the last text is no number."""
    texts = [str(age) for age in range(16, 71)] + [f"{age}.0" for age in range(16, 71)]
    codes = np.where(chance.random(rows) < 0.03, 55, 0) + chance.integers(0, 55, rows)
    others = ["", "Prefer not to say", "7", "207", "forty-two"]
    lacking = chance.random(rows)
    codes = np.where(lacking < 0.02, len(texts), np.where(lacking < 0.025, len(texts) + 1, codes))
    slipped = chance.random(rows) < 1 / SLIPPED
    codes = np.where(slipped, len(texts) + chance.integers(2, 4, rows), codes)
    return codes.astype(np.int32), texts + others


def _break_off(drawn: dict, rows: int, chance) -> None:
    """Some answer the first items and no more."""
    stopped = chance.random(rows) < 1 / BROKEN_OFF
    for item in ITEMS[12:]:
        codes, texts = drawn[item]
        codes[stopped] = texts.index("")


def _repeat(drawn: dict, rows: int, chance) -> None:
    """Some rows repeat an earlier one throughout; some only its respondent, with answers of their own."""
    for often, names in ((REPEATED, list(drawn)), (AGAIN, ["respondent"])):
        later = np.sort(chance.choice(np.arange(1, rows), rows // often, replace=False))
        earlier = (later * chance.random(len(later))).astype(int)
        for name in names:
            codes = drawn[name][0]
            codes[later] = codes[earlier]


if __name__ == "__main__":
    write(int(sys.argv[1]), Path(sys.argv[2]))
