"""Notebooks run in order, their pages staged, and the release published whole or not at all."""

from helpers.running.driver import Ending, run_pipeline
from helpers.running.lock import Busy, only_run
from helpers.running.notice import command_of, notify
from helpers.running.pipeline.parameters import contract, described, schema
from helpers.running.pipeline.preflight import Prepared, extracts_read, prepare, published_read
from helpers.running.pipeline.runs import Run, open_pipeline
from helpers.running.progress import Progress
from helpers.running.releases import verify
from helpers.running.releases.difference import Moved, Releases, RunDifference, release_folder
from helpers.running.releases.night import Pages
from helpers.running.renewal.due import standing
from helpers.running.schedule import Schedule, daily
from helpers.running.storage import storage_told

__all__ = [
    "Busy", "Ending", "Moved", "Pages", "Prepared", "Progress", "Releases", "Run", "RunDifference",
    "Schedule", "command_of", "contract", "daily", "described", "extracts_read", "notify", "only_run",
    "open_pipeline", "prepare", "published_read", "release_folder", "run_pipeline", "schema", "standing",
    "storage_told", "verify",
]
