"""The ledger: what cleaning did to the rows, step by step, so that none disappears silently."""

import pandas as pd

from helpers.extracts.cleaning.rules import Applied

_SET_ASIDE = ("quarantine", "exclude")


class Ledger:
    """Steps written down as they happen; `frame` reads them out and stands for nothing that does not add up."""

    def __init__(self, rows: int, words: str) -> None:
        self._left = rows
        sentence = "Received." if words == "row" else f"Received, one row a {words}."
        self._steps = [("received", "", sentence, rows, 0, rows)]

    def note(self, name: str, sentence: str, rows: int) -> None:
        """A step that leaves every row where it is."""
        self._steps.append((name, "note", sentence, self._left, rows, self._left))

    def step(self, rule: Applied, caught: int) -> None:
        """A rule applied to the rows that earlier rules left."""
        before = self._left
        self._left -= caught if rule.severity in _SET_ASIDE else 0
        self._steps.append((rule.name, rule.severity, rule.sentence, before, caught, self._left))

    def frame(self, kept: int) -> pd.DataFrame:
        """step, rule, severity, sentence, rows_in, rows_caught, rows_left; from "received" to "kept"."""
        if kept != self._left:
            raise RuntimeError(f"the ledger leaves {self._left} rows and the table has {kept}: one is unaccounted for")
        steps = [*self._steps, ("kept", "", "Kept for analysis.", kept, 0, kept)]
        table = pd.DataFrame(steps, columns=["rule", "severity", "sentence", "rows_in", "rows_caught", "rows_left"])
        table.insert(0, "step", range(1, len(table) + 1))
        return table.astype({"rule": "str", "severity": "str", "sentence": "str"})


def accounted(ledger: pd.DataFrame) -> dict[str, int]:
    """Rows received, kept, quarantined and excluded: received is the sum of the other three, exactly."""
    caught = ledger.groupby("severity")["rows_caught"].sum()
    return {
        "received": int(ledger["rows_left"].iloc[0]), "kept": int(ledger["rows_left"].iloc[-1]),
        "quarantined": int(caught.get("quarantine", 0)), "excluded": int(caught.get("exclude", 0)),
    }
