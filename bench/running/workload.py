"""The fixed workload laid out in a folder of its own, and what a variant must have made of it when it ends."""

import json
import shutil
from dataclasses import dataclass
from pathlib import Path

from bench.running import received
from helpers.running import Run, open_pipeline
from helpers.study import open_study

HERE = Path(__file__).parent
PAGES, FIGURES = 14, 52
FIGURE = 'src="data:image/png;base64,'


@dataclass(frozen=True)
class Made:
    """What a variant left: pages, figures on them, executed notebooks (none where it keeps none), errors in those."""

    pages: int
    figures: int
    notebooks: int
    errors: int


def laid_out(place: Path) -> Path:
    """The folder with study, notebooks and data, and an empty one for what notebooks write."""
    for part in ("study", "notebooks"):
        shutil.copytree(HERE / part, place / part)
    received.write(place / "data" / "raw")
    (place / "data" / "processed").mkdir()
    return place


def runs(place: Path) -> list[Run]:
    """The runs in the order written, without the gate: no other way of running has one."""
    return [run for run in open_pipeline(open_study(place / "study")) if not run.gate]


def given(run: Run) -> dict:
    """The parameters of a run, the same in every variant."""
    return {**run.values, "study_folder": "study"}


def title(run: Run) -> str:
    """What a variant calls its files: nbconvert takes brackets, which runs are named with, for a pattern."""
    return Path(run.report).stem


def made(pages: Path, notebooks: Path | None) -> Made:
    """What lies in these folders; lists of pages do not count, nor does the gate's notebook, which has no page."""
    texts = [path.read_text(encoding="utf-8") for path in pages.glob("*.html") if path.name != "index.html"]
    executed = [] if notebooks is None else [json.loads(path.read_text(encoding="utf-8"))
                                             for path in notebooks.glob("*.ipynb") if "gate" not in path.name]
    outputs = [output for notebook in executed for cell in notebook["cells"] for output in cell.get("outputs", [])]
    return Made(len(texts), sum(text.count(FIGURE) for text in texts), len(executed),
                sum(output["output_type"] == "error" for output in outputs))


def refuse_other(variant: str, found: Made, *, keeps: bool) -> None:
    """Ends the bench where a variant made anything else than all of it: times of unequal work say nothing."""
    if found != (wanted := Made(PAGES, FIGURES, PAGES if keeps else 0, 0)):
        raise SystemExit(f"{variant} made {found}; expected {wanted}")
