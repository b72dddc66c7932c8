"""Colours by meaning, type, and the settings a figure drawn with seaborn or matplotlib takes from them."""

from collections.abc import Iterator
from contextlib import contextmanager

# The Government Analysis Function's palette: each reaches 3:1 against white and against its neighbour.
DARK_BLUE = "#12436D"
TURQUOISE = "#28A197"
DARK_PINK = "#801650"
ORANGE = "#F46A25"
DARK_GREY = "#3D3D3D"
LIGHT_PURPLE = "#A285D1"

INK = "#1B1F23"  # text: 16:1 on white
QUIET = "#434A50"  # second text: 9:1 on white
HAIRLINE = "#B4BBC2"  # axes: never the only carrier of a meaning
BAND = "#E7EDF3"  # the margin within which a difference is too small to matter

FOCUS = ORANGE  # the group a report is about; its mark is a diamond
OTHER = DARK_BLUE  # whom it is compared with; their mark is a circle

# Metric-compatible faces, so that a chart laid out for one fits in the others; nothing is fetched.
FONT = "'Helvetica Neue', Helvetica, Arial, 'Liberation Sans', sans-serif"
TEXT_SIZE = 16  # CSS pixels at the size shown = 12 points, the least the Analysis Function allows

SETTINGS = {
    "axes.edgecolor": HAIRLINE,
    "axes.labelcolor": INK,
    "axes.prop_cycle": "cycler('color', ['12436D', 'F46A25', '28A197', '801650'])",  # four colours are the most
    "axes.spines.right": False,
    "axes.spines.top": False,
    "figure.facecolor": "white",
    "font.family": "sans-serif",
    "font.sans-serif": ["Helvetica Neue", "Helvetica", "Arial", "Liberation Sans", "DejaVu Sans"],
    "font.size": 12,
    "legend.frameon": False,
    "svg.fonttype": "none",  # text stays text: it can be read out, searched and scanned for disclosure
    "svg.hashsalt": "throughcare",  # else every run gives its clip paths other names
    "text.color": INK,
    "xtick.color": INK,
    "ytick.color": INK,
}


@contextmanager
def style() -> Iterator[None]:
    """The project's look for a figure an analyst draws: `with reporting.style(): ...`."""
    import matplotlib as mpl  # the finished charts need none of it

    with mpl.rc_context(SETTINGS):
        yield
