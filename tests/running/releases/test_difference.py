"""Two releases held against each other: which numbers moved, and what moved them."""

import json
import subprocess

import pytest
from tiny_study import Tiny

from helpers.cli import main
from helpers.running import Moved, Releases
from helpers.running.releases.page_lines import lines, moved
from helpers.study import InputFault

TELL = ("from IPython.display import display\n"
        "display({'application/vnd.throughcare.figures+json': {'records': count, 'place': partnership}}, raw=True)")
COUNT = "from pathlib import Path\ncount = len(Path('data/processed/case_records.csv').read_text().split()) - 1"


@pytest.fixture
def tiny(tmp_path) -> Tiny:
    made = Tiny(tmp_path)
    made.notebook("4_partnership", "How do young people fare?", [COUNT, "print(count, 'records')", TELL],
                  parameters=["partnership: str = 'CPP_01'  # which partnership"])
    made.run()
    return made


def next_release(tiny: Tiny, name: str = "2021-tiny") -> None:
    before = next(line for line in (tiny.root / "study/study.toml").read_text().splitlines() if "release" in line)
    tiny.replace("study/study.toml", before, f'release = "{name}"')
    tiny.run()


def differences(tiny: Tiny, before: str = "2020-tiny", after: str = "2021-tiny"):
    return Releases(tiny.reports / before, tiny.reports / after, tiny.root).differences()


def test_a_release_under_another_name_alone_has_moved_nothing(tiny):
    next_release(tiny)
    assert differences(tiny) == []


def test_the_figures_the_lines_and_the_input_that_moved_them_are_named(tiny):
    tiny.write("data/raw/case_records.csv", "child,safe\na,1\n")
    next_release(tiny)
    first, second = [each for each in differences(tiny) if each.run.startswith("4_")]
    assert first.run == "4_partnership[CPP_01]" and first.report == "public/partnership_CPP_01.html"
    assert first.figures == [Moved("records", 2, 1)]
    assert "data/raw/case_records.csv changed" in first.causes and second.causes == first.causes


def test_a_parameter_and_a_notebook_are_told_from_data(tiny):
    tiny.replace("study/pipeline.toml", '["CPP_01", "CPP_02"]', '["CPP_01"]')
    tiny.replace("notebooks/4_partnership.ipynb", "- 1", "- 2")
    next_release(tiny)
    gone = Releases(tiny.reports / "2020-tiny", tiny.reports / "2021-tiny", tiny.root).causes("4_partnership[CPP_02]")
    assert gone == ["run 4_partnership[CPP_02] is gone"]
    [first, lost] = [each for each in differences(tiny) if each.run.startswith("4_")]
    assert first.causes == ["notebooks/4_partnership.ipynb changed"] and first.figures == [Moved("records", 2, 1)]
    assert lost.figures == [Moved("records", 2, None), Moved("place", "CPP_02", None)]


def test_lines_are_told_where_both_releases_were_made_from_committed_code(tiny):
    def git(*words):
        subprocess.run(["git", "-c", "user.name=A", "-c", "user.email=a@example.org", *words], cwd=tiny.root,
                       check=True, capture_output=True)

    tiny.write(".gitignore", "reports\ndata/processed\n")
    git("init")
    git("add", "-A")
    git("commit", "-m", "one")
    tiny.run(force=True)
    tiny.write("data/raw/case_records.csv", "child,safe\na,1\nb,0\nc,1\nd,1\n")
    tiny.replace("study/study.toml", "2020-tiny", "2021-tiny")
    git("commit", "-am", "two")
    tiny.run()
    assert "data/raw/case_records.csv changed, lines 4 to 5" in differences(tiny)[-1].causes


def test_other_packages_are_a_cause_and_nothing_on_record_is_said_to_be_none(tiny, capsys, monkeypatch):
    monkeypatch.chdir(tiny.root)
    tiny.replace("notebooks/4_partnership.ipynb", "print(count,", "import os; print(os.getpid(),")
    tiny.run()
    next_release(tiny)
    assert main(["diff", "2020-tiny", "2021-tiny"]) == 0
    assert "nothing on record: the notebook is not reproducible" in capsys.readouterr().out
    record = tiny.reports / "2020-tiny" / "provenance.json"
    told = json.loads(record.read_text())
    after = json.loads((tiny.reports / "2021-tiny" / "provenance.json").read_text())
    told["software"]["packages"]["pandas"] = "0.1"
    record.write_text(json.dumps(told))
    assert f"pandas is {after['software']['packages']['pandas']}, was 0.1" in differences(tiny)[-1].causes


def test_what_is_said_on_the_command_line(tiny, capsys, monkeypatch):
    monkeypatch.chdir(tiny.root)
    tiny.write("data/raw/case_records.csv", "child,safe\na,1\n")
    next_release(tiny)
    assert main(["diff", "2020-tiny"]) == 0
    said = capsys.readouterr().out
    assert said.startswith("2020-tiny → 2021-tiny: ") and "Key figures moved: 1\n    records: 1, was 2\n" in said
    assert main(["diff", "2020-tiny", "2020-tiny"]) == 0
    assert capsys.readouterr().out == "2020-tiny and 2020-tiny: no key figure and no line of a page has moved.\n"
    assert main(["diff", "2020-tiny", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["runs"][-1]["figures"] == [{"name": "records", "before": 2, "after": 1}]


def test_what_is_no_release_is_refused(tiny, capsys, monkeypatch):
    monkeypatch.chdir(tiny.root)
    assert main(["diff", "2019-tiny"]) == 2
    assert "2019-tiny: no release lies there; name one of the folders in reports." in capsys.readouterr().err
    tiny.write("reports/2020-tiny/provenance.json", "{}")
    with pytest.raises(InputFault, match="its record lacks files, notebooks, sources, tables: an earlier version"):
        differences(tiny, after="2020-tiny")


def test_a_page_is_read_as_a_reader_would(tmp_path):
    page = tmp_path / "page.html"
    page.write_text("<h1>Release 7</h1><p>Of 100  pairs, <b>41</b>.</p><table><caption>All</caption><tr><th>Safe</th>"
                    "<td>12</td></tr></table><img src='x' alt='Bars: 12'><script>1</script>")
    assert lines(page, ["Release 7", "41"]) == ["…", "Of 100 pairs, ….", "All", "Safe | 12", "Bars: 12"]
    assert lines(page) == ["Release 7", "Of 100 pairs, 41.", "All", "Safe | 12", "Bars: 12"]
    assert lines(tmp_path / "none.html") == []
    assert moved(["a", "b", "c"], ["a", "d", "c", "e"]) == [("b", "d"), ("", "e")]
