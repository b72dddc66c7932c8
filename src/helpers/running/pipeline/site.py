"""The pages of a release as one site: what each is called, where it lies, what its page is told about it."""

from collections.abc import Iterable
from pathlib import PurePosixPath

from helpers.running.pipeline.notebook import heading, read_cells
from helpers.running.pipeline.runs import Run
from helpers.study import Study


def entries(study: Study, runs: Iterable[Run]) -> list[dict]:
    """One entry a page in pipeline order: report, title, description, group.

    Pages that one notebook makes form a group under its title, each named by the values it was made for.
    """
    return [_entry(study, run) for run in runs if run.report]


def index_entries(found: list[dict], visibility: str) -> list[dict]:
    """The entries of one index page, addressed from where it lies: the public index lists public pages only."""
    own = [entry for entry in found if entry["report"].startswith(f"{visibility}/")]
    rest = [] if visibility == "public" else [entry for entry in found if entry not in own]
    return [{"title": entry["title"], "href": _href(entry["report"], visibility),
             "description": entry["description"], "group": entry["group"]} for entry in [*own, *rest]]


def page_metadata(study: Study, run: Run) -> dict:
    """What the exporter is told of a run's page; nothing in it differs between two runs on the same inputs."""
    settings = study.settings
    visibility = str(PurePosixPath(run.report).parent) if run.report else "internal"
    return {
        "run": run.name,
        "study_folder": study.folder.resolve().name,
        "visibility": visibility,
        "title": settings.title,
        "page_title": _label(study, run),
        "notice": settings.notice,
        "synthetic": settings.synthetic,
        "release": settings.release,
        "period": settings.period,
        "status": settings.sign_off.status,
        "plan_hash": study.plan_hash,
        "navigation": [{"title": "All pages", "href": "index.html"}],
    }


def _entry(study: Study, run: Run) -> dict:
    title, description = heading(read_cells(run.path))
    title, label = title or run.notebook, _label(study, run)
    return {"report": run.report, "title": label or title, "description": "" if label else description,
            "group": title if label else ""}


def _label(study: Study, run: Run) -> str:
    """How a reader calls the values a run was made for."""
    names = {
        "partnership": study.settings.partnerships,
        "extract": {name: extract.title for name, extract in study.settings.extracts.items()},
        "family": {family.name: family.title for family in study.plan.families},
    }
    return ", ".join(str(names.get(key, {}).get(value, value)) for key, value in run.values.items())


def _href(report: str, visibility: str) -> str:
    own, name = report.split("/", 1)
    return name if own == visibility else f"../{report}"
