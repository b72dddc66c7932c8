"""A kernel of the running interpreter, whatever kernels are installed: a notebook sees the packages its driver has."""

import os
import re
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path
from queue import Empty
from subprocess import DEVNULL
from typing import ClassVar

from jupyter_client import AsyncKernelClient, AsyncKernelManager
from jupyter_client.kernelspec import KernelSpec
from jupyter_core.utils import run_sync

from helpers.running.kernels.provisioner import NAME
from helpers.running.kernels.warm import kill_group

LONGEST_SOCKET = 90  # an ipc address of more than about 100 characters cannot be bound
POLL = 0.01  # seconds between two looks whether a kernel has ended
QUIET = 0.2  # seconds without an answer after which a kernel is asked again


class OwnClient(AsyncKernelClient):
    """Talks to a kernel without the fixed waits of its base: it knows what the last message of a start is."""

    def start_channels(self, shell=True, iopub=True, stdin=True, hb=False, control=True) -> None:
        """The channels, without the heartbeat: whether the kernel lives its process tells."""
        super().start_channels(shell, iopub, stdin, hb, control)

    async def wait_for_ready(self, timeout: float | None = None) -> None:
        """Come back once the kernel has answered on both channels; raises RuntimeError where it died or is too slow."""
        until = time.monotonic() + (timeout or float("inf"))
        while time.monotonic() < until:
            question = self.kernel_info()
            with suppress(Empty):  # both within their time, or it is asked again: the output channel connects late
                while (await self.get_shell_msg(timeout=1))["parent_header"].get("msg_id") != question:
                    pass
                while not _ends(await self.get_iopub_msg(timeout=QUIET), question):
                    pass
                return
            if not await self.is_alive():
                raise RuntimeError("Kernel died before replying to kernel_info")
        raise RuntimeError(f"Kernel didn't respond in {timeout:.0f} seconds")


class OwnKernel(AsyncKernelManager):
    """Starts sys.executable, talks over files where it can: files need no free port, so parallel starts cannot race."""

    folder: ClassVar[Path]  # where connection files lie: short-lived, the worker's own
    begun: ClassVar["set[OwnKernel]"] = set()  # those not yet ended
    numbers: ClassVar[Iterator[int]] = count(1)

    def __init__(self, *, forked: bool = False) -> None:
        super().__init__(client_factory=OwnClient)
        self.forked = forked
        self.own_client: OwnClient | None = None
        self.pid = 0
        self.memory: float | None = None  # MiB at its most, shared pages included; known once it has ended
        self.stopped = False  # by `within`: it took too long
        self.connection_file = str(self.folder / f"{next(self.numbers)}.json")
        if os.name == "posix" and len(self.connection_file) < LONGEST_SOCKET:
            self.transport = "ipc"

    @property
    def kernel_spec(self) -> KernelSpec:
        """This interpreter's kernel."""
        return KernelSpec(argv=[sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}",
                                "--IPKernelApp.log_level=50",  # its shutdown logs an interrupt as an error
                                "--HistoryManager.hist_file=:memory:"],
                          metadata={"kernel_provisioner": {"provisioner_name": NAME}} if self.forked else {},
                          display_name="Python 3", language="python")

    def begin(self, folder: Path, *, silent: bool = False) -> "OwnKernel":
        """This kernel, started in the folder; raises RuntimeError where it cannot be forked. If `silent`, what it says
        other than by messages goes nowhere.
        """
        streams = dict.fromkeys(("stdout", "stderr"), DEVNULL) if silent else {}
        try:
            run_sync(self.start_kernel)(cwd=str(folder), **streams)
        except ModuleNotFoundError:  # the entry point came with a version that is not the one installed
            raise RuntimeError("the way to fork them is not installed; install the package again") from None
        self.begun.add(self)
        self.pid = self.provisioner.pid
        return self

    def client(self, **settings) -> OwnClient:
        """The one client that talks to this kernel."""
        self.own_client = super().client(**settings)
        return self.own_client

    def exit_code(self) -> int | None:
        """How its process ended, minus the signal's number if by one; None while it runs. To be asked before `end`."""
        return run_sync(self.provisioner.poll)()

    def end(self) -> None:
        """Let the kernel end by itself, as it may have files to close, and clear up."""
        run_sync(self._ended)()
        self.begun.discard(self)

    @contextmanager
    def within(self, seconds: float) -> Iterator[None]:
        """A stretch after which the kernel is killed, should it last longer: it may well not hear an interrupt."""
        def stop() -> None:
            self.stopped = True
            self.kill()

        clock = threading.Timer(min(seconds, threading.TIMEOUT_MAX), stop)
        clock.daemon = True
        clock.start()
        try:
            yield
        finally:
            clock.cancel()

    def kill(self) -> None:
        """End the kernel's process and its children at once."""
        process = getattr(self.provisioner, "process", None)
        if process is None or process.returncode is not None:
            return
        if hasattr(os, "killpg"):
            kill_group(process.pid)
        else:
            process.kill()

    async def _ended(self) -> None:
        self.memory = _memory(self.pid)
        try:
            if await self.is_alive():
                await self.request_shutdown()
                await self.finish_shutdown(pollinterval=POLL)
        finally:
            await self.cleanup_resources()
            if self.own_client is not None:
                self.own_client.stop_channels()


def _memory(pid: int) -> float | None:
    """MiB that a process held at its most; None where the system does not tell."""
    try:
        told = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    except OSError:
        return None
    found = re.search(r"^VmHWM:\s+(\d+) kB$", told, re.MULTILINE)
    return round(int(found[1]) / 1024, 1) if found else None  # a process that has ended has none


def _ends(message: dict, question: str) -> bool:
    """Whether the message is the last that the question gives rise to."""
    return (message["msg_type"] == "status" and message["content"]["execution_state"] == "idle"
            and message["parent_header"].get("msg_id") == question)
