"""The process that kernels are forked from: it has imported what notebooks import, and has one thread only.

Workers ask for kernels through a socket they all share. It ends, and takes its kernels along, as soon as its standard
input closes: whoever started it is gone.
"""

import gc
import importlib
import io
import json
import os
import selectors
import signal
import socket
import sys
import threading
from contextlib import suppress
from pathlib import Path

from helpers.running.kernels.preload import AT_FIRST_USE

# What a kernel itself is made of, with what it loads only while it starts.
KERNEL = ("ipykernel.kernelapp", "ipykernel.debugger", "ipykernel.zmqshell", "IPython.core.debugger",
          "IPython.core.oinspect", "IPython.extensions.storemagic")
LIFELINE = 0
LONGEST = 1 << 16  # bytes of a message


class Server:
    """Forks a kernel a request, tells who asked how it ended, and kills it when who asked is gone."""

    def __init__(self, door: socket.socket, refusal: str) -> None:
        self.door, self.refusal = door, refusal
        self.asked: dict[int, socket.socket] = {}  # by the process id of the kernel
        self.woken, self.waker = socket.socketpair()
        self.ears = selectors.DefaultSelector()

    def serve(self) -> None:
        """Answer until the lifeline ends; a forked kernel never comes back from here."""
        self.waker.setblocking(False)
        signal.set_wakeup_fd(self.waker.fileno())
        signal.signal(signal.SIGCHLD, lambda number, frame: None)  # the wakeup does the work
        self.ears.register(LIFELINE, selectors.EVENT_READ)
        self.ears.register(self.woken, selectors.EVENT_READ, self._reap)
        self.ears.register(self.door, selectors.EVENT_READ, self._begin)
        while True:
            for key, _ in self.ears.select():
                if key.fileobj == LIFELINE:
                    return self._end()
                key.data()

    def _begin(self) -> None:
        """Fork the kernel that a worker asks for."""
        message, handles, *_ = socket.recv_fds(self.door, LONGEST, 1)
        asker = socket.socket(fileno=handles[0])
        if self.refusal:
            _tell(asker, {"refused": self.refusal})
            return asker.close()
        if pid := os.fork():
            self.asked[pid] = asker
            self.ears.register(asker, selectors.EVENT_READ, lambda: self._abandon(pid))
            return _tell(asker, {"pid": pid})
        try:
            self.asked[0] = asker
            self._let_go()
            from helpers.running.kernels.forked import become_kernel

            become_kernel(**json.loads(message))
        finally:
            os._exit(1)

    def _let_go(self) -> None:
        """In the kernel: nothing of the server's is held, so that its end is noticed by whom it concerns."""
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        self.ears.close()
        for held in (self.door, self.woken, self.waker, *self.asked.values()):
            held.close()

    def _reap(self) -> None:
        """Tell how each kernel that ended did."""
        self.woken.recv(LONGEST)
        with suppress(ChildProcessError):
            while (ended := os.waitpid(-1, os.WNOHANG))[0]:
                if asker := self.asked.pop(ended[0], None):
                    _tell(asker, {"exit": os.waitstatus_to_exitcode(ended[1])})
                    self.ears.unregister(asker)
                    asker.close()

    def _abandon(self, pid: int) -> None:
        """Kill the kernel whose asker closed."""
        asker = self.asked.pop(pid)
        self.ears.unregister(asker)
        asker.close()
        kill_group(pid)

    def _end(self) -> None:
        for pid in self.asked:
            kill_group(pid)


def main(door: int, names: list[str]) -> None:
    """Import, count threads, freeze what is there so that forks go on sharing its memory, then serve."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole terminal; the driver decides
    if not sys.flags.safe_path:
        del sys.path[0]  # where the driver was called; each kernel adds the folder it works in
    gc.disable()
    for name in (*KERNEL, *names):
        _import(name)
    for package, later in AT_FIRST_USE.items():
        if package in sys.modules:
            for name in later:
                _import(name)
    if "matplotlib.pyplot" in sys.modules:
        _draw()
    count = threads()
    gc.collect()
    gc.freeze()
    begun = f"{count - 1} thread{'s' * (count > 2)}"
    refusal = "" if count == 1 else f"what the notebooks import begins {begun}, which a fork would lose"
    Server(socket.socket(fileno=door), refusal).serve()


def threads() -> int:
    """How many threads this process has, those of compiled libraries among them where the system tells."""
    tasks = Path("/proc/self/task")
    return len(list(tasks.iterdir())) if tasks.is_dir() else threading.active_count()


def kill_group(pid: int) -> None:
    """End at once a kernel and what it started: it leads a group of its own, or is just about to."""
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)
        os.killpg(pid, signal.SIGKILL)


def _import(name: str) -> None:
    """Import the module; what cannot be imported is the notebook's to complain of."""
    with suppress(Exception, SystemExit):
        importlib.import_module(name)


def _draw() -> None:
    """Have fonts and picture formats loaded, which is done at the first figure; pyplot is left as it is."""
    with suppress(Exception):  # what cannot be drawn is the notebook's to complain of
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure

        figure = Figure(figsize=(1, 1))
        figure.subplots().set_title("Throughcare")
        FigureCanvasAgg(figure).print_figure(io.BytesIO(), format="png", bbox_inches="tight")


def _tell(asker: socket.socket, words: dict) -> None:
    with suppress(OSError):  # who asked may be gone
        asker.sendall(json.dumps(words).encode() + b"\n")


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2:])
