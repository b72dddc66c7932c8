"""What a forked process does to be a kernel like any other: fresh names, fresh random numbers, figures inline."""

import atexit
import gc
import importlib.util
import os
import random
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace

INLINE = "module://matplotlib_inline.backend_inline"
NOTEBOOK_COLUMNS = 20  # what pandas itself sets on import in a kernel (pandas/core/config_init.py)
LONGEST_FAREWELL = 1  # seconds


def become_kernel(argv: list[str], cwd: str, env: dict[str, str]) -> None:
    """Be the kernel that `argv` describes, as for ipykernel_launcher, then end; never returns."""
    server = os.getppid()
    os.setsid()  # an interrupt reaches this kernel alone
    os.chdir(cwd)
    os.environ.update(env)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    gc.enable()
    _reseed()
    from ipykernel.kernelapp import IPKernelApp

    sys.argv = [importlib.util.find_spec(argv[0]).origin, *argv[1:]]
    app = IPKernelApp.instance(parent_handle=server)  # it read its environment when the server imported it
    with _no_modules_listed():
        app.initialize(argv[1:])
    _draw_inline(app.shell)
    _show_columns()
    app.start()
    _end(app)


@contextmanager
def _no_modules_listed() -> Iterator[None]:
    """A stretch in which ipykernel sees no modules: it lists the file of each for its debugger, and to touch them all
    is to copy 10 MiB that a forked kernel shares otherwise.
    """
    from ipykernel import ipkernel

    ipkernel.sys = SimpleNamespace(**vars(sys) | {"modules": {}})
    try:
        yield
    finally:
        ipkernel.sys = sys


def _reseed() -> None:
    """Give the generators that all programs share a state no other kernel has."""
    random.seed()
    if "numpy" in sys.modules:
        sys.modules["numpy"].random.seed()


def _draw_inline(shell) -> None:
    """Let matplotlib know of this shell: its backend looked for one when it was imported, and there was none."""
    if "matplotlib_inline.backend_inline" in sys.modules:
        from IPython.core.pylabtools import activate_matplotlib
        from matplotlib_inline.backend_inline import configure_inline_support

        activate_matplotlib(INLINE)
        configure_inline_support(shell, INLINE)


def _show_columns() -> None:
    """Let pandas show as many columns as in a notebook: imported without a shell, it took itself to be in a terminal.
    """
    pandas = sys.modules.get("pandas")
    if pandas and pandas.get_option("display.max_columns") == 0:
        pandas.set_option("display.max_columns", NOTEBOOK_COLUMNS)


def _end(app) -> None:
    """End as an interpreter does, with exit functions run and open files written; but without taking apart what the
    server imported, which takes longer than many a notebook.
    """
    app.control_thread.join(LONGEST_FAREWELL)  # it has a last message to pass on, and exit functions close its way
    atexit._run_exitfuncs()
    app.shell.user_ns.clear()
    gc.collect()
    os._exit(0)
