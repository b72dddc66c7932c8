"""Runs chosen, and everything about them checked, before any kernel starts."""

import os
from dataclasses import dataclass
from pathlib import Path

from helpers.running import release
from helpers.running.pipeline.parameters import contract, faults_in
from helpers.running.pipeline.runs import Run, open_pipeline
from helpers.study import InputFault, Parameter, Study, nearest
from helpers.study.secrets import secret_file

RESERVED = {release.LATEST, f"{release.LATEST}.txt", release.PREVIEW, release.FAILED, release.FAILED_RECORD,
            release.HISTORY, release.HISTORY_PAGE}


@dataclass(frozen=True)
class Prepared:
    """Runs chosen and checked, with the parameters each will get."""

    study: Study
    runs: list[Run]
    parameters: dict[str, dict]
    partial: bool
    contracts: dict[Path, list[Parameter]]

    def secrets(self, run: Run) -> tuple[str, ...]:
        """The references to secrets that a run is given, or that its notebook has by default."""
        values = self.parameters[run.name]
        return tuple(values.get(parameter.name, parameter.default) for parameter in self.contracts[run.path]
                     if parameter.form == "secret")


def prepare(study: Study, *, only: list[str] | None = None, partnership: str | None = None) -> Prepared:
    """All runs of the study, or those named by run, notebook or partnership; raises InputFault with every fault."""
    if study.settings.release in RESERVED:
        raise InputFault(f"{(study.folder / 'study.toml').as_posix()}, 'release': '{study.settings.release}' names "
                         "something else in the reports folder; choose another name.")
    runs = _chosen(study, open_pipeline(study), only or [], partnership)
    contracts, faults = _contracts(runs)
    parameters = {run.name: _given(study, run, contracts[run.path]) for run in runs if run.path in contracts}
    faults += [fault for run in runs if run.path in contracts
               for fault in faults_in(run.name, contracts[run.path], parameters[run.name],
                                      study.folder.resolve().parent)]
    prepared = Prepared(study, runs, parameters, partial=bool(only or partnership), contracts=contracts)
    if faults := faults or _secrets_on_record(prepared):
        raise InputFault(faults)
    return prepared


def extracts_read(study: Study, runs: list[Run]) -> list[str]:
    """Names of the extracts that the runs start from, in the order of study.toml."""
    named = [read.removeprefix("raw/") for run in runs for read in run.reads if read.startswith("raw/")]
    return [name for name in study.settings.extracts
            if any(name == wanted or (wanted.endswith("*") and name.startswith(wanted[:-1])) for wanted in named)]


def published_read(runs: list[Run]) -> bool:
    """Whether any of the runs starts from published statistics."""
    return any(read.startswith("published/") for run in runs for read in run.reads)


def _chosen(study: Study, pipeline: list[Run], only: list[str], partnership: str | None) -> list[Run]:
    """The runs asked for; a gate judges a whole release, so none may be asked for alone."""
    if partnership is not None:
        study.partnership(partnership)  # raises with the nearest name
    known = {name for run in pipeline for name in (run.name, run.notebook)}
    faults = [f"--only {name}: no such run or notebook in pipeline.toml; {nearest(name, sorted(known))}"
              for name in only if name not in known]
    gates = {name for run in pipeline if run.gate for name in (run.name, run.notebook)}
    faults += [f"--only {name}: the gate judges a whole release; run without --only." for name in only if name in gates]
    if faults:
        raise InputFault(faults)
    runs = [run for run in pipeline if (not only or run.name in only or run.notebook in only)
            and (partnership is None or run.values.get("partnership") == partnership)]
    if not runs:
        raise InputFault(f"--partnership {partnership}: no run chosen is made for it; leave out one of the two.")
    return runs


def _secrets_on_record(prepared: Prepared) -> list[str]:
    """A fault for every secret that lies in a folder whose files are put on record by their hashes."""
    study = prepared.study
    recorded = [place.resolve() for place in (study.folder, study.raw, study.published) if place]
    return [f"run '{run.name}': the secret {reference} lies in {place.name}/, and the hash of every file there is put "
            "on record; keep it elsewhere."
            for run in prepared.runs for reference in prepared.secrets(run)
            if (file := secret_file(reference, [study.folder.resolve().parent]))
            for place in recorded if file.resolve().is_relative_to(place)]


def _contracts(runs: list[Run]) -> tuple[dict[Path, list[Parameter]], list[str]]:
    """What each notebook declares, and the faults of those whose declarations cannot be read."""
    contracts, faults = {}, []
    for path in dict.fromkeys(run.path for run in runs):
        try:
            contracts[path] = contract(path)
        except InputFault as fault:
            faults += fault.faults
    return contracts, faults


def _given(study: Study, run: Run, known: list[Parameter]) -> dict:
    """The values of a run, the study folder, and the staged files for a notebook that declares them."""
    root = study.folder.resolve().parent
    staged = Path(os.path.relpath(study.reports.resolve() / release.STAGED, root)).as_posix()
    extra = {"staged": staged} if any(parameter.name == "staged" for parameter in known) else {}
    return {**run.values, "study_folder": study.folder.resolve().name, **extra}
