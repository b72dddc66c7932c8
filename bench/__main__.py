"""`python -m bench`: every benchmark there is."""

from bench.report import measure

if __name__ == "__main__":
    measure()
