"""Whether another machine would do: what it tells of itself, held against what this one tells."""

import pytest

from helpers.running.executing.fitness import marked, objections, told

HERE = {"packages": {"Python": "3.12.1", "pandas": "3.0"}, "needs": ["pandas"], "source": "a",
        "files": {"/study/plan.toml": "1"}, "threads": 1}


def test_a_machine_like_this_one_will_do():
    assert objections(HERE, HERE) == []
    assert objections(told(), told()) == []


def test_a_package_more_is_no_reason():
    assert objections(HERE, HERE | {"packages": {**HERE["packages"], "numpy": "2.0"}}) == []


@pytest.mark.parametrize("other, words", [
    ({"packages": {"Python": "3.11.9", "numpy": "2.0"}},
     "other versions than here: Python 3.11.9 (here 3.12.1) and pandas missing (here 3.0); install the same from "
     "requirements.txt."),
    ({"source": "b"}, "it has another Throughcare than here, or none; install the same version there."),
    ({"files": {"/study/plan.toml": ""}},
     "it does not see the same as here at /study/plan.toml; share the folders of the study, of its data and of its "
     "reports under the same paths."),
    ({"threads": 2}, "it has 2 threads, and a notebook needs a process for itself; start it with --nthreads 1."),
])
def test_what_is_otherwise_is_said(other, words):
    assert objections(HERE, HERE | other) == [words]


def test_who_has_a_folder_of_the_same_name_that_is_not_shared_is_found_out(tmp_path):
    with marked([tmp_path / "reports"]) as marks:
        [name] = marks
        assert told([name])["files"] == marks
        (tmp_path / "reports" / ".seen").write_text("another's")
        assert objections(told() | {"files": marks}, told([name]))
    assert list((tmp_path / "reports").iterdir()) == []


def test_a_mark_of_a_killed_run_is_written_anew(tmp_path):
    (tmp_path / ".seen").write_text("old")
    with marked([tmp_path]) as marks:
        assert told(marks)["files"] == marks
    assert list(tmp_path.iterdir()) == []
