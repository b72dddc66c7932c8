"""Published figures are read with their sources and checked to add up; every fault of every file comes at once."""

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from helpers.extracts import official
from helpers.study import InputFault, open_study

ROOT = Path(__file__).parents[2]
HEADER = "table,row,column,value,unit,source,note\n"


def table(name, *cells, unit="count"):
    return HEADER + "".join(f"{name},{cell},{unit},https://example.org/a,\n" for cell in cells)


def faults_of(study):
    with pytest.raises(InputFault) as raised:
        official.read(study)
    assert raised.value.kind == "data"
    return raised.value.faults


def test_counts_come_as_whole_numbers_and_shares_as_fractions(make):
    make.text("published/a.csv", table("a", "x,y,10", "x,total,30", 'x,z,"20"', "w,y,[c]"))
    make.text("published/b.csv", table("b", "x,y,12.5", unit="percent"))
    tables = official.read(make())
    assert tables["a"]["value"].dtype == "Int64" and tables["a"]["value"].fillna(-1).tolist() == [10, 30, 20, -1]
    assert tables["b"]["value"].dtype == "Float64"
    assert list(tables["a"].columns) == ["table", "row", "column", "value", "unit", "source", "note"]


def test_a_study_without_published_tables_has_none(make):
    study = make()
    assert official.read(study) == {}
    without = study.settings.model_copy(update={"data": study.settings.data.model_copy(update={"published": None})})
    assert official.read(replace(study, settings=without)) == {}


@pytest.mark.parametrize(("cells", "sentence"), [
    (["x,y,10", "x,z,21", "x,total,30"],
     "row 'x': the parts add up to 31, the total is 30; correct the figure, or say in 'unit' that it is rounded."),
    (["x,y,10", "w,y,21", "total,y,30"],
     "column 'y': the parts add up to 31, the total is 30; correct the figure, or say in 'unit' that it is rounded."),
    (["x,y,10", "x,y,10"], "column 'value', 1 row (first: row 3): a cell that was given before; keep one."),
    (["x,y,-1"], "column 'value', 1 row (first: row 2): below zero; correct it."),
    ([",y,1"], "column 'row', 1 row (first: row 2): blank; fill it in."),
    (["x,,1"], "column 'column', 1 row (first: row 2): blank; fill it in."),
    (["x,y,many"], "column 'value', 1 row (first: row 2): no number; give one, or a mark such as [c]."),
])
def test_a_figure_that_cannot_be_right_is_one_sentence(make, cells, sentence):
    make.text("published/a.csv", table("a", *cells))
    assert faults_of(make()) == [f"a.csv, {sentence}"]


@pytest.mark.parametrize(("line", "sentence"), [
    ("a,x,y,101,percent,https://example.org,",
     "column 'value', 1 row (first: row 2): more than 100 per cent; correct it."),
    ("a,x,y,1,,https://example.org,", "column 'unit', 1 row (first: row 2): blank; fill it in."),
    ("a,x,y,1,count,,", "column 'source', 1 row (first: row 2): blank; fill it in."),
    ("a,x,y,1,count,a book,", "column 'source', 1 row (first: row 2): no address; give where the figure was read."),
    ("b,x,y,1,count,https://example.org,",
     "column 'table', 1 row (first: row 2): another table than 'a'; give each table a file of its own name."),
])
def test_a_cell_without_unit_source_or_table_is_one_sentence(make, line, sentence):
    make.text("published/a.csv", HEADER + line + "\n")
    assert faults_of(make()) == [f"a.csv, {sentence}"]


def test_faults_of_all_files_come_at_once(make):
    make.text("published/a.csv", "table,row,colum,value,unit,source,note\na,x,y,1,count,https://example.org,\n")
    make.text("published/b.csv", table("b", "x,y,10", "x,total,11", "w,,3"))
    make.text("published/c.csv", "")
    assert faults_of(make()) == [
        "a.csv: no column 'column'; a published table has table, row, column, value, unit, source, note.",
        "a.csv: the column 'colum' is none of a published table; did you mean 'column'?",
        "b.csv, column 'column', 1 row (first: row 4): blank; fill it in.",
        "b.csv, row 'x': the parts add up to 10, the total is 11; correct the figure, or say in 'unit' that it is "
        "rounded.",
        "c.csv: the file is empty; send it again.",
    ]


def test_figures_published_rounded_may_differ_by_their_rounding_and_no_more(make):
    england = ["19,yes,8630", "20,yes,7790", "21,yes,7060", "total,yes,23480"]
    make.text("published/a.csv", table("a", *england, unit="count rounded to 10"))
    assert len(official.read(make())["a"]) == 4
    make.text("published/a.csv", table("a", *england[:3], "total,yes,23501", unit="count rounded to 10"))
    assert len(faults_of(make())) == 1


def test_a_total_beside_a_figure_that_is_not_given_is_not_added_up(make):
    make.text("published/a.csv", table("a", "x,y,10", "x,z,[c]", "x,total,30"))
    assert official.check(official.read(make())["a"], "a.csv") == []


def test_the_published_tables_that_are_shipped_add_up():
    tables = official.read(open_study(ROOT / "study"))
    care = tables["continuing_care_by_placement"]
    entered = care.loc[(care["column"] == "entered") & (care["unit"] != "percent")].set_index("row")["value"]
    assert entered.to_dict() == {"kinship": 49, "foster": 121, "residential": 91, "total": 261}
    assert all(isinstance(frame, pd.DataFrame) and len(frame) for frame in tables.values())
