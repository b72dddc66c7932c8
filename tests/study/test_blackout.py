"""Secrets blacked out: in every spelling, in parts, in numbers and names; and nothing else."""

import base64
import html
import json
import re
from urllib.parse import quote, quote_plus

import pytest

from helpers.study.blackout import Blackout

VALUE = "Käse & <brot>/\"w€\"\\9'x"
TOKEN = "ghp_aZ3kQ9xWv7Lm2Rt8bY4jP0sU"


@pytest.mark.parametrize("spell", [
    str, repr, ascii, json.dumps, lambda text: json.dumps(text, ensure_ascii=False), html.escape,
    lambda text: html.escape(text).replace("&#x27;", "&#39;"), lambda text: html.escape(text, quote=False),
    quote, quote_plus, lambda text: quote(text, safe=""), lambda text: quote(text).lower(), lambda text: text[::-1],
    lambda text: json.dumps(json.dumps(text)), lambda text: html.escape(repr(text)), lambda text: quote(quote(text)),
    lambda text: text.encode().hex(), lambda text: text.encode().hex().upper(),
], ids=range(18))
def test_a_value_is_blacked_out_however_it_is_spelt(spell):
    quotes_of_its_own = re.compile(r"""&#x27;|["'\\]""")
    assert quotes_of_its_own.sub("", Blackout([VALUE])(spell(VALUE))) == "••••••"


@pytest.mark.parametrize("encode", [base64.b64encode, base64.urlsafe_b64encode])
@pytest.mark.parametrize("before", [b"", b"a", b"ab", b"abc"])
@pytest.mark.parametrize("after", [b"", b":", b"::"])
def test_base64_of_a_longer_text_holds_nothing_of_it(encode, before, after):
    blacked = Blackout([VALUE])(encode(before + VALUE.encode() + after).decode())
    assert "••••••" in blacked and len(blacked.replace("••••••", "").rstrip("=")) <= 10


@pytest.mark.parametrize("text, blacked", [
    (TOKEN[:17] + "...", "••••••..."),  # as pandas cuts a long text short
    ("…" + TOKEN[-12:], "…••••••"),
    (TOKEN[:14] + "\n" + TOKEN[14:], "••••••\n••••••"),
    (TOKEN[3:15] + TOKEN[3:15], "••••••••••••"),
    (TOKEN[:11], TOKEN[:11]),
    ("ghp_aZ3kQ9x and 8bY4jP0sU", "ghp_aZ3kQ9x and 8bY4jP0sU"),
])
def test_twelve_characters_in_a_row_are_as_good_as_all(text, blacked):
    assert Blackout([TOKEN])(f"say: {text}.") == f"say: {blacked}."


def test_every_part_of_twelve_is_found_wherever_it_begins():
    blackout = Blackout([TOKEN])
    assert {blackout(TOKEN[begin:begin + 12]) for begin in range(len(TOKEN) - 11)} == {"••••••"}


def test_a_short_value_is_blacked_out_whole_only():
    assert Blackout(["12345678"])("12345678 1234567") == "•••••• 1234567"


def test_texts_names_and_numbers_of_a_message_are_blacked_out_and_the_rest_is_as_it_was():
    message = {"a": [1, True, None, 2.5, 8273645518], f"k{TOKEN}": (TOKEN, {"b": f"x {TOKEN}"})}
    assert Blackout([TOKEN, "8273645518"]).over(message) == {
        "a": [1, True, None, 2.5, "••••••"], "k••••••": ("••••••", {"b": "x ••••••"})}


def test_nothing_is_blacked_out_where_there_is_no_secret():
    message = {"a": ["text"]}
    assert Blackout().over(message) is message and Blackout([""])("text") == "text"


def test_a_value_that_comes_to_light_later_is_blacked_out_from_then_on():
    blackout = Blackout([TOKEN])
    assert blackout("another1") == "another1"
    blackout.add(["another1"])
    assert blackout(f"another1 {TOKEN}") == "•••••• ••••••"
