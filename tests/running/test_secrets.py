"""A secret is given as a reference, and its value stands in nothing that a run writes or says."""

import base64
import copy
import json
import pickle
from urllib.parse import quote

import pytest
from tiny_study import Tiny

from helpers.cli import main
from helpers.study import InputFault, Secret, secret

VALUE = "s3cr€t/<käse> & \"more\"\\9"
LINE = ["token: str = 'env:TINY_TOKEN'  # opens the register (secret)"]
LINES = [*LINE, "partnership: str = 'CPP_01'"]
OPEN = "from helpers import study\nvalue = study.secret(token).reveal()"
SAY = """import base64, json, sys, warnings
from html import escape
from urllib.parse import quote
print(value, repr(value), json.dumps(value), quote(value), value[:3], end='', flush=True)
print(value, file=sys.stderr); warnings.warn(value)
sys.stdout.write(value[:5]); sys.stdout.flush(); sys.stdout.write(value[5:])"""
SHOW = """from IPython.display import HTML, Markdown, display
import pandas as pd
display(HTML(f'<b>{escape(value)}</b>'), Markdown(f'`{value}`'), pd.DataFrame({'token': [value]}), {'token': value},
        metadata={'alt': value})
display({'image/svg+xml': f'<svg xmlns="http://www.w3.org/2000/svg"><text>{escape(value)}</text></svg>'}, raw=True,
        metadata={'alt': value})
[base64.b64encode(f'{before}{value}'.encode()).decode() for before in ('', 'u:', 'ab:')]"""
RAISE = "raise ValueError(f'refused: {value}')"


@pytest.fixture
def tiny(tmp_path, monkeypatch) -> Tiny:
    monkeypatch.setenv("TINY_TOKEN", VALUE)
    made = Tiny(tmp_path)
    made.replace("study/pipeline.toml", 'reads = ["raw/case_records"]\n', "")
    monkeypatch.chdir(tmp_path)
    return made


def told(tiny: Tiny) -> list[str]:
    """Names of all files that hold the secret in any spelling."""
    spellings = [VALUE.encode(), quote(VALUE).encode(), json.dumps(VALUE)[1:-1].encode(), repr(VALUE)[1:-1].encode(),
                 base64.b64encode(VALUE.encode())[:-4], json.dumps(json.dumps(VALUE)[1:-1])[1:-1].encode(),
                 b"s3cr\xe2\x82\xact/&lt;k\xc3\xa4se&gt;", b"k\xc3\xa4se", b"k\\u00e4se"]
    return [path.name for path in tiny.root.rglob("*") if path.is_file()
            and any(spelling in path.read_bytes() for spelling in spellings)]


@pytest.mark.parametrize("kernels", ["forked", "ordinary"])
def test_whatever_a_notebook_does_with_a_secret_it_is_in_no_file_of_the_release(tiny, capfd, monkeypatch, kernels):
    monkeypatch.setenv("THROUGHCARE_KERNELS", kernels)
    tiny.notebook("4_partnership", "Who opens it?", [OPEN, SAY, SHOW], parameters=LINES)
    assert main(["run"]) == 0
    output = capfd.readouterr()
    assert told(tiny) == [] and "käse" not in output.out + output.err
    page = (tiny.reports / "latest/public/partnership_CPP_01.html").read_text()
    assert page.count("••••••") >= 5


@pytest.mark.parametrize("kernels", ["forked", "ordinary"])
def test_nor_in_what_is_left_of_a_notebook_that_fails(tiny, capfd, monkeypatch, kernels):
    monkeypatch.setenv("THROUGHCARE_KERNELS", kernels)
    tiny.notebook("4_partnership", "Who opens it?", [OPEN, SAY, RAISE], parameters=LINES)
    assert main(["run", "--json"]) == 4
    output = capfd.readouterr()
    assert told(tiny) == [] and "käse" not in output.out + output.err
    kept = (tiny.root / "data/processed/failed/4_partnership[CPP_01].ipynb").read_text()
    assert "refused: ••••••" in kept


def test_nor_in_the_sentence_of_an_input_fault(tiny, capfd):
    tiny.notebook("4_partnership", "Who opens it?", [
        OPEN, "raise study.InputFault(f'register: {value} is not known there; give another.')"],
        parameters=LINES)
    assert main(["run"]) == 4
    assert told(tiny) == [] and "register: •••••• is not known there" in capfd.readouterr().out


@pytest.mark.parametrize("value, words", [
    ("hunter2hunter2", "is no reference to a secret; write env:NAME or file:PATH. The secret itself stands in no"),
    (12345678, "is no reference to a secret"),
    ("env:TINY_NOT_SET", "is in env:TINY_NOT_SET, which is empty or not set where the run starts; set it there."),
    ("env:TINY_SHORT", "is in env:TINY_SHORT, which holds fewer than 8 characters"),
    ("file:/nowhere/at/all", "is in file:/nowhere/at/all, which cannot be read (FileNotFoundError)"),
])
def test_what_is_no_reference_or_leads_nowhere_ends_with_2_before_any_notebook_and_is_not_quoted(
        tiny, capfd, monkeypatch, value, words):
    monkeypatch.setenv("TINY_SHORT", "1234567")
    tiny.notebook("1_clean", "Who opens it?", [], parameters=LINE)
    tiny.replace("study/pipeline.toml", 'notebook = "1_clean"',
                 f'notebook = "1_clean"\neach = {{ token = [{json.dumps(value)}] }}')
    code, output = main(["run"]), capfd.readouterr()
    assert code == 2 and words in output.err.replace("\n", " ")
    assert "parameter 'token'" in output.err and "hunter2" not in output.err


def test_a_default_that_is_the_secret_itself_is_refused_without_being_quoted(tiny, capfd):
    tiny.notebook("1_clean", "Who opens it?", [], parameters=["token: str = 'hunter2hunter2'  # opens it (secret)"])
    assert main(["run"]) == 2
    said = capfd.readouterr().err
    assert "'token': the default is no reference to a secret" in said and "hunter2" not in said


def test_a_file_may_hold_it(tiny, monkeypatch):
    tiny.write("token.txt", f"{VALUE}\n")
    assert secret("file:token.txt").reveal() == VALUE


def test_a_secret_shows_nothing_however_it_is_looked_at(monkeypatch):
    monkeypatch.setenv("TINY_TOKEN", VALUE)
    hidden = secret("env:TINY_TOKEN")
    looks = [repr(hidden), str(hidden), f"{hidden}", f"{hidden:>20}", f"{hidden!r}", str(vars(hidden)), str([hidden]),
             str(pickle.dumps(hidden)), repr(copy.deepcopy(hidden))]
    assert not any("s3cr" in look for look in looks) and hidden.reveal() == VALUE
    with pytest.raises(TypeError):
        json.dumps(hidden)


def test_a_secret_that_is_not_there_is_a_fault(monkeypatch):
    monkeypatch.delenv("TINY_TOKEN", raising=False)
    with pytest.raises(InputFault, match="a secret is in env:TINY_TOKEN, which is empty or not set"):
        Secret("env:TINY_TOKEN").reveal()


def test_describe_and_the_schema_say_how_it_is_given(tiny, capsys):
    tiny.notebook("1_clean", "Who opens it?", [], parameters=LINE)
    main(["describe", "1_clean"])
    assert "opens the register (a secret, as env:NAME or file:PATH)" in capsys.readouterr().out
    main(["describe", "1_clean", "--schema"])
    assert json.loads(capsys.readouterr().out)["properties"]["token"]["pattern"].startswith("^(env:")
