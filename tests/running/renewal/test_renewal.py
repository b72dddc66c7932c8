"""What is up to date is not done again; what is out of date is, and says because of what."""

import json

import pytest
from tiny_study import Tiny

from helpers.running import standing
from helpers.study import InputFault

EVERY = ["1_clean", "4_partnership[CPP_01]", "4_partnership[CPP_02]", "5_audit"]


@pytest.fixture(scope="module")
def published(tmp_path_factory) -> Tiny:
    """A study just published; every test leaves it as good."""
    tiny = Tiny(tmp_path_factory.mktemp("published"))
    assert tiny.run().state == "published"
    return tiny


def due(tiny: Tiny) -> dict[str, list[str]]:
    return standing(tiny.prepare())["due"]


def states(ending) -> list[str]:
    return [outcome.state for outcome in ending.outcomes.values()]


def bytes_of(tiny: Tiny) -> dict[str, bytes]:
    return {name: (tiny.reports / name).read_bytes() for name in tiny.files() if not name.endswith("provenance.json")}


def test_where_nothing_changed_nothing_runs_and_no_file_is_touched(published):
    before = {name: (published.reports / name).stat().st_mtime_ns for name in published.files()}
    ending = published.run()
    assert ending.state == "up to date" and ending.exit_code == 0 and states(ending) == ["up to date"] * 4
    assert {name: (published.reports / name).stat().st_mtime_ns for name in published.files()} == before


def test_force_runs_everything_and_the_bytes_are_the_same(published):
    before = bytes_of(published)
    ending = published.run(force=True)
    assert states(ending) == ["done"] * 4 and bytes_of(published) == before


def test_a_notebook_saved_with_outputs_is_the_same_notebook(published):
    path = published.root / "notebooks/1_clean.ipynb"
    before = path.read_text()
    content = json.loads(before)
    content["cells"][1] |= {"execution_count": 7, "outputs": [{"output_type": "stream", "name": "stdout", "text": "x"}]}
    path.write_text(json.dumps(content))
    assert due(published) == {}
    path.write_text(before)


@pytest.mark.parametrize("name, old, new, run, reason", [
    ("notebooks/4_partnership.ipynb", "Why it matters", "Why it counts", EVERY[1], "the notebook changed"),
    ("data/raw/case_records.csv", "b,0", "b,1", EVERY[0], "data/raw/case_records.csv changed"),
    ("study/study.toml", "Made up.", "All made up.", EVERY[2], "what its page says of the study changed"),
    ("study/pipeline.toml", '"internal/clean.html"', '"internal/cleaned.html"', EVERY[0],
     "its lines in pipeline.toml changed"),
])
def test_the_reason_is_named(published, name, old, new, run, reason):
    before = (published.root / name).read_text()
    published.replace(name, old, new)
    assert due(published)[run] == [reason]
    published.write(name, before)
    assert due(published) == {}


def test_what_reads_from_a_run_that_is_out_of_date_may_follow(tmp_path):
    tiny = Tiny(tmp_path)
    tiny.run()
    tiny.replace("data/raw/case_records.csv", "b,0", "b,1\nc,0")
    assert due(tiny) == {
        EVERY[0]: ["data/raw/case_records.csv changed"], EVERY[1]: ["it reads what 1_clean may change"],
        EVERY[2]: ["it reads what 1_clean may change"],
        EVERY[3]: ["it reads what 1_clean, 4_partnership[CPP_01] and 4_partnership[CPP_02] may change"]}
    ending = tiny.run()
    assert states(ending) == ["done"] * 4
    assert "3 records in CPP_01" in (tiny.reports / "latest/public/partnership_CPP_01.html").read_text()


def test_a_run_whose_inputs_turn_out_unchanged_is_not_done(tmp_path):
    tiny = Tiny(tmp_path)
    tiny.run()
    tiny.replace("notebooks/1_clean.ipynb", "Why it matters", "Why it counts")
    ending = tiny.run()
    assert states(ending) == ["done", "up to date", "up to date", "done"]  # the gate judges the new page of 1_clean
    assert "Why it counts" in (tiny.reports / "latest/internal/notebooks/1_clean.ipynb").read_text()
    assert due(tiny) == {}


def test_a_file_that_a_notebook_opens_without_declaring_it_counts_all_the_same(tmp_path):
    tiny = Tiny(tmp_path)
    tiny.write("notes.txt", "one")
    tiny.write("local_rules.py", "LIMIT = 1\n")
    tiny.notebook("1_clean", "What came in?", [
        "from pathlib import Path\nfrom local_rules import LIMIT",
        "Path('data/processed').mkdir(exist_ok=True)",
        "Path('data/processed/case_records.csv').write_text(open('notes.txt').read() + str(LIMIT))"])
    tiny.run()
    assert due(tiny) == {}
    tiny.write("notes.txt", "two")
    assert due(tiny)["1_clean"] == ["notes.txt changed"]
    tiny.run()
    tiny.write("local_rules.py", "LIMIT = 2000\n")
    assert due(tiny)["1_clean"] == ["local_rules.py changed"]
    (tiny.root / "local_rules.py").unlink()
    assert due(tiny)["1_clean"] == ["local_rules.py is gone"]


@pytest.mark.parametrize("kernels", ["forked", "ordinary"])
def test_both_kinds_of_kernel_tell_the_same_files(tmp_path, monkeypatch, kernels):
    monkeypatch.setenv("THROUGHCARE_KERNELS", kernels)
    tiny = Tiny(tmp_path)
    outcomes = tiny.run().outcomes
    assert outcomes["1_clean"].seen == ("data/raw/case_records.csv",)
    assert outcomes["4_partnership[CPP_02]"].seen == ("data/processed/case_records.csv",)
    assert outcomes["5_audit"].seen == ()  # a gate reads the staged files, which are declared


def test_a_table_or_a_kept_page_that_was_changed_by_hand_is_made_again(tmp_path):
    tiny = Tiny(tmp_path)
    tiny.run()
    before = bytes_of(tiny)
    tiny.write("data/processed/case_records.csv", "child,safe\n")
    assert due(tiny)["1_clean"] == ["its table case_records.csv changed"]
    tiny.run()
    (tiny.root / "data/processed/case_records.csv").unlink()
    assert due(tiny)["1_clean"] == ["its table case_records.csv is gone"]
    tiny.run()
    tiny.write("data/processed/.kept/4_partnership[CPP_01].html", "<h1>Forged</h1>")
    assert due(tiny)[EVERY[1]] == ["its kept page is gone or changed"]
    tiny.run()
    assert bytes_of(tiny) == before and due(tiny) == {}


def test_half_a_note_about_a_kept_run_is_no_note(tmp_path):
    tiny = Tiny(tmp_path)
    tiny.run()
    note = tiny.root / "data/processed/.kept/1_clean.json"
    for text in (note.read_text()[:100], "[]", "{}", '{"fingerprint": {}}'):
        note.write_text(text)
        assert due(tiny)["1_clean"] == ["it has not run yet"]


def test_a_release_that_was_removed_or_changed_is_published_again_without_running_anything(published):
    before = bytes_of(published)
    published.write("reports/2020-tiny/public/index.html", "changed by hand")
    assert standing(published.prepare())["published"] is False
    ending = published.run()
    assert ending.state == "published" and states(ending) == ["up to date"] * 4
    assert ending.record["kernels"] == {"kind": "none", "fell_back": False} and bytes_of(published) == before


def test_after_a_bad_night_only_what_was_not_done_is_done(tmp_path):
    tiny = Tiny(tmp_path)
    tiny.replace("notebooks/4_partnership.ipynb", "records in", "secrets in")
    assert states(tiny.run()) == ["done", "done", "done", "refused"]
    assert states(tiny.run()) == ["up to date", "up to date", "up to date", "refused"]  # refused is never kept
    tiny.replace("notebooks/4_partnership.ipynb", "secrets in", "records in")
    assert states(tiny.run()) == ["up to date", "done", "done", "done"]


def test_warnings_of_a_run_that_is_up_to_date_are_still_told(tmp_path):
    tiny = Tiny(tmp_path)
    tiny.replace("notebooks/4_partnership.ipynb", "from pathlib import Path",
                 "from pathlib import Path; import warnings; warnings.warn('odd')")
    tiny.run()
    tiny.replace("data/raw/case_records.csv", "child", "young")
    tiny.replace("notebooks/1_clean.ipynb", "Why it matters", "Why it counts")
    assert [outcome.warnings for outcome in tiny.run().outcomes.values()] == [0, 1, 1, 0]
    tiny.replace("notebooks/1_clean.ipynb", "Why it counts", "Why")
    assert [(outcome.state, outcome.warnings) for outcome in tiny.run().outcomes.values()][1] == ("up to date", 1)


def test_an_input_that_changes_while_the_notebooks_run_is_noticed_and_nothing_is_published(tmp_path):
    tiny = Tiny(tmp_path)
    before = (tiny.root / "data/raw/case_records.csv").read_text()
    tiny.notebook("4_partnership", "Who meddles?", ["open('data/raw/case_records.csv', 'a').write('x,1\\n')"],
                  parameters=["partnership: str = 'CPP_01'  # which partnership"])
    with pytest.raises(InputFault) as fault:
        tiny.run()
    assert fault.value.kind == "data" and fault.value.faults == [
        "data/raw/case_records.csv: it changed while the notebooks ran, so nobody knows what they read; run again."]
    assert tiny.files() == []
    tiny.write("data/raw/case_records.csv", before)
    assert due(tiny).keys() == {EVERY[3]}  # the meddlers wrote without reading; what 1_clean made is as good as it was


def test_what_was_made_while_its_input_changed_is_not_kept(tmp_path):
    tiny = Tiny(tmp_path)
    tiny.notebook("1_clean", "Who meddles?", [
        "from pathlib import Path\nraw = Path('data/raw/case_records.csv')",
        "Path('data/processed').mkdir(exist_ok=True)",
        "Path('data/processed/case_records.csv').write_text(raw.read_text())\nraw.write_text('child,safe\\nnew,1\\n')"])
    with pytest.raises(InputFault):
        tiny.run()
    assert due(tiny)["1_clean"] == ["it has not run yet"]


def test_a_table_read_without_saying_so_is_told(tmp_path):
    tiny = Tiny(tmp_path)
    tiny.replace("study/pipeline.toml", 'reads = ["processed/case_records"]\n', "")
    tiny.run(jobs=1)
    tiny.run(jobs=1, force=True)
    assert tiny.run(jobs=1, force=True).record["undeclared"] == {
        "4_partnership[CPP_01]": ["processed/case_records"], "4_partnership[CPP_02]": ["processed/case_records"]}
