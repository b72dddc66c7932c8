"""A tiny study on disk: real notebooks, real kernels, pages of one line."""

import json
from pathlib import Path

from helpers.running import Pages, only_run, prepare, run_pipeline
from helpers.study import open_study

STUDY = """
title = "A tiny study"
release = "{release}"
synthetic = true
notice = "Made up."
period = "2020"
question = "Does it run?"
population = "records"
[data]
raw = "../data/raw"
[partnerships]
CPP_01 = "Partnership 1"
CPP_02 = "Partnership 2"
[groups.leaving_care]
label = "Leaving care"
[extracts.case_records]
title = "Case records"
files = "case_records.csv"
codebook = "case_records"
[disclosure]
reason = "A test."
"""
PLAN = """
fixed_on = "2020-01-01"
seed = 1
[[families]]
name = "wellbeing"
title = "Wellbeing"
question = "Lower?"
extract = "case_records"
design = "prevalence"
outcomes = ["safe"]
margin = 0.05
margin_reason = "A test."
"""
PIPELINE = """
[[runs]]
notebook = "1_clean"
reads = ["raw/case_records"]
writes = ["processed/case_records"]
report = "internal/clean.html"
[[runs]]
notebook = "4_partnership"
each = { partnership = ["CPP_01", "CPP_02"] }
reads = ["processed/case_records"]
report = "public/partnership_{partnership}.html"
[[runs]]
notebook = "5_audit"
reads = ["staged/*"]
report = "internal/audit.html"
gate = true
"""
CLEAN = ["""from pathlib import Path
processed = Path("data/processed")
processed.mkdir(exist_ok=True)""",
         """(processed / "case_records.csv").write_text(Path("data/raw/case_records.csv").read_text())""",
         """import os, sys
print(sys.executable, Path.cwd().name, hash("a"), os.environ["OMP_NUM_THREADS"], os.environ["MPLBACKEND"], object())"""]
PARTNERSHIP = ["from pathlib import Path",
               'print(len(Path("data/processed/case_records.csv").read_text().split()) - 1, "records in", partnership)']
AUDIT = ["""from pathlib import Path
pages = sorted(Path(staged).rglob("*.html"))""",
         """if any("secret" in page.read_text() for page in pages):
    from helpers.study import ReleaseRefused
    raise ReleaseRefused("public/partnership_CPP_01.html: the word of the day; remove it.")""",
         "print(*(page.relative_to(staged).as_posix() for page in pages))"]


class Tiny:
    """The study's folder, made where there is none, and what a test does with it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.reports = root / "reports"
        if (root / "study").exists():
            return  # a copy of another
        for folder in ("study/codebooks", "notebooks", "data/raw"):
            (root / folder).mkdir(parents=True)
        self.write("study/study.toml", STUDY.format(release="2020-tiny"))
        self.write("study/plan.toml", PLAN)
        self.write("study/pipeline.toml", PIPELINE)
        self.write("data/raw/case_records.csv", "child,safe\na,1\nb,0\n")
        self.notebook("1_clean", "What came in?", CLEAN)
        self.notebook("4_partnership", "How do young people fare?", PARTNERSHIP,
                      parameters=["partnership: str = 'CPP_01'  # which partnership"])
        self.notebook("5_audit", "May this be published?", AUDIT,
                      parameters=["staged: str = 'reports/.staged'  # the files to scan"])

    def write(self, name: str, text: str) -> Path:
        path = self.root / name
        path.write_text(text, encoding="utf-8")
        return path

    def replace(self, name: str, old: str, new: str) -> None:
        text = (self.root / name).read_text(encoding="utf-8")
        assert old in text
        self.write(name, text.replace(old, new))

    def notebook(self, name: str, title: str, cells: list[str], parameters: list[str] | None = None) -> None:
        lines = ["study_folder: str = 'study'  # the study folder", *(parameters or [])]
        code = [{"cell_type": "code", "id": f"c{number}", "metadata": {}, "outputs": [], "execution_count": None,
                 "source": source} for number, source in enumerate(["\n".join(lines), *cells])]
        code[0]["metadata"] = {"tags": ["parameters"]}
        head = {"cell_type": "markdown", "id": "head", "metadata": {}, "source": f"# {title}\n\nWhy it matters."}
        self.write(f"notebooks/{name}.ipynb", json.dumps(
            {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [head, *code]}))

    def study(self):
        return open_study(self.root / "study")

    def prepare(self, **asked):
        return prepare(self.study(), **asked)

    def run(self, jobs: int = 2, *, force: bool = False, **asked):
        """The ending of a run of everything, or of the part asked for."""
        with only_run(self.reports):
            return run_pipeline(self.prepare(**asked), pages=PAGES, watch=Silence(), jobs=jobs,
                                force=force)

    def files(self, folder: str = "reports") -> list[str]:
        """All but the history, which every night adds to."""
        place = self.root / folder
        return sorted(path.relative_to(place).as_posix() for path in place.rglob("*")
                      if path.is_file() and not path.name.startswith("history."))


class Silence:
    """Watches and says nothing."""

    def began(self, name): ...
    def ended(self, outcome): ...
    def tick(self): ...


PAGES = Pages(index=lambda visibility, entries: json.dumps(entries), failure=lambda failures: json.dumps(failures),
              history=lambda nights: json.dumps(nights))
