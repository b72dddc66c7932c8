"""The sample as it lies in the checkout, read with pandas alone: nothing here goes through the code that cleans it."""

import tomllib

import pandas as pd
import pytest
from sample.reading import ROOT, SAMPLE, usual_header, workbook


@pytest.fixture(scope="session")
def planted() -> dict:
    return tomllib.loads((ROOT / "src" / "helpers" / "sample" / "planted.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def truths(planted) -> dict[str, dict]:
    return {truth["name"]: truth["values"] for truth in planted["truths"]}


@pytest.fixture(scope="session")
def frame() -> pd.DataFrame:
    books = sorted((SAMPLE / "pre_inspection_return").glob("*.xlsx"))
    return pd.concat([workbook(book, 3) for book in books])


@pytest.fixture(scope="session")
def records_received() -> pd.DataFrame:
    """All rows of the eight workbooks, the columns of the odd one renamed as in the others."""
    books = []
    for book in sorted((SAMPLE / "case_records").glob("*.xlsx")):
        table = workbook(book, 2)
        books.append(table.rename(columns=usual_header).assign(workbook=book.stem))
    return pd.concat(books, ignore_index=True)


@pytest.fixture(scope="session")
def records(records_received, frame) -> pd.DataFrame:
    """The rows that a careful reader would keep, with ages as numbers."""
    table = records_received[records_received["Child reference"].isin(frame["Child reference"])]
    table = table[table["Legal basis"].notna() & ~table["Child reference"].duplicated()]
    age = pd.to_numeric(table["Age"])
    return table.assign(Age=age)[(age <= 25) & ~((table["In receipt of aftercare"] == "Yes") & (age < 16))]


@pytest.fixture(scope="session")
def staff() -> pd.DataFrame:
    """The staff survey under 'question | option'."""
    rows = pd.read_csv(SAMPLE / "staff_survey.csv", header=None, dtype="str", keep_default_na=False,
                       encoding="utf-8-sig")
    questions = rows.iloc[0].where(rows.iloc[0] != "").ffill()
    body = rows.iloc[2:].set_axis([f"{q} | {o}" for q, o in zip(questions, rows.iloc[1], strict=True)], axis=1)
    return body[(body["Are you happy to take part? | Response"] == "Yes") & (body["Collector | "] != "Preview")]


@pytest.fixture(scope="session")
def young_people() -> pd.DataFrame:
    table = pd.read_csv(SAMPLE / "young_people_survey.csv", dtype="str", keep_default_na=False).iloc[2:]
    table = table[(table["Status"] == "IP Address") & (table["Finished"] == "True") & (table["Q1"] == "Yes")]
    return table.drop_duplicates()
