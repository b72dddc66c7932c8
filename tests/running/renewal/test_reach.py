"""What counts as source that a notebook can reach, held against what a kernel really imports."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from project import ROOT

from helpers.running.kernels.preload import modules_imported
from helpers.running.renewal.reach import PACKAGE, Source

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
LOADED = """import json, sys
from helpers.running.pipeline.notebook import read_cells
from pathlib import Path
names = {{}}
for cell in read_cells(Path({path!r})):
    if cell.kind == "code":
        for line in cell.source.splitlines():
            if line.startswith(("import ", "from ")):
                exec(line, names)
import helpers.reporting.page, helpers.reporting.charts
print(json.dumps([module.__file__ for name, module in sys.modules.items() if name.split(".")[0] == "helpers"]))
"""


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_every_module_that_a_notebook_and_its_page_load_is_reached(path, tmp_path):
    done = subprocess.run([sys.executable, "-c", LOADED.format(path=str(path))], capture_output=True, text=True,
                          check=True)
    loaded = {Path(file).relative_to(PACKAGE.parent).as_posix() for file in json.loads(done.stdout)}
    reached = Source(tmp_path / "imports.json").reach(modules_imported([path]), page=True)
    beside = {name for name in loaded if name.startswith("helpers/running/")}  # loaded by this test itself
    assert loaded - beside <= set(reached)


def test_a_notebook_that_cleans_does_not_reach_what_protects_and_its_page_s_templates_count(tmp_path):
    reached = Source(tmp_path / "imports.json").reach(["helpers.extracts"], page=True)
    assert not any(name.startswith(("helpers/disclosure/", "helpers/inference/", "helpers/cli/")) for name in reached)
    assert "helpers/pages/templates/page.html.j2" in reached and "helpers/running/executing/execute.py" in reached
    assert "helpers/running/driver.py" not in reached


def test_what_was_parsed_is_remembered_by_contents(tmp_path):
    first, second = Source(tmp_path / "imports.json"), Source(tmp_path / "imports.json")
    expected = first.reach(["helpers.study"], page=False)
    first.save()
    assert second.reach(["helpers.study"], page=False) == expected
    assert set(json.loads((tmp_path / "imports.json").read_text())) == set(first.digests.values())


def test_a_change_to_the_package_is_a_reason(tmp_path):
    package = tmp_path / "package"
    subprocess.run(["cp", "-r", str(PACKAGE.parent), str(package)], check=True)
    code = ("import sys; from pathlib import Path; from helpers.running.renewal.reach import Source; "
            "print(Source(Path('m.json')).reach(['helpers.study'], page=False)['helpers/study/plan.py'])")

    def digest() -> str:
        return subprocess.run([sys.executable, "-c", code], cwd=tmp_path, env={"PYTHONPATH": str(package)},
                              capture_output=True, text=True, check=True).stdout

    before = digest()
    with (package / "helpers/study/plan.py").open("a") as file:
        file.write("# a word more\n")
    assert digest() != before
