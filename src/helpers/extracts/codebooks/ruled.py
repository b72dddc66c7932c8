"""Rules as a codebook writes them: a name, a severity, the reason in the reader's words, and what makes the mask."""

from datetime import date
from typing import Literal

from pydantic import ConfigDict, Field, model_validator

from helpers.extracts.codebooks.variables import Conditions, Name
from helpers.study import Strict

Check = Literal[
    "range", "allowed", "pattern", "required", "unique", "exact_duplicate", "order", "apart", "when", "row_is",
    "in_extract", "not_in_extract", "agrees", "answered", "adds_up", "all_different",
]

_NEEDED = {
    "range": ["column"], "allowed": ["column", "values"], "pattern": ["column", "pattern"], "required": ["columns"],
    "unique": ["columns"], "exact_duplicate": [], "order": ["columns"], "apart": ["columns", "max"],
    "when": ["where", "then"], "row_is": ["where"], "in_extract": ["extract", "columns"],
    "not_in_extract": ["extract", "columns"], "agrees": ["extract", "columns", "column"], "answered": ["columns"],
    "adds_up": ["column", "columns", "where"], "all_different": ["columns"],
}
_MAY_HAVE = {"range": ["min", "max"], "unique": ["keep"], "answered": ["minimum"], "adds_up": ["parts", "rounded_to"]}
_ALWAYS = {"name", "severity", "sentence", "remedy", "check", "where"}


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
    values: list[str | int] = []
    pattern: str = ""
    min: int | float | date | str | None = None
    max: int | float | date | str | None = None
    keep: Literal["first", "last", "most_complete", "none"] = "first"
    where: Conditions = Field(default={}, alias="if")
    then: Conditions = {}
    parts: Conditions = {}  # adds_up: which rows are added, where not all but the total
    extract: str | None = None
    minimum: int = Field(default=1, ge=1)
    rounded_to: float = Field(default=0, ge=0)  # adds_up: figures published rounded need not add up exactly

    @model_validator(mode="after")
    def _has_what_its_check_needs(self):
        lacking = ["if" if key == "where" else key for key in _NEEDED[self.check]
                   if getattr(self, key) in (None, "", [], {})]
        if self.check == "range" and self.min is None and self.max is None:
            lacking.append("min")
        if lacking:
            raise ValueError(f"a rule of check '{self.check}' needs '{lacking[0]}'; add it.")
        known = {*_ALWAYS, *_NEEDED[self.check], *_MAY_HAVE.get(self.check, [])}
        if strange := [key for key in type(self).model_fields if key in self.model_fields_set - known]:
            raise ValueError(f"a rule of check '{self.check}' makes nothing of '{strange[0]}'; take it away.")
        if self.check in ("order", "apart") and len(self.columns) != 2:
            which = "two columns, the earlier first" if self.check == "order" else "two columns"
            raise ValueError(f"a rule of check '{self.check}' needs {which}; name both.")
        return self
