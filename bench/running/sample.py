"""The sample study run whole, against its own cells run as plain Python; and run again with nothing changed."""

import json
import shutil
import sys
import tempfile
from pathlib import Path
from statistics import median

from bench.running.trial import ROOT, Trial, run

RUN = (sys.executable, "-m", "helpers", "run")
FLOOR = (sys.executable, "-m", "bench.running.variants.floor")
OVERHEAD, AGAIN = 0.4, 1.0  # seconds at the most: a notebook's, and of a run that has nothing to do
PARTS = ("study", "notebooks", "data/raw")  # what a run starts from
UP_TO_DATE = "Up to date"  # how the line begins that is printed when nothing was to be done


def sample(rounds: int) -> None:
    """Print seconds of ours and of the floor, in turn; then those of running again."""
    ours, floor, again = [], [], []
    for number in range(rounds):
        with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
            ours.append(run(RUN, copied(Path(one))))
            count, pages = _runs(Path(one)), _pages(Path(one, "reports", "latest"))
            again.append(run(RUN, Path(one)))
            floor.append(run(FLOOR, copied(Path(other))))
            if (found := _pages(Path(other, "reports", ".staged"))) != pages:
                raise SystemExit(f"the floor made {len(found)} pages, ours {len(pages)}")
        print(f"  round {number + 1} of {rounds}: ours {ours[-1].wall:.1f} s, floor {floor[-1].wall:.1f} s", flush=True)
    told = {name: f"{median(own.wall for own in trials):.1f} s ({median(own.busy for own in trials):.1f} of processors)"
            for name, trials in (("ours", ours), ("floor", floor))}
    overhead = median(one.wall - two.wall for one, two in zip(ours, floor, strict=True)) / count
    print(f"The sample study, {count} runs, medians of {rounds}: {told['ours']}; the same cells as plain Python in two "
          f"warm processes, the same pages: {told['floor']}; (ours - floor) / runs = {overhead:.2f} s, target at most "
          f"{OVERHEAD} s")
    print(_told_again(again), flush=True)


def copied(place: Path) -> Path:
    """The folder with what a run of the sample study starts from."""
    for part in PARTS:
        shutil.copytree(ROOT / part, place / part)
    (place / "data" / "processed").mkdir()
    return place


def _runs(place: Path) -> int:
    record = json.loads((place / "reports" / "latest" / "provenance.json").read_text(encoding="utf-8"))
    return len(record["runs"])


def _pages(release: Path) -> set[str]:
    """Names of the pages; an index is not among them, since the floor has none."""
    return {path.relative_to(release).as_posix() for path in release.rglob("*.html") if path.name != "index.html"}


def _told_again(again: list[Trial]) -> str:
    """What running again took, where the command itself says that nothing was to be done."""
    if not all(any(line.startswith(UP_TO_DATE) for line in trial.said.splitlines()) for trial in again):
        return "Run again with nothing changed: not available, notebooks ran again"
    seconds = median(trial.wall for trial in again)
    return f"Run again with nothing changed: {seconds:.2f} s, nothing ran; target at most {AGAIN:.0f} s"
