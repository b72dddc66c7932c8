"""What each release published, kept in the study folder: an input of the releases after it, like any other."""

from helpers.running.outcome import Outcome
from helpers.running.pipeline.preflight import Prepared
from helpers.running.storage import write_json


def enter(prepared: Prepared, outcomes: dict[str, Outcome]) -> None:
    """Write down the key figures that public pages told. The same release again takes the place of the first."""
    study = prepared.study
    figures = {name: value for run in prepared.runs if (run.report or "").startswith("public/")
               for name, value in outcomes[run.name].figures.items()}
    write_json(study.register(study.settings.release), {
        "release": study.settings.release, "synthetic": study.settings.synthetic, "notice": study.settings.notice,
        "plan_hash": study.plan_hash, "figures": figures,
    })
