"""What a notebook cell shows: in JupyterLab as it is, on a page dressed by the page's style."""

from dataclasses import dataclass

from helpers.reporting import svg

NARROW = "application/vnd.throughcare.narrow"  # the same chart for a phone; JupyterLab passes over it


@dataclass(frozen=True)
class Chart:
    """A picture whose text is text, with the words that replace it for those who do not see it.

    `svg` is drawn 720 wide, `narrow` (where there is one) 360 wide for phones. `caption` says what to look at.
    """

    svg: str
    alt: str
    caption: str = ""
    narrow: str = ""

    @classmethod
    def drawn(cls, figure, *, alt: str, caption: str = "", narrow=None) -> "Chart":
        """A matplotlib or seaborn figure as a chart, `narrow` the same for a phone; the alt text is not optional."""
        return cls(svg.drawn(figure), alt, caption, "" if narrow is None else svg.drawn(narrow))

    def _repr_mimebundle_(self, include=None, exclude=None):
        words = {"alt": self.alt, "caption": self.caption}
        bundle = {"image/svg+xml": self.svg, "text/plain": self.alt}
        if self.narrow:
            bundle[NARROW] = self.narrow
        return bundle, words | {"image/svg+xml": words}


@dataclass(frozen=True)
class Text:
    """Sentences in Markdown. A first-level heading among them becomes the title of the page."""

    markdown: str

    def _repr_mimebundle_(self, include=None, exclude=None):
        return {"text/markdown": self.markdown, "text/plain": self.markdown}

    def __str__(self) -> str:
        return self.markdown

    def __add__(self, other: "Text") -> "Text":
        return Text(f"{self.markdown}\n\n{other.markdown}")


@dataclass(frozen=True)
class Block:
    """A piece of HTML that is neither table nor chart, such as the verdicts; `plain` says the same in words."""

    html: str
    plain: str

    def _repr_mimebundle_(self, include=None, exclude=None):
        return {"text/html": self.html, "text/plain": self.plain}
