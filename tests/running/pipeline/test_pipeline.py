"""pipeline.toml: runs expanded and placed, and every fault of it named at once."""

import pytest

from helpers.running import open_pipeline
from helpers.study import InputFault


def faults(tiny) -> list[str]:
    with pytest.raises(InputFault) as caught:
        open_pipeline(tiny.study())
    assert caught.value.kind == "study"
    return [fault.split("pipeline.toml, ")[1] for fault in caught.value.faults]


def test_each_value_makes_a_run_with_its_placeholders_filled_in(tiny):
    runs = {run.name: run for run in open_pipeline(tiny.study())}
    assert list(runs) == ["1_clean", "4_partnership[CPP_01]", "4_partnership[CPP_02]", "5_audit"]
    second = runs["4_partnership[CPP_02]"]
    assert second.values == {"partnership": "CPP_02"} and second.report == "public/partnership_CPP_02.html"
    assert second.reads == ("processed/case_records",) and not second.gate and runs["5_audit"].gate


def test_two_lists_make_every_combination(tiny):
    tiny.replace("study/pipeline.toml", 'each = { partnership = ["CPP_01", "CPP_02"] }',
                 'each = { partnership = ["CPP_01", "CPP_02"], year = [2019, 2020] }')
    tiny.replace("study/pipeline.toml", "partnership_{partnership}", "partnership_{partnership}_{year}")
    runs = open_pipeline(tiny.study())
    assert [run.name for run in runs[1:-1]] == [
        "4_partnership[CPP_01,2019]", "4_partnership[CPP_01,2020]", "4_partnership[CPP_02,2019]",
        "4_partnership[CPP_02,2020]"]
    assert runs[1].values == {"partnership": "CPP_01", "year": 2019}


@pytest.mark.parametrize("old, new, fault", [
    ('notebook = "1_clean"', 'notebook = "1_claen"',
     "run '1_claen': no notebook 1_claen.ipynb in NOTEBOOKS; did you mean '1_clean'?"),
    ('["CPP_01", "CPP_02"]', '["CPP_01", "CCP_02"]',
     "run '4_partnership[CCP_02]': partnership is 'CCP_02', which is not in study.toml; did you mean 'CPP_02'?"),
    ('["CPP_01", "CPP_02"]', "[]",
     "run '4_partnership': each.partnership lists no value, so nothing would run; add values or remove it."),
    ('["CPP_01", "CPP_02"]', '["CPP_01", "CPP_01"]',
     "run '4_partnership[CPP_01]': declared 2 times; every run needs a notebook and values of its own."),
    ("partnership_{partnership}", "partnership_{partnerhsip}",
     "run '4_partnership': 'public/partnership_{partnerhsip}.html' names {partnerhsip}, which `each` does not give; "
     "did you mean 'partnership'?"),
    ("partnership_{partnership}", "partnership_{partnership",
     "run '4_partnership': 'public/partnership_{partnership.html' has a brace that is no placeholder's; remove it."),
    ("partnership_{partnership}", "partnership",
     "runs '4_partnership[CPP_01]' and '4_partnership[CPP_02]': both make 'public/partnership.html'; give each "
     "its own."),
    ("internal/clean.html", "clean.html",
     "run '1_clean': report 'clean.html' is no page; write public/NAME.html or internal/NAME.html (index.html is "
     "the list of pages)."),
    ("raw/case_records", "raw/case_recodrs",
     "run '1_clean': reads 'raw/case_recodrs', which is no extract of study.toml; did you mean 'case_records'?"),
    ("raw/case_records", "published/*",
     "run '1_clean': reads 'published/*', but study.toml has no data.published; add it."),
    ("raw/case_records", "staged/*",
     "run '1_clean': reads 'staged/*', as only a gate may; remove it or add gate = true."),
    ("raw/case_records", "case_records",
     "run '1_clean': reads 'case_records'; a name begins with raw/, published/, processed/, staged/."),
    ('writes = ["processed/case_records"]', 'writes = ["raw/case_records", "processed/case_records"]',
     "run '1_clean': writes 'raw/case_records'; a notebook writes below processed/ only."),
    ("gate = true", "gate = false",
     "run '5_audit': reads 'staged/*', as only a gate may; remove it or add gate = true."),
    ("internal/audit.html", "public/audit.html",
     "run '5_audit': a gate's page is made after the scan, so it stays internal; write internal/NAME.html."),
    ('reads = ["raw/case_records"]', 'reads = ["processed/case_records"]',
     "runs wait for each other in a circle: 1_clean → 1_clean; cut one of the reads."),
])
def test_a_fault_is_named_with_place_and_remedy(tiny, old, new, fault):
    tiny.replace("study/pipeline.toml", old, new)
    assert fault.replace("NOTEBOOKS", (tiny.root / "notebooks").as_posix()) in faults(tiny)


def test_a_table_that_nobody_writes_is_named_with_the_nearest_that_somebody_does(tiny):
    tiny.replace("study/pipeline.toml", 'writes = ["processed/case_records"]', 'writes = ["processed/case_record"]')
    assert faults(tiny) == [
        f"run '4_partnership[CPP_0{number}]': reads 'processed/case_records', which no run writes; did you mean "
        "'processed/case_record'?" for number in (1, 2)]


def test_two_runs_may_not_write_the_same_table(tiny):
    tiny.replace("study/pipeline.toml", 'report = "public/', 'writes = ["processed/case_*"]\nreport = "public/')
    found = faults(tiny)
    assert "runs '1_clean' and '4_partnership[CPP_01]': both write 'processed/case_*'; give each its own." in found


def test_a_pipeline_without_a_gate_publishes_nothing(tiny):
    tiny.replace("study/pipeline.toml", 'reads = ["staged/*"]\n', "")
    tiny.replace("study/pipeline.toml", "gate = true", "")
    assert faults(tiny) == ["no run has gate = true, so nothing decides whether the staged files may be published; add "
                            "the gate."]


def test_a_run_is_named_so_that_files_can_be(tiny):
    tiny.notebook("1_clean", "Which?", [], parameters=["codes: str = 'a'  # where they lie"])
    tiny.replace("study/pipeline.toml", 'notebook = "1_clean"',
                 'notebook = "1_clean"\neach = { codes = ["data/raw/codes.csv"] }')
    run = tiny.prepare().runs[0]
    assert run.name == "1_clean[data-raw-codes.csv]" and run.values == {"codes": "data/raw/codes.csv"}


def test_a_planned_family_may_not_be_left_out(tiny):
    tiny.replace("study/plan.toml", 'name = "wellbeing"', 'name = "wellbeing_level"')
    tiny.replace("study/pipeline.toml", 'notebook = "1_clean"',
                 'notebook = "1_clean"\neach = { family = ["wellbeing"] }')
    assert faults(tiny) == [
        "run '1_clean[wellbeing]': family is 'wellbeing', which is not in plan.toml; did you mean 'wellbeing_level'?",
        "family 'wellbeing_level' of plan.toml is in no `each`: a planned comparison may not be left out; add it."]


def test_an_unknown_key_is_refused_with_the_nearest(tiny):
    tiny.replace("study/pipeline.toml", "reads", "raeds")
    with pytest.raises(InputFault, match=r"runs\[1\].raeds': nobody knows this key; did you mean 'reads'"):
        open_pipeline(tiny.study())


def test_all_faults_are_named_at_once(tiny):
    tiny.replace("study/pipeline.toml", 'notebook = "1_clean"', 'notebook = "1_claen"')
    tiny.replace("study/pipeline.toml", "raw/case_records", "raw/case")
    tiny.replace("study/pipeline.toml", "internal/clean.html", "clean.html")
    assert len(faults(tiny)) == 3
