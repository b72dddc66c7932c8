"""`python -m bench` measures everything; `python -m bench cleaning`, or `run`, only that."""

import sys

from bench.cleaning.measure import measure as cleaning
from bench.report import measure as run

BENCHES = {"run": run, "cleaning": cleaning}

if __name__ == "__main__":
    wanted = sys.argv[1:] or list(BENCHES)
    if unknown := [name for name in wanted if name not in BENCHES]:
        raise SystemExit(f"bench: no '{unknown[0]}'; known: {', '.join(BENCHES)}.")
    for name in wanted:
        BENCHES[name]()
