"""One whole run of the pipeline as the history tells it, and who writes the pages that are no notebook."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from helpers.running.outcome import Outcome
from helpers.running.pipeline.preflight import Prepared
from helpers.running.releases import history
from helpers.study import InputFault


@dataclass(frozen=True)
class Pages:
    """Who writes the pages that are no notebook: the list of "public" or "internal" pages, what went wrong, the
    nights so far.
    """

    index: Callable[[str, list[dict]], str]
    failure: Callable[[dict], str]
    history: Callable[[list[dict]], str]


class Night:
    """One whole run of the pipeline as it goes into the history; part of a pipeline is none."""

    def __init__(self, prepared: Prepared, pages: Pages) -> None:
        self.began, self.prepared, self.pages = datetime.now(UTC), prepared, pages

    def enter(self, state: str, outcomes: Mapping[str, Outcome]) -> None:
        """Add it to the nights so far."""
        if not self.prepared.partial:
            told = {name: value for outcome in outcomes.values() for name, value in outcome.figures.items()}
            history.enter(self.prepared.study.reports, state=state, release=self.prepared.study.settings.release,
                          began=self.began, outcomes=outcomes, figures=told, page=self.pages.history)

    @contextmanager
    def refusing(self) -> Iterator[None]:
        """A stretch in which an input may be refused."""
        try:
            yield
        except InputFault:
            self.enter("input refused", {})
            raise
