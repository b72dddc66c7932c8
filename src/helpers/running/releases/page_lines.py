"""What a page says, line by line, so that two pages can be held against each other as a reader would."""

from collections.abc import Iterable
from difflib import SequenceMatcher
from pathlib import Path

from lxml import html

LINES = "//h1|//h2|//h3|//h4|//p|//pre|//li|//tr|//figcaption|//caption|//summary|//dt|//dd|//img[@alt]"


def lines(page: Path, names: Iterable[str] = ()) -> list[str]:
    """Headings, sentences, table rows and the words in place of pictures, in order; none where there is no page.

    `names` that every release bears for itself, such as its own, become "…".
    """
    if not page.is_file():
        return []
    text = page.read_text(encoding="utf-8")
    for name in names:
        text = text.replace(name, "…")
    return [line for each in html.document_fromstring(text).xpath(LINES) if (line := _text(each))]


def moved(old: list[str], new: list[str]) -> list[tuple[str, str]]:
    """Pairs of lines before and after, where two pages say something else; the empty text where a line came or went."""
    pairs: list[tuple[str, str]] = []
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind != "equal":
            gone, come = old[a:b], new[c:d]
            longest = max(len(gone), len(come))
            pairs += zip(gone + [""] * (longest - len(gone)), come + [""] * (longest - len(come)), strict=True)
    return pairs


def _text(element) -> str:
    if element.tag == "img":
        return " ".join(element.get("alt").split())
    if element.tag == "tr":
        return " | ".join(" ".join(cell.text_content().split()) for cell in element)
    return " ".join(element.text_content().split())
