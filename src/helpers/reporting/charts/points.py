"""Estimates as points by shape and colour of what they mean, with their intervals; and round places for an axis."""

import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from helpers.reporting import theme

SIZE = 156  # of a point's square: 12.5 pixels across


def points(axes: Axes, frame: pd.DataFrame) -> None:
    """Draw a row's `value` at height `y` as its `kind` asks ("focus" or "other"), and the line from `low` to `high`."""
    if frame.empty:
        return
    bounded = frame.dropna(subset=["low", "high"])
    axes.hlines(bounded["y"], bounded["low"], bounded["high"], colors=list(bounded["kind"].map(theme.COLOURS)),
                linewidth=3, clip_on=False, gid="interval")
    sns.scatterplot(frame, x="value", y="y", hue="kind", style="kind", palette=theme.COLOURS, markers=theme.SHAPES,
                    s=SIZE, linewidth=0, legend=False, clip_on=False, zorder=3, gid="mark", ax=axes)
    axes.set(xlabel="", ylabel="")


def round_steps(low: float, high: float, most: int) -> list[float]:
    """At most `most` round steps that hold everything from `low` to `high`."""
    return list(MaxNLocator(most, steps=[1, 2, 2.5, 5, 10]).tick_values(low, high))
