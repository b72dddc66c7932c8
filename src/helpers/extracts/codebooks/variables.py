"""What a column is: received, derived or scored; its scale, its answers, its kinds of missing."""

from datetime import date
from typing import Literal

from pydantic import Field, model_validator

from helpers.study import Strict

# Why there is no answer: six kinds of people's, three of published figures'. The order is that of every table.
KINDS = (
    "not_asked", "not_applicable", "dont_know", "prefer_not_to_say", "not_recorded", "illegible",
    "suppressed", "not_available", "rounds_to_zero",
)

Kind = Literal[
    "not_asked", "not_applicable", "dont_know", "prefer_not_to_say", "not_recorded", "illegible",
    "suppressed", "not_available", "rounds_to_zero",
]
Type = Literal["identifier", "ordinal", "binary", "nominal", "multi_select", "count", "number", "date", "text"]
Undeclared = Literal["refuse", "quarantine"]
Name = Field(pattern=r"^[a-z][a-z0-9_]*$")

CODED = ("ordinal", "binary", "nominal")  # types whose answers are a list


class Level(Strict):
    """One point of a scale; `points` is what it counts in a score, its place from the bottom (1, 2, …) unless said."""

    name: str
    label: str
    spellings: list[str] = []
    points: float | None = None


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
    def points(self) -> list[float]:
        """What each level counts in a score, from the lowest level up."""
        return [place if level.points is None else level.points for place, level in enumerate(self.levels, start=1)]

    @property
    def at_or_above(self) -> list[str]:
        """The levels counted in the upper category; empty where the scale has no cut."""
        return self.names[self.names.index(self.cut):] if self.cut else []


PICKED = Scale(cut="picked", above="Picked", below="Not picked", levels=[
    Level(name="not_picked", label="Not picked"), Level(name="picked", label="Picked"),
])


class Bounds(Strict):
    """From `min` to `max`, both included: a number, a date, or a level of the column's scale."""

    min: int | float | date | str | None = None
    max: int | float | date | str | None = None


Condition = Bounds | list[str | int] | str | int
Conditions = dict[str, Condition]


class Variable(Strict):
    """What a column of the cleaned table is, whether it was received, derived, scored or linked."""

    name: str = Name
    label: str
    question: str = ""
    type: Type
    scale: str | None = None
    values: dict[str, list[str]] | Literal["partnerships", "groups"] | None = None
    unit: str = ""  # of a count or number, in words; "percent" lets a % sign stand beside the figure
    sensitive: bool = False
    personal: Literal["drop", "refuse", "use"] | None = None  # "use": for rules, links and derivations, then dropped

    @property
    def in_table(self) -> list["Variable"]:
        """The columns it makes in the cleaned table: itself, or one a choice of a multi-select question."""
        if self.type != "multi_select":
            return [self]
        return [self.part(choice, spellings) for choice, spellings in (self.values or {}).items()]

    def part(self, name: str, spellings: list[str]) -> "Variable":
        """The column of one choice, or of one item of a matrix question."""
        type_, scale = ("binary", "picked") if self.type == "multi_select" else (self.type, self.scale)
        return Variable(name=f"{self.name}_{name}", label=(spellings or [name])[0], type=type_, scale=scale,
                        question=self.question or self.label, values=self.values if type_ == "nominal" else None,
                        unit=self.unit, sensitive=self.sensitive, personal=self.personal)


class Column(Variable):
    """One column as received, or the block of columns that a multi-select or a matrix question makes."""

    source: list[str] = []
    patterns: list[str] = []  # of headers: * and ? stand for anything; only where no source fits
    format: list[str] | str = []
    required: bool = False
    optional: bool = False  # a file may lack it: its rows then count as not asked
    asked_if: Conditions = {}
    missing: dict[Kind, list[str]] = {}
    undeclared: Undeclared | None = None  # what becomes of a label nobody declared, where not as [reading] says
    items: dict[str, list[str]] = {}  # a matrix question: one column an item, all answered alike
    separator: str | None = Field(default=None, min_length=1)  # multi_select: one column holds all picks, parted by it
    picked: list[str] = []  # multi_select: what a picked choice's cell may say beside its own label and yes, 1, x
    not_picked: list[str] = []  # multi_select: what a choice's cell may say that was not picked, beside no and 0
    none_picked: Literal["not_picked"] | Kind = "not_recorded"  # multi_select: what it means that nothing was picked

    @property
    def in_table(self) -> list[Variable]:
        """The columns it makes in the cleaned table: itself, or one an item, or one a choice."""
        if self.items:
            return [self.part(item, spellings) for item, spellings in self.items.items()]
        return super().in_table

    @property
    def block(self) -> dict[str, list[str]]:
        """Item or choice → spellings, of a question with a column for each; empty where it has but one."""
        if self.items or self.type != "multi_select" or self.separator or not isinstance(self.values, dict):
            return self.items
        return self.values

    @property
    def formats(self) -> list[str]:
        return [self.format] if isinstance(self.format, str) else list(self.format)

    @property
    def is_read(self) -> bool:
        """Whether its cells are looked at; those of a personal column are not, unless the codebook needs them."""
        return self.personal in (None, "use")


class Case(Strict):
    """One way a derived value comes about."""

    value: str  # an answer, or a kind of missing: why there is none
    when: Conditions
    because: str = ""


class Derived(Variable):
    """A column made from others: by cases tried in order, of which the first that fits decides; or whole years between
    two dates."""

    type: Literal["nominal", "binary", "ordinal", "count"]
    cases: list[Case] = []
    years_between: list[str] = []  # the earlier date's column; the later one's, or a day such as 2020-07-31
    otherwise: Kind = "not_recorded"

    @model_validator(mode="after")
    def _is_made_somehow(self):
        if bool(self.cases) == bool(self.years_between):
            raise ValueError("a derived column needs either 'cases' or 'years_between'; give one of them.")
        if self.years_between and (self.type != "count" or len(self.years_between) != 2):
            raise ValueError("'years_between' takes two dates and makes a count; give type = \"count\" and both dates.")
        if self.cases and self.type == "count":
            raise ValueError("cases make no count; make it nominal, binary or ordinal.")
        return self


class Score(Variable):
    """A number made of items that have scales: their mean, or their sum (the mean times the number of items)."""

    type: Literal["number"] = "number"
    items: list[str] = Field(min_length=1)
    reversed: list[str] = []  # items worded the other way round: the top of their scale counts as its bottom
    how: Literal["mean", "sum"] = "mean"
    minimum: int = Field(ge=1)  # answered items below which there is no score
