"""The same code without any notebook: a plain program that imports everything, then forks two processes which run the
cells one after another, draw their figures as a notebook does, and write the same pages by the same exporter.

It isolates nothing, keeps no executed notebook, checks nothing and publishes nothing.
"""

import ast
import importlib
import multiprocessing
import sys
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from itertools import chain
from pathlib import Path

import matplotlib
import nbformat
from IPython.core.formatters import DisplayFormatter
from IPython.core.pylabtools import print_figure
from matplotlib import pyplot
from nbconvert.exporters import get_exporter
from nbformat.v4 import new_output

from bench.running.in_order import carry_out
from helpers.running import Prepared, Run, prepare
from helpers.running.kernels.preload import AT_FIRST_USE, modules_imported
from helpers.running.pipeline.site import page_metadata
from helpers.study import open_study

STAGED = Path("reports/.staged")  # where a gate looks
DISPLAY = DisplayFormatter()


def main() -> None:
    """Pages in reports/.staged: first those of all but the gates, then those of the gates."""
    matplotlib.use("agg")
    prepared = prepare(open_study("study"))
    for name in modules_imported(run.path for run in prepared.runs):
        with suppress(ImportError):  # the name of something that lies in a module
            importlib.import_module(name)
    if "helpers.extracts" in sys.modules:  # the fixed workload has no use for these
        for name in chain.from_iterable(AT_FIRST_USE.values()):
            importlib.import_module(name)
    get_exporter("throughcare")
    with ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("fork")) as executor:
        for gates in (False, True):
            carry_out(executor, [run for run in prepared.runs if run.gate == gates], work, prepared)


def work(run: Run, prepared: Prepared) -> None:
    """The run's cells executed in a namespace of their own, and its page written."""
    notebook = nbformat.read(run.path, as_version=4)
    names: dict = {"__name__": "__main__"}
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs = _outputs(cell.source, names)
            if "parameters" in cell.metadata.get("tags", []):
                names |= prepared.parameters[run.name]
    if run.report:
        notebook.metadata["throughcare"] = page_metadata(prepared.study, run)
        page, _ = get_exporter("throughcare")().from_notebook_node(notebook)
        (STAGED / run.report).parent.mkdir(parents=True, exist_ok=True)
        (STAGED / run.report).write_text(page, encoding="utf-8")


def _outputs(source: str, names: dict) -> list:
    """What a notebook shows below the cell: its last expression, then its figures with a tight box around each."""
    tree = ast.parse(source)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, "cell", "exec"), names)
    shown = None if last is None else eval(compile(ast.Expression(last.value), "cell", "eval"), names)
    outputs = []
    if shown is not None and not source.rstrip().endswith(";"):
        data, metadata = DISPLAY.format(shown)
        outputs.append(new_output("execute_result", data, metadata=metadata))
    for number in pyplot.get_fignums():
        picture = print_figure(pyplot.figure(number), "png", bbox_inches="tight", base64=True)
        outputs.append(new_output("display_data", {"image/png": picture}))
    pyplot.close("all")
    return outputs


if __name__ == "__main__":
    main()
