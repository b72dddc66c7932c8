"""What a run that did not end well leaves: a page and a record beside the releases, never inside one."""

import shutil
from collections.abc import Callable
from pathlib import Path

from helpers.running import release
from helpers.running.outcome import Outcome
from helpers.running.pipeline.preflight import Prepared
from helpers.running.storage import write_json
from helpers.study import Study


def told(prepared: Prepared, page: Callable[[dict], str], outcomes: dict[str, Outcome], content: dict) -> Path:
    """The page that says what went wrong, with its record beside it; of a preview among the previews."""
    folder = prepared.study.reports / (release.PREVIEW if prepared.partial else "")
    failed, *others = [outcome for outcome in outcomes.values() if not outcome.good and outcome.state != "skipped"]
    also = f" These did not finish either: {', '.join(other.run for other in others)}." if others else ""
    failure = {"notebook": failed.notebook, "run": failed.run, "state": failed.state, "cause": failed.cause + also,
               "cell_number": failed.cell_number, "error_name": failed.error_name, "message": failed.message,
               "parameters": prepared.parameters[failed.run], "remedy": failed.remedy}
    write_json(folder / release.FAILED_RECORD, content)
    new = folder / f".{release.FAILED}"
    new.write_text(page(failure), encoding="utf-8", newline="\n")
    return new.replace(folder / release.FAILED)


def cleared(study: Study) -> None:
    """A good run takes back what the last failure left: its page, its record, its kept notebooks."""
    cleared_preview(study.reports)
    shutil.rmtree(study.processed / "failed", ignore_errors=True)


def cleared_preview(folder: Path) -> None:
    """The same of the pages in the folder alone."""
    for name in (release.FAILED, release.FAILED_RECORD):
        (folder / name).unlink(missing_ok=True)
