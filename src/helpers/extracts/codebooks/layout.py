"""How the files of an instrument are laid out: where the header is, what one row is, which sheets belong together."""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from helpers.extracts.codebooks.variables import Undeclared
from helpers.study import Strict


class Join(Strict):
    """Further sheets of the same workbooks, a row a key, laid beside the first."""

    sheets: list[str] = Field(min_length=1)
    on: list[str] = Field(min_length=1)  # headers that make up the key, on every sheet


class Pivot(Strict):
    """Long form, a row an answer: the questions become columns."""

    response: list[str] = Field(min_length=1)  # headers that tell one response from another
    question: str
    answer: str


class Unpivot(Strict):
    """Groups across the page: every header but those kept becomes rows."""

    keep: list[str] = Field(min_length=1)
    names: list[str] = Field(min_length=1)  # what the parts of the other headers are called, left to right
    value: str  # what their cells are called
    headings: str | None = None  # what the text of a row without any figure is called, carried to the rows below it
    separator: str = Field(default=" | ", min_length=1)  # between the parts; an empty part is the one to its left


class Reading(Strict):
    """How the instrument's files are laid out; encoding and delimiter are found out unless stated."""

    style: Literal["plain", "surveymonkey", "qualtrics", "limesurvey", "stacked"] = "plain"
    header_rows: int = Field(default=1, ge=1, le=9)  # stacked only
    sheet: str | None = None
    skip_rows: Annotated[int, Field(ge=0)] | Literal["find"] = 0
    encoding: str | None = None
    delimiter: str | None = Field(default=None, min_length=1, max_length=1)
    undeclared: Undeclared = "refuse"
    join: Join | None = None
    pivot: Pivot | None = None
    unpivot: Unpivot | None = None

    @property
    def head(self) -> int:
        """How many rows the header takes."""
        return {"surveymonkey": 2, "qualtrics": 3, "stacked": self.header_rows}.get(self.style, 1)

    @model_validator(mode="after")
    def _is_one_layout(self):
        if self.header_rows != 1 and self.style != "stacked":
            raise ValueError(f"style '{self.style}' fixes how many header rows there are; drop 'header_rows', or make "
                             "it stacked.")
        if self.pivot and self.unpivot:
            raise ValueError("pivot and unpivot at once; keep one.")
        return self
