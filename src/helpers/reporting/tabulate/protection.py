"""Tables of what was withheld, whether it can be worked out, and what the gate found."""

import pandas as pd

from helpers.reporting.display import Text
from helpers.reporting.naming import call
from helpers.reporting.tables import Table
from helpers.reporting.words import whole


def protection(summary: pd.DataFrame, labels: dict[str, str]) -> Table | Text:
    """How many numbers of each family are shown, and how many withheld as primary and as secondary."""
    if summary.empty:
        return Text("There is no number to protect.")
    shown = pd.DataFrame({"Family": [call(labels, name) for name in summary["family"]], "Shown": summary["shown"],
                          "Withheld, primary": summary["primary"], "Withheld, secondary": summary["secondary"]})
    return Table(shown, "Numbers shown and withheld")


def attack(attacked: pd.DataFrame) -> Table | Text:
    """Per withheld count the least and greatest value that anyone could prove; those laid bare come first."""
    if attacked.empty:
        return Text("No count is withheld, so there is nothing to work out.")
    ordered = attacked.sort_values("open", kind="stable")
    shown = pd.DataFrame({
        "Withheld count": ordered["cell"].astype(str), "Least": [_bound(value) for value in ordered["least"]],
        "Greatest": [_bound(value) for value in ordered["greatest"]],
        "Protected": ["yes" if is_open else "no" for is_open in ordered["open"]],
    })
    return Table(shown, f"What could be proved of {whole(len(shown))} withheld counts")


def findings(found: pd.DataFrame) -> Table | Text:
    """What the gate found in the finished files, and what to do about each."""
    if found.empty:
        return Text("Nothing was found.")
    return Table(found.rename(columns={"file": "File", "place": "Place", "what": "What", "remedy": "What to do"}),
                 "What the gate found")


def _bound(value: float) -> str:
    return "[x]" if pd.isna(value) else "no limit" if value == float("inf") else whole(value)
