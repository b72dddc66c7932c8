"""A run of the pipeline: the notebooks in order, the index pages, the gate, then publishing whole or not at all."""

import os
import shutil
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from helpers.running import record, release, site
from helpers.running.job import Job
from helpers.running.order import Watch, carry_out, submit_to
from helpers.running.outcome import Outcome
from helpers.running.pipeline import Run
from helpers.running.preflight import Prepared
from helpers.running.preload import modules_imported
from helpers.running.worker import local_workers, work
from helpers.study import Study

EXIT = {"published": 0, "previewed": 0, "failed": 4, "refused": 5}
FAILED = "failed.html"  # beside the releases, never inside one
FAILED_RECORD = "failed.json"


@dataclass(frozen=True)
class Pages:
    """Who writes the pages that are no notebook: the list of "public" or "internal" pages, and what went wrong."""

    index: Callable[[str, list[dict]], str]
    failure: Callable[[dict], str]


@dataclass(frozen=True)
class Ending:
    """How it all ended. `page` is the file to open; `removed` names the releases given up for --keep."""

    state: str
    page: Path
    record: dict
    outcomes: dict[str, Outcome]
    removed: list[str] = field(default_factory=list)

    @property
    def exit_code(self) -> int:
        return EXIT[self.state]


def run_pipeline(prepared: Prepared, *, pages: Pages, watch: Watch, jobs: int | None = None,
                 keep: int | None = None) -> Ending:
    """How the runs ended. A release is published only if every run, the gate among them, was good.

    The caller holds the study's lock. Whatever is raised, nothing is published and no process is left.
    """
    began, study = datetime.now(UTC), prepared.study
    hashed = record.inputs(study, prepared.runs)
    staged = release.stage(study.reports)
    try:
        outcomes, kernels = _carried_out(prepared, staged, pages, watch, jobs or cores())
        with uninterrupted():
            state = _state(outcomes, prepared.partial)
            outputs = record.hashes((path for path in staged.rglob("*") if path.is_file()), staged)
            content = record.record(study, prepared.runs, prepared.parameters, outcomes, kernels=kernels, state=state,
                                    began=began, hashed=hashed, outputs=outputs)
            if EXIT[state]:
                return Ending(state, _failure(prepared, pages, outcomes, content), content, outcomes)
            if prepared.partial:
                return Ending(state, _previewed(prepared), content, outcomes)
            record.write(staged / release.RECORD, content)
            place = release.publish(study.reports, study.settings.release)
            _clear_failure(study)
            removed = release.prune(study.reports, keep) if keep else []
            return Ending(state, _first_page(place, prepared.runs), content, outcomes, removed)
    finally:
        release.discard(study.reports)


def cores() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def uninterrupted() -> Iterator[None]:
    """A stretch that Ctrl-C and SIGTERM do not cut in two: publishing takes milliseconds."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: signal.signal(number, signal.SIG_IGN) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _carried_out(prepared: Prepared, staged: Path, pages: Pages, watch: Watch,
                 jobs: int) -> tuple[dict[str, Outcome], dict]:
    """Every run's outcome: all but gates in order, then the index pages, then the gates over what is staged; and which
    kind of kernel it was.
    """
    gates = [run for run in prepared.runs if run.gate]
    others = [run for run in prepared.runs if not run.gate]
    root = prepared.study.folder.resolve().parent
    with local_workers(jobs, folder=root, modules=modules_imported(run.path for run in prepared.runs)) as workers:
        indexes = {} if prepared.partial else _indexes(prepared, pages)  # while the workers come up
        because = workers.ordinary_because
        begin = submit_to(workers.executor, work, lambda run: _job(prepared, run, staged, forked=not because))
        outcomes = carry_out(others, begin=begin, width=jobs, watch=watch)
        if all(outcome.good for outcome in outcomes.values()):
            for visibility, text in indexes.items():
                _write_index(staged / visibility, text)
        outcomes |= carry_out(gates, begin=begin, width=jobs, watch=watch, after=outcomes)
        kernels = record.kernels(outcomes.values(), because, tried=workers.server is not None)
    return {run.name: outcomes[run.name] for run in prepared.runs}, kernels


def _job(prepared: Prepared, run: Run, staged: Path, *, forked: bool) -> Job:
    processed = prepared.study.processed.resolve()
    return Job(
        run=run.name, notebook=run.notebook, path=run.path.resolve(), parameters=prepared.parameters[run.name],
        root=prepared.study.folder.resolve().parent, processed=processed, writes=run.writes,
        page=staged.resolve() / run.report if run.report else None,
        executed=staged.resolve() / "internal" / "notebooks" / f"{run.name}.ipynb",
        failed=processed / "failed", metadata=site.page_metadata(prepared.study, run),
        timeout=60 * run.timeout_minutes, forked=forked,
    )


def _indexes(prepared: Prepared, pages: Pages) -> dict[str, str]:
    """The index pages by visibility; none where nothing would be listed."""
    found = site.entries(prepared.study, prepared.runs)
    return {visibility: pages.index(visibility, listed) for visibility in ("public", "internal")
            if (listed := site.index_entries(found, visibility))}


def _write_index(folder: Path, text: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "index.html").write_text(text, encoding="utf-8", newline="\n")


def _state(outcomes: dict[str, Outcome], partial: bool) -> str:
    states = {outcome.state for outcome in outcomes.values()}
    if states <= {"done"}:
        return "previewed" if partial else "published"
    return "refused" if states <= {"done", "refused"} else "failed"


def _failure(prepared: Prepared, pages: Pages, outcomes: dict[str, Outcome], content: dict) -> Path:
    """The page that says what went wrong, outside any release, with its record beside it."""
    reports = prepared.study.reports
    folder = reports / release.PREVIEW if prepared.partial else reports
    failed, *others = [outcome for outcome in outcomes.values() if not outcome.good and outcome.state != "skipped"]
    also = f" These did not finish either: {', '.join(other.run for other in others)}." if others else ""
    failure = {"notebook": failed.notebook, "run": failed.run, "state": failed.state, "cause": failed.cause + also,
               "cell_number": failed.cell_number, "error_name": failed.error_name, "message": failed.message,
               "parameters": prepared.parameters[failed.run], "remedy": failed.remedy}
    record.write(folder / FAILED_RECORD, content)
    new = folder / f".{FAILED}"
    new.write_text(pages.failure(failure), encoding="utf-8", newline="\n")
    return new.replace(folder / FAILED)


def _previewed(prepared: Prepared) -> Path:
    place = release.preview(prepared.study.reports)
    for name in (FAILED, FAILED_RECORD):
        (place / name).unlink(missing_ok=True)
    return _first_page(place, prepared.runs)


def _clear_failure(study: Study) -> None:
    """A good run takes back what the last failure left: its page, its record, its kept notebooks."""
    for name in (FAILED, FAILED_RECORD):
        (study.reports / name).unlink(missing_ok=True)
    shutil.rmtree(study.processed / "failed", ignore_errors=True)


def _first_page(place: Path, runs: list[Run]) -> Path:
    """The file to open: the public index, or the first page made."""
    index = place / "public" / "index.html"
    made = [place / run.report for run in runs if run.report]
    return index if index.is_file() else (made[0] if made else place)
