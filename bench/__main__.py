"""`python -m bench` measures everything; `python -m bench run`, `running`, `cleaning` or `inference`, only that."""

import os
import subprocess
import sys

from bench.cleaning.measure import measure as cleaning
from bench.report import measure as run
from bench.running.measure import measure as running

ONE_THREAD = {f"{library}_NUM_THREADS": "1" for library in ("OPENBLAS", "OMP", "MKL")}


def inference() -> None:
    """In a process of its own, told before NumPy is loaded to keep to one thread: ratios of one core’s work."""
    subprocess.run([sys.executable, "-m", "bench.inference.measure"], env=os.environ | ONE_THREAD, check=True)


BENCHES = {"run": run, "running": running, "cleaning": cleaning, "inference": inference}

if __name__ == "__main__":
    wanted = sys.argv[1:] or list(BENCHES)
    if unknown := [name for name in wanted if name not in BENCHES]:
        raise SystemExit(f"bench: no '{unknown[0]}'; known: {', '.join(BENCHES)}.")
    for name in wanted:
        BENCHES[name]()
