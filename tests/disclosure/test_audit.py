"""The gate over finished files: it lets a clean release pass, and names every place of one that is not."""

import pytest
from disclosure.conftest import page

from helpers import disclosure
from helpers.disclosure.inputs import read_inputs
from helpers.study import InputFault, ReleaseRefused


def add(staged, body, part="public", name="more.html"):
    (staged / part / name).write_text(page(body), encoding="utf-8")


def test_a_clean_release_passes(staged):
    study, folder = staged
    audit = disclosure.audit(study, folder)
    audit.require()
    assert audit.findings.empty and audit.attacked["open"].all() and audit.files == 2


def test_a_withheld_number_on_any_page_stops_the_release_and_is_named_by_place(staged):
    study, folder = staged
    add(folder, '<p data-cell="wellbeing.level.CPP_02.leaving_care.above">3</p>')
    with pytest.raises(ReleaseRefused, match=r"public/more.html, <p> in line 1, cell .*A withheld number is shown"):
        disclosure.audit(study, folder).require()


def test_a_secondary_number_written_by_mistake_lets_the_attack_win(staged):
    study, folder = staged
    add(folder, '<p data-cell="wellbeing.level.CPP_02.leaving_care.below">9</p>')
    audit = disclosure.audit(study, folder)
    assert not audit.attacked["open"].all()
    with pytest.raises(ReleaseRefused, match="what is published narrows this withheld count"):
        audit.require()


def test_every_place_is_named_at_once(staged):
    study, folder = staged
    add(folder, "<p>C01-0007</p>", "internal")
    add(folder, "<pre>Traceback (most recent call last)</pre>", "public")
    with pytest.raises(ReleaseRefused) as refused:
        disclosure.audit(study, folder).require()
    assert "internal/more.html" in str(refused.value) and "public/more.html" in str(refused.value)
    assert "C01-0007" not in str(refused.value)


def test_internal_pages_are_not_attacked(staged):
    study, folder = staged
    add(folder, '<p data-cell="wellbeing.level.CPP_02.leaving_care.above">3</p>', "internal")
    disclosure.audit(study, folder).require()


def test_without_a_public_file_there_is_nothing_to_pass(staged):
    study, folder = staged
    (folder / "public" / "overview.html").unlink()
    with pytest.raises(InputFault, match=r"no file below public/ to audit; run the notebooks"):
        disclosure.audit(study, folder)


def test_release_tables_of_other_results_are_refused(staged):
    study, folder = staged
    counts = study.read("comparisons/wellbeing.counts")
    study.write("comparisons/wellbeing.counts", counts[counts["partnership"] == "CPP_01"])
    with pytest.raises(InputFault, match=r"made of other results than are there now; run notebook 3_protect_release"):
        disclosure.audit(study, folder)


def test_identifiers_and_what_people_wrote_come_from_the_files_as_received(protected_study):
    study, _ = protected_study
    inputs = read_inputs(study)
    assert inputs.identifiers == {"c01-0007", "c02-0019"}
    assert ("she", "moved", "three", "times", "in", "one") in inputs.written


def test_what_the_study_folder_says_is_no_secret(protected_study):
    study, _ = protected_study
    question = "How good is the help that you were given this year?"
    codebook = study.codebooks / "case_records.toml"
    codebook.write_text(codebook.read_text().replace("Anything else?", question), encoding="utf-8")
    raw = study.raw / "records.csv"
    raw.write_text(raw.read_text() + f"C02-0020,CPP_02,no,{question}\n", encoding="utf-8")
    assert ("good", "is", "the", "help", "that", "you") not in read_inputs(study).written
