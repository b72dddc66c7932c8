"""What cleaning did, from the rows received to the rows kept."""

from dataclasses import dataclass
from functools import partial
from itertools import pairwise

import pandas as pd
import seaborn as sns
from matplotlib.figure import Figure

from helpers.reporting import theme
from helpers.reporting.charts.sheet import LEADING, WIDE, Sheet, chart, fold
from helpers.reporting.display import Chart, Text
from helpers.reporting.words import whole

REMOVED = {"quarantine": "set aside", "exclude": "left out", "refuse": "refused"}
NAMES, NUMBERS = 270, 150  # pixels of the wide sheet beside the bars
BAR = 26
LEAST = 4  # pixels of a bar that would otherwise not be seen


@dataclass(frozen=True)
class Step:
    """One bar: how many rows go on, how many this step took, and how; nothing at both ends."""

    sentence: str
    left: int
    caught: int = 0
    how: str = ""

    @property
    def shown(self) -> str:
        return f"{whole(self.caught)} {self.how}" if self.caught else whole(self.left)


def ledger_flow(ledger: pd.DataFrame) -> Chart | Text:
    """From received to kept, a step a rule that took rows out; rules that took none are counted in the caption."""
    if ledger.empty:
        return Text("Nothing was received, so there is nothing to account for.")
    took = ledger[ledger["severity"].isin(list(REMOVED)) & (ledger["rows_caught"] > 0)]
    quiet = int((ledger["severity"].isin(list(REMOVED)) & (ledger["rows_caught"] == 0)).sum())
    noted = ledger[(ledger["severity"] == "note") & (ledger["rows_caught"] > 0)]
    first, last = (ledger["sentence"].iloc[place].rstrip(".") for place in (0, -1))
    steps = [Step(first, int(ledger["rows_in"].iloc[0])),
             *(Step(row.sentence, int(row.rows_left), int(row.rows_caught), REMOVED[row.severity])
               for row in took.itertuples()),
             Step(last, int(ledger["rows_left"].iloc[-1]))]
    alt = f"{first}: {steps[0].shown}. " + "".join(
        f"{step.sentence} {step.shown}, {whole(step.left)} left. " for step in steps[1:-1]
    ) + f"{last}: {steps[-1].shown}."
    caption = f"Rules that caught nothing: {quiet}. Rules that noted something and removed nothing: {len(noted)}."
    return chart(partial(_draw, steps), alt, caption)


def _draw(steps: list[Step], width: int) -> Figure:
    """One bar a step: dark what goes on, orange what this step took; the end of a bar is where the next one starts."""
    sheet, wide = Sheet(width), width == WIDE
    names, numbers = (NAMES, NUMBERS) if wide else (0, LEAST + 2)
    y, tops = 0.0, []
    for step in steps:
        lines = fold(step.sentence, names - 20 if wide else width, bold=not step.how)
        top = y if wide else y + len(lines) * LEADING + 2
        sheet.write(0, top + 19 if wide else y + 16, lines, bold=not step.how)
        sheet.write(width if wide else 8, top + 19, step.shown, anchor="right" if wide else "left",
                    bold=not step.how, colour=theme.INK if wide else "white")
        tops.append(top)
        y = top + max(BAR, len(lines) * LEADING if wide else 0) + (18 if wide else 14)
    _bars(sheet, steps, tops, names, width - numbers)
    return sheet.close(y - 8)


def _bars(sheet: Sheet, steps: list[Step], tops: list[float], left: float, right: float) -> None:
    received = max(steps[0].left, 1)
    axes = sheet.panel(left, right, 0, tops[-1] + BAR, across=(0, received))
    axes.spines["bottom"].set_visible(False)
    middles, remain = [top + BAR / 2 for top in tops], [step.left for step in steps]
    nearest = min(below - above for above, below in pairwise(middles))
    sns.barplot(x=remain, y=middles, orient="h", native_scale=True, width=BAR / nearest, errorbar=None, saturation=1,
                color=theme.DARK_BLUE, linewidth=0, gid="mark", ax=axes)
    pixel = received / (right - left)
    taken = [(at, step) for at, step in zip(middles, steps, strict=True) if step.caught]
    starts = [step.left + pixel for _, step in taken]
    ends = [start + max(step.caught, LEAST * pixel) for start, (_, step) in zip(starts, taken, strict=True)]
    sheet.bars(axes, [at for at, _ in taken], starts, ends, BAR, color=theme.ORANGE, gid="taken")
    axes.vlines(remain[:-1], [top + BAR for top in tops[:-1]], tops[1:], color=theme.QUIET, linewidth=1,
                linestyle=(0, (4, 4)), clip_on=False)
