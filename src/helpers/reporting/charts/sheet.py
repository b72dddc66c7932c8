"""The sheet a chart is drawn on: a figure measured in CSS pixels from its upper left corner."""

from collections.abc import Callable, Iterable
from functools import lru_cache

import matplotlib as mpl
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import text_to_path
from matplotlib.transforms import Affine2D

from helpers.reporting import theme
from helpers.reporting.display import Chart

WIDE, PHONE = 720, 360
LEADING = 20  # from one line of text to the next


def chart(draw: Callable[[int], Figure], alt: str, caption: str) -> Chart:
    """The picture that `draw` makes for a width, drawn for a wide column and for a phone."""
    with theme.style():
        return Chart.drawn(draw(WIDE), alt=alt, caption=caption, narrow=draw(PHONE))


class Sheet:
    """A figure `width` pixels wide; how high it is, is known once everything is drawn."""

    def __init__(self, width: int) -> None:
        self.width = width
        self.figure = Figure(figsize=(width / theme.INCH, 1))
        self.pixels = Affine2D().scale(1, -1)  # a transform: from the upper left corner, y downwards
        self._panels: dict[Axes, tuple[float, float, float, float]] = {}

    def panel(self, left: float, right: float, top: float, bottom: float, *, across: tuple[float, float]) -> Axes:
        """Axes between four places on the sheet: across them the data from one end to the other, down them pixels."""
        axes = self.figure.add_axes((0, 0, 1, 1))
        axes.set(xlim=across, ylim=(bottom, top), xticks=[], yticks=[])
        sns.despine(ax=axes, left=True)
        self._panels[axes] = left, right, top, bottom
        return axes

    @staticmethod
    def bars(axes: Axes, middles: list[float], starts: list[float], ends: list[float], height: float, **how) -> None:
        """Bars from start to end, as lines of that height: matplotlib's patches take three times as long."""
        long = [bar for bar in zip(middles, starts, ends, strict=True) if bar[2] > bar[1]]
        if long:
            axes.hlines(*zip(*long, strict=True), linewidth=height, clip_on=False, **how)

    def ticks(self, axes: Axes, places: Iterable[float], suffix: str = "") -> None:
        """The numbers under a panel; matplotlib's own ticks, five artists each, would take a third of a chart's time.
        """
        left, right, _, bottom = self._panels[axes]
        low, high = axes.get_xlim()
        axes.vlines(list(places), bottom, bottom + 5, color=theme.HAIRLINE, linewidth=1, clip_on=False)
        for place in places:
            words = f"{place:g}".replace("-", "\N{MINUS SIGN}") + suffix
            x, half = left + (right - left) * (place - low) / (high - low), text_width(words) / 2
            self.write(min(max(x, half), self.width - half), bottom + 22, words, anchor="center")

    def write(self, x: float, y: float, words: str | list[str], *, anchor: str = "left", bold: bool = False,
              colour: str = theme.INK, gid: str = "") -> None:
        """Words on a baseline, further lines below it; `anchor` is the side of them that stands at `x`."""
        for number, line in enumerate(filter(None, [words] if isinstance(words, str) else words)):
            self.figure.text(x, y + number * LEADING, line, ha=anchor, va="baseline", color=colour, gid=gid or None,
                             weight="bold" if bold else "normal", transform=self.pixels)

    def close(self, height: float) -> Figure:
        """The finished figure."""
        self.pixels.translate(0, height)
        self.figure.set_size_inches(self.width / theme.INCH, height / theme.INCH)
        for axes, (left, right, top, bottom) in self._panels.items():
            axes.set_position((left / self.width, 1 - bottom / height, (right - left) / self.width,
                               (bottom - top) / height))
        return self.figure


@lru_cache(maxsize=4096)
def text_width(text: str, *, bold: bool = False) -> float:
    """How wide the text runs in matplotlib's own DejaVu Sans, in pixels."""
    return text_to_path.get_text_width_height_descent(text, _face(bold), ismath=False)[0]


@lru_cache
def _face(bold: bool) -> FontProperties:
    file = f"{mpl.get_data_path()}/fonts/ttf/DejaVuSans{'-Bold' if bold else ''}.ttf"
    return FontProperties(fname=file, size=theme.TEXT_SIZE)


def fold(text: str, width: float, *, bold: bool = False) -> list[str]:
    """The text in lines that fit in `width`; a word alone may be wider."""
    lines = [""]
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}".strip(" ")
        if lines[-1] and text_width(longer, bold=bold) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines
