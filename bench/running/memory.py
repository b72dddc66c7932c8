"""What a forked kernel holds while it works, and all processes of a run together: proportional shares of memory."""

import os
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

import psutil

from bench.running.sample import RUN, copied
from bench.running.trial import ENVIRONMENT
from bench.running.workload import laid_out

EVERY = 0.1  # seconds between two looks
AT_WORK = 0.3  # share of a look's time that a kernel must have spent working: one forked ahead waits and holds less
MOST = 100  # MiB of a kernel at work
SERVER = "helpers.running.kernels.warm"


@dataclass
class Looks:
    """Bytes of each kernel at its largest while it worked, by process, and of all processes at their largest."""

    kernels: dict[int, int] = field(default_factory=dict)
    all: int = 0
    spent: dict[int, tuple[float, float]] = field(default_factory=dict)  # at the last look: when, and how much

    def look(self, driver: psutil.Process) -> None:
        """Take in what every process holds now."""
        total = 0
        for process, is_kernel in _processes(driver):
            with suppress(psutil.Error):  # ended between the listing and the look
                held = process.memory_full_info().pss
                total += held
                if is_kernel and self._works(process):
                    self.kernels[process.pid] = max(held, self.kernels.get(process.pid, 0))
        self.all = max(self.all, total)

    def _works(self, process: psutil.Process) -> bool:
        now, spent = time.monotonic(), sum(process.cpu_times()[:2])
        then, before = self.spent.get(process.pid, (now, spent))
        self.spent[process.pid] = now, spent
        return spent - before > AT_WORK * (now - then)


def memory(rounds: int) -> None:
    """Print shares of memory for the fixed workload and for the sample study."""
    for name, lay_out in (("the fixed workload", laid_out), ("the sample study", copied)):
        looks = [_watched(lay_out) for _ in range(rounds)]
        held = [held for look in looks for held in look.kernels.values()]
        if not held:
            raise SystemExit(f"{name}: no forked kernel was seen at work")
        print(f"{name}: a forked kernel at work {_mebibytes(median(held))} at its largest (median of {len(held)} "
              f"kernels), {_mebibytes(max(held))} the largest, target at most {MOST} MiB; all processes together "
              f"{_mebibytes(median(look.all for look in looks))} (median of {rounds})", flush=True)


def _watched(lay_out: Callable[[Path], Path]) -> Looks:
    looks = Looks()
    with tempfile.TemporaryDirectory() as folder:
        run = subprocess.Popen(RUN, cwd=lay_out(Path(folder)), env=os.environ | ENVIRONMENT, stdout=subprocess.DEVNULL)
        driver = psutil.Process(run.pid)
        while run.poll() is None:
            looks.look(driver)
            time.sleep(EVERY)
        if run.returncode:
            raise SystemExit("the run that was watched failed")
    return looks


def _processes(driver: psutil.Process) -> Iterator[tuple[psutil.Process, bool]]:
    """All processes of a run, and whether each is a forked kernel: those are the server's children."""
    with suppress(psutil.Error):
        yield driver, False
        below = driver.children(recursive=True)
        servers = {process.pid for process in below if _is_server(process, driver)}
        for process in below:
            with suppress(psutil.Error):
                yield process, process.ppid() in servers


def _is_server(process: psutil.Process, driver: psutil.Process) -> bool:
    with suppress(psutil.Error):
        return process.ppid() == driver.pid and SERVER in process.cmdline()
    return False


def _mebibytes(size: float) -> str:
    return f"{size / 2**20:.0f} MiB"
