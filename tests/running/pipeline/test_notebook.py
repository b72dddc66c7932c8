"""A notebook's title, and an executed notebook without what differs between two runs."""

import nbformat
import pytest

from helpers.running.executing.executed import blank, settled, warnings_in
from helpers.running.pipeline.notebook import Cell, heading


def markdown(*sources):
    return [Cell("markdown", source, ()) for source in sources]


@pytest.mark.parametrize("cells, expected", [
    (markdown("# Does it?\n\nWhy it\nmatters.\n\nMore."), ("Does it?", "Why it matters.")),
    (markdown("# Does it?", "Why it matters."), ("Does it?", "Why it matters.")),
    (markdown("# Does it?\n## What came in"), ("Does it?", "")),
    (markdown("# Does it?\nWhy.\n## What came in"), ("Does it?", "Why.")),
    (markdown("No heading."), ("", "")),
    ([Cell("code", "# a comment", ())], ("", "")),
])
def test_title_and_first_paragraph(cells, expected):
    assert heading(cells) == expected


def executed(*outputs, **metadata):
    cell = nbformat.v4.new_code_cell("x", outputs=list(outputs), execution_count=1, metadata=metadata)
    return nbformat.v4.new_notebook(cells=[cell], metadata={"papermill": {"start_time": "now"}})


def stream(name, text):
    return nbformat.v4.new_output("stream", name=name, text=text)


def result(text):
    return nbformat.v4.new_output("execute_result", data={"text/plain": text}, execution_count=1)


def outputs(*given):
    clean = settled(executed(*given), hidden=[("/home/ann/study/", ""), ("/home/ann/", "~/")], metadata={})
    return clean.cells[0].outputs


def test_clocks_are_gone_and_what_the_page_is_told_stays():
    clean = settled(executed(papermill={"start_time": "now"}, execution={"shell.execute_reply": "now"}, tags=["a"]),
                    hidden=[], metadata={"throughcare": {"run": "1_clean"}})
    assert "now" not in nbformat.writes(clean)
    assert clean.metadata.throughcare == {"run": "1_clean"} and clean.cells[0].metadata == {"tags": ["a"]}


def test_when_the_kernel_flushed_makes_no_difference():
    one = outputs(stream("stderr", "b"), stream("stdout", "a"), result("1"), stream("stdout", "c"))
    other = outputs(stream("stdout", "a"), stream("stderr", "b"), result("1"), stream("stdout", "c"))
    split = outputs(stream("stderr", ""), stream("stdout", "a"), stream("stderr", "b"), result("1"),
                    stream("stdout", "c"))
    assert one == other == split
    assert [output.get("text") for output in one] == ["a", "b", None, "c"]


@pytest.mark.parametrize("text, shown", [
    ("[<Line2D at 0x7f3a90>]", "[<Line2D at 0x…>]"),
    ("/home/ann/study/data/raw", "data/raw"),
    ("/home/ann/other", "~/other"),
    ("file:///home/ann/study/a", "file://a"),
    ("https://example.org/home/ann/study/a", "https://example.org/home/ann/study/a"),
    ("/tmp/ipykernel_123/456.py:1: UserWarning: x", "cell:1: UserWarning: x"),
])
def test_memory_addresses_and_machine_paths_are_gone(text, shown):
    assert outputs(result(text))[0].data["text/plain"] == shown
    assert outputs(stream("stderr", text))[0].text == shown


def test_a_cell_without_an_id_is_named_by_its_place(tiny):
    tiny.replace("notebooks/1_clean.ipynb", '"id": "c1", ', "")
    ids = [cell.id for cell in blank(tiny.root / "notebooks/1_clean.ipynb").cells]
    assert ids == ["head", "c0", "cell-3", "c2", "c3"]


def test_outputs_saved_in_a_notebook_do_not_survive(tiny):
    tiny.replace("notebooks/1_clean.ipynb", '"outputs": []',
                 '"outputs": [{"output_type": "stream", "name": "stdout", "text": "old"}]')
    assert all(cell.get("outputs", []) == [] for cell in blank(tiny.root / "notebooks/1_clean.ipynb").cells)


def test_warnings_are_counted_one_a_line_that_names_its_class_or_one_for_other_words():
    assert warnings_in(executed(stream("stderr", "cell:1: UserWarning: a\n  f()\ncell:2: FutureWarning: b\n"))) == 2
    assert warnings_in(executed(stream("stderr", "something odd\nin two lines\n"))) == 1
    assert warnings_in(executed(stream("stderr", "\n"), stream("stdout", "UserWarning: no"))) == 0
