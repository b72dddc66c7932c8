"""What follows from several numbers together: people in one group and not in another, and who was asked at all."""

from dataclasses import replace

import pandas as pd
from disclosure.handmade import COUNTED, SOURCES, results, tiny_study

from helpers.disclosure import registry
from helpers.disclosure.atoms import Atoms
from helpers.disclosure.overlaps import overlaps
from helpers.disclosure.system import Builder
from helpers.study import Plan


def with_family(study, **family):
    """The study with one more family in its plan."""
    plan = study.plan.model_dump()
    plan["families"].append({"title": "t", "question": "q", "extract": "case_records", "margin": 0.05,
                             "margin_reason": "A test.", **family})
    return replace(study, plan=Plan.model_validate(plan))


def counted(family, outcome, rows):
    columns = ["extract", "family", "outcome", "partnership", "group", "answer", "n"]
    return pd.DataFrame([("case_records", family, outcome, *row) for row in rows], columns=columns)


def test_everyone_less_the_groups_compared_are_people_too(tmp_path):
    # 76 + 4 rated above in CPP_01 (72 of them compared), 30 in CPP_02 (all compared): 8 beyond, and 2 below beyond.
    study = with_family(tiny_study(tmp_path), name="safe", design="prevalence", outcomes=["level"],
                        population=["leaving_care", "looked_after"])
    found = results(study, COUNTED)
    everyone = [("CPP_01", "all", "above", 80), ("CPP_01", "all", "below", 60), ("CPP_01", "all", "missing", 0),
                ("CPP_02", "all", "above", 30), ("CPP_02", "all", "below", 32), ("CPP_02", "all", "missing", 0)]
    found.counts = pd.concat([found.counts, counted("safe", "level", everyone)], ignore_index=True)
    made = registry(study, found, {}, SOURCES)
    beyond = made.cells[made.cells["group"].str.startswith("beyond")].set_index("answer")["value"]
    assert beyond.to_dict() == {"above": 8, "below": 2}
    secret = made.cells[made.secret]
    assert "safe.level.all.beyond leaving_care+looked_after.below" in set(secret["cell"])


def test_where_the_whole_counts_fewer_than_its_parts_nothing_is_concluded(tmp_path):
    study = with_family(tiny_study(tmp_path), name="safe", design="prevalence", outcomes=["level"],
                        population=["leaving_care", "looked_after"])
    found = results(study, COUNTED)
    few = [(place, "all", answer, 1) for place in ("CPP_01", "CPP_02") for answer in ("above", "below", "missing")]
    found.counts = pd.concat([found.counts, counted("safe", "level", few)], ignore_index=True)
    cells = registry(study, found, {}, SOURCES).cells
    assert not cells["group"].str.startswith("beyond").any()


def test_series_with_one_total_have_it_in_common(tmp_path):
    columns = {"parts": ["a"], "total": ["a", "b"]}
    study = with_family(tiny_study(tmp_path), name="years", design="trend", series=[
        {"name": "first", "title": "First", **columns}, {"name": "second", "title": "Second", **columns}])
    found = results(study, COUNTED)
    years = [counted("years", name, [("CPP_01", "2019", "part", part), ("CPP_01", "2019", "rest", 50 - part)])
             for name, part in (("first", 20), ("second", 30))]
    found.counts = pd.concat([found.counts, *years], ignore_index=True)
    cells = registry(study, found, {}, SOURCES).cells.set_index("cell")
    assert cells.loc["years.second.all.2019.total_link", "kind"] == "link"
    assert cells.loc["years.first.all.2019.base", "value"] == 50


def test_the_people_of_a_small_base_are_bounded_by_what_the_other_outcomes_show(tmp_path):
    # Nine leave care in CPP_02 by "other"; of "level" only 3 were rated there, and 2 are missing everywhere.
    study = tiny_study(tmp_path, outcomes=("level", "other"))
    atoms = Atoms()
    for outcome, here, there in (("level", 3, 40), ("other", 9, 35)):
        for place, base, missing in (("CPP_02", here, 10 - here), ("CPP_01", there, 41 - there)):
            for group in ("leaving_care", "foster", "kinship"):
                for answer, n in (("above", base), ("below", 0), ("missing", missing)):
                    atoms.add(f"case_records|{outcome}|care_group", place, group, answer, n)
    builder = Builder(study, atoms, set(), set())
    overlaps(builder, results(study, COUNTED))
    people = {row.cell: (row.low, row.high) for row in builder.registry().cells.itertuples()}
    # 51 in all; CPP_01 shows at least 35 of them, so at most 16 are here, and at least the 9 that "other" shows.
    assert people["wellbeing.level.CPP_02.leaving_care.people"] == (9, 16)
