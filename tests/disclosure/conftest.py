"""A tiny study on disk, compared and protected, and its pages as a report would write them."""

from html import escape

import pytest
from disclosure.handmade import COUNTED, claims, on_disk, results, tiny_study

from helpers import disclosure


@pytest.fixture
def protected_study(tmp_path):
    """The study and what protection left of its results; the release tables are written."""
    study = tiny_study(tmp_path)
    found = results(study, COUNTED)
    on_disk(study, found)
    protected = disclosure.protect(study, found)
    disclosure.write_release(study, protected, claims(study))
    return study, protected


@pytest.fixture
def staged(protected_study, tmp_path):
    """Finished files as reports write them: every released number in a marked table cell; returns study and folder."""
    study, _ = protected_study
    release = disclosure.read_release(study)
    told = release.cells[release.cells["shown"] != ""]
    rows = "".join(f'<tr><td data-cell="{escape(row.cell)}">{row.shown}</td></tr>' for row in told.itertuples())
    for part in ("public", "internal"):
        (tmp_path / "staged" / part).mkdir(parents=True)
    (tmp_path / "staged" / "public" / "overview.html").write_text(page(f"<table>{rows}</table>"), encoding="utf-8")
    (tmp_path / "staged" / "internal" / "clean.html").write_text(page("<p>Two rows.</p>"), encoding="utf-8")
    return study, tmp_path / "staged"


POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"


def page(body: str, title: str = "A page") -> str:
    """A page around what is tested."""
    return (f'<!doctype html><html lang="en"><head><meta http-equiv="Content-Security-Policy" content="{POLICY}">'
            f'<title>{title}</title></head><body><h1>{title}</h1>{body}</body></html>')
