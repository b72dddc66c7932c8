"""Derived columns and routing: what follows from the answers by rules written beforehand."""

import numpy as np
import pandas as pd

from helpers.extracts.cleaning.conditions import holds, surely_fails
from helpers.extracts.cleaning.recode import dtype_of
from helpers.extracts.cleaning.rows import ANSWERED, Rows
from helpers.extracts.codebooks.codebook import Codebook
from helpers.extracts.codebooks.variables import KINDS, Derived


def derived(rows: Rows, column: Derived, codebook: Codebook) -> tuple[Rows, list[tuple[str, str, int]]]:
    """The rows with the derived column, and (case, value, rows it decided); the first case that fits decides."""
    if column.years_between:
        return _years(rows, column)
    names = list(codebook.answers(column.name))
    codes = np.full(len(rows), -1, dtype=np.int16)
    counts = []
    kinds = np.full(len(rows), ANSWERED, dtype=np.int8)
    open_still = np.ones(len(rows), dtype=bool)
    for case in column.cases:
        fits = open_still & holds(case.when, rows)
        if case.value in KINDS:
            kinds[fits] = KINDS.index(case.value)
        else:
            codes[fits] = names.index(case.value)
        open_still &= ~fits
        counts.append((case.because or _told(case.when), case.value, int(fits.sum())))
    kinds[open_still] = KINDS.index(column.otherwise)
    values = pd.Series(pd.Categorical.from_codes(codes, dtype=dtype_of(column, codebook)), index=rows.table.index)
    counts.append(("no case fits", column.otherwise, int(open_still.sum())))
    return rows.with_column(column.name, values, kinds), counts


def _years(rows: Rows, column: Derived) -> tuple[Rows, list[tuple[str, str, int]]]:
    """The rows with the whole years from one date to another: an age as birthdays count it."""
    earlier, until = column.years_between
    start = rows.table[earlier]
    end = rows.table[until] if until in rows.table else pd.Series(pd.Timestamp(until), index=start.index)
    months = end.dt.month - start.dt.month
    birthday_to_come = (months < 0) | ((months == 0) & (end.dt.day < start.dt.day))
    years = end.dt.year - start.dt.year - birthday_to_come
    known = (start.notna() & end.notna() & (years >= 0)).to_numpy(dtype=bool)
    kinds = np.where(known, ANSWERED, KINDS.index(column.otherwise)).astype(np.int8)
    values = years.where(known).astype("Int64")
    lacking = ("no two dates in order", column.otherwise, int((~known).sum()))
    return rows.with_column(column.name, values, kinds), [lacking]


def routed(rows: Rows, codebook: Codebook) -> tuple[Rows, dict[str, int]]:
    """The rows with "not asked" where routing passed a question by, and how many answered it all the same.

    A question that hangs on one not asked was not asked either, question after question in the codebook's order.
    Where the routing answer is missing otherwise nobody can tell, and the kind of missing stays as it was. A score of
    which no item was asked was not asked for.
    """
    answered_anyway, not_asked = {}, np.int8(KINDS.index("not_asked"))
    for column in codebook.columns:
        if column.asked_if and column.is_read:
            passed_by = surely_fails(column.asked_if, rows)
            names = [made.name for made in column.in_table]
            if count := int((passed_by & (rows.answered(names) > 0)).sum()):
                answered_anyway[column.name] = count
            rows = rows.with_kinds({name: np.where(passed_by & (rows.kinds[name] >= 0), not_asked, rows.kinds[name])
                                    for name in names})
    for score in codebook.scores:
        unasked = np.all([rows.kinds[item] == not_asked for item in score.items], axis=0)
        rows = rows.with_kinds({score.name: np.where(unasked, not_asked, rows.kinds[score.name])})
    return rows, answered_anyway


def _told(when: dict) -> str:
    """Conditions in words, for a case that gives no reason."""
    def one(wanted) -> str:
        if isinstance(wanted, list):
            return " or ".join(map(str, wanted))
        if hasattr(wanted, "min"):
            return " to ".join(str(bound) for bound in (wanted.min, wanted.max) if bound is not None)
        return str(wanted)
    return ", ".join(f"{name}: {one(wanted)}" for name, wanted in when.items())
