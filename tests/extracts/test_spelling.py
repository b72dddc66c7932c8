"""Spellings match however programs mark and space them, and messages show what cannot be seen."""

import pytest

from helpers.extracts.codebooks.spelling import folded, header_quoted, quoted


@pytest.mark.parametrize("text", ["good", " Good ", "GOOD", "good\u200f", "\u202egood\u202c", "go\u00adod",
                                  "\ufeffgood", "ｇｏｏｄ"])
def test_marks_that_nobody_sees_are_no_part_of_a_spelling(text):
    assert folded(text) == "good"


@pytest.mark.parametrize(("text", "shown"), [
    ("Safe", "'Safe'"), ("two\nlines\u00a0here", "'two lines here'"), ("\u200f", "'\ufffd'"),
    ("a\x1b[2Jb", "'a\ufffd[2Jb'"),
    ("\u202eevil", "'\ufffdevil'"), ("café 😀", "'café 😀'"),
])
@pytest.mark.parametrize("show", [quoted, header_quoted])
def test_a_message_shows_that_something_unseen_stands_there(text, shown, show):
    assert show(text) == shown
