"""A run of the pipeline: what is out of date is done, the gate judges, then publishing whole or not at all."""

import json
import os
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from helpers.running import failure, record, release, scratch
from helpers.running.crew import Crew
from helpers.running.order import Watch
from helpers.running.outcome import Outcome, cancelled
from helpers.running.pipeline import Run
from helpers.running.preflight import Prepared
from helpers.running.renewal import Renewal, published
from helpers.study import InputFault

EXIT = {"published": 0, "previewed": 0, "up to date": 0, "failed": 4, "refused": 5}


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


def run_pipeline(prepared: Prepared, *, pages: Pages, watch: Watch, check: Callable[[list[Run]], None] | None = None,
                 jobs: int | None = None, keep: int | None = None, force: bool = False) -> Ending:
    """How the runs ended; those that are up to date are not done again, unless by `force`. A release is published only
    if every run, the gate among them, was good.

    `check` is called with the runs to be done before any of them begins. The caller holds the study's lock. Whatever
    is raised, nothing is published and no process is left.
    """
    began, renewal = datetime.now(UTC), Renewal(prepared, force=force)
    release.recover(prepared.study.reports)
    scratch.sweep()
    due = renewal.due()
    if not due and not prepared.partial and published(prepared):
        return _nothing_to_do(prepared)
    if check:
        check([run for run in prepared.runs if run.name in due])
    hashed = record.inputs(prepared.study, prepared.runs)
    crew = Crew(renewal, release.stage(prepared.study.reports), watch, jobs or cores())

    def content(state: str, outcomes: dict[str, Outcome]) -> dict:
        return record.record(prepared, outcomes, kernels=crew.kernels(), state=state, began=began, hashed=hashed,
                             staged=crew.staged)

    try:
        crew.carry_out(due, pages.index)
        with uninterrupted():
            return _ended(crew, pages, content, keep)
    except KeyboardInterrupt:
        with uninterrupted():
            outcomes = _cancelled(crew)
            failure.told(prepared, pages.failure, outcomes, content("cancelled", outcomes))
        raise
    finally:
        release.discard(prepared.study.reports)


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


def _ended(crew: Crew, pages: Pages, content: Callable[[str, dict], dict], keep: int | None) -> Ending:
    """Published, previewed, or told why not; raises InputFault where an input is not what it was at the start."""
    prepared, study = crew.prepared, crew.prepared.study
    outcomes = {run.name: crew.outcomes[run.name] for run in prepared.runs}
    state = _state(outcomes, prepared.partial)
    told = content(state, outcomes)
    if EXIT[state]:
        return Ending(state, failure.told(prepared, pages.failure, outcomes, told), told, outcomes)
    _unchanged(prepared, told["inputs"])
    if prepared.partial:
        place = release.preview(study.reports)
        failure.cleared_preview(place)
        return Ending(state, _first_page(place, prepared.runs), told, outcomes)
    record.write(crew.staged / release.RECORD, told)
    place = release.publish(study.reports, study.settings.release)
    failure.cleared(study)
    removed = release.prune(study.reports, keep) if keep else []
    return Ending(state, _first_page(place, prepared.runs), told, outcomes, removed)


def _unchanged(prepared: Prepared, before: dict[str, str]) -> None:
    """Raise InputFault where a file that the runs started from is no longer what it was when they began."""
    now = record.inputs(prepared.study, prepared.runs)
    changed = sorted(name for name in {*before, *now} if before.get(name) != now.get(name))
    if changed:
        raise InputFault([f"{name}: it changed while the notebooks ran, so nobody knows what they read; run again."
                          for name in changed], kind="data")


def _cancelled(crew: Crew) -> dict[str, Outcome]:
    """The outcomes so far, and of every run without one that it was cancelled."""
    return {run.name: crew.outcomes.get(run.name) or cancelled(run) for run in crew.prepared.runs}


def _nothing_to_do(prepared: Prepared) -> Ending:
    """The release as it stands: every run is up to date."""
    place = prepared.study.reports / prepared.study.settings.release
    outcomes = {run.name: Outcome(run.name, run.notebook, "up to date") for run in prepared.runs}
    failure.cleared(prepared.study)
    told = json.loads((place / release.RECORD).read_text(encoding="utf-8"))
    return Ending("up to date", _first_page(place, prepared.runs), told, outcomes)


def _state(outcomes: dict[str, Outcome], partial: bool) -> str:
    if all(outcome.good for outcome in outcomes.values()):
        return "previewed" if partial else "published"
    bad = {outcome.state for outcome in outcomes.values() if not outcome.good}
    return "refused" if bad == {"refused"} else "failed"


def _first_page(place: Path, runs: list[Run]) -> Path:
    """The file to open: the public index, or the first page made."""
    index = place / "public" / "index.html"
    made = [place / run.report for run in runs if run.report]
    return index if index.is_file() else (made[0] if made else place)
