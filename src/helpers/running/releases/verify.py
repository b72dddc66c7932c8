"""A release rebuilt from its inputs in another place, and held against what was published, byte by byte."""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from helpers.running import release
from helpers.running.pipeline.declared import LOCK
from helpers.running.pipeline.preflight import Prepared
from helpers.running.releases import record
from helpers.study import InputFault, Study


@dataclass(frozen=True)
class Verdict:
    """What came of it: how many files were the same, which were not or were missing on one side, and in which
    `software` the two differ, as phrases.
    """

    release: str
    same: int
    different: list[str]
    missing: list[str]
    extra: list[str]
    software: list[str]

    @property
    def good(self) -> bool:
        return not (self.different or self.missing or self.extra)


def published_record(study: Study) -> dict:
    """The record of the study's release; raises InputFault where there is none, or its files were changed."""
    place = study.reports / study.settings.release
    if not (place / release.RECORD).is_file():
        raise InputFault(f"{place.as_posix()}: no release is published there; `throughcare run` publishes one.")
    if not release.whole(place):
        raise InputFault(f"{place.as_posix()}: its files are not those that {release.RECORD} lists: they were changed "
                         "since. `throughcare run` publishes it again.")
    return json.loads((place / release.RECORD).read_text(encoding="utf-8"))


def unchanged_inputs(prepared: Prepared, published: dict) -> None:
    """Raise InputFault naming every input that is not what the release was made from."""
    now = record.inputs(prepared.study, prepared.runs)
    before = published["inputs"]
    faults = [f"{name}: {'is new' if name not in before else 'is gone' if name not in now else 'changed'} since "
              f"{published['release']} was published; only a release of the present inputs can be rebuilt."
              for name in sorted({*before, *now}) if before.get(name) != now.get(name)]
    if faults:
        raise InputFault(faults, kind="data")


def copied(prepared: Prepared, place: Path, also: list[str]) -> Path:
    """The folder of a copy of the study, its notebooks and data below `place`, everything where it was as seen from
    the study; `also` names files beside it, such as modules of its own. Raises InputFault where data lie at fixed
    places, which a copy would share.
    """
    study, root = prepared.study, prepared.study.folder.resolve().parent
    data = study.settings.data
    fixed = [name for name in ("raw", "published", "processed", "reports")
             if (given := getattr(data, name)) and Path(given).is_absolute()]
    if fixed:
        raise InputFault([f"{(study.folder / 'study.toml').as_posix()}, data.{name}: an absolute path, which a copy of "
                          "the study would share; write it as seen from the study folder." for name in fixed])
    made = [study.processed.resolve(), study.reports.resolve()]
    beside = [path for name in [LOCK, *also] if (path := root / name).is_file()
              and not any(path.resolve().is_relative_to(place) for place in made)]
    parts = [study.folder, study.raw, *([study.published] if study.published else []),
             *{run.path.parent for run in prepared.runs}, *beside]
    seen = [Path(os.path.relpath(part.resolve(), root)) for part in parts]
    deep = max(list(path.parts).count("..") for path in seen)
    target = place.joinpath(*[f"level{number}" for number in range(deep)], root.name)
    for path in seen:
        _copy(root / path, Path(os.path.normpath(target / path)))
    return target


def rebuilt(prepared: Prepared, root: Path, jobs: int | None) -> dict | None:
    """The record of a whole run of the copy below `root`, in a process of its own; None where it did not publish."""
    words = [sys.executable, "-m", "helpers", "run", "--force", "--study", prepared.study.folder.resolve().name,
             *(["--jobs", str(jobs)] if jobs else [])]
    if subprocess.run(words, cwd=root, stdout=sys.stderr).returncode:
        return None
    made = prepared.study.settings.data.reports
    place = Path(os.path.normpath(root / prepared.study.folder.resolve().name / made))
    return json.loads((place / prepared.study.settings.release / release.RECORD).read_text(encoding="utf-8"))


def compared(published: dict, again: dict) -> Verdict:
    """Every file of the release and every table behind it, published and rebuilt."""
    before, now = _files(published), _files(again)
    return Verdict(
        release=published["release"],
        same=sum(now.get(name) == digest for name, digest in before.items()),
        different=[name for name, digest in before.items() if name in now and now[name] != digest],
        missing=sorted({*before} - {*now}), extra=sorted({*now} - {*before}),
        software=_software(published["software"], again["software"]),
    )


def _files(told: dict) -> dict[str, str]:
    return {**told["outputs"], **told["tables"]}


def _software(before: dict, now: dict) -> list[str]:
    old, new = ({"Python": told["python"], **told["packages"]} for told in (before, now))
    return [f"{name} is {new.get(name, 'gone')}, was {old.get(name, 'not there')}"
            for name in sorted({*old, *new}) if old.get(name) != new.get(name)]


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.is_dir():
        shutil.copytree(source, target, dirs_exist_ok=True, ignore=shutil.ignore_patterns(".ipynb_checkpoints"))
    else:
        shutil.copy2(source, target)
