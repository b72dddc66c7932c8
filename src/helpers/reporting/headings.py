"""The headings of one page: one h1, no level skipped, an id each, and the contents list that follows from them."""

import re
import unicodedata
from dataclasses import dataclass, field
from html import unescape

TAG = re.compile(r"<[^>]+>")


@dataclass
class Headings:
    """Takes headings as they come and gives them back in order; a first-level one becomes a title, not a heading."""

    contents: list[tuple[str, str]] = field(default_factory=list)  # (id, text) of every h2
    titles: dict[str, str] = field(default_factory=dict)  # by who gave it: "notebook" or "output"
    source: str = "notebook"
    _level: int = 1
    _ids: set[str] = field(default_factory=lambda: {"main", "contents"})

    def place(self, html: str, level: int) -> str:
        """The heading as HTML; nothing for a title, which stands at the head of the page."""
        text = unescape(TAG.sub("", html)).strip()
        if level == 1 and self.source not in self.titles:
            self.titles[self.source] = text
            return ""
        self._level = max(2, min(level, self._level + 1, 6))
        name = self._name(text)
        if self._level == 2:
            self.contents.append((name, text))
        return f'<h{self._level} id="{name}">{html}</h{self._level}>\n'

    def _name(self, text: str) -> str:
        plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
        stem = re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-") or "section"
        name, count = stem, 2
        while name in self._ids:
            name, count = f"{stem}-{count}", count + 1
        self._ids.add(name)
        return name
