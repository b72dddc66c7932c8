"""The warm process as the driver sees it: started where it is of use, ended whatever happens."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from helpers.running.kernels.environment import ENVIRONMENT

WISH = "THROUGHCARE_KERNELS"  # forked | ordinary; by default what is known to be safe on this system


@dataclass
class Server:
    """`door` is where workers ask; `process` is the server itself."""

    door: socket.socket
    process: subprocess.Popen


def objection() -> str:
    """Why kernels are not to be forked here, whatever a trial would say; empty where there is no such reason."""
    wish = os.environ.get(WISH, "")
    if not hasattr(os, "fork"):
        return "this system has no fork"
    if wish == "ordinary":
        return f"{WISH} asks for it"
    if sys.platform != "linux" and wish != "forked":
        return f"forking is known to crash some libraries on this system; {WISH}=forked tries it"
    return ""


@contextmanager
def warm_server(modules: Sequence[str]) -> Iterator[Server | None]:
    """A server that imports the modules, already listening; None where kernels are not to be forked."""
    if objection():
        yield None
        return
    door, theirs = socket.socketpair(type=socket.SOCK_DGRAM)
    with door, theirs:
        process = subprocess.Popen(
            [sys.executable, "-m", "helpers.running.kernels.warm", str(theirs.fileno()), *modules],
            stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            pass_fds=[theirs.fileno()], env=os.environ | ENVIRONMENT)
        theirs.close()
        try:
            yield Server(door, process)
        finally:
            process.stdin.close()  # its lifeline; so it ends when this process is killed
            process.wait()
