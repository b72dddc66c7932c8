"""Waves of one instrument put together in one table, and who was lost on the way."""

from collections.abc import Mapping
from itertools import pairwise

import numpy as np
import pandas as pd

from helpers.extracts.cleaning.cleaned import Cleaned
from helpers.extracts.cleaning.linking import keyed
from helpers.extracts.cleaning.recode import dtype_of
from helpers.extracts.codebooks.codebook import Codebook, Earlier
from helpers.extracts.codebooks.opened import WAVE
from helpers.extracts.codebooks.variables import CODED, KINDS, Variable
from helpers.study import InputFault, nearest


def waves_together(codebook: Codebook, waves: Mapping[str, Cleaned], extracts: Mapping[str, str]) -> Cleaned:
    """The rows that each wave kept, in the columns of one codebook; what a wave did not ask is "not asked".

    `waves`: wave → what cleaning made of it, earliest first; `extracts`: wave → the extract that holds it. Raises
    InputFault where an earlier wave's column is of another type, or has an answer that [[earlier]] does not map.
    """
    maps = {earlier.extract: earlier for earlier in codebook.earlier}
    tables, kinds, faults = [], [], []
    for wave, cleaned in waves.items():
        how = maps.get(extracts[wave], Earlier(extract=extracts[wave]))
        try:
            table, missing = _as_today(cleaned, codebook, how, wave)
        except InputFault as fault:
            faults += fault.faults
            continue
        tables.append(table)
        kinds.append(missing)
    if faults:
        raise InputFault(faults)
    table = pd.concat(tables, ignore_index=True)
    return Cleaned(table, pd.concat(kinds, ignore_index=True), _ledger(waves, codebook), _recodes(waves),
                   pd.concat([cleaned.quarantine for cleaned in waves.values()], ignore_index=True), codebook,
                   attrition(table, codebook))


def _as_today(cleaned: Cleaned, codebook: Codebook, how: Earlier, wave: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """One wave's rows and kinds of missing in today's columns and answers."""
    count, table, missing, faults = len(cleaned.table), {}, {}, []
    not_asked = KINDS.index("not_asked")
    for column in codebook.kept:
        dtype = dtype_of(column, codebook)
        there = how.columns.get(column.name, column.name)
        if column.name == WAVE:
            table[WAVE] = pd.Series(pd.Categorical([wave] * count, dtype=dtype))
            codes = np.full(count, -1)
        elif there in cleaned.table:
            faults += _column_faults(column, there, cleaned, codebook, how)
            table[column.name] = pd.Series(dtype=dtype) if faults else _mapped(column, there, cleaned, how, dtype)
            codes = cleaned.missing[there].cat.codes.to_numpy()
        else:
            if column.name in how.columns:
                faults.append(f"[[earlier]] '{how.extract}': its codebook has no column '{there}'; "
                              + nearest(there, cleaned.table.columns))
            table[column.name] = pd.Series(pd.array([None] * count, dtype=dtype))
            codes = np.full(count, not_asked)
        missing[column.name] = pd.Categorical.from_codes(codes, dtype=pd.CategoricalDtype(KINDS))
    if faults:
        raise InputFault([f"codebook '{codebook.instrument}', {fault}" for fault in faults])
    return pd.DataFrame(table), pd.DataFrame(missing)


def _column_faults(column: Variable, there: str, cleaned: Cleaned, codebook: Codebook, how: Earlier) -> list[str]:
    was = cleaned.codebook.column(there)
    place = f"[[earlier]] '{how.extract}', column '{column.name}'"
    if was.type != column.type:
        return [f"{place}: it was {was.type} and is {column.type}; give the one of today another name."]
    if column.type not in CODED:
        return []
    known, mapped = codebook.answers(column.name), how.levels.get(column.name, {})
    strange = [name for name in cleaned.codebook.answers(there) if mapped.get(name, name) not in known]
    if not strange:
        return []
    return [f"{place}: today's answers have no {', '.join(map(repr, strange))}; say under levels which answer of today "
            f"each is, or give the column of today another name; known: {', '.join(known)}."]


def _mapped(column: Variable, there: str, cleaned: Cleaned, how: Earlier, dtype) -> pd.Series:
    values = cleaned.table[there]
    if column.type not in CODED:
        return values.astype(dtype)
    renamed = how.levels.get(column.name, {})
    return values.astype("object").map(lambda name: renamed.get(name, name), na_action="ignore").astype(dtype)


def _ledger(waves: Mapping[str, Cleaned], codebook: Codebook) -> pd.DataFrame:
    """The ledgers of all waves, one step after the other: received in all, each wave's rules, kept in all."""
    total = sum(int(cleaned.ledger["rows_left"].iloc[0]) for cleaned in waves.values())
    left, sentence = total, f"Received in {len(waves)} waves, one row a {codebook.row}."
    steps = [("received", "", sentence, total, 0, total)]
    for wave, cleaned in waves.items():
        for step in cleaned.ledger.iloc[1:-1].itertuples():
            before, left = left, left - (step.rows_in - step.rows_left)
            steps.append((step.rule, step.severity, f"{wave}: {step.sentence}", before, step.rows_caught, left))
    kept = sum(len(cleaned.table) for cleaned in waves.values())
    if kept != left:
        raise RuntimeError(f"the ledger leaves {left} rows and the table has {kept}: one is unaccounted for")
    steps.append(("kept", "", "Kept for analysis.", kept, 0, kept))
    frame = pd.DataFrame(steps, columns=["rule", "severity", "sentence", "rows_in", "rows_caught", "rows_left"])
    frame.insert(0, "step", range(1, len(frame) + 1))
    return frame.astype({"rule": "str", "severity": "str", "sentence": "str"})


def _recodes(waves: Mapping[str, Cleaned]) -> pd.DataFrame:
    whole = pd.concat([cleaned.recodes for cleaned in waves.values()], ignore_index=True)
    return whole.groupby(["column", "from", "to"], sort=False, as_index=False)["rows"].sum()


def attrition(table: pd.DataFrame, codebook: Codebook) -> pd.DataFrame | None:
    """Who is in one wave and the next, by the codebook's `person`: earlier, later, in_earlier, in_later, in_both, lost,
    new; one row a pair of waves. None where the codebook does not say what tells one person from another."""
    if not codebook.person:
        return None
    people = {}
    for wave in table[WAVE].cat.categories:
        rows = table.loc[(table[WAVE] == wave) & table[codebook.person].notna().all(axis=1), codebook.person]
        people[wave] = set(keyed(rows)) if len(rows) else set()
    return pd.DataFrame([
        {"earlier": one, "later": other, "in_earlier": len(people[one]), "in_later": len(people[other]),
         "in_both": len(people[one] & people[other]), "lost": len(people[one] - people[other]),
         "new": len(people[other] - people[one])}
        for one, other in pairwise(people)])
