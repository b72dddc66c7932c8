"""Tables of what cleaning did: by rule, by spelling, by kind of missing, by extract."""

import pandas as pd

from helpers.reporting.display import Text
from helpers.reporting.tables import Table

HOW = {"note": "noted, kept", "quarantine": "set aside", "exclude": "left out", "refuse": "file refused"}
KINDS = {"not_asked": "Not asked", "not_applicable": "Not applicable", "dont_know": "Don’t know",
         "prefer_not_to_say": "Prefer not to say", "not_recorded": "Not recorded", "illegible": "Illegible",
         "suppressed": "Suppressed", "not_available": "Not available", "rounds_to_zero": "Rounds to zero"}


def ledger(frame: pd.DataFrame) -> Table | Text:
    """What cleaning did, rule by rule, in the order in which the rules were applied."""
    if frame.empty:
        return Text("Nothing was received, so there is nothing to account for.")
    shown = pd.DataFrame({
        "Step": frame["sentence"], "What happened": [HOW.get(severity, "[z]") for severity in frame["severity"]],
        "Rows before": frame["rows_in"], "Rows caught": frame["rows_caught"], "Rows after": frame["rows_left"],
    })
    return Table(shown, "What cleaning did", notes=["Rows received = kept + set aside + left out"])


def recodes(frame: pd.DataFrame) -> Table | Text:
    """Which spellings became which value, and in how many rows."""
    if frame.empty:
        return Text("No spelling had to be brought to another value.")
    shown = pd.DataFrame({"Column": frame["column"].astype(str), "As received": frame["from"].astype(str),
                          "Became": frame["to"].astype(str), "Rows": frame["rows"]})
    return Table(shown, "Spellings brought to one value")


def missing(frame: pd.DataFrame) -> Table | Text:
    """For every column how many rows have an answer, and why the others have none."""
    if frame.empty:
        return Text("There is no column to account for.")
    kinds = [kind for kind in KINDS if kind in frame]
    shown = pd.DataFrame({"Column": frame["label"], "Answered": frame["answered"]}
                         | {KINDS[kind]: frame[kind] for kind in kinds})
    return Table(shown, "Answers, and why there are none")


def attrition(frame: pd.DataFrame | None) -> Table | Text:
    """Who answered in one wave and the next, a row a pair of waves."""
    if frame is None or frame.empty:
        return Text("The extract holds one wave, or its answers cannot be told apart by person: nobody can be followed "
                    "from one wave to the next.")
    shown = pd.DataFrame({
        "Waves": frame["earlier"] + " to " + frame["later"], "People in the earlier": frame["in_earlier"],
        "People in the later": frame["in_later"], "In both": frame["in_both"], "Not seen again": frame["lost"],
        "New": frame["new"],
    })
    return Table(shown, "People from one wave to the next")


def sources(frame: pd.DataFrame) -> Table | Text:
    """The extracts behind a release: rows received and rows kept."""
    if frame.empty:
        return Text("No extract stands behind this release.")
    shown = pd.DataFrame({"Extract": frame["title"], "Rows received": frame["rows_in"], "Rows kept": frame["kept"]})
    return Table(shown, "The extracts behind this release")
