"""What one variant reports of itself when it ends: seconds a phase, in all and of processors, and its most memory."""

import json
import resource
import sys
import time


class Clock:
    """Starts when made; `lap` ends a phase, `tell` ends the work and prints what the bench reads."""

    def __init__(self) -> None:
        self._began = self._last = time.perf_counter()
        self._busy = time.process_time()
        self._phases: dict[str, float] = {}

    def lap(self, phase: str) -> None:
        """What has passed since the last lap is the phase's."""
        now = time.perf_counter()
        self.add(phase, now - self._last)
        self._last = now

    def add(self, phase: str, seconds: float) -> None:
        """So many seconds more are the phase's."""
        self._phases[phase] = self._phases.get(phase, 0) + seconds

    def tell(self) -> None:
        """One line of JSON; ru_maxrss is in bytes on a Mac and in KiB elsewhere."""
        work, busy = time.perf_counter() - self._began, time.process_time() - self._busy
        unit = 1 if sys.platform == "darwin" else 1024
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit
        print(json.dumps({"work": work, "busy": busy, "phases": self._phases, "peak": peak}))
