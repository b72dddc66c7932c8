"""The front page of a release."""

from typing import Any

from helpers.pages.about import About, about
from helpers.pages.frame import render


def index_page(entries: list[dict[str, Any]], study, *, visibility: str = "public") -> str:
    """The front page of a release: its reports (title, href, description, group) in the order given, by group."""
    groups: dict[str, list[dict[str, Any]]] = {}
    for entry in entries:
        groups.setdefault(entry.get("group") or "Reports", []).append(entry)
    return render("index.html.j2", About.of(about(study, visibility=visibility)), title=study.settings.title,
                  question=study.settings.question, groups=groups, caveats=study.settings.caveats, contents=[])
