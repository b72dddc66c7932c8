"""Everything about running in turn, or the parts asked for."""

from bench.running.fixed import fixed

PARTS = {"fixed": fixed}
ROUNDS = 5


def measure(parts: list[str] | None = None, rounds: int = ROUNDS) -> None:
    """Print every table in turn."""
    for name in parts or PARTS:
        print(f"\n{name}:", flush=True)
        PARTS[name](rounds)
