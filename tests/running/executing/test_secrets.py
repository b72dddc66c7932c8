"""A secret is given as a reference, and its value stands in nothing that a run writes or says."""

import base64
import copy
import hashlib
import json
import pickle
import re
from pathlib import Path
from urllib.parse import quote

import pytest
from tiny_study import CLEAN, Tiny

from helpers.cli import main
from helpers.running.executing.execute import run_job
from helpers.running.executing.job import Job
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


LONG, NUMBER, WORDS = "ghp_" + "aZ3kQ9xWv7Lm2Rt8" * 5, "8273645518", "Tok & <pw> 12345"
MORE = [f"{name}: str = 'env:TINY_{name.upper()}'  # opens it (secret)" for name in ("long", "number", "words")]
REVEAL = """from helpers import study
long, number, words = (study.secret(each).reveal() for each in (long, number, words))"""
BEYOND = [
    "import pandas as pd\npd.DataFrame({'token': [long]})  # cut short by the table",
    "for at in range(0, 80, 20):\n    print('>', long[at:at + 20])",
    "from IPython.display import display\n"
    "display({'application/vnd.throughcare.figures+json': {'a': int(number)}}, raw=True)  # for the record",
    "import os\nopen(long, 'w').close()\nopen(long).close()  # for the record, too\nos.remove(long)",
    "import sys\nos.system(f'echo {long}')\nos.write(2, long.encode())  # past the notebook\n"
    "print(long, file=sys.__stdout__, flush=True)",
    "import atexit\natexit.register(lambda: os.write(1, long.encode()))\n"
    "atexit.register(lambda: print(long, flush=True))",
    "import threading\nthread = threading.Thread(target=lambda: int(long))\nthread.start()\nthread.join()",
    "import matplotlib.pyplot as plt\nfrom matplotlib_inline.backend_inline import set_matplotlib_formats\n"
    "set_matplotlib_formats('svg')\nplt.rcParams['svg.fonttype'] = 'none'\nplt.figure().suptitle(words);",
]
ENDINGS = {
    "2_error": "raise type(long, (Exception,), {})(long[:30])",
    "2_crash": "print(long, flush=True)\nimport os, time\ntime.sleep(0.3)\nos._exit(3)",
    "2_parts": "import sys\nfor each in long + '\\n':\n    sys.stdout.write(each)\n    sys.stdout.flush()\nint(long)",
}


@pytest.mark.parametrize("kernels", ["forked", "ordinary"])
def test_nor_by_ways_that_are_less_expected_or_however_the_notebook_ends(tiny, capfd, monkeypatch, kernels):
    monkeypatch.setenv("THROUGHCARE_KERNELS", kernels)
    for name, value in (("LONG", LONG), ("NUMBER", NUMBER), ("WORDS", WORDS)):
        monkeypatch.setenv(f"TINY_{name}", value)
    tiny.notebook("1_clean", "Who opens it?", [CLEAN[0], CLEAN[1], REVEAL, *BEYOND], parameters=MORE)
    for name, cell in ENDINGS.items():
        tiny.notebook(name, "Who opens it?", [REVEAL, cell], parameters=MORE)
        tiny.write("study/pipeline.toml", f'[[runs]]\nnotebook = "{name}"\n'
                   + (tiny.root / "study/pipeline.toml").read_text())
    assert main(["run", "--json"]) == 4
    output = capfd.readouterr()
    spellings = [LONG[:20], LONG[20:40], NUMBER, "Tok & <pw", "Tok &amp; &lt;pw"]
    held = [(path.name, spelling) for path in tiny.root.rglob("*") if path.is_file() for spelling in spellings
            if spelling.encode() in path.read_bytes()]
    assert held == [] and not any(spelling in output.out + output.err for spelling in spellings)
    assert "••••••" in (tiny.root / "data/processed/.kept/1_clean.ipynb").read_text()
    assert {*tiny.files("data/processed/failed")} >= {"2_error.ipynb", "2_crash.ipynb", "2_parts.ipynb"}


def test_nor_where_an_output_is_none_that_can_be_written(tiny, capfd):
    tiny.notebook("1_clean", "Who opens it?", [
        OPEN, "from IPython.display import display\ndisplay({'text/plain': [value, 1]}, raw=True)"], parameters=LINE)
    assert main(["run"]) in (1, 4)
    assert told(tiny) == [] and "käse" not in "".join(capfd.readouterr())


def test_of_a_file_that_holds_it_not_even_the_hash_is_on_record(tiny, monkeypatch, capfd):
    content = tiny.write("token.txt", f"{LONG}\n").read_bytes()
    monkeypatch.chdir(tiny.root / "data")  # the file is named as seen from the folder that holds the study folder
    tiny.notebook("4_partnership", "Who opens it?", [OPEN], parameters=[LINES[0].replace("env:TINY_TOKEN",
                                                                                         "file:token.txt"), LINES[1]])
    assert main(["run", "--json", "--study", "../study"]) == 0
    digest = hashlib.sha256(content).hexdigest()
    assert digest not in capfd.readouterr().out
    assert not [path for path in tiny.root.rglob("*") if path.is_file() and digest.encode() in path.read_bytes()]


@pytest.mark.parametrize("place", ["study", "data/raw"])
def test_a_secret_in_a_folder_whose_files_are_hashed_for_the_record_is_refused(tiny, capfd, place):
    tiny.write(f"{place}/token.txt", LONG)
    tiny.notebook("1_clean", "Who opens it?", [], parameters=[LINE[0].replace("env:TINY_TOKEN",
                                                                             f"file:{place}/token.txt")])
    assert main(["run"]) == 2
    assert (f"run '1_clean': the secret file:{place}/token.txt lies in {Path(place).name}/, and the hash of every file "
            "there is put on record; keep it elsewhere.") in capfd.readouterr().err


def test_a_secret_that_is_gone_where_the_notebook_runs_is_a_fault_of_that_run(tiny):
    job = Job(run="1_clean", notebook="1_clean", path=tiny.root / "notebooks/1_clean.ipynb", parameters={},
              root=tiny.root, processed=tiny.root, writes=(), page=None, executed=tiny.root / "a/b/c.ipynb",
              failed=tiny.root / "failed", metadata={}, secrets=("env:TINY_GONE",), timeout=1)
    with pytest.raises(InputFault, match="run '1_clean': a secret is in env:TINY_GONE, which is empty or not set"):
        run_job(job)


@pytest.mark.parametrize("content, words", [
    (b"\xff\xfe" * 9, "which cannot be read (UnicodeDecodeError)"),
    (b"x" * 70_000, "which cannot be read (ValueError)"),
    (b" \n", "which is empty or not set"), (b"short\n", "which holds fewer than 8 characters")])
def test_a_file_that_is_no_secret_is_a_fault(tiny, content, words):
    (tiny.root / "token").write_bytes(content)
    with pytest.raises(InputFault, match=re.escape(f"a secret is in file:token, {words}")):
        secret("file:token")


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
