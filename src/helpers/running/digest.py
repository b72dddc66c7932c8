"""SHA-256 of files: what tells whether they are the same."""

import hashlib
import os
from collections.abc import Iterable
from pathlib import Path


def digest(path: Path) -> str:
    """SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def digests(files: Iterable[Path], root: Path) -> dict[str, str]:
    """SHA-256 by path as seen from `root`, in order; so also of files outside it: nothing absolute is kept."""
    return dict(sorted((Path(os.path.relpath(path, root)).as_posix(), digest(path)) for path in files))
