"""All variants on surveys of growing length, interleaved: outputs compared first, then medians told."""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.cleaning import told
from bench.cleaning.trial import FLOOR, OURS, RIVALS, ROOT, VARIANTS, Trial, differences, run

ROUNDS = {10_000: 5, 100_000: 5, 1_000_000: 3}  # rows → rounds
Trials = dict[str, list[Trial]]


def measure(rounds: dict[int, int] = ROUNDS) -> None:
    """Print, for each length, what every variant took and held; then how the time grows with the rows."""
    if not RIVALS.exists():
        raise SystemExit("bench cleaning: no .venv-bench with Polars and DuckDB; `make bench` makes it.")
    lengths: dict[int, Trials] = {}
    with tempfile.TemporaryDirectory() as place:
        for rows, times in rounds.items():
            source = Path(place) / f"{rows}.csv"
            subprocess.run([sys.executable, "-m", "bench.cleaning.received", str(rows), source], cwd=ROOT, check=True)
            lengths[rows] = _measured(source, times, Path(place) / "out")
            print("\n".join(told.table(rows, lengths[rows], source.stat().st_size)), flush=True)
            source.unlink()
    print("\n".join(told.growth(lengths)))


def _measured(source: Path, rounds: int, place: Path) -> Trials:
    """The trials of every variant; the floor is run before each other one, since it is short and so the noisiest."""
    trials: Trials = {name: [] for name in VARIANTS}
    others = [name for name in VARIANTS if name != FLOOR]
    for number in range(rounds):
        place.mkdir()
        for name in others[number % len(others):] + others[:number % len(others)]:
            trials[FLOOR].append(run(FLOOR, source, place / f"floor before {name}"))
            trials[name].append(run(name, source, place / name))
        if number == 0:
            _refuse_unequal(place, others)
        shutil.rmtree(place)
    return trials


def _refuse_unequal(place: Path, names: list[str]) -> None:
    """Ends the bench where a variant wrote anything else than ours: times of unequal work say nothing."""
    for name in names:
        if found := differences(place / name, place / OURS):
            raise SystemExit(f"{name} and {OURS} wrote different things:\n{found}")
