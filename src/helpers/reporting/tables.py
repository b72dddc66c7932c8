"""Tables that can be read by eye, by screen reader and by the disclosure gate: one number a cell, headers marked."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from html import escape

import pandas as pd

from helpers.reporting.display import Block
from helpers.reporting.words import SYMBOLS, signed

NUMBER = re.compile(r"^(< )?[-\N{MINUS SIGN}]?[\d,]+(\.\d+)?%?$")


@dataclass(frozen=True)
class Table:
    """A frame of what is shown, its first column naming the rows; the frame's index is not shown.

    `cells` is a frame of the same shape with the registry id of each released number, or None; `notes` stand below.
    Strings are shown as they are, whole numbers with thousands commas, other numbers with two decimals, and what is
    missing as [x]: format a column beforehand where it wants anything else.
    """

    frame: pd.DataFrame
    caption: str
    cells: pd.DataFrame | None = None
    notes: Iterable[str] = field(default=())

    def _repr_mimebundle_(self, include=None, exclude=None):
        return {"text/html": self.html, "text/plain": self.plain}

    @property
    def plain(self) -> str:
        """Caption and cells as plain text."""
        return f"{self.caption}\n{self._texts().to_string(index=False)}"

    @property
    def html(self) -> str:
        """The table as HTML, in a box that scrolls sideways on a narrow screen and can be reached by keyboard."""
        texts = self._texts()
        right = [bool(len(texts)) and all(map(_is_number, texts.iloc[:, i])) and i > 0 for i in range(texts.shape[1])]
        head = "".join(f'<th scope="col"{_aligned(n)}>{escape(str(name))}</th>'
                       for name, n in zip(texts.columns, right, strict=True))
        body = "".join(self._row(i, texts.iloc[i], right) for i in range(len(texts)))
        return (f'<div class="scroll" role="region" aria-label="Table: {escape(self.caption)}" tabindex="0"><table>'
                f"<caption>{escape(self.caption)}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
                f"</div>{self._below(texts)}")

    def _texts(self) -> pd.DataFrame:
        return self.frame.map(_shown) if len(self.frame) else self.frame.astype(str)

    def _row(self, i: int, texts: pd.Series, right: list[bool]) -> str:
        parts = [f'<th scope="row">{escape(texts.iloc[0])}</th>']
        for j in range(1, len(texts)):
            cell = None if self.cells is None else self.cells.iloc[i, j]
            named = "" if cell is None or pd.isna(cell) else f' data-cell="{escape(str(cell))}"'
            parts.append(f"<td{_aligned(right[j])}{named}>{escape(texts.iloc[j])}</td>")
        return f"<tr>{''.join(parts)}</tr>"

    def _below(self, texts: pd.DataFrame) -> str:
        """The symbols that occur, and the notes."""
        used = [f"{symbol} {meaning}" for symbol, meaning in SYMBOLS.items() if (texts == symbol).any(axis=None)]
        lines = [f"{line.rstrip('.')}." for line in [*used, *self.notes]]
        return f'<p class="notes">{"<br>".join(map(escape, lines))}</p>' if lines else ""


def joined(tables: list[Table]) -> Block:
    """Several tables, one below the other."""
    return Block("".join(table.html for table in tables), "\n\n".join(table.plain for table in tables))


def folded(tables: dict[str, Table]) -> Block:
    """Tables folded away, each under its title."""
    parts = [f'<details class="fold"><summary>{escape(title)}</summary>{table.html}</details>'
             for title, table in tables.items()]
    return Block("".join(parts), "\n\n".join(f"{title}\n{table.plain}" for title, table in tables.items()))


def _shown(value) -> str:
    if isinstance(value, str):
        return value
    if pd.isna(value):
        return "[x]"
    return f"{value:,}" if isinstance(value, int) or float(value).is_integer() else signed(float(value), 2)


def _is_number(text: str) -> bool:
    return text in SYMBOLS or bool(NUMBER.match(text))


def _aligned(right: bool) -> str:
    return ' class="number"' if right else ""
