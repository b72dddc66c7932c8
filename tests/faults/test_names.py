"""Folders and partnerships whose names hold spaces, letters beyond ASCII, and signs that mean something elsewhere."""

from faults.going import Going, halves, released, scaffolding, study_without_extracts


def test_a_study_with_awkward_names_is_published_like_any_other(tmp_path):
    tiny = study_without_extracts(tmp_path / "Übergang für Jo's {study}, 100 % [neu]")
    tiny.reports = tiny.root / "Öffentliche Berichte {1}"
    tiny.replace("study/study.toml", 'raw = ', f'reports = "../{tiny.reports.name}"\nraw = ')
    tiny.replace("study/study.toml", 'CPP_01 = "Partnership 1"', 'CPP_01 = "Dùn Dè & <Éire> – 東京"')
    going = Going(tiny)
    assert going.end() == 0, going.said
    assert going.said.splitlines()[-1] == "Open Öffentliche Berichte {1}/2020-tiny/public/index.html"
    page = released(tiny)["public/partnership_CPP_01.html"].decode()
    assert "<h1>Dùn Dè &amp; &lt;Éire&gt; – 東京</h1>" in page and "2 records in CPP_01" in page
    assert len(released(tiny)) == 10 and halves(tiny) == [] and scaffolding(tiny) == []
