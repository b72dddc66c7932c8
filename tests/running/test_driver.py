"""Whole runs with real kernels: what is published, what is not, and what is said of what went wrong."""

import json
import os
import sys
from pathlib import Path

import nbformat
import pytest
from processes import alive, within
from tiny_study import Tiny


def contents(tiny, folder="reports"):
    return {name: (tiny.root / folder / name).read_bytes() for name in tiny.files(folder)}


@pytest.fixture(scope="module")
def twice(tmp_path_factory):
    """A study run twice and well, then once with a page the gate refuses: endings and files after each.

    The second time with one worker and ordinary kernels.
    """
    tiny = Tiny(tmp_path_factory.mktemp("twice"))
    endings, files = [tiny.run(jobs=2)], [contents(tiny)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("THROUGHCARE_KERNELS", "ordinary")
        endings.append(tiny.run(jobs=1, force=True))
    files.append(contents(tiny))
    tiny.replace("notebooks/4_partnership.ipynb", "records in", "secrets in")
    endings.append(tiny.run())
    files.append(contents(tiny))
    return tiny, endings, files


def test_a_good_run_publishes_the_pages_the_notebooks_and_the_record_and_nothing_else(twice):
    assert list(twice[2][0]) == [
        "2020-tiny/internal/audit.html", "2020-tiny/internal/clean.html", "2020-tiny/internal/index.html",
        "2020-tiny/internal/notebooks/1_clean.ipynb", "2020-tiny/internal/notebooks/4_partnership[CPP_01].ipynb",
        "2020-tiny/internal/notebooks/4_partnership[CPP_02].ipynb", "2020-tiny/internal/notebooks/5_audit.ipynb",
        "2020-tiny/provenance.json", "2020-tiny/public/index.html", "2020-tiny/public/partnership_CPP_01.html",
        "2020-tiny/public/partnership_CPP_02.html",
    ]


def test_latest_names_the_release(twice):
    assert (twice[0].reports / "latest").resolve().name == "2020-tiny"


def test_every_file_but_the_record_has_the_same_bytes_with_fewer_workers_and_the_other_kind_of_kernel(twice):
    first, second = ({name: content for name, content in files.items() if not name.endswith("provenance.json")}
                     for files in twice[2][:2])
    assert first == second


def test_a_notebook_runs_in_this_interpreter_where_the_study_lies_with_one_thread_and_a_fixed_hash_seed(twice):
    notebook = nbformat.reads(twice[2][0]["2020-tiny/internal/notebooks/1_clean.ipynb"].decode(), 4)
    python, folder, _, threads, backend, *_ = notebook.cells[-1].outputs[0].text.split()
    assert python == Path(sys.executable).relative_to(sys.prefix).as_posix() and folder == twice[0].root.name
    assert threads == "1" and backend == "module://matplotlib_inline.backend_inline"


def test_no_machine_path_is_in_any_file(twice):
    for name, content in twice[2][0].items():
        assert str(twice[0].root).encode() not in content, name


def test_each_partnership_gets_its_own_parameters_and_the_page_says_which(twice):
    page = twice[2][0]["2020-tiny/public/partnership_CPP_02.html"].decode()
    assert "<h1>Partnership 2</h1>" in page and "How do young people fare?" in page
    notebook = nbformat.reads(twice[2][0]["2020-tiny/internal/notebooks/4_partnership[CPP_02].ipynb"].decode(), 4)
    assert [cell.outputs[0].text for cell in notebook.cells[-1:]] == ["2 records in CPP_02\n"]


def test_the_gate_saw_every_public_page_and_the_index_pages(twice):
    notebook = nbformat.reads(twice[2][0]["2020-tiny/internal/notebooks/5_audit.ipynb"].decode(), 4)
    assert notebook.cells[-1].outputs[0].text.split() == [
        "internal/clean.html", "internal/index.html", "public/index.html", "public/partnership_CPP_01.html",
        "public/partnership_CPP_02.html"]


def test_the_index_groups_the_pages_that_one_notebook_makes(twice):
    assert json.loads(twice[2][0]["2020-tiny/public/index.html"]) == [
        {"title": "Partnership 1", "href": "partnership_CPP_01.html", "description": "",
         "group": "How do young people fare?"},
        {"title": "Partnership 2", "href": "partnership_CPP_02.html", "description": "",
         "group": "How do young people fare?"}]


def test_the_internal_index_lists_the_gate_s_page_and_leads_to_the_public_ones(twice):
    assert [entry["href"] for entry in json.loads(twice[2][0]["2020-tiny/internal/index.html"])] == [
        "clean.html", "audit.html", "../public/partnership_CPP_01.html", "../public/partnership_CPP_02.html"]


def test_the_record_holds_parameters_software_inputs_and_outputs(twice):
    record = json.loads(twice[2][0]["2020-tiny/provenance.json"])
    assert record["state"] == "published" and record["seed"] == 1 and record["code"] is None
    assert record["software"]["packages"]["papermill"]
    assert set(record["inputs"]) == {
        "data/raw/case_records.csv", "notebooks/1_clean.ipynb", "notebooks/4_partnership.ipynb",
        "notebooks/5_audit.ipynb", "study/pipeline.toml", "study/plan.toml", "study/study.toml"}
    assert len(record["outputs"]) == 10
    assert [run["state"] for run in record["runs"]] == ["done"] * 4
    assert record["runs"][1]["parameters"] == {"partnership": "CPP_01", "study_folder": "study"}


@pytest.mark.skipif(sys.platform != "linux", reason="kernels are forked on Linux")
def test_the_record_says_which_kind_of_kernel_ran_the_notebooks(twice):
    said = [json.loads(files["2020-tiny/provenance.json"])["kernels"] for files in twice[2][:2]]
    assert said == [{"kind": "forked", "fell_back": False},
                    {"kind": "ordinary", "fell_back": False, "because": "THROUGHCARE_KERNELS asks for it"}]


def test_what_the_gate_refuses_is_not_published_and_the_last_good_release_stays_as_it_was(twice):
    _, endings, files = twice
    assert endings[2].state == "refused" and endings[2].exit_code == 5
    assert {name: files[2][name] for name in files[1]} == files[1]
    assert set(files[2]) - set(files[1]) == {"failed.html", "failed.json"}


def test_the_failure_page_quotes_the_gate_and_the_record_says_what_else_was_good(twice):
    failure = json.loads(twice[2][2]["failed.html"])
    assert failure["run"] == "5_audit" and failure["state"] == "refused" and failure["cell_number"] == 3
    assert failure["message"] == "public/partnership_CPP_01.html: the word of the day; remove it."
    assert [run["state"] for run in json.loads(twice[2][2]["failed.json"])["runs"]] == [
        "up to date", "done", "done", "refused"]


def test_no_scaffolding_is_left_after_good_and_bad_runs(twice):
    assert sorted(path.name for path in twice[0].reports.iterdir()) == [
        "2020-tiny", "failed.html", "failed.json", "history.html", "history.jsonl", "latest"]


WRONG = """
[[runs]]
notebook = "1_clean"
writes = ["processed/case_records"]
[[runs]]
notebook = "2_cell"
[[runs]]
notebook = "2_input"
[[runs]]
notebook = "2_crash"
[[runs]]
notebook = "2_killed"
[[runs]]
notebook = "2_silent"
writes = ["processed/nothing"]
[[runs]]
notebook = "2_picture"
report = "public/picture.html"
[[runs]]
notebook = "3_after"
reads = ["processed/nothing"]
[[runs]]
notebook = "5_audit"
gate = true
"""


@pytest.fixture(scope="module")
def broken(tmp_path_factory):
    """A study in which nearly every notebook fails in its own way."""
    tiny = Tiny(tmp_path_factory.mktemp("broken"))
    tiny.write("study/pipeline.toml", WRONG)
    tiny.notebook("1_clean", "Warned?", [*CLEAN_WARNING])
    tiny.notebook("2_cell", "Does it raise?", ["x = 1", "\n# the name\nint('Jane Smith')", "x = 2"])
    tiny.notebook("2_input", "Is it wrong?", [
        "from helpers.study import InputFault\nraise InputFault(['a.csv: one.', 'a.csv: two.'], kind='data')"])
    tiny.notebook("2_crash", "Does it crash?", ["import os", "os._exit(3)"])
    tiny.notebook("2_killed", "Is it killed?", ["import os, signal", "os.kill(os.getpid(), signal.SIGKILL)"])
    tiny.notebook("2_silent", "Does it write?", ["x = 1"])
    tiny.notebook("2_picture", "Is it described?", [
        "from IPython.display import display",
        "display({'image/svg+xml': '<svg xmlns=\"http://www.w3.org/2000/svg\"/>'}, raw=True)"])
    tiny.notebook("3_after", "Is it run?", ["x = 1"])
    tiny.notebook("5_audit", "Is it run?", ["x = 1"])
    return tiny, tiny.run()


CLEAN_WARNING = ["import warnings\nfrom pathlib import Path",
                 "warnings.warn('one')\nwarnings.warn('two', DeprecationWarning)",
                 "Path('data/processed/case_records.csv').write_text('x')"]


def test_a_bad_run_publishes_nothing_and_says_so(broken):
    tiny, ending = broken
    assert ending.exit_code == 4
    assert tiny.files() == ["failed.html", "failed.json"]


@pytest.mark.parametrize("run, state, cause", [
    ("1_clean", "done", ""),
    ("2_cell", "failed", "ValueError in code cell 3."),
    ("2_input", "failed", "What the notebook was given is wrong, found in code cell 2."),
    ("2_crash", "dead kernel",
     "The notebook's process ended by itself (exit status 3) in code cell 3, without an error message."),
    ("2_killed", "out of memory",
     "The notebook's process was killed from outside in code cell 3: most often the machine ran out of memory."),
    ("2_silent", "missing output",
     "The notebook ran through but did not write processed/nothing, as pipeline.toml says it does."),
    ("2_picture", "page not made", "The notebook ran through but its page could not be made: InputFault."),
    ("3_after", "skipped", "Not run because 2_silent did not finish, and this run reads what comes from there."),
    ("5_audit", "skipped",
     "Not run because 2_cell, 2_crash, 2_input and 3 more did not finish, and this run reads what comes from there."),
])
def test_each_failure_is_told_in_words(broken, run, state, cause):
    outcome = broken[1].outcomes[run]
    assert (outcome.state, outcome.cause) == (state, cause)


def test_the_sentences_of_an_input_fault_are_shown_and_the_words_of_other_errors_are_not(broken):
    tiny, ending = broken
    assert ending.outcomes["2_input"].message == "a.csv: one.\na.csv: two."
    assert ending.outcomes["2_cell"].message == ""
    assert all(b"Jane Smith" not in content for content in contents(tiny).values())


def test_what_failed_is_kept_where_records_may_lie(broken):
    tiny, ending = broken
    assert ending.outcomes["2_cell"].kept == "data/processed/failed/2_cell.ipynb"
    assert "Jane Smith" in (tiny.root / ending.outcomes["2_cell"].kept).read_text()
    assert "alt" in (tiny.root / ending.outcomes["2_picture"].kept).read_text()
    assert "1_clean.ipynb" not in tiny.files("data/processed/failed")


def test_warnings_in_cells_are_counted(broken):
    assert broken[1].outcomes["1_clean"].warnings == 2


def test_the_failure_page_is_about_the_first_failure_and_names_the_others(broken):
    failure = json.loads((broken[0].reports / "failed.html").read_text())
    assert failure["run"] == "2_cell"
    assert failure["cause"].endswith("These did not finish either: 2_input, 2_crash, 2_killed, 2_silent, 2_picture.")


ENDLESS = ["import os, signal, time\nsignal.signal(signal.SIGINT, signal.SIG_IGN)",
           "if not (child := os.fork()):\n    time.sleep(600)\nopen('data/processed/child', 'w').write(str(child))",
           "while True:\n    time.sleep(0.01)"]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")
@pytest.mark.parametrize("kernels", ["forked", "ordinary"])
def test_an_endless_notebook_deaf_to_interrupts_is_stopped_with_its_children(tiny, monkeypatch, kernels):
    monkeypatch.setenv("THROUGHCARE_KERNELS", kernels)
    (tiny.root / "data/processed").mkdir()
    tiny.replace("study/pipeline.toml", 'writes = ["processed/case_records"]\n',
                 'writes = ["processed/case_records"]\ntimeout_minutes = 0.15\n')
    tiny.notebook("1_clean", "Does it end?", ENDLESS)
    ending = tiny.run()
    outcome = ending.outcomes["1_clean"]
    assert (ending.exit_code, outcome.state) == (4, "timeout")
    assert outcome.cause == "The notebook was stopped after 0.15 minutes, in code cell 4."
    assert "timeout_minutes in pipeline.toml" in outcome.remedy
    assert ending.outcomes["5_audit"].state == "skipped" and tiny.files() == ["failed.html", "failed.json"]
    child = int((tiny.root / "data/processed/child").read_text())
    assert within(5, lambda: not alive(child))


def test_a_limit_of_the_whole_file_holds_for_every_run_without_its_own(tiny):
    text = (tiny.root / "study/pipeline.toml").read_text()
    own = text.replace('report = "internal/clean.html"', 'report = "internal/clean.html"\ntimeout_minutes = 5')
    tiny.write("study/pipeline.toml", "timeout_minutes = 30\n" + own)
    assert [run.timeout_minutes for run in tiny.prepare().runs] == [5, 30, 30, 30]


def test_part_of_a_pipeline_is_a_preview_and_no_release(tiny):
    (tiny.root / "data/processed").mkdir()
    tiny.write("data/processed/case_records.csv", "child,safe\na,1\n")
    ending = tiny.run(partnership="CPP_02")
    assert (ending.state, ending.exit_code) == ("previewed", 0)
    assert tiny.files() == ["preview/internal/notebooks/4_partnership[CPP_02].ipynb",
                            "preview/public/partnership_CPP_02.html"]
    assert ending.page.name == "partnership_CPP_02.html"
