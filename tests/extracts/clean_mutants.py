"""Cleans mutants in a process of its own: told a seed a line, it answers each with a line of JSON.

The process may take so much memory and no more: what would fill the machine ends here, and its seed is known. What
comes of a few seeds is said by `PYTHONPATH=tests python -m extracts.clean_mutants SEED ...`.
"""

import csv
import json
import sys
import tempfile
import time
import traceback
from functools import cache
from pathlib import Path

import pandas as pd
from extracts.mutant import CODEBOOK, Mutant, table
from extracts.mutations import mutant
from extracts.text_mutations import Text

from helpers.extracts import Cleaned, accounted, clean_file, save_files
from helpers.study import InputFault

MEMORY = 2 << 30  # bytes beyond what the process has once it cleaned a sound file
LIVE = tuple("=+-@\t\r＝＋－＠")


def cleaned(spoilt: Mutant, folder: Path) -> Cleaned:
    (folder / "records.toml").write_text(CODEBOOK, encoding="utf-8")
    (folder / spoilt.file).write_bytes(spoilt.raw)
    return clean_file(folder / spoilt.file, folder / "records.toml")


@cache
def sound_table() -> pd.DataFrame:
    with tempfile.TemporaryDirectory() as folder:
        return cleaned(Mutant("sound", "records.csv", Text(table()).raw()), Path(folder)).table


def outcome(seed: int) -> dict:
    """What came of the mutant: `end` is table or refused, `wrong` what should not have come of it."""
    spoilt, started = mutant(seed), time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        try:
            end, wrong = "table", _of_table(cleaned(spoilt, Path(folder)), spoilt, Path(folder))
        except InputFault as fault:
            end, wrong = "refused", _of_faults(fault, spoilt)
        except BaseException:
            end, wrong = "broken", traceback.format_exc()
    return {"seed": seed, "name": spoilt.name, "end": end, "wrong": wrong,
            "seconds": round(time.perf_counter() - started, 2)}


def _of_faults(fault: InputFault, spoilt: Mutant) -> str | None:
    """A file that must be read is not refused; a refusal names file, problem and remedy in sentences."""
    if spoilt.must == "read":
        return f"it must be read, and is refused: {fault}"
    unclear = [words for words in fault.faults
               if not words.startswith(spoilt.file) or not words.endswith((".", "?")) or not words.isprintable()
               or not any(letter in words for letter in ";.:")]
    return f"no sentence with place and remedy: {unclear}" if unclear or fault.kind != "data" else None


def _of_table(made: Cleaned, spoilt: Mutant, folder: Path) -> str | None:
    """A table is the sound one's where it has to be, and every row received is kept, quarantined or excluded."""
    counts = accounted(made.ledger)
    aside = made.quarantine[["file", "row"]].drop_duplicates()
    checks = {
        "it must be refused, and is read": spoilt.must != "refused",
        "the ledger does not add up": counts["received"] == counts["kept"] + counts["quarantined"] + counts["excluded"],
        f"{spoilt.rows} rows stand in it": spoilt.rows in (None, counts["received"]),
        f"{spoilt.least} rows at least stand in it": counts["received"] >= spoilt.least,
        "the table has other rows than the ledger": len(made.table) == counts["kept"] == len(made.missing),
        "the quarantine has other rows than the ledger": len(aside) == counts["quarantined"],
        "the table is not the sound one's": not spoilt.same or made.table.equals(sound_table()),
    }
    return "; ".join([*(f"{words}: {counts}" for words, holds in checks.items() if not holds),
                      *_of_files(made, folder)]) or None


def _of_files(made: Cleaned, folder: Path) -> list[str]:
    """What is written comes back as it is, and no cell of it is live."""
    written = save_files(folder / "written", "records", made)
    kept = pd.read_parquet(written[0]).astype(made.table.dtypes)  # Parquet keeps no categories of a table without rows
    faults = [] if kept.equals(made.table) else ["the table comes back as another"]
    for path in written[1:]:
        with path.open(encoding="utf-8-sig", newline="") as opened:
            rows = list(csv.reader(opened))
        if path.name == "records.quarantine.csv" and len(rows) != len(made.quarantine) + 1:
            faults.append("the quarantine's file has other rows")
        told = "quarantine" in path.name or "recodes" in path.name  # the others have numbers, which may be below nought
        if told and any(cell.startswith(LIVE) for row in rows for cell in row):
            faults.append(f"a live cell stands in {path.name}")
    return faults


def _limit_memory() -> None:
    import resource  # not on every system: only where /proc says how much is taken

    sound_table()
    taken = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (taken + MEMORY, taken + MEMORY))


if __name__ == "__main__":
    if Path("/proc/self/statm").exists():
        _limit_memory()
    for line in sys.argv[1:] or sys.stdin:
        result = outcome(int(line))
        print(json.dumps(result) if not sys.argv[1:] else "\n".join(map(str, result.values())), flush=True)
