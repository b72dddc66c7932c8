"""What each command does; every one returns its exit code."""

import json
import sys
from argparse import Namespace
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from helpers.study import InputFault, Study, nearest, open_study

if TYPE_CHECKING:
    from helpers.running import Ending, Pages


def run(given: Namespace) -> int:
    """Preflight, then all runs or those asked for: 0, 4 or 5. Raises InputFault and Busy before any notebook."""
    from helpers.cli.summary import shown, summary
    from helpers.running import Busy, command_of

    study = open_study(given.study)
    command = command_of(given.notify) if given.notify is not None else []
    tell = _teller(study, [] if given.only or given.partnership else command)  # part of a pipeline is no news
    try:
        ending = _ran(study, given)
    except InputFault as fault:
        tell("input refused", "\n".join(fault.faults))
        raise
    except Busy:
        raise
    except Exception as error:
        tell("broken", f"{type(error).__name__}, a fault of Throughcare itself.")
        raise
    told = summary(ending, study.reports)
    tell("published" if ending.state == "up to date" else ending.state, told)  # as good as yesterday's
    if given.json:
        print(json.dumps({"exit_code": ending.exit_code, "page": shown(ending.page), **ending.record},
                         ensure_ascii=False))
    else:
        print(told)
    return ending.exit_code


def _ran(study: Study, given: Namespace) -> "Ending":
    """How a run of what was asked for ended; it holds the study's lock meanwhile."""
    from helpers.running import Progress, only_run, prepare, run_pipeline, storage_told

    prepared = prepare(study, only=given.only, partnership=given.partnership)
    watch = Progress(sys.stderr if given.json else sys.stdout, len(prepared.runs))
    with storage_told(study.processed, study.reports), only_run(study.reports) as left:
        if left:
            watch.say(f"An earlier run (process {left['pid']}) ended without clearing up; what it left is removed.")
        try:
            return run_pipeline(prepared, pages=_pages(study), watch=watch, check=lambda runs: _check_data(study, runs),
                                jobs=given.jobs, keep=given.keep, force=given.force, cluster=given.cluster)
        finally:
            watch.clear()


def _teller(study: Study, command: list[str]) -> Callable[[str, str], None]:
    """Who is told the state and the words of how a run ended; nobody without a command."""
    from helpers.running import notify

    def tell(state: str, text: str) -> None:
        if command and (complaint := notify(command, reports=study.reports, state=state, text=text)):
            print(complaint, file=sys.stderr)

    return tell


def status(given: Namespace) -> int:
    """Which runs are out of date, and because of what: 0."""
    from helpers.cli.summary import standing
    from helpers.running import prepare
    from helpers.running import standing as look

    now = look(prepare(open_study(given.study)))
    if given.json:
        print(json.dumps({"exit_code": 0, **now}, ensure_ascii=False))
    else:
        print(standing(now))
    return 0


def verify(given: Namespace) -> int:
    """The release rebuilt elsewhere and compared: 0 where every byte is the same, else 4."""
    from dataclasses import asdict
    from tempfile import TemporaryDirectory

    from helpers.cli.summary import verified
    from helpers.running import only_run, prepare
    from helpers.running.releases import verify

    prepared = prepare(open_study(given.study))
    with only_run(prepared.study.reports), TemporaryDirectory() as place:
        published = verify.published_record(prepared.study)
        verify.unchanged_inputs(prepared, published)
        root = verify.copied(prepared, Path(place), list(published["files"]))
        again = verify.rebuilt(prepared, root, given.jobs)
    verdict = verify.compared(published, again) if again else None
    code = 0 if verdict and verdict.good else 4
    if given.json:
        print(json.dumps({"exit_code": code, **(asdict(verdict) if verdict else {"release": published["release"]})}))
    else:
        print(verified(verdict, published["release"]))
    return code


def diff(given: Namespace) -> int:
    """Two releases held against each other: 0, whether they differ or not."""
    from dataclasses import asdict

    from helpers.cli.changes import told
    from helpers.running import Releases, release_folder

    study = open_study(given.study)
    places = [release_folder(study, name) for name in (given.before, given.after)]
    releases = Releases(*places, root=study.folder.resolve().parent)
    found = releases.differences()
    if given.json:
        print(json.dumps({"exit_code": 0, "runs": [asdict(each) for each in found]}, ensure_ascii=False))
    else:
        print(told(releases, found, every=given.all))
    return 0


def check(given: Namespace) -> int:
    """The extracts held against their codebooks: 0, or InputFault with every fault."""
    from helpers import extracts

    if given.codebook:
        if len(given.files) != 1:
            raise InputFault("--codebook: it describes one file or folder; name just that one.")
        done = {given.files[0].as_posix(): extracts.clean_file(given.files[0], given.codebook)}
        titles = {name: name for name in done}
    else:
        study = open_study(given.study)
        names = list(dict.fromkeys(_extract_of(study, file) for file in given.files)) or list(study.settings.extracts)
        titles = {name: study.extract(name).title for name in names}
        _open_codebooks(study, names)
        faults, done = extracts.inspected(study, names)
        if faults:
            raise InputFault(faults, kind="data")
    lines = {name: extracts.told(cleaned) for name, cleaned in done.items()}
    if given.json:
        counts = {name: extracts.accounted(cleaned.ledger) for name, cleaned in done.items()}
        print(json.dumps({"exit_code": 0, "faults": [], "extracts": list(done), "rows": counts}))
    else:
        print("\n".join(f"{titles[name]}: " + "\n  ".join(told) for name, told in lines.items()))
        print("No fault: what is set aside goes into the quarantine, what is left out is no part of the analysis.")
    return 0


def clean(given: Namespace) -> int:
    """One file or folder cleaned by a codebook, outside any study: 0, or InputFault with every fault."""
    from helpers import extracts

    cleaned = extracts.clean_file(given.file, given.codebook)
    paths = extracts.save_files(given.to, cleaned.codebook.instrument, cleaned)
    if given.json:
        print(json.dumps({"exit_code": 0, "rows": extracts.accounted(cleaned.ledger),
                          "files": [path.as_posix() for path in paths]}))
    else:
        print("\n  ".join(extracts.told(cleaned)))
        print(f"Written to {given.to.as_posix()}: {', '.join(path.name for path in paths)}.")
    return 0


def describe(given: Namespace) -> int:
    """A notebook's parameters listed: 0."""
    from helpers.running import contract, described, schema

    path = Path(given.notebook)
    if path.suffix != ".ipynb":
        path = _notebook(open_study(given.study), given.notebook)
    known = contract(path)
    if given.schema:
        print(json.dumps(schema(path.stem, known), indent=2, ensure_ascii=False))
        return 0
    if given.json:
        print(json.dumps(described(known), ensure_ascii=False))
        return 0
    print(f"{path.stem}:" if known else f"{path.stem} takes no parameters.")
    for parameter in known:
        print(f"  {parameter.name}: {parameter.type} = {parameter.default!r}")
        print(f"      {' '.join(part for part in (parameter.help, parameter.limits()) if part)}".rstrip())
    return 0


def sample(given: Namespace) -> int:
    """Synthetic extracts written: 0."""
    from helpers.sample import write_sample

    write_sample(given.to, given.seed)
    print(f"Synthetic extracts of seed {given.seed} written to {given.to.as_posix()}.")
    return 0


def schedule(given: Namespace) -> int:
    """What runs a study every day, printed or written: 0."""
    from helpers.cli import schedules

    return schedules.ACTIONS[given.action](given)


def codebook(given: Namespace) -> int:
    """A codebook drafted, compared, sent out or brought back: 0."""
    from helpers.cli import codebooks

    return codebooks.ACTIONS[given.action](given)


def _check_data(study: Study, runs: list) -> None:
    """Raise InputFault with every fault of the extracts and published statistics that the runs start from."""
    from helpers import extracts
    from helpers.running import extracts_read, published_read

    faults = _extract_faults(study, extracts_read(study, runs))
    if published_read(runs):
        try:
            extracts.official.read(study)
        except InputFault as fault:
            faults += fault.faults
    if faults:
        raise InputFault(faults, kind="data")


def _extract_faults(study: Study, names: list[str]) -> list[str]:
    """Faults of the extracts named; raises InputFault where a codebook, which is the study's, is wrong."""
    from helpers import extracts

    _open_codebooks(study, names)
    return extracts.check(study, names) if names else []


def _open_codebooks(study: Study, names: list[str]) -> None:
    """Raise InputFault with every fault of the codebooks of the extracts named."""
    from helpers import extracts

    faults = []
    for name in names:
        try:
            extracts.open_codebook(study, name)
        except InputFault as fault:
            faults += fault.faults
    if faults:
        raise InputFault(faults)


def _pages(study: Study) -> "Pages":
    """The pages that are no notebook, as running asks for them."""
    from helpers import pages
    from helpers.running import Pages

    return Pages(
        index=lambda visibility, entries: pages.index_page(entries, study, visibility=visibility),
        failure=lambda record: pages.failure_page(record, study),
        history=lambda nights: pages.history_page(nights, study),
    )


def _extract_of(study: Study, file: Path) -> str:
    """The extract a file belongs to, or that is named so."""
    names = study.settings.extracts
    if file.as_posix() in names:
        return file.as_posix()
    for name in names:
        if file.resolve() in {path.resolve() for path in study.files(name)}:
            return name
    raise InputFault(f"{file.as_posix()}: no extract of study.toml takes this file; {nearest(file.stem, names)} "
                     "A file outside the study is checked with --codebook.")


def _notebook(study: Study, name: str) -> Path:
    from helpers.running import open_pipeline

    paths = {run.notebook: run.path for run in open_pipeline(study)}
    if name not in paths:
        raise InputFault(f"{name}: no such notebook in pipeline.toml; {nearest(name, paths)}")
    return paths[name]
