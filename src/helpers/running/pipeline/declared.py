"""The files that the names in reads and writes of pipeline.toml stand for."""

from collections.abc import Iterable
from pathlib import Path

from helpers.running.pipeline.runs import Run
from helpers.running.release import RECORD, STAGED
from helpers.study import Study

LOCK = "requirements.txt"  # the lock file, beside the study folder

def written(processed: Path, pattern: str) -> list[Path]:
    """The files below data/processed that a name of `writes` stands for: any ending, with * any number."""
    name = pattern.removeprefix("processed/")
    found = processed.glob(name if name.endswith("*") else f"{name}.*")
    return sorted(path for path in found if path.is_file())


def read(study: Study, pattern: str) -> list[Path]:
    """The files that a name of `reads` stands for, but for those of staged/."""
    kind, _, rest = pattern.partition("/")
    if kind == "raw":
        names = [name for name in study.settings.extracts
                 if name == rest or (rest.endswith("*") and name.startswith(rest[:-1]))]
        return [path for name in names for path in study.files(name)]
    if kind == "published" and study.published is not None:
        return sorted(path for path in study.published.rglob("*") if path.is_file())
    return written(study.processed, pattern) if kind == "processed" else []


def undeclared(study: Study, run: Run, runs: Iterable[Run], seen: Iterable[str]) -> list[str]:
    """Names that other runs write and this one was seen to read without saying so: it might have run too early."""
    root = study.folder.resolve().parent
    stranger = {(root / name).resolve() for name in seen}
    stranger -= {path.resolve() for pattern in run.reads for path in read(study, pattern)}
    return sorted({pattern for other in runs if other is not run for pattern in other.writes
                   if stranger & {path.resolve() for path in written(study.processed, pattern)}})


def judged(study: Study, own: Iterable[str]) -> dict[str, Path]:
    """The finished files that a gate judges, by their place in the release: those staged, else those published.

    `own` names the places of what gates themselves make, which come after the judgement.
    """
    staged = study.reports / STAGED
    place = staged if staged.is_dir() else study.reports / study.settings.release
    found = {path.relative_to(place).as_posix(): path for path in sorted(place.rglob("*")) if path.is_file()}
    return {name: path for name, path in found.items() if name not in {RECORD, *own}}
