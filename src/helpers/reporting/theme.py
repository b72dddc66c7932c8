"""Colours and shapes by meaning, type, and the settings every figure is drawn with."""

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

# The group a report is about, and whom it is compared with: told apart by colour and by shape.
COLOURS = {"focus": ORANGE, "other": DARK_BLUE}
SHAPES = {"focus": "D", "other": "o"}

# What the finished picture asks for. It is laid out by matplotlib's own DejaVu Sans, the same on every machine and
# wider than any of these, so nothing is cut; nothing is fetched.
FONT = "'Helvetica Neue', Helvetica, Arial, 'Liberation Sans', sans-serif"
LAID_OUT_BY = "DejaVu Sans"
TEXT_SIZE = 16  # CSS pixels = 12 points, the least the Analysis Function allows
INCH = 72  # CSS pixels to matplotlib's inch, so that its points are pixels as well

SETTINGS = {
    "axes.edgecolor": HAIRLINE,
    "axes.labelcolor": INK,
    "axes.linewidth": 1,
    "axes.prop_cycle": "cycler('color', ['12436D', 'F46A25', '28A197', '801650'])",  # four colours are the most
    "axes.spines.right": False,
    "axes.spines.top": False,
    "figure.dpi": INCH,
    "figure.facecolor": "white",
    "figure.figsize": (720 / INCH, 400 / INCH),
    "font.family": LAID_OUT_BY,
    "font.size": TEXT_SIZE,
    "legend.frameon": False,
    "savefig.bbox": None,  # a notebook's own setting would crop the sheet
    "svg.fonttype": "none",  # text stays text: it can be read out, searched and scanned for disclosure
    "svg.hashsalt": "throughcare",  # else every run names its shapes anew
    "text.color": INK,
    "text.parse_math": False,  # a dollar sign in a label is a dollar sign
    "xtick.bottom": True,
    "xtick.color": HAIRLINE,
    "xtick.labelcolor": INK,
    "xtick.major.size": 5,
    "xtick.major.width": 1,
    "ytick.color": HAIRLINE,
    "ytick.labelcolor": INK,
}


@contextmanager
def style() -> Iterator[None]:
    """The project's look, for every chart and for a figure an analyst draws: `with reporting.style(): ...`."""
    import matplotlib as mpl  # a page without a chart needs neither
    import seaborn as sns

    with sns.axes_style("white"), mpl.rc_context(SETTINGS):
        yield
