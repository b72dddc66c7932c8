"""The committed sample: the generator's own bytes, of the promised sizes, and nobody's personal data."""

import re
import tomllib
import zipfile

import pandas as pd
import pytest
from sample.reading import ROOT, SAMPLE

from helpers.sample import parents_survey, pre_inspection_return
from helpers.sample.__main__ import main
from helpers.sample.children import children
from helpers.sample.planted import read_planted

PERSONAL = re.compile(r"\b(surname|forename|first name|chi|date of birth|dob|postcode|address|e-?mail|phone)\b")


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """A folder the command wrote with the planted seed."""
    folder = tmp_path_factory.mktemp("sample")
    main(["--to", str(folder)])
    return folder


def test_the_committed_files_are_the_generators_bytes(written):
    made, committed = ({path.relative_to(folder) for path in folder.rglob("*")
                        if path.is_file() and path.name[0] != "."} for folder in (written, SAMPLE))
    assert made == committed
    assert [str(name) for name in made if (written / name).read_bytes() != (SAMPLE / name).read_bytes()] == []


def test_another_seed_gives_another_sample(tmp_path):
    other = read_planted(7)
    for extract in (parents_survey, pre_inspection_return):
        for path in extract.write(tmp_path, other, children(other)):
            assert path.read_bytes() != (SAMPLE / path.relative_to(tmp_path)).read_bytes()


def test_workbooks_are_stored_uncompressed_without_a_clock_and_under_a_megabyte():
    for book in SAMPLE.rglob("*.xlsx"):
        assert book.stat().st_size < 1_000_000
        with zipfile.ZipFile(book) as packed:
            assert {member.compress_type for member in packed.infolist()} == {zipfile.ZIP_STORED}
            assert {member.date_time for member in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}
            assert "2020-01-15" in packed.read("docProps/core.xml").decode()


def test_every_workbook_and_the_folder_say_that_they_are_synthetic():
    for book in SAMPLE.rglob("*.xlsx"):
        first = pd.read_excel(book, engine="calamine", header=None, nrows=1).iloc[0, 0]
        assert first.startswith("SYNTHETIC SAMPLE")
    assert "no real child" in (SAMPLE / "README.md").read_text(encoding="utf-8")


def test_the_sizes_are_those_of_the_inspections(frame, records_received, staff, young_people, planted):
    assert frame["Child reference"].nunique() == sum(place["frame"] for place in planted["partnerships"]) == 4500
    assert len(records_received) == 765
    assert sum(place["records"] for place in planted["partnerships"]) == 754
    assert frame.groupby("Partnership").size().min() < 80
    assert len(staff) > 7000
    assert len(young_people[young_people["Q3"].astype(int).between(8, 25)]) == 647


def test_every_record_agrees_with_the_frame_it_was_drawn_from(records, frame):
    both = records.merge(frame.drop_duplicates("Child reference"), on="Child reference", suffixes=("", " in frame"))
    assert len(both) == len(records)
    assert (both["Age"] == both["Age at return date"].astype(int)).all()
    for column in ("Partnership", "Placement type", "In receipt of aftercare", "Sex"):
        assert (both[column] == both[f"{column} in frame"]).all()


def test_references_are_pseudonyms_and_no_header_asks_for_personal_data(frame, records_received, staff, young_people):
    assert frame["Child reference"].str.fullmatch(r"C0[1-8]-\d{4}").all()
    for table in (frame, records_received, staff, young_people):
        assert [name for name in table.columns if PERSONAL.search(name.casefold())] == []


def test_headers_and_codes_that_look_like_numbers_are_text(records_received):
    assert {"2.1", "2.10", "5.3", "5.4"} <= set(records_received.columns)
    assert set(records_received["QI ref"]) == {"2.1", "2-1", "2.10", "5.3", "5.4"}


def test_the_annual_return_needs_its_encoding_and_delimiter():
    raw = (SAMPLE / "annual_return.csv").read_bytes()
    with pytest.raises(UnicodeDecodeError):
        raw.decode("utf-8")
    assert raw.decode("cp1252").splitlines()[0].startswith("Children's services – annual return: partnership;Year")


def test_every_truth_says_where_it_comes_from_and_names_what_the_plan_has(planted):
    plan = tomllib.loads((ROOT / "study" / "plan.toml").read_text(encoding="utf-8"))
    outcomes = {f"{family['name']}.{outcome}" for family in plan["families"] for outcome in [
        *family.get("outcomes", []), *(pair["name"] for pair in family.get("pairs", [])),
        *(series["name"] for series in family.get("series", [])),
    ]}
    for truth in planted["truths"]:
        assert "design choice" in truth["source"] or "http" in truth["source"], truth["name"]
        assert set(truth["claims"]) <= {claim["name"] for claim in plan["claims"]}, truth["name"]
        assert set(truth["shows_in"] + truth["nothing_in"]) <= outcomes, truth["name"]
    claimed = {name for truth in planted["truths"] for name in truth["claims"]}
    assert claimed == {claim["name"] for claim in plan["claims"]}
