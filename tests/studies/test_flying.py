"""Another study, nothing but a folder, through the same notebooks: parents of under-18s against others on planes.

What a correct run gives, worked out from the raw file with a pivot table and not by this package: 1,040 responses; 166
never fly and were asked nothing more; 23 more did not say whether they have children; 851 are left, 189 parents and 662
others. On "rude to bring a baby", 188 parents answered 158 no, 23 somewhat, 7 very; 657 others 432, 158, 67.
"""

import csv
import tomllib
from pathlib import Path

import pandas as pd
import pytest
from project import ROOT, copy_project, throughcare

STUDY = ROOT / "tests" / "studies" / "fte-flying"
REAL = ROOT.parent / "shared" / "data" / "fte-flying"
BABY = {"parent": [158, 23, 7], "not_parent": [432, 158, 67]}


def theta(group, reference):
    """P(group > reference) + P(equal) / 2, by counting every pair."""
    pairs = sum(group) * sum(reference)
    wins = sum(a * b for i, a in enumerate(group) for j, b in enumerate(reference) if i > j)
    return (wins + sum(a * b for a, b in zip(group, reference, strict=True)) / 2) / pairs


@pytest.fixture(scope="session")
def real_run(tmp_path_factory):
    if not REAL.is_dir():
        pytest.skip(f"the real survey is not here ({REAL.name} beside the project); the look-alike ran instead")
    return run(tmp_path_factory.mktemp("flying"), REAL)


def run(place, raw):
    copy_project(place, STUDY, raw)
    done = throughcare("run", cwd=place)
    assert done.returncode == 0, done.stdout + done.stderr
    return place


def comparisons(place, family):
    return pd.read_parquet(place / "data" / "processed" / "comparisons" / f"{family}.parquet").set_index("outcome")


def test_the_ledger_of_the_real_survey_is_the_one_counted_by_hand(real_run):
    ledger = pd.read_parquet(real_run / "data" / "processed" / "flying_survey.ledger.parquet").set_index("rule")
    assert ledger.loc["flew", "rows_caught"] == 166
    assert ledger.loc["one_response_each", "rows_caught"] == 0
    assert ledger.loc["group_known", "rows_caught"] == 23
    assert ledger["rows_left"].iloc[-1] == 851


def test_the_real_comparison_counts_every_pair(real_run):
    baby = comparisons(real_run, "rudeness").loc["baby"]
    assert (baby["n_group"], baby["n_reference"]) == (188, 657)
    assert (baby["missing_group"], baby["missing_reference"]) == (1, 5)
    assert baby["effect"] == pytest.approx(theta(BABY["parent"], BABY["not_parent"]))
    assert baby["ci_high"] < 0.5 and baby["p_adjusted"] < 0.01


def test_the_real_claim_is_answered(real_run):
    claims = pd.read_parquet(real_run / "data" / "processed" / "release" / "claims.parquet")
    assert claims.set_index("claim").loc["babies", "verdict"] == "supported"


def test_a_real_study_bears_no_synthetic_banner(real_run):
    page = (real_run / "reports" / "latest" / "public" / "overview.html").read_text(encoding="utf-8")
    assert "Do parents of young children mind babies" in page
    assert "Synthetic sample" not in page


def look_alike(folder: Path) -> Path:
    """A survey of the same shape: 60 parents who mind nothing, 140 others who mind everything, 40 who never fly."""
    with (STUDY / "codebooks" / "flying_survey.toml").open("rb") as file:
        codebook = tomllib.load(file)
    headers = [column["source"][0] for column in codebook["columns"]]
    items = [column["name"] for column in codebook["columns"] if column["type"] == "ordinal"]

    def row(number, travel, child, answer, end):
        return [3_000_000 + number, travel, child, end, *[answer] * len(items)]

    rows = [row(n, "Once a year or less", "Yes", "No, not rude at all", "No") for n in range(60)]
    rows += [row(n, "Every day", " no ", "Yes, VERY rude", "Yes") for n in range(60, 200)]
    rows += [row(n, "Never", "", "", "") for n in range(200, 240)]
    folder.mkdir()
    with (folder / "flying-etiquette.csv").open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([headers, *rows])
    return folder


def test_a_look_alike_runs_wherever_the_real_survey_is_absent(tmp_path):
    (tmp_path / "run").mkdir()
    place = run(tmp_path / "run", look_alike(tmp_path / "raw"))
    baby = comparisons(place, "rudeness").loc["baby"]
    assert (baby["n_group"], baby["n_reference"], baby["effect"]) == (60, 140, 0)
    assert pd.isna(baby["ci_low"]), "complete separation has no interval to estimate"
    assert (place / "reports" / "latest" / "public" / "overview.html").is_file()
