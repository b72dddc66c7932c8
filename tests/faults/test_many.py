"""As many partnerships as one study will ever have: the driver and its workers grow no longer with each.

`make test` runs a few dozen, `make soak` 200.
"""

import os
import re
import sys
import time
from pathlib import Path

import pytest
from faults.going import Going, released, scaffolding, study_without_extracts

MANY = int(os.environ.get("THROUGHCARE_PARTNERSHIPS", "30"))


def size(pid: int) -> tuple[int, float]:
    """Open files and MiB of a process; none of one that has ended."""
    try:
        told = re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{pid}/status").read_text())
        return len(list(Path(f"/proc/{pid}/fd").iterdir())), int(told[1]) / 1024 if told else 0
    except OSError:
        return 0, 0


@pytest.mark.skipif(sys.platform != "linux", reason="processes are measured by /proc")
def test_many_partnerships_are_published_and_neither_files_nor_memory_grow_with_them(tmp_path):
    tiny = study_without_extracts(tmp_path / "tiny")
    names = [f"CPP_{number:03}" for number in range(1, MANY + 1)]
    tiny.replace("study/study.toml", 'CPP_01 = "Partnership 1"\nCPP_02 = "Partnership 2"\n',
                 "".join(f'{name} = "Partnership {name}"\n' for name in names))
    tiny.replace("study/pipeline.toml", '["CPP_01", "CPP_02"]', str(names).replace("'", '"'))
    tiny.notebook("4_partnership", "How?", ["print(partnership)"], parameters=["partnership: str = 'CPP_001'  # which"])
    going = Going(tiny)
    staged = tiny.reports / ".staged/public"
    halves: tuple[dict, dict] = ({}, {})  # the most that each process had open and held, in each half of the run
    while going.process.poll() is None:
        done = len(list(staged.glob("partnership_*"))) if staged.is_dir() else 0
        for pid, kind in going.processes().items() if done > 5 else ():
            if kind in ("driver", "worker", "server"):
                half = halves[done > MANY / 2]
                half[pid] = tuple(map(max, size(pid), half.get(pid, (0, 0))))
        time.sleep(0.1)
    assert going.end() == 0, going.said
    assert f"{MANY + 2} runs, every one good" in going.said
    assert sum(name.startswith("public/partnership_") for name in released(tiny)) == MANY
    assert len(halves[0]) == len(halves[1]) >= 3
    for pid, (files, memory) in halves[0].items():
        later = halves[1][pid]
        assert later[0] <= files + 10 and later[1] <= 1.3 * memory + 20, (halves, pid)
    assert scaffolding(tiny) == []
