"""What a run leaves on record: from which files, with which software, in which time, to which bytes."""

import importlib.metadata
import os
import platform
import subprocess
from collections.abc import Iterable
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from helpers.running.digest import digest, digests
from helpers.running.outcome import Outcome
from helpers.running.pipeline.declared import LOCK, undeclared, written
from helpers.running.pipeline.preflight import Prepared
from helpers.running.pipeline.runs import Run
from helpers.running.renewal.fingerprint import Fingerprint
from helpers.study import Study

STAGED = "staged/"  # what a gate reads: the outputs
WITHOUT_KERNEL = {"skipped", "dead worker", "up to date", "cancelled"}


def inputs(study: Study, runs: Iterable[Run]) -> dict[str, str]:
    """SHA-256 of every file a run starts from: study folder, raw and published data, notebooks; paths seen from the
    folder that holds the study folder.
    """
    folders = [study.folder, study.raw, *([study.published] if study.published else [])]
    files = {path.resolve() for folder in folders for path in folder.rglob("*")
             if path.is_file() and not path.name.startswith((".", "~$"))}  # what other programs leave, open or not
    files |= {run.path.resolve() for run in runs}
    files.discard(study.register(study.settings.release).resolve())  # it is what comes of it
    return digests(files, study.folder.resolve().parent)


def software() -> dict:
    """Versions of Python and of every installed package."""
    packages = {found.metadata["Name"]: found.version for found in importlib.metadata.distributions()}
    return {"python": platform.python_version(), "system": f"{platform.system()} {platform.machine()}",
            "packages": dict(sorted(packages.items(), key=lambda item: item[0].lower()))}


def commit(folder: Path) -> dict | None:
    """The Git commit of the folder and whether nothing differs from it; None outside a repository."""
    try:
        head = _git(folder, "rev-parse", "HEAD")
        return {"commit": head, "clean": not _git(folder, "status", "--porcelain")}
    except (OSError, subprocess.CalledProcessError):
        return None


def kernels(outcomes: Iterable[Outcome], because: str, *, tried: bool, machines: int | None = None) -> dict:
    """Which kind of kernel ran the notebooks, and why if it was not the forked one; `fell_back` where that was tried
    and failed; `cluster_workers` how many there were, if not this machine's.
    """
    return _kernels(outcomes, because, tried) | ({"cluster_workers": machines} if machines else {})


def _kernels(outcomes: Iterable[Outcome], because: str, tried: bool) -> dict:
    if because:
        return {"kind": "ordinary", "fell_back": tried, "because": because}
    done = [outcome for outcome in outcomes if outcome.state not in WITHOUT_KERNEL]
    if all(outcome.forked for outcome in done):
        return {"kind": "forked", "fell_back": False}
    return {"kind": "forked and ordinary", "fell_back": True, "because": "no more could be forked after some runs"}


def record(prepared: Prepared, outcomes: dict[str, Outcome], *, kernels: dict, state: str, began: datetime,
           hashed: dict[str, str], fingerprints: dict[str, Fingerprint], staged: Path) -> dict:
    """The whole record of one run of the pipeline, as plain data; the only place that holds clocks."""
    study, runs, root = prepared.study, prepared.runs, prepared.study.folder.resolve().parent
    tables = {path for run in runs for pattern in run.writes for path in written(study.processed, pattern)}
    return {
        "state": state,
        "release": study.settings.release,
        "title": study.settings.title,
        "synthetic": study.settings.synthetic,
        "sign_off": study.settings.sign_off.model_dump(),
        "plan_hash": study.plan_hash,
        "seed": study.plan.seed,
        "began": began.isoformat(timespec="seconds"),
        "ended": max(began, datetime.now(UTC)).isoformat(timespec="seconds"),  # the clock may have been put back
        "code": commit(root),
        "lock": digest(root / LOCK) if (root / LOCK).is_file() else None,
        "software": software(),
        "kernels": kernels,
        "undeclared": {run.name: names for run in runs if not run.gate and run.name in outcomes
                       and (names := undeclared(study, run, runs, outcomes[run.name].seen))},
        "runs": [_line(run, prepared.parameters[run.name], outcomes.get(run.name), fingerprints.get(run.name))
                 for run in runs],
        "notebooks": {run.notebook: {"digest": known.notebook, "code": list(known.code)}
                      for run in runs if (known := fingerprints.get(run.name))},
        "inputs": hashed,
        "files": _united(known.files for known in fingerprints.values()),
        "sources": _united(known.code for known in fingerprints.values()),
        "processed": Path(os.path.relpath(study.processed.resolve(), root)).as_posix(),
        "tables": digests({path.resolve() for path in tables}, root),
        "outputs": digests((path for path in staged.rglob("*") if path.is_file()), staged),
    }


def _line(run: Run, parameters: dict, outcome: Outcome | None, known: Fingerprint | None) -> dict:
    ended = {key: value for key, value in asdict(outcome).items() if value not in ("", None, (), {})} if outcome else {}
    ended.pop("seen", None)  # it is part of what the run reads
    reads = [name for name in known.files if not name.startswith(STAGED)] if known else []
    return {"run": run.name, "notebook": run.notebook, "parameters": parameters, "report": run.report,
            "reads": reads, "writes": list(run.writes), **ended, "state": outcome.state if outcome else "not begun"}


def _united(hashed: Iterable[dict[str, str]]) -> dict[str, str]:
    """Hashes of all files together, but for those of the release itself."""
    return dict(sorted((name, digest) for each in hashed for name, digest in each.items()
                       if not name.startswith(STAGED)))


def _git(folder: Path, *words: str) -> str:
    return subprocess.run(["git", *words], cwd=folder, capture_output=True, text=True, check=True).stdout.strip()
