"""An executed notebook as one accessible page that needs nothing but itself."""

from typing import Any

from markupsafe import Markup
from nbconvert.exporters import Exporter
from traitlets import default

from helpers.pages import About, render
from helpers.reporting.cells import body
from helpers.reporting.headings import Headings


class ReportExporter(Exporter):
    """nbconvert's way to the page: `--to throughcare`, and "Save and export as" in JupyterLab.

    The study comes from the notebook's metadata under `throughcare` (see About); a notebook without them renders too,
    as an internal page.
    """

    export_from_notebook = "Throughcare report"
    output_mimetype = "text/html"
    default_preprocessors: list = []  # what a page shows is decided in cells.py, in one place

    @default("file_extension")
    def _html(self) -> str:
        return ".html"

    def from_notebook_node(self, nb, resources=None, **kw) -> tuple[str, dict[str, Any]]:
        """The page and nbconvert's resources; raises InputFault where a public figure has no alt text."""
        notebook, resources = super().from_notebook_node(nb, resources, **kw)
        name = resources.get("metadata", {}).get("name", "")
        return render_notebook(notebook, About.of(notebook.metadata.get("throughcare", {})), name), resources


def render_notebook(notebook, about: About, name: str = "") -> str:
    """The page of one notebook.

    Its title is the first-level heading that an output shows, or the metadata's `page_title`; the notebook's own
    heading, a question, then stands under it. Where nothing but the notebook's heading is there, that is the title.
    """
    headings = Headings()
    content = body(notebook.cells, headings, public=about.public)
    question = headings.titles.get("notebook", "")
    title = headings.titles.get("output") or about.page_title or question or about.title or _readable(name)
    return render("page.html.j2", about, title=title, question=question if question != title else "",
                  content=Markup(content), contents=headings.contents)


def _readable(name: str) -> str:
    return name.replace("_", " ").strip().capitalize() or "Report"
