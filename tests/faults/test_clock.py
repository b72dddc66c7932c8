"""A clock that is put back an hour while a run goes on, as a machine's that asks the time of another."""

import json
import os
from datetime import datetime

from faults.going import Going, scaffolding, study_without_extracts

# Every Python process of the run imports this first; from the moment the file is there, it is an hour earlier.
BACK = """
import os, time
true = time.time
time.time = lambda: true() - 3600 * os.path.exists("clock_is_back")
"""
# The driver asks datetime, too, which is compiled: there the name is another's.
DRIVER = """
import sys, time
from datetime import datetime
from helpers.cli import main
from helpers.running import driver
from helpers.running.releases import record

class Clock(datetime):
    @classmethod
    def now(cls, zone):
        return datetime.fromtimestamp(time.time(), zone)

driver.datetime = record.datetime = Clock
sys.exit(main())
"""
PUTS_IT_BACK = ["from pathlib import Path\nimport time",
                "Path('data/processed').mkdir(exist_ok=True)\nbefore = time.time()\nPath('clock_is_back').touch()",
                "assert time.time() < before - 3000, 'the clock was not put back'",
                "Path('data/processed/case_records.csv').write_text(Path('data/raw/case_records.csv').read_text())"]


def test_a_run_whose_clock_goes_back_publishes_and_no_time_in_its_record_is_negative(tmp_path):
    tiny = study_without_extracts(tmp_path / "tiny")
    (tmp_path / "lib").mkdir()
    (tmp_path / "lib/sitecustomize.py").write_text(BACK)
    tiny.notebook("1_clean", "What came in?", PUTS_IT_BACK)
    paths = os.pathsep.join(filter(None, [str(tmp_path / "lib"), os.environ.get("PYTHONPATH")]))
    going = Going(tiny, "--keep", "1", env={"PYTHONPATH": paths}, program=("-c", DRIVER))
    assert going.end() == 0, going.said
    assert (tiny.root / "clock_is_back").exists()
    record = json.loads((tiny.reports / "latest/provenance.json").read_text(encoding="utf-8"))
    assert datetime.fromisoformat(record["began"]) <= datetime.fromisoformat(record["ended"])
    assert all(run["seconds"] >= 0 for run in record["runs"])
    assert scaffolding(tiny) == []
