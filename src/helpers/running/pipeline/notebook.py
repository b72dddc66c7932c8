"""A notebook as a document, read without Jupyter: its cells, its title."""

import json
import re
from dataclasses import dataclass
from pathlib import Path

from helpers.study import InputFault


@dataclass(frozen=True)
class Cell:
    """One cell as written."""

    kind: str
    source: str
    tags: tuple[str, ...]


def read_cells(path: Path) -> list[Cell]:
    """The notebook's cells in order; raises InputFault where the file is no notebook of format 4."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        if content["nbformat"] != 4:
            raise ValueError
        return [Cell(cell["cell_type"], "".join(cell["source"]), tuple(cell.get("metadata", {}).get("tags", [])))
                for cell in content["cells"]]
    except FileNotFoundError:
        raise InputFault(f"{path.as_posix()}: there is no such notebook. Check the name.") from None
    except (ValueError, KeyError, TypeError):
        raise InputFault(f"{path.as_posix()}: not a Jupyter notebook. Save it again from JupyterLab.") from None


def heading(cells: list[Cell]) -> tuple[str, str]:
    """Title and first paragraph: the first heading among the Markdown cells, and the text that follows it."""
    text = "\n\n".join(cell.source for cell in cells if cell.kind == "markdown")
    title = re.search(r"^# +(.+)$", text, re.MULTILINE)
    if not title:
        return "", ""
    paragraph = re.split(r"\n\s*\n|\n(?=#)", text[title.end():].strip())[0]
    return title[1].strip(), "" if paragraph.startswith("#") else " ".join(paragraph.split())
