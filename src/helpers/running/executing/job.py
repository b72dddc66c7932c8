"""Everything a worker needs to know of one run, as plain data that any executor can carry to it."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Job:
    """Everything a worker needs to know of one run; all paths absolute, since papermill changes the working folder."""

    run: str
    notebook: str
    path: Path
    parameters: dict
    root: Path  # where the kernel works: the folder that holds the study folder
    processed: Path
    writes: tuple[str, ...]
    page: Path | None  # where the rendered page goes
    executed: Path  # where the executed notebook goes
    failed: Path  # where it goes if it fails: restricted
    metadata: dict  # what the exporter is told
    secrets: tuple[str, ...]  # references to those it was given
    timeout: float  # seconds after which the notebook is stopped
    forked: bool = False  # whether to ask for a forked kernel; an ordinary one serves wherever there is none
