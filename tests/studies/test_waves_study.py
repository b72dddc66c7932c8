"""A survey in two waves, nothing but a study folder, through the same notebooks to a published release.

The made-up waves, each a look-alike of the flying survey: 2014 asks the 200 who fly (60 parents, 140 others) and 2015
the same, all of whom bear the same numbers. So the one table has 400 responses, 120 of parents, and all 200 people are
seen again.
"""

import pandas as pd
import pytest
from project import copy_project, throughcare
from studies.test_flying import STUDY, look_alike

WAVES = """
[extracts.flying_2014]
title = "Flying manners survey 2014"
files = "2014/*.csv"
codebook = "flying_survey"
[extracts.flying_2015]
title = "Flying manners survey 2015"
files = "2015/*.csv"
codebook = "flying_survey"
[extracts.flying_survey]
title = "Flying manners survey, both waves"
codebook = "flying_survey"
waves = { 2014 = "flying_2014", 2015 = "flying_2015" }
"""


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    root = tmp_path_factory.mktemp("waves")
    raw = root / "raw"
    raw.mkdir()
    for wave in ("2014", "2015"):
        look_alike(raw / wave)
    place = copy_project(root, STUDY, raw)
    settings = place / "study" / "study.toml"
    text = settings.read_text(encoding="utf-8")
    one, rest = text.split("[extracts.flying_survey]")
    settings.write_text(one + WAVES + rest[rest.index("\n[disclosure]"):], encoding="utf-8")
    codebook = place / "study" / "codebooks" / "flying_survey.toml"
    said = codebook.read_text(encoding="utf-8")
    codebook.write_text(said.replace('row = "response"', 'row = "response"\nperson = ["respondent"]'), encoding="utf-8")
    done = throughcare("run", cwd=place)
    assert done.returncode == 0, done.stdout + done.stderr
    return place


def processed(place, name):
    return pd.read_parquet(place / "data" / "processed" / f"{name}.parquet")


def test_both_waves_are_one_table_and_one_comparison(place):
    table = processed(place, "flying_survey")
    assert table["wave"].value_counts().to_dict() == {"2014": 200, "2015": 200}
    baby = processed(place, "comparisons/rudeness").set_index("outcome").loc["baby"]
    assert (baby["n_group"], baby["n_reference"]) == (120, 280)


def test_everybody_is_seen_again_and_the_page_says_so(place):
    assert processed(place, "flying_survey.attrition").to_dict("records") == [
        {"earlier": "2014", "later": "2015", "in_earlier": 200, "in_later": 200, "in_both": 200, "lost": 0, "new": 0}]
    [page] = (place / "reports" / "latest" / "internal").glob("clean_*.html")
    assert "2014 to 2015" in page.read_text(encoding="utf-8")


def test_the_ledger_names_the_wave_of_every_step(place):
    ledger = processed(place, "flying_survey.ledger")
    assert ledger["rows_left"].iloc[0] == 480 and ledger["rows_left"].iloc[-1] == 400
    assert all(sentence.startswith(("2014: ", "2015: ")) for sentence in ledger["sentence"].iloc[1:-1])
