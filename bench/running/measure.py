"""Everything about running in turn, or the parts asked for."""

from bench.running.fixed import fixed
from bench.running.growth import growth
from bench.running.memory import memory
from bench.running.phases import phases
from bench.running.sample import sample

PARTS = {"fixed": fixed, "sample": sample, "growth": growth, "memory": memory, "phases": phases}
ROUNDS = 5


def measure(parts: list[str] | None = None, rounds: int = ROUNDS) -> None:
    """Print every table in turn."""
    for name in parts or PARTS:
        print(f"\n{name}:", flush=True)
        PARTS[name](rounds)
