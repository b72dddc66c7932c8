"""What each command does; every one returns its exit code."""

import json
import sys
from argparse import Namespace
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from helpers.cli import data, releases
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
            return run_pipeline(prepared, pages=_pages(study), watch=watch,
                                check=lambda runs: data.check_data(study, runs), jobs=given.jobs, keep=given.keep,
                                force=given.force, cluster=given.cluster)
        finally:
            watch.clear()


def _teller(study: Study, command: list[str]) -> Callable[[str, str], None]:
    """Who is told the state and the words of how a run ended; nobody without a command."""
    from helpers.running import notify

    def tell(state: str, text: str) -> None:
        if command and (complaint := notify(command, reports=study.reports, state=state, text=text)):
            print(complaint, file=sys.stderr)

    return tell


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


def _pages(study: Study) -> "Pages":
    """The pages that are no notebook, as running asks for them."""
    from helpers import pages
    from helpers.running import Pages

    return Pages(
        index=lambda visibility, entries: pages.index_page(entries, study, visibility=visibility),
        failure=lambda record: pages.failure_page(record, study),
        history=lambda nights: pages.history_page(nights, study),
    )


def _notebook(study: Study, name: str) -> Path:
    from helpers.running import open_pipeline

    paths = {run.notebook: run.path for run in open_pipeline(study)}
    if name not in paths:
        raise InputFault(f"{name}: no such notebook in pipeline.toml; {nearest(name, paths)}")
    return paths[name]


# By the word given on the command line.
COMMANDS = {"run": run, "status": releases.status, "verify": releases.verify, "diff": releases.diff,
            "check": data.check, "clean": data.clean, "describe": describe, "sample": sample,
            "schedule": schedule, "codebook": codebook}
