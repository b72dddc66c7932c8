"""An executed notebook with the same bytes whenever it is executed on the same inputs."""

import json
import re
from collections.abc import Iterable
from pathlib import Path

import nbformat
from nbformat import NotebookNode

FIGURES = "application/vnd.throughcare.figures+json"  # an output that shows nothing: numbers by name
ADDRESS = re.compile(r"(?<= at )0x[0-9a-f]+")  # where an object lay in memory, in reprs
KERNEL_FILE = re.compile(r"\S*ipykernel_\d+[/\\]\d+\.py")  # where ipykernel pretends a cell's source lies
WARNING = re.compile(r"^\S.*?\b\w*Warning: ", re.MULTILINE)


def blank(path: Path) -> NotebookNode:
    """The notebook ready to execute: no outputs, and an id for every cell, by its place where it has none.

    Read as JSON first, since nbformat makes up random ids for cells without.
    """
    content = json.loads(path.read_text(encoding="utf-8"))
    content["nbformat_minor"] = max(5, content["nbformat_minor"])
    for number, cell in enumerate(content["cells"], start=1):
        cell.setdefault("id", f"cell-{number}")
        if cell["cell_type"] == "code":
            cell |= {"outputs": [], "execution_count": None}
    return nbformat.reads(json.dumps(content), as_version=4)


def settled(notebook: NotebookNode, *, hidden: Iterable[tuple[str, str]], metadata: dict) -> NotebookNode:
    """A copy of an executed notebook without clocks, machine paths or memory addresses.

    `hidden` pairs what must not be shown (paths) with what stands instead; `metadata` is what the notebook keeps.
    """
    clean = nbformat.from_dict(notebook)
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    clean.metadata = nbformat.from_dict({"kernelspec": kernel, "language_info": {"name": "python"}, **metadata})
    for cell in clean.cells:
        for key in ("papermill", "execution"):
            cell.metadata.pop(key, None)
        if "injected-parameters" in cell.metadata.get("tags", []):
            cell.id = "injected-parameters"
        if cell.cell_type == "code":
            cell.outputs = [_cleaned(output, hidden) for output in joined(cell.outputs)]
    return clean


def warnings_in(notebook: NotebookNode) -> int:
    """How many warnings the cells raised: one a line that names its class, or one for any other text on stderr."""
    texts = [output.text for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs
             if output.output_type == "stream" and output.name == "stderr" and output.text.strip()]
    return sum(max(1, len(WARNING.findall(text))) for text in texts)


def figures_in(notebook: NotebookNode) -> dict:
    """The key figures that the cells told, by name: how a notebook lets a number be followed from night to night."""
    told = [output.data[FIGURES] for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs
            if FIGURES in output.get("data", {})]
    return {name: value for figures in told for name, value in figures.items()}


def joined(outputs: list[NotebookNode]) -> list[NotebookNode]:
    """Neighbouring streams as one a name: when the kernel flushed is no part of the result."""
    found: list[NotebookNode] = []
    block: dict[str, NotebookNode] = {}
    for output in [*outputs, None]:
        if output is not None and output.output_type == "stream":
            if output.name in block:
                block[output.name].text += output.text
            else:
                block[output.name] = nbformat.from_dict(output)
            continue
        found += [block[name] for name in sorted(block, reverse=True)]
        block = {}
        found += [output] if output is not None else []
    return found


def _cleaned(output: NotebookNode, hidden: Iterable[tuple[str, str]]) -> NotebookNode:
    if output.output_type == "stream":
        output.text = _scrubbed(output.text, hidden)
    for kind, content in output.get("data", {}).items():
        if kind.startswith("text/") and isinstance(content, str):
            output.data[kind] = _scrubbed(content, hidden)
    return output


def _scrubbed(text: str, hidden: Iterable[tuple[str, str]]) -> str:
    text = ADDRESS.sub("0x…", KERNEL_FILE.sub("cell", text))
    for path, instead in hidden:  # unless it is part of a web address
        text = re.sub(rf"(?<![\w.-]){re.escape(path)}", lambda _, words=instead: words, text)
    return text
