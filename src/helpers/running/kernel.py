"""A kernel of the running interpreter, whatever kernels are installed: a notebook sees the packages its driver has."""

import os
import signal
import sys
from pathlib import Path
from typing import ClassVar

from jupyter_client import AsyncKernelManager
from jupyter_client.kernelspec import KernelSpec

# One thread a kernel: the runs are what is parallel, and sums over several threads differ in the last digit.
ONE_THREAD = dict.fromkeys(
    ["OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS", "NUMEXPR_NUM_THREADS"], "1"
)
ENVIRONMENT = {
    **ONE_THREAD,
    "PYTHONHASHSEED": "0",  # the order of sets
    "PYTHONUTF8": "1",
    "MPLBACKEND": "module://matplotlib_inline.backend_inline",  # any other backend draws nothing, without an error
    "SOURCE_DATE_EPOCH": "315532800",  # matplotlib writes this date (1980-01-01) into figures instead of today's
}
LONGEST_SOCKET = 90  # an ipc address of more than about 100 characters cannot be bound


class OwnKernel(AsyncKernelManager):
    """Starts sys.executable, talks over files where it can: files need no free port, so parallel starts cannot race."""

    folder: ClassVar[Path]  # where connection files lie: short-lived, the worker's own
    latest: ClassVar["OwnKernel | None"] = None

    def __init__(self, **settings) -> None:
        super().__init__(**settings)
        type(self).latest = self
        self.exit_code: int | None = None
        self.connection_file = str(self.folder / f"{self.kernel_id or 'kernel'}.json")
        if os.name == "posix" and len(self.connection_file) < LONGEST_SOCKET:
            self.transport = "ipc"

    @property
    def kernel_spec(self) -> KernelSpec:
        """This interpreter's kernel."""
        return KernelSpec(argv=[sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}",
                                "--IPKernelApp.log_level=50"],  # its shutdown logs an interrupt as an error
                          display_name="Python 3", language="python")

    async def is_alive(self) -> bool:
        """Whether the kernel's process runs; how it ended is kept."""
        if self.provisioner is not None and self.has_kernel:
            self.exit_code = await self.provisioner.poll()
        return await self._async_is_alive()

    def kill(self) -> None:
        """End the kernel's process and its children at once."""
        process = getattr(self.provisioner, "process", None)
        if process is None or process.poll() is not None:
            return
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)  # a kernel leads a session of its own
        else:
            process.kill()
