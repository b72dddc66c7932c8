"""A column of figures: whole or with decimals, percentages, and the symbols that stand beside them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from helpers.extracts.drafting.columns.missing import is_symbol

_WHOLE = re.compile(r"[-−]?(\d{1,3}(,\d{3})+|\d{1,15})(\.0+)?")
_DECIMAL = re.compile(r"[-−]?(\d{1,3}(,\d{3})+|\d{1,15})?\.\d+([eE][-+]?\d+)?")
_LEADING_ZERO = re.compile(r"0\d+")
_NEARLY_ALL = 0.95  # of the distinct texts must be figures, symbols aside


@dataclass(frozen=True)
class Figures:
    """Figures found in a column.

    `numbers`: text → number; `rows`: number → rows; `symbols`: the texts beside the figures. `names`: they name
    something (007, or 2.1 beside 2.10) and would lose their zeros as numbers.
    """

    numbers: dict[str, float]
    rows: dict[float, int]
    symbols: list[str]
    whole: bool
    percent: bool
    names: bool


def figures(labels: Mapping[str, int]) -> Figures | None:
    """The figures of the column where nearly all its texts are such, else None; `labels`: text → rows."""
    bare = {text: text.strip().rstrip("%").strip() for text in labels}
    read = {text: figure for text, figure in bare.items() if _WHOLE.fullmatch(figure) or _DECIMAL.fullmatch(figure)}
    symbols = [text for text in labels if text not in read and is_symbol(text)]
    if not read or len(read) < _NEARLY_ALL * (len(labels) - len(symbols)):
        return None
    numbers = {text: float(figure.replace(",", "").replace("−", "-")) for text, figure in read.items()}
    rows: dict[float, int] = {}
    for text, number in numbers.items():
        rows[number] = rows.get(number, 0) + labels[text]
    whole = all(_WHOLE.fullmatch(figure) for figure in read.values())
    percent = any(text.strip().endswith("%") for text in read)
    return Figures(numbers, rows, symbols, whole, percent, _are_names(list(read.values())))


def _are_names(texts: Sequence[str]) -> bool:
    if any(_LEADING_ZERO.fullmatch(text) for text in texts):
        return True
    if all(_WHOLE.fullmatch(text) for text in texts):
        return False
    decimals = {text.split(".")[1] for text in texts if "." in text} - {"0"}  # programs write 20 as 20.0
    return len(set(map(len, decimals))) > 1 and any(text.endswith("0") for text in decimals)
