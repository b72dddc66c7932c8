"""The synthetic sample study: extracts as partnerships and survey systems send them, with known truths planted."""

from pathlib import Path

from helpers.sample import (
    annual_return,
    case_records_export,
    parents_survey,
    pre_inspection_return,
    staff_survey,
    young_people_survey,
)
from helpers.sample.children import children
from helpers.sample.planted import read_planted

__all__ = ["default_seed", "planted_claims", "planted_nothing", "write_sample"]

EXTRACTS = [
    pre_inspection_return, annual_return, case_records_export, staff_survey, young_people_survey, parents_survey,
]
README = """# Synthetic sample

Everything in this folder was made by `python -m helpers.sample --seed {seed}`. It describes no real child, young
person, parent, worker or area. What was planted in it, with which numbers and from which sources, is written in
`src/helpers/sample/planted.toml`; percentages of the real inspections are unpublished: nothing here estimates them.

| file | what it imitates |
|---|---|
| `pre_inspection_return/CPP_01.xlsx` … | each partnership's list of children: the sampling frame |
| `annual_return.csv` | placements and aftercare by partnership and year (semicolons, Windows code page) |
| `case_records/CPP_01.xlsx` … | records read, rated on the six-point scale |
| `staff_survey.csv` | a SurveyMonkey export (two header rows) |
| `young_people_survey.csv` | a Qualtrics export (three header rows) |
| `parents_survey.csv` | a plain CSV with a byte-order mark |
"""


def default_seed() -> int:
    """The seed of the sample that is kept with the code, stored in planted.toml."""
    return read_planted().seed


def planted_claims() -> list[str]:
    """The claims of study/plan.toml that the sample was made to support."""
    return list(dict.fromkeys(claim for truth in read_planted().truths.values() for claim in truth["claims"]))


def planted_nothing() -> list[str]:
    """The comparisons (family.outcome of study/plan.toml) in which nothing was planted."""
    return [name for truth in read_planted().truths.values() for name in truth["nothing_in"]]


def write_sample(folder: Path, seed: int | None = None) -> list[Path]:
    """The paths written: the whole sample and its README below `folder`, the same bytes for the same seed.

    The seed defaults to planted.toml's. Nothing else in the folder is touched.
    """
    planted = read_planted(seed)
    frame = children(planted)
    paths = [path for extract in EXTRACTS for path in extract.write(Path(folder), planted, frame)]
    readme = Path(folder) / "README.md"
    readme.write_bytes(README.format(seed=planted.seed).encode())
    return [*paths, readme]
