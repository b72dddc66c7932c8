"""A codebook as typed objects: what the columns of one instrument mean, and the rules its rows must keep."""

from datetime import date
from typing import Literal

from pydantic import ConfigDict, Field, model_validator

from helpers.study import InputFault, Strict, nearest

# Why there is no answer. The order is that of every table of missing answers.
KINDS = ("not_asked", "not_applicable", "dont_know", "prefer_not_to_say", "not_recorded", "illegible")

Kind = Literal["not_asked", "not_applicable", "dont_know", "prefer_not_to_say", "not_recorded", "illegible"]
Type = Literal["identifier", "ordinal", "binary", "nominal", "count", "date", "text"]
Name = Field(pattern=r"^[a-z][a-z0-9_]*$")


class Reading(Strict):
    """How the instrument's files are laid out; encoding and delimiter are found out unless stated."""

    style: Literal["plain", "surveymonkey", "qualtrics"] = "plain"
    sheet: str | None = None
    skip_rows: int = Field(default=0, ge=0)
    encoding: str | None = None
    delimiter: str | None = Field(default=None, min_length=1, max_length=1)


class Level(Strict):
    """One point of a scale."""

    name: str
    label: str
    spellings: list[str] = []


class Scale(Strict):
    """Levels from low to high, and where they are cut into two categories."""

    levels: list[Level] = Field(min_length=2)
    cut: str | None = None
    above: str | None = None
    below: str | None = None

    @property
    def names(self) -> list[str]:
        return [level.name for level in self.levels]

    @property
    def labels(self) -> dict[str, str]:
        return {level.name: level.label for level in self.levels}

    @property
    def at_or_above(self) -> list[str]:
        """The levels counted in the upper category; empty where the scale has no cut."""
        return self.names[self.names.index(self.cut):] if self.cut else []


class Bounds(Strict):
    """From `min` to `max`, both included: a number, a date, or a level of the column's scale."""

    min: int | float | date | str | None = None
    max: int | float | date | str | None = None


Condition = Bounds | list[str | int] | str | int
Conditions = dict[str, Condition]


class Variable(Strict):
    """What a column of the cleaned table is, whether it was received or derived."""

    name: str = Name
    label: str
    question: str = ""
    type: Type
    scale: str | None = None
    values: dict[str, list[str]] | Literal["partnerships", "groups"] | None = None
    sensitive: bool = False


class Column(Variable):
    """One column as received."""

    source: list[str] = []
    format: list[str] | str = []
    required: bool = False
    optional: bool = False  # a file may lack it: its rows then count as not asked
    asked_if: Conditions = {}
    missing: dict[Kind, list[str]] = {}
    personal: Literal["drop", "refuse"] | None = None

    @property
    def formats(self) -> list[str]:
        return [self.format] if isinstance(self.format, str) else list(self.format)


class Case(Strict):
    """One way a derived value comes about."""

    value: str
    when: Conditions
    because: str = ""


class Derived(Variable):
    """A column made from others: its cases are tried in order and the first that fits decides."""

    type: Literal["nominal", "binary", "ordinal"]
    cases: list[Case] = Field(min_length=1)
    otherwise: Kind = "not_recorded"


Check = Literal["range", "required", "unique", "exact_duplicate", "order", "when", "row_is", "in_extract", "answered"]

_NEEDED = {
    "range": ["column"], "required": ["columns"], "unique": ["columns"], "exact_duplicate": [], "order": ["columns"],
    "when": ["where", "then"], "row_is": ["where"], "in_extract": ["extract", "columns"], "answered": ["columns"],
}


class Rule(Strict):
    """What a row must not be: a name, the reason in the reader's words, and what rules.py makes its mask from."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    name: str = Name
    severity: Literal["note", "quarantine", "exclude", "refuse"]
    sentence: str
    remedy: str = ""
    check: Check
    column: str | None = None
    columns: list[str] = []
    min: int | float | date | str | None = None
    max: int | float | date | str | None = None
    keep: Literal["first", "last", "most_complete", "none"] = "first"
    where: Conditions = Field(default={}, alias="if")
    then: Conditions = {}
    extract: str | None = None
    minimum: int = Field(default=1, ge=1)

    @model_validator(mode="after")
    def _has_what_its_check_needs(self):
        lacking = ["if" if key == "where" else key for key in _NEEDED[self.check] if not getattr(self, key)]
        if self.check == "range" and self.min is None and self.max is None:
            lacking.append("min")
        if lacking:
            raise ValueError(f"a rule of check '{self.check}' needs '{lacking[0]}'; add it.")
        if self.check == "order" and len(self.columns) != 2:
            raise ValueError("a rule of check 'order' needs two columns, the earlier first; name both.")
        return self


class Ignore(Strict):
    """Columns that exports carry and nobody reads: names, or patterns with * and ?."""

    columns: list[str] = []


class Codebook(Strict):
    """One instrument, whole."""

    instrument: str = Name
    title: str
    row: str = "row"
    reading: Reading = Reading()
    missing: dict[Kind, list[str]] = {}
    scales: dict[str, Scale] = {}
    ignore: Ignore = Ignore()
    columns: list[Column] = Field(min_length=1)
    derived: list[Derived] = []
    rules: list[Rule] = []

    @property
    def kept(self) -> list[Variable]:
        """The columns of the cleaned table, in its order: received, then derived, without the personal ones."""
        return [column for column in self.columns if column.personal is None] + list(self.derived)

    def column(self, name: str) -> Variable:
        """The column of that clean name, received or derived; raises InputFault where there is none."""
        found = {column.name: column for column in self.kept}
        if name not in found:
            raise InputFault(f"codebook '{self.instrument}': no column '{name}'; {nearest(name, found)}")
        return found[name]

    def scale(self, name: str) -> Scale:
        """The scale of that name; raises InputFault where there is none."""
        if name not in self.scales:
            raise InputFault(f"codebook '{self.instrument}': no scale '{name}'; {nearest(name, self.scales)}")
        return self.scales[name]

    def answers(self, name: str) -> dict[str, str]:
        """What the column may hold, name → label in order; empty for numbers, dates, identifiers and words."""
        column = self.column(name)
        if column.scale:
            return self.scale(column.scale).labels
        if isinstance(column, Derived) and not column.values:
            return {case.value: case.value.replace("_", " ").capitalize() for case in column.cases}
        return {value: (spellings or [value])[0] for value, spellings in (column.values or {}).items()}

    def missing_spellings(self, column: Column) -> dict[str, list[str]]:
        """Kind of missing → spellings for one column: its own where it states the kind, else the codebook's.

        A codebook-wide code that is a number ("9") means missing only among labels: in a column of numbers, dates,
        identifiers or words it may be an answer, so such a column has to state it itself.
        """
        coded = column.type in ("ordinal", "binary", "nominal")
        general = {kind: [text for text in texts if coded or not text.strip().isdigit()]
                   for kind, texts in self.missing.items()}
        return {kind: column.missing.get(kind, general.get(kind, [])) for kind in KINDS}
