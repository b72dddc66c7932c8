"""The cells of an executed notebook as HTML: what of each a public or an internal page shows."""

import base64
import re
from html import escape

from helpers.reporting.display import NARROW
from helpers.reporting.headings import Headings
from helpers.reporting.key_figures import MIME as KEY_FIGURES
from helpers.reporting.markdown import to_html
from helpers.reporting.markup import clean
from helpers.study import InputFault

HIDDEN_FROM_PUBLIC = {"parameters", "injected-parameters", "internal"}
ADDRESS = re.compile(r" at 0x[0-9a-f]+")  # where an object lay in memory: another one every run
PICTURES = ("image/svg+xml", "image/png", "image/jpeg")


def body(cells: list, headings: Headings, *, public: bool) -> str:
    """All cells as one piece of HTML; raises InputFault naming every public figure that has no alt text."""
    parts, faults, sources = [], [], []
    for number, cell in enumerate(cells, start=1):
        if public and HIDDEN_FROM_PUBLIC & set(cell.metadata.get("tags", [])):
            continue
        if cell.cell_type == "markdown":
            headings.source = "notebook"
            parts.append(to_html(_with_attachments(cell), headings))
        elif cell.cell_type == "code":
            headings.source = "output"
            sources.append(cell.source)
            parts += [_output(output, number, headings, public, faults) for output in cell.outputs]
    if faults:
        raise InputFault(faults)
    return "".join([*parts, "" if public else _code(sources)])


def _with_attachments(cell) -> str:
    text = cell.source
    for name, bundle in cell.get("attachments", {}).items():
        for mime in ("image/png", "image/jpeg"):
            if mime in bundle:
                text = text.replace(f"attachment:{name}", f"data:{mime};base64,{''.join(bundle[mime].split())}")
    return text


def _code(sources: list[str]) -> str:
    """The code of all cells, folded away in one place: what a reader came for are the answers."""
    blocks = "".join(f"<pre><code>{escape(source)}</code></pre>" for source in sources if source.strip())
    return f'<details class="code"><summary>Code</summary>{blocks}</details>\n' if blocks else ""


def _output(output, number: int, headings: Headings, public: bool, faults: list[str]) -> str:
    if output.output_type == "stream":
        if output.name == "stderr":
            return "" if public or not output.text.strip() else _printed(output.text, "Warnings")
        return _printed(output.text, "")
    if output.output_type == "error":
        # The message and the traceback can hold values of a record; the name of the fault cannot.
        return f'<p class="fault">Cell {number} failed: {escape(output.ename)}.</p>\n'
    return _shown(output.data, output.metadata, number, headings, public, faults)


def _shown(data, about, number: int, headings: Headings, public: bool, faults: list[str]) -> str:
    if KEY_FIGURES in data:
        return ""  # for the record alone
    for mime in PICTURES:
        if mime in data:
            alt = about.get("alt") or about.get(mime, {}).get("alt", "")
            if public and not alt:
                faults.append(f"cell {number}: a figure without alt text cannot be published; show it as a "
                              "reporting.Chart, or give its alt text with Chart.drawn(figure, alt=...).")
            caption = about.get("caption") or about.get(mime, {}).get("caption", "")
            return figure(mime, data[mime], alt or "A figure nobody has described.", caption, data.get(NARROW, ""))
    if "text/html" in data:
        return clean("".join(data["text/html"])) + "\n"
    if "text/markdown" in data:
        return to_html("".join(data["text/markdown"]), headings)
    return _printed("".join(data.get("text/plain", "")), "")


def figure(mime: str, picture: str, alt: str, caption: str, narrow: str = "") -> str:
    """A picture inside the page, a phone's own drawing of it where there is one, and its caption."""
    size = re.search(r'<svg[^>]*?\bwidth="([\d.]+)" height="([\d.]+)"', picture)
    sized = f' width="{size[1]}" height="{size[2]}"' if size else ""
    image = f'<img src="{_data_uri(mime, picture)}" alt="{escape(alt)}"{sized}>'
    if narrow:
        image = f'<picture><source media="(max-width:46em)" srcset="{_data_uri(mime, narrow)}">{image}</picture>'
    below = f"<figcaption>{escape(caption)}</figcaption>" if caption else ""
    return f"<figure>{image}{below}</figure>\n"


def _data_uri(mime: str, picture: str) -> str:
    # nbformat keeps PNG and JPEG as base64 already, and SVG as text.
    coded = base64.b64encode(picture.encode()).decode() if mime == "image/svg+xml" else "".join(picture.split())
    return f"data:{mime};base64,{coded}"


def _printed(text: str, summary: str) -> str:
    if not text.strip():
        return ""
    block = f'<pre class="printed">{escape(ADDRESS.sub("", text).rstrip())}</pre>\n'
    return f'<details class="code"><summary>{summary}</summary>{block}</details>\n' if summary else block
