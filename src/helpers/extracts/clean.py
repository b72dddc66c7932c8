"""The doors to cleaning: an extract of a study, whole or in waves, or files that belong to no study."""

from pathlib import Path

from helpers.extracts.cleaning.account import cleaned
from helpers.extracts.cleaning.cleaned import Cleaned
from helpers.extracts.cleaning.waves import waves_together
from helpers.extracts.codebooks.opened import open_codebook, open_file
from helpers.extracts.reading.files import find_files
from helpers.extracts.reading.received import receive
from helpers.study import InputFault, Study


def clean(study: Study, name: str) -> Cleaned:
    """The extract `name` cleaned by its codebook.

    `table`: one row a kept row in the order received, clean names, ordinal and binary columns as ordered categoricals
    (low to high), other coded ones unordered, counts Int64, numbers Float64, dates datetime64. `missing`: the same
    shape, the kind of missing where there is no value. `ledger`, `recodes` (column, from, to, rows), `quarantine`
    (file, row as its sender numbers it, column, value, rule, sentence, remedy). `attrition`: of an extract of waves.
    Raises InputFault with every fault of the codebook, or of all files, at once.
    """
    return clean_once(study, name, {})


def clean_once(study: Study, name: str, done: dict[str, Cleaned | None]) -> Cleaned:
    """`clean`, with what is cleaned already in `done`: an extract that several rules look into is cleaned once."""
    if name in done:
        if done[name] is None:
            raise InputFault(f"extract '{name}': its rules look into an extract whose rules look back; drop one rule.")
        return done[name]
    done[name] = None
    try:
        codebook = open_codebook(study, name)
        if study.extract(name).waves:
            waves = {wave: clean_once(study, other, done) for wave, other in study.extract(name).waves.items()}
            done[name] = waves_together(codebook, waves, study.extract(name).waves)
        else:
            received = receive(find_files(study, name), study.raw, codebook)
            done[name] = cleaned(received, codebook, name, lambda other: clean_once(study, other, done))
    finally:
        if done[name] is None:
            del done[name]
    return done[name]


def clean_file(path: Path, codebook_path: Path) -> Cleaned:
    """One file, or every file of a folder, cleaned by a codebook that belongs to no study; as `clean` otherwise."""
    codebook = open_file(codebook_path)
    paths = sorted(child for child in path.iterdir() if child.is_file()) if path.is_dir() else [path]
    if not paths or not paths[0].is_file():
        raise InputFault(f"{path.as_posix()}: no such file; correct the path.", "data")
    root = path if path.is_dir() else path.parent

    def none(other: str) -> Cleaned:
        raise InputFault(f"extract '{other}' belongs to a study; run the check within one.")

    return cleaned(receive(paths, root, codebook), codebook, codebook.instrument, none)
