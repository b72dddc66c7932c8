"""Columns that are blank just when another has certain answers: candidates for `asked_if`."""

from collections.abc import Sequence

import numpy as np

from helpers.extracts.drafting.columns.guess import Guess

_LOOKED_AT = 20_000  # rows, spread over the file
_LEAST = 20  # rows on either side, or it may be chance
_ANSWERED = 0.5  # of those asked answer; else it is no question that they were put
_MOST_LABELS = 12
_MOST_GATES = 60  # columns before it; what decides whether a question is asked stands near it


def routes(guesses: Sequence[Guess]) -> dict[int, tuple[Guess, list[str]]]:
    """Position of a column → the earlier column that decides whether it is asked, and the labels for which it is."""
    rows = len(guesses[0].field.cells) if guesses else 0
    at = np.linspace(0, rows - 1, min(rows, _LOOKED_AT)).astype(np.int64) if rows else np.array([], dtype=np.int64)
    filled = {guess.position: _filled(guess, at) for guess in guesses}
    may_decide = [_may_decide(guess) for guess in guesses]
    found = {}
    for number, guess in enumerate(guesses):
        answered = filled[guess.position]
        if guess.ignored or guess.use or not _LEAST <= answered.sum() <= len(at) - _LEAST:
            continue
        earlier = [guesses[place] for place in range(max(0, number - _MOST_GATES), number) if may_decide[place]]
        candidates = [(gate, labels) for gate in reversed(earlier) if (labels := _labels(gate, at, answered))]
        if candidates:
            found[guess.position] = max(candidates, key=lambda each: _share(each, at, answered))
    return found


def _filled(guess: Guess, at: np.ndarray) -> np.ndarray:
    blank = np.array([not text.strip() for text in guess.field.cells.texts], dtype=bool)
    return ~guess.field.cells.looked_up(blank, True, True)[at]


def _may_decide(guess: Guess) -> bool:
    return (guess.ranked is not None or guess.type == "nominal") and not guess.use and not guess.personal \
        and 2 <= len(guess.said.labels) <= _MOST_LABELS


def _labels(gate: Guess, at: np.ndarray, answered: np.ndarray) -> list[str]:
    """The labels of the gate whose rows alone answer; empty where some answer under all labels, or none does not."""
    codes = gate.field.cells.codes[at]
    asked, silent = [], 0
    for code, text in enumerate(gate.field.cells.texts):
        rows = codes == code
        if text not in gate.said.labels:  # blank or missing: decides nothing, but may not answer either
            if (answered & rows).any():
                return []
            continue
        if not rows.any():
            continue
        share = answered[rows].mean()
        if share >= _ANSWERED:
            asked.append(text)
        elif share == 0:
            silent += int(rows.sum())
        else:
            return []
    if (answered & (codes < 0)).any() or silent < _LEAST:
        return []
    return asked


def _share(candidate: tuple[Guess, list[str]], at: np.ndarray, answered: np.ndarray) -> float:
    """How many of those whom the gate lets through answer: the closest gate is the one that decides."""
    gate, labels = candidate
    asked = {code for code, text in enumerate(gate.field.cells.texts) if text in labels}
    through = np.isin(gate.field.cells.codes[at], list(asked))
    return float(answered[through].mean()) if through.any() else 0.0
