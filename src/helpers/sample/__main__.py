"""`python -m helpers.sample --seed N --to DIR`: the sample study's extracts, written anew."""

import argparse
from pathlib import Path

from helpers.sample import default_seed, write_sample


def main(arguments: list[str] | None = None) -> None:
    """Writes the sample and says how many files."""
    parser = argparse.ArgumentParser(prog="python -m helpers.sample", description=__doc__)
    parser.add_argument("--seed", type=int, default=default_seed(), help="a whole number (default: %(default)s)")
    parser.add_argument("--to", type=Path, default=Path("data/raw/sample"), help="folder (default: %(default)s)")
    chosen = parser.parse_args(arguments)
    paths = write_sample(chosen.to, chosen.seed)
    print(f"{len(paths)} files written to {chosen.to.as_posix()} with seed {chosen.seed}.")


if __name__ == "__main__":
    main()
