"""`python -m bench.running` measures all about running; PARTS after it only those, `--rounds N` fewer times."""

import argparse

from bench.running.measure import PARTS, ROUNDS, measure

if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m bench.running", description=__doc__)
    parser.add_argument("parts", nargs="*", choices=[[], *PARTS], help="parts of the bench; all without any")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="of each, interleaved (default: %(default)s)")
    given = parser.parse_args()
    measure(given.parts, given.rounds)
