"""A column of figures: whole or with decimals, percentages, and the symbols that stand beside them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

_WHOLE = re.compile(r"[-−]?(\d{1,3}(,\d{3})+|\d{1,15})(\.0+)?")
_DECIMAL = re.compile(r"[-−]?(\d{1,3}(,\d{3})+|\d{1,15})?\.\d+([eE][-+]?\d+)?")
_LEADING_ZERO = re.compile(r"0\d+")
_NEARLY_ALL = 0.95  # of the distinct texts must be figures, symbols aside


@dataclass(frozen=True)
class Figures:
    """Figures found in a column: number → rows, whether all are whole, percentages, or mere marks that only look so."""

    rows: dict[float, int]
    whole: bool
    percent: bool
    labels: bool  # 007, or 2.1 beside 2.10: they name something, and would lose their zeros as numbers
    negative: bool
    symbols: dict[str, int]  # texts beside the figures → rows


def figures(labels: Mapping[str, int], may_be_symbol) -> Figures | None:
    """The figures of the column where nearly all its texts are such, else None; `labels`: text → rows."""
    read, symbols, odd = {}, {}, 0
    for text, rows in labels.items():
        bare = text.strip().rstrip("%").strip()
        if _WHOLE.fullmatch(bare) or _DECIMAL.fullmatch(bare):
            read[text] = bare
        elif may_be_symbol(text):
            symbols[text] = rows
        else:
            odd += 1
    if not read or len(read) < _NEARLY_ALL * (len(read) + odd):
        return None
    rows: dict[float, int] = {}
    for text, bare in read.items():
        number = float(bare.replace(",", "").replace("−", "-"))
        rows[number] = rows.get(number, 0) + labels[text]
    return Figures(rows, all(_WHOLE.fullmatch(bare) for bare in read.values()),
                   any(text.strip().endswith("%") for text in read), _are_labels(list(read.values())), min(rows) < 0, symbols)


def _are_labels(texts: list[str]) -> bool:
    if any(_LEADING_ZERO.fullmatch(text) for text in texts):
        return True
    places = {len(text.split(".")[1]) for text in texts if "." in text}
    ends_in_zero = any("." in text and text.endswith("0") and text.strip("0") != "." for text in texts)
    return ends_in_zero and places != {0} and len(places) > 1 and not all(_WHOLE.fullmatch(text) for text in texts)
