"""One light notebook run 14, 50 and 200 times: whether a run more costs the same however many there are."""

import shutil
import sys
import tempfile
from pathlib import Path
from statistics import median

from bench.cleaning.told import fitted
from bench.running.trial import run
from bench.running.workload import laid_out

COUNTS = (14, 50, 200)
NOTEBOOK = "light"
PIPELINE = """\
[[runs]]
notebook = "light"
each = {{ number = {numbers} }}
report = "internal/light_{{number}}.html"

[[runs]]
notebook = "5_gate"
reads = ["staged/*"]
gate = true
"""


def growth(rounds: int) -> None:
    """Print seconds and seconds a notebook for each number of runs, and how far from a straight line they lie."""
    taken: dict[int, list[float]] = {count: [] for count in COUNTS}
    for _ in range(rounds):
        for count in COUNTS:
            taken[count].append(_seconds(count))
    print(f"One light notebook (a frame, a figure) run so many times, and the gate; medians of {rounds}:")
    points = [(float(count), median(own)) for count, own in taken.items()]
    for count, seconds in points:
        print(f"  {count:4.0f} runs {seconds:7.1f} s {seconds / count:7.3f} s a notebook")
    fixed, each = fitted(points)
    worst = max(abs(fixed + each * count - seconds) / seconds for count, seconds in points)
    print(f"  a straight line: {fixed:.1f} s and {each:.3f} s a notebook; worst misfit {worst:.0%}", flush=True)


def _seconds(count: int) -> float:
    with tempfile.TemporaryDirectory() as folder:
        place = laid_out(Path(folder))
        shutil.copy(Path(__file__).parent / f"{NOTEBOOK}.ipynb", place / "notebooks")
        text = PIPELINE.format(numbers=list(range(count)))
        (place / "study" / "pipeline.toml").write_text(text, encoding="utf-8")
        took = run([sys.executable, "-m", "helpers", "run", "--study", "study"], place).wall
        pages = len(list((place / "reports" / "latest" / "internal").glob("light_*.html")))
    if pages != count:
        raise SystemExit(f"{count} runs made {pages} pages")
    return took
