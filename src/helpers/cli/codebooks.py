"""What `throughcare codebook` does: drafts, compares, sends out, brings back; every action returns its exit code."""

import json
import sys
from argparse import Namespace
from dataclasses import asdict
from pathlib import Path

from helpers.study import InputFault, read_toml

_WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".ods")


def draft(given: Namespace) -> int:
    """A codebook drafted from an export: 0."""
    from helpers.extracts.drafting import draft as drafted

    _free(given.to, force=given.force)
    _deliver(drafted(_there(given.file, "an export"), given.sheet), given.to)
    return 0


def diff(given: Namespace) -> int:
    """How a codebook changed between two waves, told: 0."""
    from helpers.extracts.codebook_difference import difference, told
    from helpers.extracts.codebook_difference.telling import mapping

    old, new = _codebook(given.old), _codebook(given.new)
    changes = difference(old, new)
    if given.json:
        print(json.dumps({"exit_code": 0, "changes": [asdict(change) for change in changes],
                          "earlier": mapping(changes)}, ensure_ascii=False))
    else:
        print(f"From '{old.title}' ({given.old.as_posix()}) to '{new.title}' ({given.new.as_posix()}):\n")
        print(told(changes))
    return 0


def to_workbook(given: Namespace) -> int:
    """A codebook written as a workbook: 0."""
    from helpers.extracts.codebook_workbook import to_workbook

    to = given.to or Path(f"{given.file.stem}.xlsx")
    if to.suffix.lower() != ".xlsx":
        raise InputFault(f"{to.as_posix()}: the workbook is written as XLSX; give its name the ending .xlsx.")
    _free(to, force=given.force)
    to_workbook(_codebook(given.file), to)
    print(f"Written to {to.as_posix()}. `throughcare codebook from-workbook {to.as_posix()}` reads it back.")
    return 0


def from_workbook(given: Namespace) -> int:
    """A workbook that came back written as a codebook: 0."""
    from helpers.extracts.codebook_workbook import from_workbook
    from helpers.extracts.codebooks.toml import written

    _free(given.to, force=given.force)
    _deliver(written(from_workbook(_there(given.file, "a workbook"))), given.to)
    return 0


ACTIONS = {"draft": draft, "diff": diff, "to-workbook": to_workbook, "from-workbook": from_workbook}


def _codebook(path: Path):
    """The codebook in a TOML file or a workbook, as it is written: a study's own lists stay names."""
    from helpers.extracts.codebook_workbook import from_workbook
    from helpers.extracts.codebooks.codebook import Codebook

    _there(path, "a codebook")
    return from_workbook(path) if path.suffix.lower() in _WORKBOOKS else read_toml(path, Codebook)


def _there(path: Path, what: str) -> Path:
    if not path.is_file():
        problem = "this is a folder" if path.is_dir() else "there is no such file"
        raise InputFault(f"{path.as_posix()}: {problem}; give the path of {what}.")
    return path


def _free(to: Path | None, *, force: bool) -> None:
    """Raise InputFault where a file could not be written, or would be written over."""
    if to is None:
        return
    if to.is_dir() or not to.parent.is_dir():
        problem = "is a folder" if to.is_dir() else f"there is no folder {to.parent.as_posix()}"
        raise InputFault(f"{to.as_posix()}: {problem}; name a file in a folder that exists.")
    if to.exists() and not force:
        raise InputFault(f"{to.as_posix()}: exists already; name another file with --to, or write over it with "
                         "--force.")


def _deliver(text: str, to: Path | None) -> None:
    """Write the TOML text to a file or, without one, print it; both as UTF-8, which TOML is."""
    if to is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(text.encode())
        return
    to.write_text(text, encoding="utf-8", newline="\n")
    print(f"Written to {to.as_posix()}.")
