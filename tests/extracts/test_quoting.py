"""A quotation mark out of place costs no row: it is read as it stands, or the file is refused with the line."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.extracts.reading.quoting import is_well_quoted, marks_in_place
from helpers.study import InputFault


@pytest.mark.parametrize("text", [
    "", "a,b\n1,2\n", 'a,b\n"1","x ""y"" z"\n', "a,b\r\n1,\"two\r\nlines\"\r\n", 'a,b\r"1","2"\r', 'a,b\n1,""\n',
    'a,b\n1,"x,"\n2,"\n"', "a,b\n1,5'2\" tall\n", 'a,b\n1, "x"\n', '"a;b",c\n"1;2",3\n',
])
def test_marks_in_their_places_are_well(text):
    assert is_well_quoted(text, ",", "f.csv")


@pytest.mark.parametrize("text", ['a,b\n1,"he said "hi" there"\n2,x\n', 'a,b\n1,"x" \n2,y\n',
                                  'a,b\n1,"never closed\n2,3\n'])
def test_a_slip_within_a_line_is_left_to_the_reader(text):
    assert not is_well_quoted(text, ",", "f.csv")


@pytest.mark.parametrize(("text", "lines"), [
    ('a,b\n1,"said\n2,x\n3,"two\nlines"\n', (2, 4)), ('"a","b"\n"1","said\n"2","x"\n', (2, 3)),
    ('a,b\r\n1,x\r\n2,"said""\r\n3,x\r\n4,"y"\r\n', (3, 5)), ('a,b\r1,"said\r2,"x"\r', (2, 3)),
])
def test_a_mark_that_swallows_rows_is_refused_with_its_lines(text, lines):
    with pytest.raises(InputFault) as raised:
        is_well_quoted(text, ",", "f.csv")
    assert raised.value.faults == [
        f"f.csv, line {lines[0]}: a quotation mark is opened there and closed in the midst of line {lines[1]}, and "
        "the rows between would be lost; correct the quotation marks, or export it again."]


cells = st.text(st.sampled_from('ab ,;"\n\r\té'), max_size=6)


@given(st.lists(st.tuples(cells, cells), min_size=1, max_size=5), st.sampled_from(",;\t|"),
       st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL]))
def test_whatever_is_written_as_csv_should_be_is_well(rows, mark, quoting):
    whole = io.StringIO()
    csv.writer(whole, delimiter=mark, quoting=quoting, lineterminator="\r\n").writerows(rows)
    assert is_well_quoted(whole.getvalue(), mark, "f.csv")


@given(st.text(st.sampled_from('ab,"\n'), max_size=30))
def test_what_pythons_strict_reader_takes_is_well_and_the_rest_is_not(text):
    """Python's reader is strict about marks, but takes one within a cell that does not begin with one for a letter."""
    try:
        list(csv.reader(io.StringIO(text, newline=""), strict=True))
        strict = True
    except csv.Error:
        strict = False
    try:
        assert is_well_quoted(text, ",", "f.csv") == strict
    except InputFault:
        assert not strict


# ---- the same, told quickly ------------------------------------------------------------------------------------------

@pytest.mark.parametrize(("text", "answer"), [
    ("", (True, False)), ("a,b\n1,2\n", (True, False)), ('a,"b"\n1,"x ""y"" z"\n', (True, False)),
    ('a,b\r\n1,"two\r\nlines"\r\n', (True, True)), ('a,b\r"1\r","2"\r', (True, True)), ('"a"\n"b"', (True, False)),
])
def test_marks_in_place_are_told_with_whether_a_line_ends_between_them(text, answer):
    assert marks_in_place(text.encode(), ",") == answer


@pytest.mark.parametrize("text", [
    'a,b\n1,"said\n2,x\n3,"two\nlines"\n', 'a,b\n1,5" tall\n', 'a,b\n1,"open\n', 'a;"b"\n',
])
def test_marks_out_of_place_are_left_to_the_slower_look(text):
    assert not marks_in_place(text.encode(), ",")[0]


@given(st.text(st.sampled_from('ab,"\r\n'), max_size=30), st.integers(1, 8))
def test_where_every_mark_is_in_place_all_is_well_however_the_file_is_cut_in_pieces(text, piece):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("helpers.extracts.reading.quoting._PIECE", piece)
        in_place, spanning = marks_in_place(text.encode(), ",")
    if in_place:
        assert is_well_quoted(text, ",", "f.csv")
        assert spanning == any("\n" in cell or "\r" in cell for row in csv.reader(io.StringIO(text, newline=""))
                               for cell in row)
