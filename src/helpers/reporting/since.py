"""What has moved since the last release, in words and as a table.

`before` is what the last release published, as Study.before gives it; None where there was none.
"""

import pandas as pd

from helpers.reporting.display import Block, Text
from helpers.reporting.key_figures import CLAIM, KeyFigures
from helpers.reporting.tables import Table, folded


def words(now: KeyFigures, before: dict | None) -> Text:
    """How many key figures moved, and every verdict that is another."""
    if before is None:
        return Text("This is the first release on record: the next one tells here what has moved.")
    moved, total = _moved(now, before), len({*now.values, *before["figures"]})
    if not moved:
        return Text(f"None of {total} key figures has moved since release {before['release']}.")
    changed = [f"- “{name.removeprefix(CLAIM)}”: {_told(new)}; it was {_told(old)}."
               for name, (old, new) in moved.items() if name.startswith(CLAIM)]
    verdicts = "The verdict is another on:" if changed else "Every verdict on a claim is the same."
    count = f"{len(moved)} of {total} key figures {'has' if len(moved) == 1 else 'have'} moved"
    return Text("\n".join([f"{count} since release {before['release']}. {verdicts}", "", *changed]).strip())


def table(now: KeyFigures, before: dict | None) -> Block | Text:
    """Every key figure that moved, folded away."""
    if before is None or not (moved := _moved(now, before)):
        return Text("")
    rows = pd.DataFrame([{"Figure": name, f"Release {before['release']}": _told(old), "Now": _told(new)}
                         for name, (old, new) in moved.items()])
    title = f"Figures that moved since release {before['release']}"
    return folded({title: Table(rows, title)})


def _moved(now: KeyFigures, before: dict) -> dict[str, tuple]:
    """Old and new value by name; None where the figure was not, or is not, there."""
    old, new = before["figures"], now.values
    return {name: (old.get(name), new.get(name)) for name in {**new, **old} if old.get(name) != new.get(name)}


def _told(value: float | str | None) -> str:
    return "not told" if value is None else f"{value:g}" if isinstance(value, float) else str(value)
