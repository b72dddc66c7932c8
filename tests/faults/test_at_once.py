"""What happens beside a run while it goes on: other runs of the same study, and a hand that changes its data."""

import pytest
from faults.going import Going, halves, released, scaffolding, study_without_extracts
from processes import within

WAITS = ["import time\nfrom pathlib import Path",
         "Path('waits').touch()\nwhile not Path('go').exists():\n    time.sleep(0.01)",
         "Path('data/processed').mkdir(exist_ok=True)",
         "Path('data/processed/case_records.csv').write_text(Path('data/raw/case_records.csv').read_text())"]
BUSY = "Another run of this study "
AFTER = ". Wait until it has ended, or stop that process."


@pytest.fixture
def tiny(tmp_path):
    """A study whose first notebook waits for a file named go."""
    tiny = study_without_extracts(tmp_path / "tiny")
    tiny.notebook("1_clean", "What came in?", WAITS)
    return tiny


def waits(tiny, *runs: Going) -> bool:
    """Whether the first notebook of one of the runs came to wait; none of them is left where not."""
    if within(120, (tiny.root / "waits").exists):
        return True
    for going in runs:
        going.process.kill()
        going.end()
    return False


def go_on(tiny) -> None:
    (tiny.root / "go").touch()


def test_of_two_schedulers_the_second_is_told_who_runs_and_the_first_publishes(tiny):
    first = Going(tiny)
    assert waits(tiny, first)
    second = Going(tiny)
    assert second.end() == 6
    assert second.said.startswith(f"{BUSY}goes on: process {first.process.pid} on ")
    assert second.said.rstrip().endswith(AFTER)
    go_on(tiny)
    assert first.end() == 0, first.said
    assert len(released(tiny)) == 10 and scaffolding(tiny) == []


def test_of_five_begun_at_once_one_publishes_and_four_are_told(tiny):
    runs = [Going(tiny) for _ in range(5)]
    assert waits(tiny, *runs)
    assert within(120, lambda: sum(going.process.poll() is None for going in runs) == 1)
    go_on(tiny)
    assert sorted(going.end() for going in runs) == [0, 6, 6, 6, 6], [going.said for going in runs]
    assert all(going.said.startswith(BUSY) for going in runs if going.process.returncode)
    assert halves(tiny) == [] and len(released(tiny)) == 10 and scaffolding(tiny) == []
    assert within(10, lambda: not any(going.processes() for going in runs))


def test_data_changed_while_the_notebooks_run_are_told_and_nothing_is_published(tiny):
    going = Going(tiny)
    assert waits(tiny, going)
    tiny.write("data/raw/case_records.csv", "child,safe\na,1\nb,0\nc,1\n")
    go_on(tiny)
    assert going.end() == 3
    assert going.said.splitlines()[-2:] == [
        "1 fault in the data:",
        "  - data/raw/case_records.csv: it changed while the notebooks ran, so nobody knows what they read; run again."]
    assert released(tiny) == {} and scaffolding(tiny) == []
    following = Going(tiny)
    assert following.end() == 0, following.said
    assert b"3 records in CPP_01" in released(tiny)["public/partnership_CPP_01.html"]
