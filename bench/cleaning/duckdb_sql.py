"""The same cleaning in DuckDB: one query reads and recodes, one a rule deletes, COPY writes.

A spelling is looked up by casting it to an ENUM of all spellings of its column, whose code is its place in a list of
meanings: quicker here than CASE, a map or a join.
"""

import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import duckdb

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
HEADER = {name: header for header, name in HEADERS.items()}
ABSENT = "\x01"  # what stands for no value: nothing does, so that a blank stays a text
SEVERITIES = {"age_unreadable": "quarantine", "age_range": "quarantine", "young_manager": "note"}


def types() -> Iterator[str]:
    """The ENUMs: a column's spellings, its meanings (answers, then kinds of missing) and its answers; the kinds."""
    yield f"CREATE TYPE kinds AS ENUM ({_texts(MISSING)})"
    yield f"CREATE TYPE spelt_age AS ENUM ({_texts(meant('age'))})"
    for name in dict.fromkeys(map(_type, CODED)):
        column = ITEMS[0] if name == "item" else name
        yield f"CREATE TYPE spelt_{name} AS ENUM ({_texts(meant(column))})"
        yield f"CREATE TYPE meant_{name} AS ENUM ({_texts([*answers(column), *MISSING])})"
        yield f"CREATE TYPE answer_{name} AS ENUM ({_texts(answers(column))})"


def _type(name: str) -> str:
    return "item" if name in ITEMS else name


def _texts(texts: Iterable[str]) -> str:
    return ", ".join("'" + text.replace("'", "''") + "'" for text in texts)


def recoding(source: Path) -> str:
    """The table `said`: what each text means, by row as a spreadsheet numbers it; an undeclared text is an error."""
    age = f"trim(\"{HEADER['age']}\")"
    columns = [
        "row_number() OVER () + 1 AS row",
        f"trim(\"{HEADER['respondent']}\") AS respondent",
        *(f"{_looked_up(name)} AS {name}" for name in CODED),
        f"\"{HEADER['age']}\" AS age_text",
        f"([{_texts(meant('age').values())}]::kinds[])[enum_code(try_cast(lower({age}) AS spelt_age)) + 1] "
        "AS age_missing",
        f"CASE WHEN regexp_full_match({age}, '\\d{{1,15}}(\\.0+)?') THEN {age}::DOUBLE::BIGINT END AS age",
    ]
    return f"CREATE TABLE said AS SELECT {', '.join(columns)} FROM read_csv({_texts([str(source)])}, header=true, " \
           f"all_varchar=true, nullstr={_texts([ABSENT])})"


def _looked_up(name: str) -> str:
    meanings = f"([{_texts(meant(name).values())}]::meant_{_type(name)}[])"
    return f"{meanings}[enum_code(lower(trim(\"{HEADER[name]}\"))::spelt_{_type(name)}) + 1]"


def rules() -> dict[str, str]:
    """Name and mask of each rule, in the order they are applied."""
    fullness = f"({_answered(CODED)} + (age IS NOT NULL)::INT)"
    return {
        "age_unreadable": "age IS NULL AND age_missing IS NULL",
        "preview": "status = 'preview'",
        "no_consent": "consent <> 'yes'",
        "exact_duplicate": f"row NOT IN (SELECT min(row) FROM said GROUP BY {', '.join(COLUMNS)}, age_missing)",
        "same_person": f"row NOT IN (SELECT min({{'lacking': -{fullness}, 'row': row}}).row FROM said "
                       "GROUP BY respondent)",
        "age_range": f"age NOT BETWEEN {AGES[0]} AND {AGES[1]}",
        "too_few_answers": f"{_answered(ITEMS)} < {ANSWERED_ITEMS}",
        "young_manager": f"role = 'manager' AND age < {ADULT}",
    }


def _answered(names: list[str]) -> str:
    return "(" + " + ".join(f"(enum_code({name}) < {len(answers(name))})::INT" for name in names) + ")"


def ruled(base: duckdb.DuckDBPyConnection) -> None:
    """The rows that a rule sets aside taken from `said`; the tables `ledger` and `quarantine` filled."""
    base.execute("CREATE TABLE ledger (rule VARCHAR, rows_in BIGINT, rows_caught BIGINT, rows_left BIGINT)")
    base.execute("CREATE TABLE quarantine (row BIGINT, value VARCHAR, rule VARCHAR)")
    left = base.execute("SELECT count(*) FROM said").fetchone()[0]
    steps = [("received", left, 0, left)]
    for rule, mask in rules().items():
        severity = SEVERITIES.get(rule, "exclude")
        if severity == "quarantine":
            base.execute(f"INSERT INTO quarantine SELECT row, age_text, '{rule}' FROM said WHERE {mask} ORDER BY row")
        what = "SELECT count(*)" if severity == "note" else "DELETE"
        caught = base.execute(f"{what} FROM said WHERE {mask}").fetchone()[0]
        steps.append((rule, left, caught, left := left if severity == "note" else left - caught))
    base.executemany("INSERT INTO ledger VALUES (?, ?, ?, ?)", [*steps, ("kept", left, 0, left)])


def write(base: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Table, kinds of missing and ledger as Parquet, the quarantine as CSV, the order of levels beside them."""
    values, missing = [], []
    for name in COLUMNS:
        if name in CODED:
            answered = f"enum_code({name}) < {len(answers(name))}"
            values.append(f"CASE WHEN {answered} THEN {name}::answer_{_type(name)} END AS {name}")
            missing.append(f"CASE WHEN NOT {answered} THEN {name}::kinds END AS {name}")
        else:
            values.append(name)
            missing.append(("age_missing" if name == "age" else "NULL::kinds") + f" AS {name}")
    parquet = "(FORMAT parquet, COMPRESSION snappy)"
    for name, columns in (("survey", values), ("survey.missing", missing)):
        rows = f"SELECT {', '.join(columns)} FROM said ORDER BY row"
        base.execute(f"COPY ({rows}) TO '{folder / name}.parquet' {parquet}")
    base.execute(f"COPY ledger TO '{folder / 'survey.ledger.parquet'}' {parquet}")
    base.execute(f"COPY quarantine TO '{folder / 'survey.quarantine.csv'}' (HEADER)")
    levels = {name: base.execute(f"SELECT enum_range(NULL::answer_{_type(name)})").fetchone()[0] for name in ORDERED}
    (folder / "levels.json").write_text(json.dumps(levels), encoding="utf-8")


if __name__ == "__main__":
    source, target = Path(sys.argv[1]), Path(sys.argv[2])
    clock = Clock()
    base = duckdb.connect()
    for statement in types():
        base.execute(statement)
    base.execute(recoding(source))
    clock.lap("read and recode")
    ruled(base)
    clock.lap("rules")
    write(base, target)
    clock.lap("write")
    clock.tell()
