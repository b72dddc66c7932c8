"""Markdown as the HTML of a page: headings in order, tables with headers, no raw HTML and no picture from elsewhere."""

import mistune
from mistune.renderers.html import HTMLRenderer

from helpers.reporting.headings import Headings

EMBEDDED = ("data:image/png;", "data:image/jpeg;")


class _PageRenderer(HTMLRenderer):
    def __init__(self, headings: Headings) -> None:
        super().__init__(escape=True)
        self._headings = headings

    def heading(self, text: str, level: int, **attrs) -> str:
        return self._headings.place(text, level)

    def image(self, text: str, url: str, title: str | None = None) -> str:
        # A page asks no other host for anything: a picture that is not in the page is given as its words.
        return super().image(text, url, title) if url.startswith(EMBEDDED) else f"<em>[picture: {text}]</em>"

    def table(self, text: str) -> str:
        return f'<div class="scroll" role="region" aria-label="Table" tabindex="0"><table>{text}</table></div>\n'

    def table_cell(self, text: str, align: str | None = None, head: bool = False) -> str:
        kind = ' class="number"' if align == "right" else ""
        return f'<th scope="col"{kind}>{text}</th>' if head else f"<td{kind}>{text}</td>"


def to_html(markdown: str, headings: Headings) -> str:
    """The Markdown as HTML; its headings are entered into `headings`."""
    return mistune.Markdown(_PageRenderer(headings), plugins=[mistune.plugins.table.table])(markdown)
