"""A release published whole or not at all, and the names that lead to it."""

import os

import pytest

from helpers.running import release
from helpers.running.release import discard, latest, preview, prune, publish, recover, stage


@pytest.fixture
def reports(tmp_path):
    return tmp_path / "reports"


def staged(reports, text, name="public/index.html"):
    path = stage(reports) / name
    path.parent.mkdir(parents=True)
    path.write_text(text)


def published(reports, name, text, when=0):
    staged(reports, text)
    place = publish(reports, name)
    (place / release.RECORD).write_text("{}")
    os.utime(place / release.RECORD, (when, when))
    return place


def names(reports):
    return sorted(path.name for path in reports.iterdir())


def test_staging_begins_empty(reports):
    staged(reports, "old")
    assert list(stage(reports).iterdir()) == []


def test_a_first_release_is_there_whole_and_latest_names_it(reports):
    place = published(reports, "2020", "one")
    assert (place / "public/index.html").read_text() == "one"
    assert (reports / "latest/public/index.html").read_text() == "one" and latest(reports) == "2020"


@pytest.mark.parametrize("swap", ["in one step", "by two renames"])
def test_the_same_release_again_takes_the_place_of_the_old_and_leaves_nothing_beside(reports, monkeypatch, swap):
    published(reports, "2020", "one")
    if swap == "by two renames":  # as on a system that cannot exchange two names
        monkeypatch.setattr(release, "_exchanged", lambda one, other: False)
    published(reports, "2020", "two")
    assert (reports / "2020/public/index.html").read_text() == "two"
    assert names(reports) == ["2020", "latest"]


def test_a_release_set_aside_by_a_run_that_was_killed_is_put_back(reports):
    published(reports, "2020", "one")
    (reports / ".old").mkdir()
    (reports / "2020").rename(reports / ".old/2020")
    recover(reports)
    assert (reports / "latest/public/index.html").read_text() == "one" and names(reports) == ["2020", "latest"]


def test_a_release_already_in_place_is_kept_when_its_predecessor_lies_aside(reports):
    published(reports, "2020", "two")
    (reports / ".old/2020").mkdir(parents=True)
    recover(reports)
    assert (reports / "2020/public/index.html").read_text() == "two" and names(reports) == ["2020", "latest"]


def test_latest_moves_on_to_the_next_release(reports):
    published(reports, "2020", "one")
    published(reports, "2021", "two")
    assert latest(reports) == "2021" and (reports / "2020").is_dir()


def test_where_no_link_can_be_made_a_text_file_names_the_latest(reports):
    (reports / "latest" / "somebody's folder").mkdir(parents=True)
    published(reports, "2020", "one")
    assert (reports / "latest.txt").read_text() == "2020\n" and latest(reports) == "2020"


def test_discarding_leaves_the_releases_alone(reports):
    published(reports, "2020", "one")
    staged(reports, "two")
    discard(reports)
    assert names(reports) == ["2020", "latest"]


def test_only_the_newest_are_kept_and_the_latest_is_the_newest_whatever_its_clock_said(reports):
    for when, name in enumerate(["2019", "2021", "2020"]):
        published(reports, name, name, when)
    assert prune(reports, 2) == ["2019"] and names(reports) == ["2020", "2021", "latest"]
    os.utime(reports / "2021" / release.RECORD, (9, 9))
    assert prune(reports, 1) == ["2021"] and names(reports) == ["2020", "latest"] and latest(reports) == "2020"


def test_what_is_no_release_is_never_removed(reports):
    (reports / "notes").mkdir(parents=True)
    published(reports, "2020", "one")
    prune(reports, 1)
    assert "notes" in names(reports)


def test_previews_are_laid_over_earlier_ones_outside_any_release(reports):
    staged(reports, "a", "public/a.html")
    preview(reports)
    staged(reports, "b", "public/b.html")
    assert preview(reports) == reports / "preview"
    assert sorted(path.name for path in (reports / "preview/public").iterdir()) == ["a.html", "b.html"]
    assert latest(reports) is None and names(reports) == ["preview"]
