"""The kernel for the next notebook: forked ahead while the last one works, so that nobody waits for it."""

import atexit
from contextlib import suppress
from pathlib import Path

import nbformat
from nbclient import NotebookClient

from helpers.running.kernels.kernel import OwnKernel

_ahead: dict[Path, OwnKernel] = {}  # by the folder it works in
TRIAL = ["1 + 1", """import sys
if drawn := "matplotlib.pyplot" in sys.modules:
    import matplotlib.pyplot as plt
    plt.subplots(figsize=(1, 1))
drawn"""]
LONGEST_TRIAL = 60  # seconds for a cell


def next_kernel(folder: Path, *, forked: bool, silent: bool = False) -> OwnKernel:
    """A kernel begun in the folder: forked, with one more begun ahead, if that is wanted and to be had; else ordinary,
    and then, if `silent`, without a way to write past the notebook to where the run writes.
    """
    if not forked:
        return OwnKernel().begin(folder, silent=silent)
    try:
        return _forked(folder)
    except RuntimeError:  # their server is gone; notebooks can run all the same
        return OwnKernel().begin(folder, silent=silent)


def begin_ahead(folder: Path) -> None:
    """Begin the kernel for the next notebook in the folder, if one is to be had."""
    with suppress(RuntimeError):
        _ahead[folder] = OwnKernel(forked=True).begin(folder)


def _forked(folder: Path) -> OwnKernel:
    """A forked kernel, with one more begun ahead; raises RuntimeError where none is to be had."""
    kernel = _begun_ahead(folder) or OwnKernel(forked=True).begin(folder)
    begin_ahead(folder)
    return kernel


def _begun_ahead(folder: Path) -> OwnKernel | None:
    """The kernel that waits for its notebook, if there is one and it still lives."""
    kernel = _ahead.pop(folder, None)
    if kernel is None or kernel.exit_code() is None:
        return kernel
    kernel.end()
    return None


def trial(folder: Path) -> str:
    """Why forked kernels will not do on this machine; empty where one calculates and draws as it should."""
    try:
        kernel = _forked(folder)
    except RuntimeError as error:
        return str(error)
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in TRIAL])
    client = NotebookClient(notebook, km=kernel, timeout=LONGEST_TRIAL)
    try:
        client.execute()
    except Exception as error:  # whatever it is, ordinary kernels do not depend on it
        kernel.kill()
        return f"a trial ended with {type(error).__name__}"
    finally:
        atexit.unregister(client._cleanup_kernel)  # as in engine.py
        kernel.end()
    calculated, drawn = ([output.get("data", {}) for output in cell.outputs] for cell in notebook.cells)
    if calculated != [{"text/plain": "2"}]:
        return "a trial did not calculate"
    if {"text/plain": "True"} in drawn and not any("image/png" in data for data in drawn):
        return "a trial did not draw"
    return ""
