"""One sheet of a workbook opened: its cells as the texts a reader sees."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from helpers.extracts.reading.workbook.cells import cell_text, shown_text
from helpers.extracts.reading.workbook.scanned import NEGATIVE, Merged, Scanned, cell_name
from helpers.study import InputFault


@dataclass(frozen=True)
class Opened:
    """One sheet: every row from its first as text, and the cells that are merged; `place` names it in messages.

    `unread`: the other sheets that are shown, where none was named and the first was taken.
    """

    place: str
    rows: list[list[str]]
    merged: list[Merged]
    unread: tuple[str, ...] = ()

    def refuse_merged(self, above: int) -> None:
        """Raises InputFault where cells below the first `above` rows are merged: their value stands in one row or
        column and is lost to the others. Merged cells with nothing in them are harmless."""
        lost = [cells for cells in self.merged if cells.bottom >= above and cells.top < len(self.rows)
                and any(cell.strip() for cell in self.rows[cells.top][cells.left:cells.left + 1])]
        if lost:
            listed, more = ", ".join(map(str, lost[:5])), f" and {len(lost) - 5} more" if len(lost) > 5 else ""
            raise InputFault(f"{self.place}: cells {listed}{more} are merged, and all but the first of each read as "
                             "blank; unmerge them and fill each in.", "data")


def texts_of(rows: Iterator[list], found: Scanned) -> Iterator[list[str]]:
    """The rows as texts, with numbers as their formats show them."""
    for number, row in enumerate(rows):
        texts = [cell_text(cell) for cell in row]
        for column, how in found.shown(number):
            if how != NEGATIVE and isinstance(row[column], float):
                texts[column] = shown_text(row[column], how)
            elif isinstance(row[column], dt.time):
                raise InputFault(f"{found.place}: a date or time below nought stands in {cell_name(number, column)}; "
                                 "correct it.", "data")
        for column, text in found.texts.get(number, {}).items():
            texts[column] = text
        yield texts
