"""Bytes are read as what they were written as; where that cannot be told, one sentence says so and what to do."""

import codecs
import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.extracts.reading.encoding import decoded, lost_characters
from helpers.extracts.reading.mojibake import misread
from helpers.extracts.reading.wrapped import refuse_wrapped
from helpers.study import InputFault

TABLE = "Record ID,Safe\n1,Don’t\n2,café – £5\n"


def fault_of(raw: bytes, stated: str | None = None) -> str:
    with pytest.raises(InputFault) as raised:
        decoded(raw, stated, "f.csv")
    (fault,) = raised.value.faults
    return fault


# ---- which encoding --------------------------------------------------------------------------------------------------

@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_every_usual_encoding_is_told(encoding, ends):
    text = TABLE.replace("\n", ends)
    assert decoded(text.encode(encoding), None, "f.csv") == (text, text.encode("utf-8"))


@pytest.mark.parametrize("mark", [codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE])
def test_a_mark_settles_the_order_of_bytes(mark):
    encoding = {codecs.BOM_UTF16_BE: "utf-16-be", codecs.BOM_UTF32_BE: "utf-32-be"}[mark]
    assert decoded(mark + TABLE.encode(encoding), None, "f.csv")[0] == TABLE


def test_nothing_is_taken_out_but_the_marks_that_begin_and_end_a_file():
    text = "\x0bid\x1f,a\u200f\u202eb\ufeff\n\x07007\x7f,\u200b\n"
    assert decoded(codecs.BOM_UTF8 + text.encode() + b"\x1a", None, "f.csv")[0] == text


@given(st.text(st.characters(codec="utf-8", exclude_characters="\x00\ufeff\x1a"), min_size=1))
def test_utf8_is_read_as_it_was_written_unless_it_is_refused(text):
    try:
        assert decoded(text.encode("utf-8"), None, "f.csv")[0] == text
    except InputFault as fault:
        assert misread(text.encode()) or not text.strip() or "under a text file's name" in str(fault)


@given(st.binary(max_size=300),
       st.sampled_from([None, "utf-8", "utf-16", "utf-7", "cp1252", "idna", "undefined", "hex", ""]))
@settings(max_examples=400)
def test_any_bytes_give_a_text_or_one_sentence(raw, stated):
    try:
        text, utf8 = decoded(raw, stated, "f.csv")
    except InputFault as fault:
        assert fault.faults[0].startswith("f.csv") and fault.faults[0].endswith(".")
    else:
        assert text.encode("utf-8") == utf8 and "\0" not in text


# ---- what is no text, or not whole -----------------------------------------------------------------------------------

@pytest.mark.parametrize(("raw", "sentence"), [
    (b"", "f.csv: the file is empty; send it again."),
    (codecs.BOM_UTF8, "f.csv: the file is empty; send it again."),
    (b" \r\n\x1a", "f.csv: the file is empty; send it again."),
    (bytes(40), "f.csv: the file is empty; send it again."),
    (b"PK\x03\x04", "f.csv: the file is a workbook under a text file's name; give it its own ending."),
    (b"\xd0\xcf\x11\xe0\xa1\xb1", "f.csv: the file is an old workbook under a text file's name; give it its own "
                                  "ending."),
    (b"\x89PNG\r\n", "f.csv: the file is a picture under a text file's name; send the table itself, as CSV or XLSX."),
    (b"\x1f\x8b\x08", "f.csv: the file is a packed file (gzip) under a text file's name; send the table itself, as "
                      "CSV or XLSX."),
    (b"%PDF-1.7", "f.csv: the file is a PDF under a text file's name; send the table itself, as CSV or XLSX."),
    (b"$FL2@(#)", "f.csv: the file is an SPSS file under a text file's name; send the table itself, as CSV or XLSX."),
    (b"PAR1\x15", "f.csv: the file is a Parquet file under a text file's name; send the table itself, as CSV or XLSX."),
    (b"\xef\xbb\xbf\n <!DOCTYPE html><table>", "f.csv: the file is a web page or XML under a text file's name; open "
                                               "it in a spreadsheet program, save it as XLSX and send that."),
    (TABLE.encode("utf-16")[:-1], "f.csv, line 3: the file ends in the middle of a character, so it was cut off on its "
                                  "way; send it again."),
    (TABLE.encode("utf-16-le")[:-1], "f.csv, line 3: the file ends in the middle of a character, so it was cut off on "
                                     "its way; send it again."),
    (TABLE.encode("utf-8")[:-3], "f.csv, line 3: the file ends in the middle of a character, so it was cut off on its "
                                 "way; send it again."),
    (TABLE.encode("utf-8").replace("é".encode(), b"\xe9"),
     "f.csv, line 3: not text in utf-8, as other parts of the file are; state 'encoding' in the codebook's [reading], "
     "or "
     "export it again as UTF-8."),
    (b"a,b\r1,\x002\r", "f.csv, line 2: an empty character (NUL) stands there, and no text has any: the file was "
                        "damaged on its way, or its encoding is another; send it again, as UTF-8."),
    ((TABLE + "\ufeff" + TABLE).encode(), "f.csv, line 4: the mark that begins a file stands there, so several files "
                                          "were put together; send each by itself."),
])
def test_what_is_no_text_or_not_whole_is_one_sentence(raw, sentence):
    assert fault_of(raw) == sentence


def test_a_file_half_in_one_encoding_and_half_in_another_is_not_read_as_either():
    halves = "a,é\nb,ü\n".encode() + "c,é\nd,ü\n".encode("cp1252")
    assert fault_of(halves).startswith("f.csv, line 3: not text in utf-8, as other parts of the file are;")


def test_a_pasted_word_makes_no_utf8_of_a_file_in_another_encoding():
    text = "é\nè\n“so”\n£\nÃ©\n"
    assert decoded(text.encode("cp1252"), None, "f.csv")[0] == text


# ---- text misread and written again ----------------------------------------------------------------------------------

def again(text: str, reader: str = "cp1252") -> str:
    """The text as a program leaves it that reads UTF-8 in another encoding and writes what it read."""
    return "".join(bytes([byte]).decode(reader, "replace").replace("\ufffd", chr(byte)) for byte in text.encode())


@pytest.mark.parametrize("reader", ["cp1252", "latin-1", "mac_roman", "cp437"])
@pytest.mark.parametrize("text", ["don’t", "“so”", "café", "à peu près", "£5 – £10", "😀", "Łódź", "naïve"])
def test_text_that_was_misread_and_written_again_is_told(text, reader):
    line, count, _, _ = misread(f"a,b\n1,{again(text, reader)}\n".encode())
    assert (line, count) == (2, len("".join(c if c > "\x7f" else " " for c in text).split()))


def test_the_fault_names_the_line_how_it_reads_and_how_it_was_meant():
    assert fault_of(again(TABLE).encode()) == (
        "f.csv, line 2: 'â€™' stands where '’' was meant, and 4 such places are most of what is not plain letters: "
        "the file was read in a wrong encoding and saved again. Export it anew, from its source; or state 'encoding' "
        "in the codebook's [reading] to have it read as it is.")


def test_the_fault_shows_no_character_that_steers_a_terminal():
    assert again("”") == "â€\x9d"
    assert "'â€\ufffd' stands where '”' was meant" in fault_of(again("a,”\n").encode())


def test_text_misread_twice_is_told_with_what_was_meant():
    assert again(again("’")) == "Ã¢â‚¬â„¢"
    assert misread("Ã¢â‚¬â„¢".encode())[3] == misread(again(again(again("’"))).encode())[3] == "’"


def test_stating_the_encoding_reads_the_file_as_it_is():
    assert decoded(again(TABLE).encode(), "utf-8", "f.csv")[0] == again(TABLE)


def test_a_pasted_word_among_proper_text_stops_no_file():
    text = "a\ncafé\nnaïve\nÃ©\n£5\n"
    assert decoded(text.encode(), None, "f.csv")[0] == text


@pytest.mark.parametrize("text", [
    "é", "“quoted”", "l’école d’été", "CAFÉ”", "„Spaß“", "ANDRÉ’S", "Œæ", "£5 – 10", "\xa0", "Ã", "…É", "À «é»",
    "Gàidhlig",
    "Ελληνικά", "Русский", "中文", "عربى", "😀👍🏽", "Łódź", "ﬁ", "½ ¼", "á é í ó ú", "Ñandú", "Übergröße", "Ångström",
])
def test_proper_text_is_not_taken_for_misread(text):
    assert misread(text.encode()) is None


@given(st.text("aé’“”£–ñüßàèìòùłŁ😀 \n", min_size=1).filter(lambda text: not text.isascii()))
def test_whatever_people_write_is_told_once_it_was_misread_and_never_before(text):
    assert misread(text.encode()) is None
    assert misread(again(text).encode()) is not None


def test_characters_lost_before_sending_are_noted_once():
    assert lost_characters("a\ufffd\ufffd\nb\n\ufffd".encode()) == (
        ("lost_characters", "Characters were lost before the file was sent: '\ufffd' stands in their place.", 2),)
    assert lost_characters("café".encode()) == ()


# ---- CSV written as CSV ----------------------------------------------------------------------------------------------

def written(rows: list[list[str]], mark: str) -> str:
    text = io.StringIO()
    csv.writer(text, delimiter=mark, lineterminator="\n").writerows(rows)
    return text.getvalue()


@pytest.mark.parametrize("inner", [",", ";", "\t", "|"])
@pytest.mark.parametrize("outer", [",", ";"])
def test_a_table_written_as_csv_twice_is_refused_in_one_sentence(inner, outer):
    once = written([["Record ID", "Safe"], ["1", 'so "so"'], ["2", ""]], inner)
    twice = written([[line, "", ""] if outer == ";" else [line] for line in once.splitlines()], outer)
    rows = list(csv.reader(io.StringIO(twice), delimiter=outer))
    with pytest.raises(InputFault) as raised:
        refuse_wrapped(rows, {"record id", "safe"}, "f.csv")
    assert raised.value.faults == ["f.csv: every row is a single quoted cell that holds a whole row, so it was "
                                   "written as CSV twice; export it once, from its source."]


@pytest.mark.parametrize("rows", [
    [], [["Record ID", "Safe"], ["1", "Good"]], [["Comments"], ["good, on the whole"], ["a; b, c"]],
    [["Name, as told"], ["one, two"]], [["a,b", "c"], ["1,2", "3"]], [["a,b"], ["1,2,3"]],
])
def test_a_table_written_once_is_left_alone(rows):
    refuse_wrapped(rows, {"name, as told"}, "f.csv")
