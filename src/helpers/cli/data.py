"""What the study starts from, held against its codebooks."""

import json
from argparse import Namespace
from pathlib import Path

from helpers.study import InputFault, Study, nearest, open_study


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


def check_data(study: Study, runs: list) -> None:
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
