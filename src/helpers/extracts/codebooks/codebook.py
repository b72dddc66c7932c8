"""A codebook as typed objects: what the columns of one instrument mean, and the rules its rows must keep."""

from typing import Literal

from pydantic import Field, PrivateAttr, model_validator

from helpers.extracts.codebooks.layout import Reading
from helpers.extracts.codebooks.ruled import Rule
from helpers.extracts.codebooks.spelling import folded
from helpers.extracts.codebooks.variables import (
    CODED,
    KINDS,
    PICKED,
    Column,
    Conditions,
    Derived,
    Kind,
    Name,
    Scale,
    Score,
    Variable,
)
from helpers.study import InputFault, Strict, nearest


class Ignore(Strict):
    """Columns that exports carry and nobody reads: names, or patterns with * and ?."""

    columns: list[str] = []


class Linked(Strict):
    """Columns of another extract's cleaned table, laid beside each row that has its key."""

    extract: str
    on: list[str] = Field(min_length=1)  # columns that both have
    columns: dict[str, str] = {}  # name here → name there
    keep: Literal["only", "first", "last"] = "only"  # of several rows with one key; "only": there may be but one
    by: str | None = None  # first and last by this column there; without it by their order
    where: Conditions = {}  # only the rows there for which this holds
    count: str | None = Field(default=None, pattern=r"^[a-z][a-z0-9_]*$")  # a column: how many rows there have the key
    absent: Kind = "not_recorded"  # what a row is said to be whose key is not there

    @model_validator(mode="after")
    def _brings_something(self):
        if not self.columns and not self.count:
            raise ValueError("a link needs 'columns' or 'count'; add one of them.")
        return self


class Earlier(Strict):
    """How the columns of an earlier wave map to this one's; those of the same name and answers need no word."""

    extract: str
    columns: dict[str, str] = {}  # name here → name there
    levels: dict[str, dict[str, str]] = {}  # column here → answer there → answer here


class Codebook(Strict):
    """One instrument, whole."""

    instrument: str = Name
    title: str
    row: str = "row"
    person: list[str] = []  # columns that tell one person from another, for attrition between waves
    reading: Reading = Reading()
    missing: dict[Kind, list[str]] = {}
    scales: dict[str, Scale] = {}
    ignore: Ignore = Ignore()
    columns: list[Column] = Field(min_length=1)
    linked: list[Linked] = []
    scores: list[Score] = []
    derived: list[Derived] = []
    rules: list[Rule] = []
    earlier: list[Earlier] = []
    _linked: tuple[Variable, ...] = PrivateAttr(default=())  # the linked columns, as their own codebooks describe them
    _wave: Variable | None = PrivateAttr(default=None)  # where the table holds several waves: which one a row is of

    @property
    def working(self) -> list[Variable]:
        """Every column that rules, links and derived columns may name, in the order they come about."""
        read = [made for column in self.columns if column.is_read for made in column.in_table]
        return [*read, *self._linked, *self.scores, *self.derived]

    @property
    def kept(self) -> list[Variable]:
        """The columns of the cleaned table, in its order: received, linked, scored, derived, without personal ones."""
        wave = [self._wave] if self._wave else []
        return [*wave, *(column for column in self.working if column.personal is None)]

    def column(self, name: str) -> Variable:
        """The column of that clean name, received or made; raises InputFault where there is none."""
        found = {column.name: column for column in (*self.working, *self.kept)}
        if name not in found:
            raise InputFault(f"codebook '{self.instrument}': no column '{name}'; {nearest(name, found)}")
        return found[name]

    def scale(self, name: str) -> Scale:
        """The scale of that name; raises InputFault where there is none."""
        if name == "picked" and name not in self.scales:
            return PICKED
        if name not in self.scales:
            raise InputFault(f"codebook '{self.instrument}': no scale '{name}'; {nearest(name, self.scales)}")
        return self.scales[name]

    def answers(self, name: str) -> dict[str, str]:
        """What the column may hold, name → label in order; empty for numbers, dates, identifiers and words."""
        column = self.column(name)
        if column.scale:
            return self.scale(column.scale).labels
        if isinstance(column, Derived) and not column.values:
            return {case.value: case.value.replace("_", " ").capitalize() for case in column.cases
                    if case.value not in KINDS}
        if isinstance(column.values, str):
            return {}  # the study's, which a codebook on its own does not know
        return {value: (spellings or [value])[0] for value, spellings in (column.values or {}).items()}

    def missing_spellings(self, column: Column) -> dict[str, list[str]]:
        """Kind of missing → spellings for one column: its own where it states the kind or the spelling, else the
        codebook's.

        A codebook-wide code that is a number ("9") means missing only among labels: in a column of numbers, dates,
        identifiers or words it may be an answer, so such a column has to state it itself.
        """
        coded = column.type in (*CODED, "multi_select")
        own = {folded(text) for texts in column.missing.values() for text in texts}
        general = {kind: [text for text in texts if folded(text) not in own
                          and (coded or not text.strip().lstrip("-").isdigit())]
                   for kind, texts in self.missing.items()}
        return {kind: column.missing.get(kind, general.get(kind, [])) for kind in KINDS}
