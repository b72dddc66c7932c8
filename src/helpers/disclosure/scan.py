"""Finished files searched for what must not leave the building; a finding names the place and never the secret."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import pandas as pd

from helpers.disclosure.cells import WITHHELD
from helpers.disclosure.inputs import WORDS, Inputs, runs
from helpers.disclosure.pages import Piece, pieces
from helpers.disclosure.prose import Prose

COLUMNS = ["file", "place", "what", "remedy"]
NUMBER = re.compile(r"\d")
WITHHELD_TEXTS = {WITHHELD, f"withheld {WITHHELD}"}  # nothing else may stand where a number is withheld
TRACEBACK = re.compile(r"Traceback \(most recent call last\)|^\s*File \"[^\"]+\", line \d+", re.MULTILINE)
ABSOLUTE = re.compile(r"(?<![\w/.:-])/(?:home|root|Users|tmp|work|var|usr|opt|mnt|srv|etc|private|Volumes|data)/[\w.-]+"
                      r"|(?<!\w)[A-Za-z]:\\\\?[\w.-]+")
ELSEWHERE = re.compile(r"^\s*(?:[a-z][a-z0-9+.-]*:)?//", re.IGNORECASE)


@dataclass(frozen=True)
class Expected:
    """What the finished files may show: the text of every registered cell, and the words a withheld one would go by.

    shown: cell -> text ("[c]" where withheld). intervals: cell -> "55% to 69%". prose: withheld numbers as words would
    tell them.
    """

    shown: Mapping[str, str]
    intervals: Mapping[str, str] = field(default_factory=dict)
    prose: Prose | None = None

    @cached_property
    def withheld(self) -> list[str]:
        """The cells that must not be shown."""
        return [cell for cell, text in self.shown.items() if "[c]" in text]

    @cached_property
    def families(self) -> set[str]:
        """How the names of withheld cells begin: a text without any of these names none of them."""
        return {cell.partition(".")[0] + "." for cell in self.withheld}


def scan_public(path: Path, name: str, expected: Expected, inputs: Inputs) -> tuple[pd.DataFrame, dict[str, str]]:
    """Findings (file, place, what, remedy) of a public file, and every registered cell it shows with its text."""
    found = pieces(path)
    if found is None:
        return _frame(name, [("the whole file", f"A file of the kind '{path.suffix}', which the gate cannot read.",
                              "Publish HTML, SVG, PNG, CSV, JSON or a spreadsheet.")]), {}
    cells = [finding for piece in found if piece.cell for finding in _cell(piece, expected)]
    title = next((piece.text for piece in found if "<title>" in piece.place), "")
    about = expected.prose.about(title) if expected.prose else ""
    beside = [finding for piece in found if not piece.loads for finding in _beside(piece, expected, about)]
    loaded = [(piece.place, "It loads something from another host when opened.", "Put what is needed into the file.")
              for piece in found if piece.loads and ELSEWHERE.match(piece.text)]
    paths = [(piece.place, "An absolute path of the machine that made it.", "Write the path relative to the study.")
             for piece in found if ABSOLUTE.search(piece.text)]
    personal = _personal([piece for piece in found if not piece.joined], inputs)
    refused = [(piece.place, *piece.fault) for piece in found if piece.fault]
    marked = [(piece.cell, piece.text) for piece in found if piece.cell in expected.shown]
    shown = dict(sorted(marked, key=lambda pair: "[c]" not in pair[1]))  # a number written once outweighs every [c]
    return _frame(name, [*cells, *beside, *personal, *loaded, *paths, *refused]), shown


def scan_internal(path: Path, name: str, inputs: Inputs) -> pd.DataFrame:
    """Findings of a file for colleagues: record identifiers, people's own words, tracebacks."""
    return _frame(name, _personal([piece for piece in pieces(path) or [] if not piece.joined], inputs))


def _frame(name: str, findings: list[tuple[str, str, str]]) -> pd.DataFrame:
    return pd.DataFrame([(name, *finding) for finding in dict.fromkeys(findings)], columns=COLUMNS)


def _cell(piece: Piece, expected: Expected) -> list[tuple[str, str, str]]:
    """Whether a number marked as a cell is the one that was released."""
    wanted = expected.shown.get(piece.cell)
    where = f"{piece.place}, cell {piece.cell}"
    if wanted is None:
        return [(where, "A number marked as a cell that the registry does not hold.",
                 "Add it to the registry, or take the mark off.")]
    if "[c]" in wanted:
        if piece.text not in WITHHELD_TEXTS or piece.beside:
            return [(where, "A withheld number is shown.", "Show [c]; read the number from the release tables.")]
        return []
    if "[c]" in piece.text or _same(piece.text, wanted, expected.intervals.get(piece.cell)):
        return []
    return [(where, "A number that differs from the released one.", "Read the number from the release tables.")]


def _same(text: str, wanted: str, interval: str | None) -> bool:
    """Whether the text is the number, alone or with its own interval in brackets behind it."""
    plain = " ".join(text.split())
    behind = plain.removeprefix(wanted).strip(" ()") if plain.startswith(wanted) else None
    if behind == "":
        return True
    return behind is not None and interval is not None and re.findall(r"\d+", behind) == re.findall(r"\d+", interval)


def _beside(piece: Piece, expected: Expected, about: str) -> list[tuple[str, str, str]]:
    """Withheld numbers written beside their cell's name, or beside all the words that name it."""
    if not NUMBER.search(piece.text):
        return []
    findings, text = [], piece.text
    could = any(family in text for family in expected.families)
    named = [cell for cell in expected.withheld if cell in text] if could else []
    if any(re.search(re.escape(cell) + r"[^\d\[\n]{0,24}\d", text) for cell in named):
        findings.append((piece.place, "A number beside the name of a withheld cell.",
                         "Take it out of the file's data."))
    if expected.prose is not None and expected.prose.tells(text, about):
        findings.append((piece.place, "What reads like a withheld number beside its names.",
                         "Build the words from the release tables, where it is missing."))
    return findings


def _personal(found: list[Piece], inputs: Inputs) -> list[tuple[str, str, str]]:
    findings = []
    for piece in found:
        if inputs.stand_in(piece.text):
            findings.append((piece.place, "The identifier of a record or response.", "Show counts, never records."))
        if not inputs.written.isdisjoint(runs(piece.text)):
            findings.append((piece.place, f"{WORDS} words or more that somebody wrote in an extract.",
                             "Take the text out: free text is never shown."))
        if TRACEBACK.search(piece.text):
            findings.append((piece.place, "An error trace, which can hold values of a record.",
                             "Mend the notebook, or do not publish its page."))
    return findings
