"""Whatever is done to a file, it ends in a table that accounts for every row or in sentences about the file.

`make test` cleans the first few seeds, once through every mutator and on by chance; `make soak` thousands. One that
goes wrong is named with its seed: `PYTHONPATH=tests python -m extracts.clean_mutants SEED` does it again.
"""

import contextlib
import csv
import json
import os
import subprocess
import sys
import threading
import unicodedata
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from extracts.clean_mutants import cleaned as cleaned_by
from extracts.mutant import HEADER, Mutant
from extracts.mutations import MUTATORS, mutant
from extracts.text_mutations import Text
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.extracts import accounted
from helpers.extracts.reading.mojibake import misread
from helpers.study import InputFault

MUTANTS = int(os.environ.get("THROUGHCARE_MUTANTS", "150"))
WORKERS = 2
LONGEST = 120  # seconds for one mutant, on a machine that is busy with other things
WORKER = [sys.executable, "-W", "error", "-m", "extracts.clean_mutants"]
TESTS = str(Path(__file__).parents[1])


class Worker:
    """A process that cleans mutants, begun anew where one of them ended it."""

    def __init__(self) -> None:
        self._process: subprocess.Popen | None = None

    def outcome(self, seed: int) -> dict:
        if self._process is None:
            paths = os.pathsep.join(filter(None, [TESTS, os.environ.get("PYTHONPATH")]))
            environment = {**os.environ, "PYTHONPATH": paths, "ARROW_DEFAULT_MEMORY_POOL": "system"}
            self._process = subprocess.Popen(WORKER, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
                                             stderr=subprocess.DEVNULL, env=environment)
        watch = threading.Timer(LONGEST, self._process.kill)
        watch.start()
        try:
            self._process.stdin.write(f"{seed}\n")
            self._process.stdin.flush()
            answer = self._process.stdout.readline()
        except OSError:
            answer = ""
        watch.cancel()
        if answer:
            return json.loads(answer)
        ended = self.close()
        return {"seed": seed, "name": mutant(seed).name, "end": "died", "seconds": LONGEST,
                "wrong": f"it ended the process (signal or code {ended}) or took more than {LONGEST} s"}

    def close(self) -> int | None:
        """What the process ended with."""
        if self._process is None:
            return None
        process, self._process = self._process, None
        with process.stdout, contextlib.suppress(OSError), process.stdin:
            pass
        return process.wait(timeout=30)


def outcomes(seeds: range) -> list[dict]:
    def share(number: int) -> list[dict]:
        worker = Worker()
        try:
            return [worker.outcome(seed) for seed in seeds[number::WORKERS]]
        finally:
            worker.close()
    with ThreadPoolExecutor(WORKERS) as pool:
        return [outcome for part in pool.map(share, range(WORKERS)) for outcome in part]


@pytest.fixture(scope="module")
def cleaned():
    return outcomes(range(MUTANTS))


def test_every_mutant_ends_in_a_table_that_adds_up_or_in_sentences_about_its_file(cleaned):
    wrong = [f"seed {one['seed']}, {one['name']}: {one['wrong']}" for one in cleaned if one["wrong"]]
    assert not wrong, "\n".join(wrong)


def test_the_mutants_cover_every_mutator_and_both_ends(cleaned):
    assert len(cleaned) == MUTANTS and {outcome["seed"] for outcome in cleaned} == set(range(MUTANTS))
    assert len({outcome["name"] for outcome in cleaned}) == len(MUTATORS)
    ends = Counter(outcome["end"] for outcome in cleaned)
    assert ends["table"] > MUTANTS / 6 and ends["refused"] > MUTANTS / 6


@pytest.mark.parametrize("seed", [3, 40, 77, 120])
def test_a_seed_is_always_the_same_file(seed):
    assert mutant(seed) == mutant(seed)


def nothing_to_see(text: str) -> bool:
    """Whether nobody would see a letter of it: a soft hyphen alone is a blank."""
    return all(letter.isspace() or unicodedata.category(letter) == "Cf" for letter in text)


typed = st.text(st.characters(codec="utf-8", exclude_characters="\0\ufeff"), max_size=20)


@given(st.lists(typed, min_size=1, max_size=8), st.sampled_from(",;\t|"), st.sampled_from(["\n", "\r\n", "\r"]),
       st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
@settings(max_examples=100, deadline=None)
def test_whatever_is_typed_into_a_cell_costs_no_row_and_no_letter(tmp_path_factory, words, mark, ends, encoding):
    folder = tmp_path_factory.mktemp("typed")
    rows = [HEADER, *([f"C{number}", "Good", "7", "01/02/2019", said] for number, said in enumerate(words))]
    text = Text(rows, mark, ends, encoding, csv.QUOTE_ALL)
    try:
        made = cleaned_by(Mutant("typed", "records.csv", text.raw()), folder)
    except InputFault as fault:
        assert misread(text.written().encode()), fault
    else:
        assert accounted(made.ledger)["received"] == len(words)
        for said, kept in zip(words, made.table["words"].fillna(""), strict=True):
            assert kept == said.strip() or (kept == "" and nothing_to_see(said))
