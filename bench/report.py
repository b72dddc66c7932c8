"""The sample study's whole run: wall seconds, peak memory of all its processes together, the largest public page."""

import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import psutil

ROOT = Path(__file__).parents[1]
EVERY = 0.2  # seconds between two looks at the memory


def measure(runs: int = 3) -> None:
    """Print the medians of `runs` runs, each from nothing, in a folder of its own."""
    walls, peaks, largest = [], [], 0
    for number in range(runs):
        with tempfile.TemporaryDirectory() as place:
            wall, peak = _run(_copy(Path(place)))
            pages = Path(place, "reports", "latest", "public").glob("*.html")
            largest = max(largest, *(page.stat().st_size for page in pages))
        walls.append(wall)
        peaks.append(peak)
        print(f"run {number + 1} of {runs}: {wall:.0f} s, {peak / 2**30:.2f} GiB", flush=True)
    print(f"median: {statistics.median(walls):.0f} s, {statistics.median(peaks) / 2**30:.2f} GiB "
          f"(proportional share of every process); largest public page {largest / 1e6:.2f} MB")


def _copy(place: Path) -> Path:
    for part in ("study", "notebooks", "data/raw"):
        shutil.copytree(ROOT / part, place / part)
    return place


def _run(place: Path) -> tuple[float, int]:
    began = time.perf_counter()
    run = subprocess.Popen([sys.executable, "-m", "helpers", "run"], cwd=place, stdout=subprocess.DEVNULL)
    seen = [0]
    watch = threading.Thread(target=_watch, args=(psutil.Process(run.pid), seen))
    watch.start()
    if run.wait() != 0:
        raise SystemExit("the run failed: `make report` says why")
    wall = time.perf_counter() - began
    watch.join()
    return wall, max(seen)


def _watch(driver: psutil.Process, seen: list[int]) -> None:
    while driver.is_running() and driver.status() != psutil.STATUS_ZOMBIE:
        total = 0
        try:
            for process in [driver, *driver.children(recursive=True)]:
                try:
                    total += process.memory_full_info().pss
                except psutil.Error:
                    continue  # ended between the listing and the look
        except psutil.Error:
            break
        seen.append(total)
        time.sleep(EVERY)
