"""A pen that writes SVG: a few marks, text that stays text, nothing measured on the machine it runs on.

A forest of nine rows took matplotlib 42 ms and 12 KB a width, this 3 ms and 5 KB (one round, two busy cores); and
matplotlib lays text out by whichever fonts it finds, so that two machines would give two files.
"""

from html import escape
from textwrap import wrap

from helpers.reporting import theme

NARROW_LETTERS = set("fijlrtI.,:;'|!()[] -")
WIDE_LETTERS = set("wABCDEFGHKNOPQRSUVXYZ+&")
WIDEST_LETTERS = set("mMW%@")


def text_width(text: str, size: float = theme.TEXT_SIZE) -> float:
    """About how wide the text runs in Helvetica's metrics: a little generous, so that nothing is cut off."""
    return size * sum(_letter(c) for c in text)


def _letter(c: str) -> float:
    return 0.32 if c in NARROW_LETTERS else 0.72 if c in WIDE_LETTERS else 0.9 if c in WIDEST_LETTERS else 0.56


def fold(text: str, width: float, size: float = theme.TEXT_SIZE) -> list[str]:
    """The text in lines that fit in `width`."""
    if text_width(text, size) <= width:
        return [text]
    letters = max(8, int(len(text) * width / text_width(text, size)))
    lines = wrap(text, letters, break_long_words=False)
    while len(lines) > 1 and any(text_width(line, size) > width for line in lines) and letters > 8:
        letters -= 1
        lines = wrap(text, letters, break_long_words=False)
    return lines or [""]


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


class Pen:
    """Collects marks on a sheet `width` wide; its height is known once everything is drawn."""

    def __init__(self, width: int) -> None:
        self.width = width
        self._marks: list[str] = []

    def svg(self, height: float) -> str:
        """The finished picture."""
        size = f'width="{self.width}" height="{_number(height)}" viewBox="0 0 {self.width} {_number(height)}"'
        return (f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="{theme.FONT}" '
                f'font-size="{theme.TEXT_SIZE}" fill="{theme.INK}">' + "".join(self._marks) + "</svg>")

    def line(self, x1, y1, x2, y2, *, colour=theme.INK, thick=1.0, dashed=False, role="") -> None:
        """A straight line."""
        self._add("line", role, x1=x1, y1=y1, x2=x2, y2=y2, stroke=colour, stroke_width=thick,
                  stroke_dasharray="4 4" if dashed else None)

    def path(self, points, *, colour=theme.INK, thick=2.5, role="") -> None:
        """A line through points."""
        joined = " ".join(f"{_number(x)},{_number(y)}" for x, y in points)
        self._add("polyline", role, points=joined, fill="none", stroke=colour, stroke_width=thick,
                  stroke_linejoin="round")

    def rect(self, x, y, width, height, *, colour, outline=None, role="") -> None:
        """A filled rectangle; `outline` gives it an edge as well."""
        self._add("rect", role, x=x, y=y, width=max(width, 0), height=height, fill=colour, stroke=outline)

    def mark(self, x, y, shape: str, *, colour, size=6.5, role="mark") -> None:
        """A point: "circle", or "diamond" for the group a page is about, so that colour never carries meaning alone."""
        if shape == "circle":
            self._add("circle", role, cx=x, cy=y, r=size, fill=colour)
        else:
            reach = size * 1.3
            corners = [(x, y - reach), (x + reach, y), (x, y + reach), (x - reach, y)]
            points = " ".join(f"{_number(a)},{_number(b)}" for a, b in corners)
            self._add("polygon", role, points=points, fill=colour)

    def text(self, x, y, words, *, anchor="start", bold=False, colour=theme.INK, role="", cell=None) -> None:
        """Words on a baseline; `cell` names the released number they show, for the gate to check."""
        attributes = {"x": x, "y": y, "text_anchor": None if anchor == "start" else anchor,
                      "font_weight": "bold" if bold else None, "fill": None if colour == theme.INK else colour,
                      "data_cell": cell}
        self._add("text", role, content=escape(str(words), quote=False), **attributes)

    def centred(self, x, y, words, **how) -> None:
        """Words centred on a place, moved as far as needed to stay on the sheet."""
        half = text_width(str(words)) / 2
        self.text(min(max(x, half), self.width - half), y, words, anchor="middle", **how)

    def lines(self, x, y, lines: list[str], *, leading=20, **how) -> None:
        """Several lines of words, the first on baseline `y`."""
        for index, words in enumerate(lines):
            self.text(x, y + index * leading, words, **how)

    def _add(self, name: str, role: str, content: str = "", **attributes) -> None:
        given = ([("class", role)] if role else []) + [(k.replace("_", "-"), v) for k, v in attributes.items()]
        spelled = "".join(f' {key}="{value if isinstance(value, str) else _number(value)}"'
                          for key, value in given if value is not None)
        self._marks.append(f"<{name}{spelled}>{content}</{name}>" if content else f"<{name}{spelled}/>")
