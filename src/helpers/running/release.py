"""A release staged out of sight, then published whole or not at all; the last good one always stays."""

import ctypes
import json
import os
import shutil
import sys
from contextlib import suppress
from pathlib import Path

from helpers.running.digest import digests

STAGED, OLD, PREVIEW, LATEST = ".staged", ".old", "preview", "latest"
RECORD = "provenance.json"
FAILED, FAILED_RECORD = "failed.html", "failed.json"  # beside the releases, never inside one
MARK = ".seen"  # what a cluster must see while it works
HISTORY, HISTORY_PAGE = "history.jsonl", "history.html"  # so too
AT_FDCWD, RENAME_EXCHANGE = -100, 2  # linux/fcntl.h, linux/fs.h


def stage(reports: Path) -> Path:
    """An empty folder for the files of the next release; what an interrupted run left there is removed."""
    recover(reports)
    staged = reports / STAGED
    staged.mkdir(parents=True)
    return staged


def discard(reports: Path) -> None:
    """Remove the staged files: nothing of them is published."""
    shutil.rmtree(reports / STAGED, ignore_errors=True)


def recover(reports: Path) -> None:
    """Put back the release that a run killed between two renames had set aside, and remove what it was writing."""
    for aside in sorted((reports / OLD).glob("*")):
        if not (reports / aside.name).exists():
            aside.rename(reports / aside.name)
    shutil.rmtree(reports / OLD, ignore_errors=True)
    discard(reports)
    for name in (f".{LATEST}", f".{FAILED}", f".{FAILED_RECORD}", MARK):
        (reports / name).unlink(missing_ok=True)


def publish(reports: Path, name: str) -> Path:
    """The release's folder, now holding the staged files and named by `latest`; raises OSError and changes nothing
    where the file system refuses.
    """
    staged, place = reports / STAGED, reports / name
    if not place.exists():
        staged.rename(place)
    elif _exchanged(staged, place):
        discard(reports)
    else:
        aside = reports / OLD / name
        aside.parent.mkdir(exist_ok=True)
        place.rename(aside)
        staged.rename(place)
        shutil.rmtree(reports / OLD, ignore_errors=True)
    _point(reports, name)
    return place


def preview(reports: Path) -> Path:
    """The folder of pages made outside any release, with the staged files laid over what it held."""
    staged, place = reports / STAGED, reports / PREVIEW
    for file in sorted(path for path in staged.rglob("*") if path.is_file()):
        target = place / file.relative_to(staged)
        target.parent.mkdir(parents=True, exist_ok=True)
        file.replace(target)
    discard(reports)
    return place


def prune(reports: Path, keep: int) -> list[str]:
    """Names of the releases removed so that the `keep` newest are left: the one `latest` names, whatever the clock said
    when it was published, then by time.
    """
    last = latest(reports)
    releases = sorted((path.parent for path in reports.glob(f"*/{RECORD}") if not path.parent.is_symlink()),
                      key=lambda place: (place.name == last, (place / RECORD).stat().st_mtime), reverse=True)
    old = [place for place in releases[keep:] if place.name != last]
    for place in old:
        shutil.rmtree(place)
    return [place.name for place in old]


def whole(place: Path) -> bool:
    """Whether a release's folder holds the very files that its record lists, and no others."""
    try:
        outputs = json.loads((place / RECORD).read_text(encoding="utf-8"))["outputs"]
    except (OSError, ValueError, KeyError):
        return False
    files = [path for path in place.rglob("*") if path.is_file() and path != place / RECORD]
    return digests(files, place) == outputs


def latest(reports: Path) -> str | None:
    """The name of the last release published; None before the first."""
    link, text = reports / LATEST, reports / f"{LATEST}.txt"
    if link.is_symlink():
        return link.readlink().name
    return text.read_text(encoding="utf-8").strip() if text.is_file() else None


def _point(reports: Path, name: str) -> None:
    """Let `latest` name the release in one step: a link, or latest.txt where links are not to be had."""
    new = reports / ".latest"
    new.unlink(missing_ok=True)
    try:
        new.symlink_to(name, target_is_directory=True)
        new.replace(reports / LATEST)
    except OSError:
        new.unlink(missing_ok=True)
        new.write_text(f"{name}\n", encoding="utf-8")
        new.replace(reports / f"{LATEST}.txt")


def _exchanged(one: Path, other: Path) -> bool:
    """Whether two folders have swapped names in one step; only Linux offers it, and not on every file system."""
    if sys.platform != "linux":
        return False
    with suppress(OSError, AttributeError):
        swap = ctypes.CDLL(None, use_errno=True).renameat2
        return swap(AT_FDCWD, os.fsencode(one), AT_FDCWD, os.fsencode(other), RENAME_EXCHANGE) == 0
    return False
