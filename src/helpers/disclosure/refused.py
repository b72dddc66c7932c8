"""What no public page may hold whatever it says: code, foreign frames, and table cells that lost their mark."""

import re
from collections.abc import Iterator

from lxml import etree

REFUSED = {"script", "base", "form", "iframe", "frame", "object", "embed"}
# What every page carries: nothing is fetched, nothing runs.
POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"
NO_CODE = ("It holds <{}>, which can run or fetch something.", "Take it out: a page is text, tables and pictures.")
NO_MARK = ("A number without its cell's mark, in a column of marked ones.",
           "Give it the name of its cell, or a column of its own.")
NO_POLICY = ("The page lacks the policy that lets nothing load or run.",
             "Write the page with helpers.reporting, whose template carries it.")
NUMERIC = re.compile(r"\d")


def faults(root, *, whole_page: bool) -> Iterator[tuple[object, str, str]]:
    """(element, what, remedy) of everything below the root of a page or picture that is refused outright."""
    for element in root.iter(etree.Element):
        tag = etree.QName(element).localname.lower()
        acts = next((name for name, value in element.attrib.items() if _acts(name, value)), None)
        if tag in REFUSED or (tag == "meta" and element.get("http-equiv", "").strip().lower() == "refresh"):
            yield element, NO_CODE[0].format(tag), NO_CODE[1]
        elif acts:
            yield element, NO_CODE[0].format(f"{tag} {acts}"), NO_CODE[1]
        elif tag == "table":
            yield from ((cell, *NO_MARK) for cell in _unmarked(element))
    policies = [meta.get("content", "") for meta in root.iter("meta")
                if meta.get("http-equiv", "").lower() == "content-security-policy"]
    if whole_page and POLICY not in policies:
        yield root, *NO_POLICY


def _acts(name: str, value: str) -> bool:
    return name.lower().startswith("on") or "".join(value.split()).lower().startswith(("javascript:", "vbscript:"))


def _unmarked(table) -> Iterator:
    """The cells with a number and no mark in columns where others have one."""
    rows = [[cell for cell in row if cell.tag in ("td", "th")] for row in table.iter("tr")]
    marked = {place for row in rows for place, cell in enumerate(row) if _is_marked(cell)}
    for row in rows:
        for place in marked.intersection(range(len(row))):
            cell = row[place]
            if cell.tag == "td" and not _is_marked(cell) and NUMERIC.search("".join(cell.itertext())):
                yield cell


def _is_marked(cell) -> bool:
    return cell.get("data-cell") is not None or cell.find(".//*[@data-cell]") is not None
