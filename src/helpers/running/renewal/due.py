"""Which runs are out of date and because of what; what the others made the last time is used again."""

from graphlib import TopologicalSorter
from pathlib import Path

from helpers.running import release
from helpers.running.outcome import Outcome, listed
from helpers.running.pipeline.order import needed
from helpers.running.pipeline.preflight import Prepared
from helpers.running.pipeline.runs import Run
from helpers.running.renewal.fingerprint import Fingerprint, Fingerprints
from helpers.running.renewal.kept import Kept, Shelf
from helpers.running.renewal.reach import Source

MEMORY = "imports.json"  # what the package's modules import, among the kept runs


class Renewal:
    """The runs of one pipeline held against what their last good runs left; `force` takes all to be out of date."""

    def __init__(self, prepared: Prepared, *, force: bool = False) -> None:
        self.prepared, self.force = prepared, force
        self.shelf = Shelf(prepared.study.processed)
        self.source = Source(self.shelf.folder / MEMORY)
        self.fingerprints = Fingerprints(prepared, self.source)
        self.begun: dict[str, Fingerprint] = {}

    def reasons(self, run: Run) -> list[str]:
        """Why the run is out of date, as phrases; none where it is not."""
        return self._look(run)[1]

    def due(self) -> dict[str, list[str]]:
        """The runs out of date by name, with the reasons, in the order of the pipeline. A run that is to read what
        one of them writes may find it unchanged, and then is up to date after all.
        """
        runs, due = self.prepared.runs, {}
        waits_for = needed(runs)
        for run in _in_order(runs, waits_for):
            before = [other for other in due if run.gate or other in waits_for[run.name]]
            if reasons := self.reasons(run) or ([f"it reads what {listed(before)} may change"] if before else []):
                due[run.name] = reasons
        return {run.name: due[run.name] for run in runs if run.name in due}

    def reused(self, run: Run, staged: Path) -> Outcome | None:
        """The outcome of a run that is up to date, its files put where they belong; None where it is to be done."""
        kept, reasons = self._look(run)
        if reasons:
            return None
        self.shelf.stage(run, kept, staged)
        return Outcome(run.name, run.notebook, "up to date", warnings=kept.warnings, figures=kept.figures,
                       seen=tuple(kept.seen))

    def keep(self, run: Run, outcome: Outcome, staged: Path) -> None:
        """Keep what a good run made, unless what it read has changed under its hands."""
        if outcome.state != "done":
            return
        before = self.begun[run.name]
        now = self.begun[run.name] = self.fingerprints.of(run, outcome.seen)
        if all(now.files.get(name, digest) == digest for name, digest in before.files.items()):
            self.shelf.keep(run, now, outcome, staged)

    def _look(self, run: Run) -> tuple[Kept | None, list[str]]:
        kept = self.shelf.last(run)
        now = self.begun[run.name] = self.fingerprints.of(run, kept.seen if kept else ())
        if self.force:
            return kept, ["--force"]
        if kept is None:
            return None, ["it has not run yet"]
        spoilt = self.shelf.spoilt(run, kept)
        return kept, [*now.because(kept.fingerprint), *([spoilt] if spoilt else [])]


def standing(prepared: Prepared) -> dict:
    """What a run would do now: `due` with the reasons by run, `up_to_date` by name, `published` whether the release is
    there as those left it.
    """
    due = Renewal(prepared).due()
    return {"release": prepared.study.settings.release, "due": due,
            "up_to_date": [run.name for run in prepared.runs if run.name not in due],
            "published": published(prepared)}


def published(prepared: Prepared) -> bool:
    """Whether the release is there as its record says, and the latest."""
    study = prepared.study
    return release.latest(study.reports) == study.settings.release and release.whole(
        study.reports / study.settings.release)


def _in_order(runs: list[Run], waits_for: dict[str, list[str]]) -> list[Run]:
    """The runs, each after those it waits for, gates last."""
    by_name = {run.name: run for run in runs}
    return sorted((by_name[name] for name in TopologicalSorter(waits_for).static_order()), key=lambda run: run.gate)
