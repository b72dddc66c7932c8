"""Processes as tests watch them."""

import os
import time
from pathlib import Path


def within(seconds: float, met) -> bool:
    """Whether the condition comes to hold in time."""
    until = time.monotonic() + seconds
    while not met():
        if time.monotonic() > until:
            return False
        time.sleep(0.05)
    return True


def alive(pid: int) -> bool:
    """Whether the process is at work; one that only waits to be reaped, as orphans do in containers, is not."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return not Path("/proc/self/stat").exists()  # ended meanwhile, or a system without /proc
