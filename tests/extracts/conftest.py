"""A small study in a folder of its own: two partnerships, two care groups, the codebook and files a test needs."""

import textwrap
from pathlib import Path

import pytest
import xlsxwriter

from helpers.study import Study, open_study

SETTINGS = """
title = "Do they fare as well?"
release = "test"
synthetic = true
notice = "Synthetic."
period = "2020"
question = "?"
population = "records"
[data]
raw = "raw"
published = "published"
processed = "processed"
[partnerships]
CPP_01 = "Partnership 1"
CPP_02 = "Partnership 2"
[groups.foster]
label = "Foster care"
[groups.leaving_care]
label = "Leaving care"
[groups.looked_after]
label = "Looked after"
members = ["foster"]
[disclosure]
threshold = 5
reason = "small places"
"""

PLAN = """
fixed_on = "2020-01-01"
seed = 1
families = []
"""

CODEBOOK = """
instrument = "records"
title = "Records"
row = "record"

[missing]
dont_know = ["don't know", "dk", "9"]
not_applicable = ["n/a"]
not_recorded = ["", "not recorded"]

[scales.four_point]
cut = "good"
levels = [
  { name = "weak", label = "Weak", spellings = ["1"] },
  { name = "adequate", label = "Adequate", spellings = ["2", "Satisfactory", "2: adequate"] },
  { name = "good", label = "Good", spellings = ["3"] },
  { name = "excellent", label = "Excellent", spellings = ["4"] },
]
[scales.yes_no]
cut = "yes"
levels = [{ name = "no", label = "No" }, { name = "yes", label = "Yes" }]

[[columns]]
name = "record"
label = "Record"
source = ["Record ID"]
type = "identifier"

[[columns]]
name = "level_safe"
label = "Safe"
question = "How safe is the child?"
source = ["Safe - level", "Safe"]
type = "ordinal"
scale = "four_point"
"""


class Maker:
    """Writes codebooks and extracts of one test into its study folder; `standard` is the codebook all start from."""

    standard = CODEBOOK

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __call__(self, *more: str, codebook: str = CODEBOOK, file: str | bytes | None = None, name: str = "records",
                 files: str | None = None, plan: str = PLAN) -> Study:
        """The study with an extract `name` whose codebook is the standard one and `more`; `file` is its CSV."""
        self._declare(name, files or f"{name}.csv")
        text = codebook.replace('instrument = "records"', f'instrument = "{name}"')
        self.text(f"codebooks/{name}.toml", text + "".join(textwrap.dedent(part) for part in more))
        if file is not None:
            self.text(f"raw/{name}.csv", file)
        self.text("plan.toml", plan)
        return open_study(self.folder)

    def _declare(self, name: str, files: str) -> None:
        path = self.folder / "study.toml"
        settings = path.read_text(encoding="utf-8") if path.exists() else SETTINGS
        if f"[extracts.{name}]" not in settings:
            settings += f'\n[extracts.{name}]\ntitle = "{name}"\nfiles = "{files}"\ncodebook = "{name}"\n'
        self.text("study.toml", settings)

    def text(self, name: str, content: str | bytes) -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else textwrap.dedent(content).encode("utf-8"))
        return path

    def workbook(self, name: str, rows: list[list], sheet: str = "Records") -> Path:
        path = self.folder / "raw" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with xlsxwriter.Workbook(path, {"default_date_format": "dd/mm/yyyy"}) as book:
            page = book.add_worksheet(sheet)
            for number, row in enumerate(rows):
                page.write_row(number, 0, row)
        return path


@pytest.fixture
def make(tmp_path) -> Maker:
    (tmp_path / "raw").mkdir()
    return Maker(tmp_path)
