"""No cell of a written file is a formula to the program that opens it."""

import csv
import io
import re

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.extracts.inert import inert, inert_text

LIVE = tuple("=+-@＝＋－＠\t\r")
UNSEEN = " \x0b\x00\u200b\ufeff\u202e"


@pytest.mark.parametrize("text", [
    "=1+1", "+44 7700", "-5", "@SUM(A1)", "＝1+1", "＠x", "=HYPERLINK(\"http://x\")", "=cmd|' /C calc'!A0", "-2+3",
])
def test_what_begins_like_a_formula_gets_an_apostrophe(text):
    assert inert_text(text) == f"'{text}"


@pytest.mark.parametrize(("text", "quiet"), [
    ("  =1", "  '=1"), ("\t=1", "'\t'=1"), ("\r=1", "'\r'=1"), ("\u200b=1", "\u200b'=1"),
    ("\ufeff=1", "\ufeff'=1"),
    ('"=1', "\"'=1"),
    ("a\n=1", "a\n'=1"), ("a;=1", "a;'=1"), ("a\t-1", "a\t'-1"), ("\tx", "'\tx"), ("\x00=1", "\x00'=1"),
])
def test_so_does_one_behind_blanks_unseen_marks_or_what_parts_cells(text, quiet):
    assert inert_text(text) == quiet


@pytest.mark.parametrize("cell", [
    "", "Good", "a-b", "a = b", "1-2", "007", "2.10", "'=1", "don't know", "x@y", "£-5", -5, 0.5, None, True, " x",
])
def test_everything_else_stays_as_it_is(cell):
    assert inert_text(cell) == cell and type(inert_text(cell)) is type(cell)


def test_a_frame_keeps_its_numbers_its_order_and_its_shape():
    frame = pd.DataFrame({
        "=name": ["=1", None, "x"], "count": pd.array([-5, None, 3], dtype="Int64"), "share": [-0.5, np.nan, 1.0],
        "day": pd.to_datetime(["2020-01-31", None, "2020-02-01"]),
        "level": pd.Categorical(["-low", "'-low", None], categories=["-low", "'-low"], ordered=True),
    }, index=[7, 8, 9])
    made = inert(frame)
    assert list(made.columns) == ["'=name", "count", "share", "day", "level"] and list(made.index) == [7, 8, 9]
    pd.testing.assert_frame_equal(made[["count", "share", "day"]], frame[["count", "share", "day"]])
    assert made["'=name"].tolist()[::2] == ["'=1", "x"] and pd.isna(made["'=name"].iloc[1])
    assert made["level"].tolist()[:2] == ["'-low", "'-low"]
    assert frame.columns[0] == "=name" and frame.iloc[0, 0] == "=1", "the frame given is as it was"


def test_columns_of_one_name_stay_apart_and_an_empty_frame_stays_empty():
    doubled = inert(pd.DataFrame([["=a", "b"]], columns=["x", "x"]))
    assert doubled.to_numpy().tolist() == [["'=a", "b"]] and list(doubled.columns) == ["x", "x"]
    assert inert(pd.DataFrame(columns=["-x"])).columns.tolist() == ["'-x"]
    assert inert(pd.DataFrame()).empty


texts = st.text(st.sampled_from("=+-@＝＋－＠\t\r\n ;,\"'a1\u200b\ufeff\u202e\x00\x0b"), max_size=12)


@given(st.lists(st.tuples(texts, texts), min_size=1, max_size=5), texts)
def test_no_cell_of_a_written_file_is_live_however_a_program_parts_it(rows, header):
    whole = io.StringIO()
    inert(pd.DataFrame(rows, columns=[header, "x"])).to_csv(whole, index=False, lineterminator="\r\n")
    for cell in (cell for row in csv.reader(io.StringIO(whole.getvalue(), newline="")) for cell in row):
        assert not cell.startswith(LIVE)
        assert not [piece for piece in re.split(r"[;\t\r\n]", cell) if piece.strip(UNSEEN).startswith(LIVE)]


@given(texts)
def test_what_is_taken_away_again_is_the_text_as_it_was(text):
    assert inert_text(text).replace("'", "") == text.replace("'", "")


def test_a_long_run_of_blanks_takes_no_time():
    assert inert_text("\n" * 1_000_000 + "x") == "'" + "\n" * 1_000_000 + "x"
