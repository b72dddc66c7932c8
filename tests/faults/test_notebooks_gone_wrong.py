"""Notebooks that print without end, begin processes, or draw what cannot be drawn."""

import json
import sys

import nbformat
import pytest
from faults.going import Going, released, scaffolding, study_without_extracts
from processes import alive, within

from helpers.running.executing.engine import MOST

LOUD = ["line = 99 * 'y' + '\\n'", "for _ in range(100):\n    print(10_000 * line, end='')",
        "import sys\nfor _ in range(3):\n    print('careful' * 50_000, file=sys.stderr)"]
FORKS = ["import os, subprocess, time\nfrom pathlib import Path",
         "if not (child := os.fork()):\n    os._exit(0)\nprint('its child ended with', os.waitpid(child, 0)[1])",
         "if not (child := os.fork()):\n    time.sleep(600)\nstays = [child, subprocess.Popen(['sleep', '600']).pid]",
         "import multiprocessing\nwith multiprocessing.get_context('fork').Pool(2) as pool:\n"
         "    print('its pool says', pool.map(abs, [-1, -2]))",
         "Path('children').write_text(f'{stays[0]} {stays[1]}')"]
DRAWS = {
    "2_cell_s_end": "import matplotlib.pyplot as plt\nplt.subplots()[1].set_title('$\\\\frac{$')",
    "2_shown": "import matplotlib.pyplot as plt\nplt.subplots()[1].set_title('$\\\\frac{$')\nplt.show()",
    "2_other_library": "Chart = type('Chart', (), {'_repr_png_': lambda self: int('no number')})\nChart()",
}


@pytest.fixture
def tiny(tmp_path):
    tiny = study_without_extracts(tmp_path / "tiny")
    tiny.replace("study/pipeline.toml", '["CPP_01", "CPP_02"]', '["CPP_01"]')
    return tiny


def put(tiny, cells: list[str]) -> None:
    tiny.notebook("4_partnership", "How do young people fare?", cells, parameters=["partnership: str = ''  # which"])


def printed(tiny) -> list[dict]:
    """The outputs of every cell of that notebook, as kept in the release."""
    text = released(tiny)["internal/notebooks/4_partnership[CPP_01].ipynb"].decode()
    return [cell.get("outputs", []) for cell in nbformat.reads(text, 4).cells if cell.cell_type == "code"]


def test_what_a_cell_prints_beyond_the_limit_is_left_out_and_said(tiny):
    put(tiny, LOUD)
    going = Going(tiny)
    assert going.end() == 0, going.said
    _, _, _, loud, careful = printed(tiny)
    left_out = f"{100_000_000 - MOST:,} characters more were printed and left out"
    assert [(one.name, one.text[-200:].splitlines()[-1]) for one in loud] == [
        ("stdout", f"… {left_out}."), ("stderr", f"OutputWarning: {left_out}; print less in this cell.")]
    assert loud[0].text.startswith(1000 * ("y" * 99 + "\n")) and MOST <= len(loud[0].text) < MOST + 100
    assert "950,003 characters more were printed and left out" in careful[0].text
    assert "2 warnings in 4_partnership[CPP_01]: read them in internal/notebooks." in going.said
    assert left_out.encode() in released(tiny)["public/partnership_CPP_01.html"]
    assert all(len(content) < 10 * MOST for content in released(tiny).values())


@pytest.mark.skipif(sys.platform != "linux", reason="processes are told apart by /proc")
@pytest.mark.parametrize("kernels", ["forked", "ordinary"])
def test_a_cell_that_forks_confuses_nothing_and_its_children_end_with_the_notebook(tiny, kernels):
    put(tiny, FORKS)
    going = Going(tiny, env={"THROUGHCARE_KERNELS": kernels})
    assert going.end() == 0, going.said
    texts = [output.text for outputs in printed(tiny) for output in outputs if output.output_type == "stream"
             and output.name == "stdout"]  # on stderr Python 3.12 and later warn of forking among threads
    assert texts == ["its child ended with 0\n", "its pool says [1, 2]\n"]
    children = [int(word) for word in (tiny.root / "children").read_text().split()]
    assert within(10, lambda: not any(map(alive, children)))
    assert within(10, lambda: not going.processes()) and scaffolding(tiny) == []


def test_a_figure_that_cannot_be_drawn_fails_its_notebook_and_no_page_is_published_without_it(tiny):
    for name, source in DRAWS.items():
        tiny.notebook(name, "What does it show?", [source, "print('on')"])
    runs = [f'[[runs]]\nnotebook = "{name}"\nreport = "public/{name}.html"\n' for name in DRAWS]
    tiny.write("study/pipeline.toml", "".join(runs) + '[[runs]]\nnotebook = "5_audit"\ngate = true\n')
    going = Going(tiny)
    assert going.end() == 4
    record = json.loads((tiny.reports / "failed.json").read_text(encoding="utf-8"))
    for name, run in zip(DRAWS, record["runs"], strict=False):
        assert f"  {name}: ValueError in code cell 2." in going.said.splitlines()
        assert (run["run"], run["state"], run["cell_number"]) == (name, "failed", 2)
    assert released(tiny) == {}
