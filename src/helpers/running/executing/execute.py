"""One run in a worker process: the notebook executed, its outputs checked, its page and its kept copy staged."""

import logging
import os
import sys
import time
import traceback
from functools import cache
from pathlib import Path

import nbformat
import papermill
from nbclient.exceptions import DeadKernelError
from nbconvert.exporters import get_exporter
from nbformat import NotebookNode
from papermill.exceptions import PapermillExecutionError

import helpers
from helpers.running.executing import engine
from helpers.running.executing.executed import blank, figures_in, settled, warnings_in
from helpers.running.executing.job import Job
from helpers.running.kernels import opened
from helpers.running.kernels.kernel import OwnKernel
from helpers.running.kernels.ready import next_kernel
from helpers.running.outcome import Outcome, dead_kernel, failed_cell, missing_output, page_not_made, timed_out
from helpers.running.pipeline.declared import written
from helpers.study import InputFault, secrets
from helpers.study.blackout import Blackout

EXPORTER = "throughcare"  # found by nbconvert's entry point, so that running knows nothing of reporting


def run_job(job: Job) -> Outcome:
    """How the run ended. On success its page and its executed notebook are staged; on failure neither is."""
    began = time.monotonic()
    for name in ("papermill", "traitlets", "nbclient"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    _clear(job)
    kept = job.failed / f"{job.run}.ipynb"
    kept.parent.mkdir(parents=True, exist_ok=True)
    kept.unlink(missing_ok=True)
    _traceback_of(job).unlink(missing_ok=True)
    blackout = _blackout(job)
    try:
        ending, kernel = _ended(job, kept, blackout)
    except Exception as error:
        if not job.secrets or isinstance(error, OSError):  # of the disk somebody will say more
            raise
        raise RuntimeError(blackout(traceback.format_exc())) from None
    if ending["state"] == "done":
        kept.unlink(missing_ok=True)
    else:
        left = _traceback_of(job) if _traceback_of(job).is_file() else kept
        ending["kept"] = Path(os.path.relpath(left, job.root)).as_posix()
    return Outcome(job.run, job.notebook, forked=kernel.forked, memory=kernel.memory,
                   seconds=round(time.monotonic() - began, 2), **blackout.over({**ending, "seen": _seen(job, kernel)}))


def _blackout(job: Job) -> Blackout:
    """What keeps the job's secrets out of all it leaves; raises InputFault where one is not to be had here."""
    if faults := [f"run '{job.run}': a secret {words}" for reference in job.secrets
                  if (words := secrets.objection(reference, [job.root]))]:
        raise InputFault(faults)  # it was there before: another machine, or taken away meanwhile
    return Blackout(secrets.value(reference, [job.root]) for reference in job.secrets)


def _ended(job: Job, kept: Path, blackout: Blackout) -> tuple[dict, OwnKernel]:
    """How the notebook ended, and the kernel it ended in."""
    kernel = next_kernel(job.root, forked=job.forked, silent=bool(job.secrets))
    ending = _executed(job, kept, kernel, blackout)
    if ending is None:  # once more, with a kernel that needs nobody to fork it
        kernel = next_kernel(job.root, forked=False, silent=bool(job.secrets))
        ending = _executed(job, kept, kernel, blackout) or dead_kernel(None, "its start")
    return _staged(job, ending, blackout) if isinstance(ending, NotebookNode) else ending, kernel


def _seen(job: Job, kernel: OwnKernel) -> tuple[str, ...]:
    """The files that the notebook opened, but for its own, those of secrets, whose hash would be put on record, and the
    staged ones, which only a gate reads.
    """
    own = [path for pattern in job.writes for path in written(job.processed, pattern)]
    own += [path for reference in job.secrets if (path := secrets.secret_file(reference, [job.root]))]
    return tuple(opened.told(kernel.folder, kernel.pid, job.root, but=[*own, job.executed.parents[2]]))


def _clear(job: Job) -> None:
    """Remove what an earlier run of this notebook wrote, so that nothing of yesterday's is read as today's."""
    for pattern in job.writes:
        for path in written(job.processed, pattern):
            path.unlink()


def _executed(job: Job, kept: Path, kernel: OwnKernel, blackout: Blackout) -> NotebookNode | dict | None:
    """The executed notebook, or how it failed; None where the kernel did not come up."""
    try:
        with kernel.within(job.timeout):
            return papermill.execute_notebook(
                blank(job.path), str(kept).replace("{", "{{").replace("}", "}}"), parameters=job.parameters,
                engine_name=engine.NAME, kept=str(kept), blackout=blackout.over, km=kernel,
                request_save_on_cell_execute=False, autosave_cell_every=0,
                kernel_name="python3", language="python", cwd=str(job.root), progress_bar=False, log_output=False,
            )
    except PapermillExecutionError as error:
        number, cell = _cell(nbformat.read(kept, as_version=4), error.source)
        return {"cell_number": number, "error_name": error.ename, **failed_cell(error.ename, error.evalue, cell)}
    except RuntimeError as error:
        if not isinstance(error, DeadKernelError) and "Kernel died" not in str(error):
            raise
        number, cell = _cell(nbformat.read(kept, as_version=4), None)
        if kernel.stopped:
            return {"cell_number": number, **timed_out(job.timeout, cell)}
        return None if number is None else {"cell_number": number, **dead_kernel(kernel.exit_code(), cell)}
    finally:
        kernel.end()


def _cell(notebook: NotebookNode, source: str | None) -> tuple[int | None, str]:
    """Number and name of the code cell with that source, or of the last that was begun; never the source itself."""
    cells = [cell for cell in notebook.cells
             if cell.cell_type == "code" and "injected-parameters" not in cell.metadata.get("tags", [])]
    found = [place for place, cell in enumerate(cells, start=1)
             if (cell.metadata.get("papermill", {}).get("start_time") if source is None else cell.source == source)]
    if not found:
        return None, "its parameters"
    number = found[-1] if source is None else found[0]
    return number, f"code cell {number}"


def _staged(job: Job, notebook: NotebookNode, blackout: Blackout) -> dict:
    """Page and executed notebook written to the staged release; or what stands in the way."""
    missing = [pattern for pattern in job.writes if not written(job.processed, pattern)]
    if missing:
        return missing_output(missing)
    clean = settled(notebook, hidden=_hidden(job), metadata={"throughcare": job.metadata})
    try:
        if job.page is not None:
            text, _ = _exporter()().from_notebook_node(clean)
            _write(job.page, blackout(text))
    except OSError:  # the disk's matter, not the page's
        raise
    except Exception as error:
        _write(_traceback_of(job), blackout(traceback.format_exc()))
        return {"error_name": type(error).__name__, **page_not_made(type(error).__name__, str(error))}
    _write(job.executed, nbformat.writes(clean) + "\n")
    return {"state": "done", "warnings": warnings_in(clean), "figures": figures_in(clean)}


@cache
def _exporter() -> type:
    """Looked up once a process: entry points of every installed package are read for it."""
    return get_exporter(EXPORTER)


def _hidden(job: Job) -> list[tuple[str, str]]:
    """Machine paths and what stands for them, the longest first."""
    places = {Path(sys.prefix), Path(sys.base_prefix), Path.home(), job.root, Path(helpers.__file__).parents[1]}
    instead = {Path.home(): "~/"}
    return [(f"{place}{os.sep}", instead.get(place, "")) for place in sorted(places, key=lambda p: -len(str(p)))
            if len(place.parts) > 1]


def _traceback_of(job: Job) -> Path:
    return job.failed / f"{job.run}.txt"


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")
