"""The runs carried out: what is up to date is used again, the rest goes to workers, gates come last."""

import os
from collections.abc import Callable, Iterable
from concurrent.futures import Future
from contextlib import ExitStack
from functools import cached_property
from pathlib import Path

from helpers.running.executing.cluster import cluster_workers
from helpers.running.executing.job import Job
from helpers.running.executing.worker import Workers, cores, local_workers
from helpers.running.kernels.preload import modules_imported
from helpers.running.outcome import Outcome
from helpers.running.pipeline import site
from helpers.running.pipeline.order import Watch, carry_out, submit_to
from helpers.running.pipeline.runs import Run
from helpers.running.releases import record
from helpers.running.renewal import kept
from helpers.running.renewal.due import Renewal


class Crew:
    """Carries out the runs of one pipeline into a staged release; every outcome so far is at hand, whatever happens."""

    def __init__(self, renewal: Renewal, staged: Path, watch: Watch, *, jobs: int | None, cluster: str | None) -> None:
        self.renewal, self.staged, self.watch = renewal, staged, watch
        self.jobs, self.cluster = jobs, cluster
        self.prepared = renewal.prepared
        self.runs = {run.name: run for run in self.prepared.runs}
        self.outcomes: dict[str, Outcome] = {}
        self._stack = ExitStack()
        self._because: str | None = None  # why kernels are not forked; unknown before one is needed

    def carry_out(self, due: Iterable[str], index: Callable[[str, list[dict]], str],
                  check: Callable[[list[Run]], None] | None = None) -> None:
        """Data checked, all runs but gates in order, then the index pages, then the gates over what is staged."""
        gates = [run for run in self.prepared.runs if run.gate]
        others = [run for run in self.prepared.runs if not run.gate]
        with self._stack:
            if due:
                _ = self._workers  # they come up while data are checked and the index pages are made
            if check:
                check([self.runs[name] for name in due])
            self.renewal.source.save()
            indexes = {} if self.prepared.partial else _indexes(self.prepared, index)
            outcomes = carry_out(others, begin=self._begin, width=self._width, watch=self)
            if all(outcome.good for outcome in outcomes.values()):
                for visibility, text in indexes.items():
                    _write_index(self.staged / visibility, text)
            carry_out(gates, begin=self._begin, width=self._width, watch=self, after=outcomes)

    def kernels(self) -> dict:
        """Which kind of kernel the runs had, for the record."""
        if self._because is None:
            return {"kind": "none", "fell_back": False}  # nothing had to be done
        return record.kernels(self.outcomes.values(), self._because, tried=self._workers.tried,
                              machines=self._workers.width if self.cluster else None)

    def began(self, name: str) -> None:
        self.watch.began(name)

    def ended(self, outcome: Outcome) -> None:
        self.outcomes[outcome.run] = outcome
        self.renewal.keep(self.runs[outcome.run], outcome, self.staged)
        self.watch.ended(outcome)

    def tick(self) -> None:
        self.watch.tick()

    @cached_property
    def _workers(self) -> Workers:
        """Started when first asked for."""
        root = self.prepared.study.folder.resolve().parent
        modules = modules_imported(run.path for run in self.prepared.runs)
        if self.cluster:
            files = record.inputs(self.prepared.study, self.prepared.runs)
            hands = cluster_workers(self.cluster, folder=root, modules=modules,
                                    files={os.path.normpath(root / name): known for name, known in files.items()},
                                    shared=[self.prepared.study.processed.resolve() / kept.FOLDER,
                                            self.prepared.study.reports.resolve()])
        else:
            hands = local_workers(self.jobs or cores(), folder=root, modules=modules)
        return self._stack.enter_context(hands)

    @property
    def _width(self) -> int:
        """How many runs go on at a time; those that are up to date take no time."""
        if "_workers" not in vars(self):
            return self.jobs or cores()
        return min(self.jobs or self._workers.width, self._workers.width)

    def _begin(self, run: Run) -> Future:
        if reused := self.renewal.reused(run, self.staged):
            done: Future = Future()
            done.set_result(reused)
            return done
        self._because = self._workers.ordinary_because
        return submit_to(self._workers.executor, self._workers.work, self._job)(run)

    def _job(self, run: Run) -> Job:
        study, staged = self.prepared.study, self.staged.resolve()
        processed = study.processed.resolve()
        return Job(
            run=run.name, notebook=run.notebook, path=run.path.resolve(),
            parameters=self.prepared.parameters[run.name],
            root=study.folder.resolve().parent, processed=processed, writes=run.writes,
            page=staged / run.report if run.report else None,
            executed=staged / "internal" / "notebooks" / f"{run.name}.ipynb",
            failed=processed / "failed", secrets=self.prepared.secrets(run), metadata=site.page_metadata(study, run),
            timeout=60 * run.timeout_minutes, forked=not self._because,
        )


def _indexes(prepared, index: Callable[[str, list[dict]], str]) -> dict[str, str]:
    """The index pages by visibility; none where nothing would be listed."""
    found = site.entries(prepared.study, prepared.runs)
    return {visibility: index(visibility, listed) for visibility in ("public", "internal")
            if (listed := site.index_entries(found, visibility))}


def _write_index(folder: Path, text: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "index.html").write_text(text, encoding="utf-8", newline="\n")
