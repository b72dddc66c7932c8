"""Kernels forked from the warm process, as jupyter_client starts them: by its entry point for kernel provisioners."""

import json
import os
import signal
import socket
from pathlib import Path
from typing import ClassVar

from jupyter_client.provisioning import LocalProvisioner

from helpers.running.kernels.warm import kill_group

NAME = "throughcare-forked"  # in pyproject.toml
PATIENCE = 120  # seconds: the first kernel waits until everything is imported
TOLD = ("IPYTHONDIR", "JUPYTER_RUNTIME_DIR")  # all else in its environment a kernel has from the server


class ForkedProcess:
    """A forked kernel as if it were a subprocess.Popen; raises RuntimeError where no kernel is to be had."""

    stdin = stdout = stderr = None

    def __init__(self, door: socket.socket, request: dict) -> None:
        self.line, theirs = socket.socketpair()
        self.heard, self.returncode = b"", None
        try:
            with theirs:
                socket.send_fds(door, [json.dumps(request).encode()], [theirs.fileno()])
            self.line.settimeout(PATIENCE)
            answer = self._next() or {"refused": "their server is gone"}
        except OSError as error:
            answer = {"refused": f"their server does not answer ({type(error).__name__})"}
        if "refused" in answer:
            self.line.close()
            raise RuntimeError(answer["refused"])
        self.pid = answer["pid"]

    def poll(self) -> int | None:
        """Its exit code; None as long as it works."""
        return self._told(0)

    def wait(self, timeout: float | None = None) -> int:
        return self._told(timeout)

    def send_signal(self, number: int) -> None:
        if self.poll() is None:
            os.kill(self.pid, number)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)

    def _told(self, seconds: float | None) -> int | None:
        """What the server told of its end, waiting so long for it; a kernel whose server is gone is killed."""
        if self.returncode is None:
            self.line.settimeout(seconds)
            try:
                ended = self._next()
            except (BlockingIOError, TimeoutError):
                return None
            if ended is None:
                kill_group(self.pid)
            self.returncode = ended["exit"] if ended else -signal.SIGKILL
            self.line.close()
        return self.returncode

    def _next(self) -> dict | None:
        """The server's next words; None where there will be none."""
        while b"\n" not in self.heard:
            try:
                came = self.line.recv(4096)
            except ConnectionError:
                came = b""
            if not came:
                return None
            self.heard += came
        line, _, self.heard = self.heard.partition(b"\n")
        return json.loads(line)


class ForkedProvisioner(LocalProvisioner):
    """Starts kernels by asking the server at `door`; all else is as with kernels started anew."""

    door: ClassVar[socket.socket | None] = None  # the worker's way to the server

    async def launch_kernel(self, cmd: list[str], **settings) -> dict:
        """The connection information of a kernel just forked."""
        if self.door is None:
            raise RuntimeError("there is no server to fork them from")
        env = settings.get("env", os.environ)
        self.cwd = settings.get("cwd") or str(Path.cwd())
        self.process = ForkedProcess(self.door, {"argv": cmd[2:], "cwd": str(self.cwd),
                                                 "env": {key: env[key] for key in TOLD if key in env}})
        self.pid = self.pgid = self.process.pid
        return self.connection_info
