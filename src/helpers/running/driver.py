"""A run of the pipeline: what is out of date is done, the gate judges, then publishing whole or not at all."""

import json
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from helpers.running import release, scratch
from helpers.running.crew import Crew
from helpers.running.outcome import Outcome, cancelled
from helpers.running.pipeline.order import Watch
from helpers.running.pipeline.preflight import Prepared
from helpers.running.pipeline.runs import Run
from helpers.running.releases import failure, record, register
from helpers.running.releases.night import Night, Pages
from helpers.running.renewal.due import Renewal, published
from helpers.running.storage import write_json
from helpers.study import InputFault

EXIT = {"published": 0, "previewed": 0, "up to date": 0, "failed": 4, "refused": 5}


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
                 jobs: int | None = None, keep: int | None = None, force: bool = False,
                 cluster: str | None = None) -> Ending:
    """How the runs ended; those that are up to date are not done again, unless by `force`. A release is published only
    if every run, the gate among them, was good.

    `cluster` is the address of a Dask scheduler whose workers run the notebooks instead of this machine's own.
    `check` is called with the runs to be done before any of them begins. The caller holds the study's lock. Whatever
    is raised, nothing is published and no process is left.
    """
    night = Night(prepared, pages)
    renewal = Renewal(prepared, force=force)
    release.recover(prepared.study.reports)
    scratch.sweep()
    due = renewal.due()
    if not due and not prepared.partial and published(prepared):
        ending = _nothing_to_do(prepared)
        night.enter(ending.state, ending.outcomes)
        return ending
    with night.refusing():
        return _carried_out(renewal, due, night, check=check, jobs=jobs, keep=keep, cluster=cluster, watch=watch)


def _carried_out(renewal: Renewal, due: dict, night: Night, *, check: Callable[[list[Run]], None] | None,
                 jobs: int | None, keep: int | None, cluster: str | None, watch: Watch) -> Ending:
    """How the runs ended that were due; nothing staged is left."""
    prepared, pages = renewal.prepared, night.pages
    hashed = record.inputs(prepared.study, prepared.runs)
    crew = Crew(renewal, release.stage(prepared.study.reports), watch, jobs=jobs, cluster=cluster)

    def content(state: str, outcomes: dict[str, Outcome]) -> dict:
        return record.record(prepared, outcomes, kernels=crew.kernels(), state=state, began=night.began, hashed=hashed,
                             fingerprints=renewal.begun, staged=crew.staged)

    try:
        crew.carry_out(due, pages.index, check)
        with uninterrupted():
            ending = _ended(crew, pages, content, keep)
            night.enter(ending.state, ending.outcomes)
            return ending
    except KeyboardInterrupt:
        with uninterrupted():
            outcomes = _cancelled(crew)
            failure.told(prepared, pages.failure, outcomes, content("cancelled", outcomes))
            night.enter("cancelled", outcomes)
        raise
    finally:
        release.discard(prepared.study.reports)


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
    write_json(crew.staged / release.RECORD, told)
    place = release.publish(study.reports, study.settings.release)
    register.enter(prepared, outcomes)
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
    failure.cleared(prepared.study)
    told = json.loads((place / release.RECORD).read_text(encoding="utf-8"))
    outcomes = {run["run"]: Outcome(run["run"], run["notebook"], "up to date", warnings=run["warnings"],
                                    figures=run.get("figures", {})) for run in told["runs"]}
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
