"""The floor: pyarrow reads the same CSV, as it comes out of the box, and does nothing with it."""

import sys

import pyarrow.csv

from bench.cleaning.clock import Clock

if __name__ == "__main__":
    clock = Clock()
    pyarrow.csv.read_csv(sys.argv[1])
    clock.lap("read")
    clock.tell()
