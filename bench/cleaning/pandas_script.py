"""The analyst's script: pandas, each column stripped, folded and mapped by a dict, then one mask a rule.

`plain` reads with pandas as it comes and casefolds; `arrow` reads with Arrow and keeps to what Arrow does to strings.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd

from bench.cleaning.clock import Clock
from bench.cleaning.survey import (
    ADULT,
    AGES,
    ANSWERED_ITEMS,
    ANSWERS,
    COLUMNS,
    HEADERS,
    ITEMS,
    MISSING,
    ORDERED,
    answers,
    meant,
)

CODED = list(ANSWERS)


def read(path: Path, how: str) -> pd.DataFrame:
    """Everything as text, nothing guessed."""
    with_what = {"engine": "pyarrow", "dtype_backend": "pyarrow"} if how == "arrow" else {}
    return pd.read_csv(path, dtype=str, keep_default_na=False, **with_what).rename(columns=HEADERS)


def recode(raw: pd.DataFrame, how: str) -> pd.DataFrame:
    """What each text means, an answer or a kind of missing; identifiers trimmed; ages as numbers where they are."""
    said = {name: _folded(raw[name], how).map(meant(name)) for name in CODED}
    if strange := [name for name in CODED if said[name].isna().any()]:
        raise ValueError(f"texts that nobody declared, in {strange}")
    age = _folded(raw["age"], how)
    whole = age.str.fullmatch(r"\d{1,15}(\.0+)?")
    said["respondent"] = raw["respondent"].str.strip()
    said["age_missing"] = age.map(meant("age"))
    said["age"] = age.where(whole).astype("Float64").astype("Int64")
    said["age_unreadable"] = ~whole & said["age_missing"].isna()
    return pd.DataFrame(said)


def _folded(texts: pd.Series, how: str) -> pd.Series:
    return texts.str.strip().str.lower() if how == "arrow" else texts.str.strip().str.casefold()


def rules() -> Iterator[tuple]:
    """Name, severity and mask of each rule, in the order they are applied."""
    yield "age_unreadable", "quarantine", lambda said: said["age_unreadable"]
    yield "preview", "exclude", lambda said: said["status"] == "preview"
    yield "no_consent", "exclude", lambda said: said["consent"] != "yes"
    yield "exact_duplicate", "exclude", lambda said: said.duplicated()
    yield "same_person", "exclude", _same_person
    yield "age_range", "quarantine", lambda said: said["age"].notna() & ~said["age"].between(*AGES)
    yield "too_few_answers", "exclude", lambda said: _answered(said, ITEMS) < ANSWERED_ITEMS
    yield "young_manager", "note", lambda said: (said["role"] == "manager") & (said["age"] < ADULT).fillna(False)


def _answered(said: pd.DataFrame, names: list[str]) -> np.ndarray:
    return sum((~said[name].isin(list(MISSING))).to_numpy(dtype=int) for name in names)


def _same_person(said: pd.DataFrame) -> pd.Series:
    """All but the fullest response of each respondent, the first of several as full."""
    full = pd.Series(_answered(said, CODED) + said["age"].notna().to_numpy(dtype=int), index=said.index)
    fullest_first = full.sort_values(ascending=False, kind="stable").index
    return said["respondent"].loc[fullest_first].duplicated().reindex(said.index)


def ruled(raw: pd.DataFrame, said: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """The rows that no rule sets aside, the ledger, and the quarantine by row as a spreadsheet numbers it."""
    ledger, aside = [("received", len(said), 0, len(said))], []
    for rule, severity, mask in rules():
        caught = np.asarray(mask(said), dtype=bool)
        kept = said if severity == "note" else said[~caught]
        if severity == "quarantine":
            rows = said.index[caught]
            aside.append(pd.DataFrame({"row": rows + 2, "value": raw["age"].loc[rows].to_numpy(), "rule": rule}))
        ledger.append((rule, len(said), int(caught.sum()), len(kept)))
        said = kept
    ledger.append(("kept", len(said), 0, len(said)))
    counts = pd.DataFrame(ledger, columns=["rule", "rows_in", "rows_caught", "rows_left"])
    return said, counts, pd.concat(aside)


def write(said: pd.DataFrame, ledger: pd.DataFrame, quarantine: pd.DataFrame, folder: Path) -> None:
    """Table, kinds of missing and ledger as Parquet, the quarantine as CSV, the order of levels beside them."""
    values, missing = {}, {}
    for name in COLUMNS:
        if name in CODED:
            lacking = said[name].isin(list(MISSING))
            values[name] = pd.Categorical(said[name].mask(lacking), answers(name), ordered=name in ORDERED)
            missing[name] = pd.Categorical(said[name].where(lacking), list(MISSING))
        else:
            values[name] = said[name]
            lacks = said["age_missing"] if name == "age" else [None] * len(said)
            missing[name] = pd.Categorical(lacks, list(MISSING))
    table = pd.DataFrame(values, index=said.index)
    table.to_parquet(folder / "survey.parquet", index=False)
    pd.DataFrame(missing).to_parquet(folder / "survey.missing.parquet", index=False)
    ledger.to_parquet(folder / "survey.ledger.parquet", index=False)
    quarantine.to_csv(folder / "survey.quarantine.csv", index=False)
    levels = {name: list(table[name].cat.categories) for name in ORDERED}
    (folder / "levels.json").write_text(json.dumps(levels), encoding="utf-8")


if __name__ == "__main__":
    source, target, how = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
    clock = Clock()
    raw = read(source, how)
    clock.lap("read")
    said = recode(raw, how)
    clock.lap("recode")
    kept, ledger, quarantine = ruled(raw, said)
    clock.lap("rules")
    write(kept, ledger, quarantine, target)
    clock.lap("write")
    clock.tell()
