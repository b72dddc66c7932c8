"""A release rebuilt in another place: the same bytes, or which are not."""

import json

import pytest
from tiny_study import Tiny

from helpers.cli import main

NOBODY = """
[[runs]]
notebook = "1_clean"
writes = ["processed/case_records"]
report = "internal/clean.html"
[[runs]]
notebook = "5_audit"
reads = ["staged/*"]
gate = true
"""


@pytest.fixture
def tiny(tmp_path, monkeypatch) -> Tiny:
    made = Tiny(tmp_path / "here")
    made.write("study/pipeline.toml", NOBODY)
    monkeypatch.chdir(made.root)
    return made


@pytest.fixture
def verified(capfd):
    """The exit code of `throughcare verify`, and what it says."""
    def run(*words):
        code = main(["verify", *words])
        output = capfd.readouterr()
        return code, output.out, output.err
    return run


@pytest.mark.parametrize("kernels, jobs", [("forked", "2"), ("ordinary", "1")])
def test_a_release_rebuilt_elsewhere_is_the_same_byte_for_byte(tiny, verified, monkeypatch, kernels, jobs):
    tiny.write("rules.py", "LIMIT = 1\n")
    tiny.replace("notebooks/1_clean.ipynb", "from pathlib import Path", "from pathlib import Path; import rules")
    assert main(["run"]) == 0
    monkeypatch.setenv("THROUGHCARE_KERNELS", kernels)
    code, said, _ = verified("--jobs", jobs)
    assert code == 0 and said.splitlines()[-1] == (
        "Verified: 2020-tiny was rebuilt from its inputs in another folder; all 5 files, pages, notebooks and tables, "
        "are the same byte for byte.")


def test_what_differs_is_named(tiny, verified):
    tiny.replace("notebooks/1_clean.ipynb", "import os, sys", "import os, sys; print(os.getpid())")
    assert main(["run"]) == 0
    code, said, _ = verified()
    assert code == 4 and said.splitlines()[-3:] == [
        "Not verified: of 2020-tiny, 2 files came out otherwise, 3 the same.",
        "  internal/clean.html differs.", "  internal/notebooks/1_clean.ipynb differs."]
    assert json.loads(verified("--json")[1])["different"] == ["internal/clean.html", "internal/notebooks/1_clean.ipynb"]


def test_other_software_is_offered_as_the_reason(tiny, verified):
    tiny.replace("notebooks/1_clean.ipynb", "import os, sys", "import os, sys; print(os.getpid())")
    assert main(["run"]) == 0
    record = tiny.reports / "2020-tiny" / "provenance.json"
    told = json.loads(record.read_text())
    now, told["software"]["packages"]["pandas"] = told["software"]["packages"]["pandas"], "0.1"
    record.write_text(json.dumps(told))
    assert verified()[1].splitlines()[-1] == (
        f"The software is not the same, which may be why: pandas is {now}, was 0.1.")


def test_a_release_of_other_inputs_cannot_be_rebuilt(tiny, verified):
    assert main(["run"]) == 0
    tiny.replace("data/raw/case_records.csv", "b,0", "b,1")
    tiny.write("study/codebooks/new.toml", "")
    code, _, said = verified()
    assert code == 3 and "data/raw/case_records.csv: changed since 2020-tiny was published" in said
    assert "study/codebooks/new.toml: is new since" in said


def test_without_a_release_or_with_a_changed_one_there_is_nothing_to_verify(tiny, verified):
    code, _, said = verified()
    assert code == 2 and "reports/2020-tiny: no release is published there; `throughcare run` publishes one." in said
    assert main(["run"]) == 0
    tiny.write("reports/2020-tiny/internal/clean.html", "changed")
    code, _, said = verified()
    assert code == 2 and "its files are not those that provenance.json lists: they were changed since." in said


def test_a_notebook_that_fails_elsewhere_is_said(tiny, verified):
    tiny.replace("notebooks/1_clean.ipynb", "import os, sys",
                 "import os, sys; assert Path.cwd().parent.name[:5] == 'test_'")
    assert main(["run"]) == 0
    code, said, _ = verified()
    assert code == 4 and "2020-tiny could not be rebuilt; the lines above say why." in said


def test_data_at_a_fixed_place_cannot_be_copied(tiny, verified):
    tiny.replace("study/study.toml", 'raw = "../data/raw"', f'raw = "{tiny.root}/data/raw"')
    assert main(["run"]) == 0
    code, _, said = verified()
    assert code == 2 and "study/study.toml, data.raw: an absolute path, which a copy of the study would share" in said
