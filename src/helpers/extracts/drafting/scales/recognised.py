"""A column's labels recognised as a scale, in whatever words, with their order from low to high."""

import re
from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from helpers.extracts.drafting.scales.known import known_scale, number_of
from helpers.extracts.drafting.scales.phrases import phrases
from helpers.extracts.drafting.scales.quantities import quantities
from helpers.extracts.drafting.scales.ranked import Ranked
from helpers.extracts.drafting.scales.rates import rates
from helpers.extracts.drafting.scales.worded import Worded, plain, worded
from helpers.extracts.drafting.scales.yes_no import yes_no

_MOST = 40  # labels; no scale has more


def recognised(labels: list[str], question: str = "", codes: Mapping[str, int] | None = None) -> Ranked | None:
    """The labels ordered, where their words or the numbers beside them tell the order; None where nothing does.

    `codes`: what the file itself says is the number behind a label; an order it gives only among bare numbers.
    """
    if len(labels) == 1 and plain(labels[0]) in ("yes", "no", "true", "false"):
        return yes_no({labels[0]: plain(labels[0])})
    if not 2 <= len(labels) <= _MOST:
        return None
    read = {label: Worded(codes[label], plain(label)) if codes and label in codes else worded(label)
            for label in labels}
    words = {label: said.words for label, said in read.items() if said.words}
    bare = [label for label, said in read.items() if not said.words]
    found = _by_words(words, question)
    if found is not None and bare:
        found = _with_numbers(found, read, bare)
    by_numbers = _by_numbers(read) if bare or not codes else None
    return found or quantities(labels) or by_numbers or _by_initials(labels, question)


def _by_initials(labels: list[str], question: str) -> Ranked | None:
    """The order of the full labels, where the others are the initials of one of them each (SA for Strongly agree)."""
    short = [label for label in labels if re.fullmatch(r"[A-Za-z]{1,4}", label.strip())]
    full = [label for label in labels if label not in short]
    if not short or len(full) < 2 or (found := recognised(full, question)) is None:
        return None
    initials: dict[str, set[float]] = {}
    for label, place in found.places.items():
        initials.setdefault("".join(word[0] for word in worded(label).words.split()), set()).add(place)
    meant = {label: initials.get(plain(label), set()) for label in short}
    if any(len(places) != 1 for places in meant.values()):
        return None
    return replace(found, places={**found.places, **{label: next(iter(places)) for label, places in meant.items()}})


def _by_words(words: dict[str, str], question: str) -> Ranked | None:
    if len(words) < 2:
        return None
    return yes_no(words) or known_scale(words) or rates(words) or phrases(words, question)


def _with_numbers(found: Ranked, read: dict[str, Worded], bare: list[str]) -> Ranked | None:
    """Bare numbers among words put at the level that other labels, or the scale's own custom, gives that number."""
    known = {read[label].number: place for label, place in found.places.items() if read[label].number is not None}
    for place in {*found.places.values(), *found.others}:
        if (number := number_of(found.family, place)) is not None:
            known.setdefault(number, place)
    more = {label: place for label in bare if (place := _between(known, read[label].number)) is not None}
    return replace(found, places={**found.places, **more}) if len(more) == len(bare) else None


def _between(known: dict[int | None, float], number: int | None) -> float | None:
    """The place of a number among numbers whose places are known and rise or fall with them: its own, or between."""
    numbers = sorted(number for number in known if number is not None)
    steps = np.diff([known[each] for each in numbers])
    if number is None or not len(numbers) or not numbers[0] <= number <= numbers[-1]:
        return None
    if len(steps) and not ((steps > 0).all() or (steps < 0).all()):
        return None
    return float(np.interp(number, numbers, [known[each] for each in numbers]))


def _by_numbers(read: dict[str, Worded]) -> Ranked | None:
    """The order of the numbers, where every label has one and some have words too (1 - Low, 2, 3 - High)."""
    numbers = {label: said.number for label, said in read.items()}
    marked = any(said.words and said.marked for said in read.values())
    if not marked or any(number is None for number in numbers.values()):
        return None
    if len({said.words for said in read.values() if said.words}) < 2 or len(set(numbers.values())) < 2:
        return None
    places = {label: float(number) for label, number in numbers.items() if number is not None}
    inside = [said.words for said in read.values() if said.words]
    return Ranked(f"numbered: {' / '.join(sorted(inside))}", places,
                  doubt="The order is that of the numbers; which end is high?")
