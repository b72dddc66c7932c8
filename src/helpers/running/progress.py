"""How the runs go, for whoever watches: one live line on a terminal, one line a finished run elsewhere."""

import shutil
import time
from typing import TextIO

from helpers.running.outcome import Outcome, listed


class Progress:
    """Tells a stream of runs begun and ended; `total` is known once the pipeline is."""

    def __init__(self, stream: TextIO, total: int) -> None:
        self.stream, self.total = stream, total
        self.live = stream.isatty()
        self.began_at = time.monotonic()
        self.now: list[str] = []
        self.count = 0

    def began(self, name: str) -> None:
        self.now.append(name)
        self.tick()

    def ended(self, outcome: Outcome) -> None:
        if outcome.run in self.now:
            self.now.remove(outcome.run)
        self.count += 1
        if outcome.state != "up to date" and (not self.live or not outcome.good):
            self.say(f"[{self.count}/{self.total}] {outcome.run}: {_end(outcome)}")
        self.tick()

    def tick(self) -> None:
        """Draw the live line anew."""
        if self.live:
            seconds = time.monotonic() - self.began_at
            line = f"[{self.count}/{self.total}] {seconds:.0f} s  {', '.join(self.now)}"
            self.stream.write(f"\r\x1b[K{line[:shutil.get_terminal_size().columns - 1]}")
            self.stream.flush()

    def say(self, line: str) -> None:
        """A line that stays."""
        self.clear()
        print(line, file=self.stream, flush=True)

    def clear(self) -> None:
        """Take the live line away."""
        if self.live:
            self.stream.write("\r\x1b[K")
            self.stream.flush()


def _end(outcome: Outcome) -> str:
    if outcome.state == "skipped":
        return f"not run, because of {listed(outcome.roots)}"
    warned = f", {outcome.warnings} warning{'' if outcome.warnings == 1 else 's'}" if outcome.warnings else ""
    return f"{outcome.state}, {outcome.seconds:.1f} s{warned}"
