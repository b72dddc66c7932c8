"""What a column probably is: the guess that every way of looking at it makes, or hands on to the next."""

from dataclasses import dataclass, field

from helpers.extracts.codebooks.variables import Kind, Type
from helpers.extracts.drafting.fields import Field
from helpers.extracts.drafting.ranked import Ranked
from helpers.extracts.drafting.said import Said


@dataclass(frozen=True)
class Guess:
    """One column: its type, and what that type needs.

    `ranked`: of ordinal and binary ones. `labels`: of nominal ones and choices; `also`: what else says the same as a label. `missing`: label → kind, for words that
    say the same everywhere; `own_missing`: for numbers and symbols that say it only here. `ignored`: nobody reads it.
    `remarks`: what an analyst should know or settle, as sentences.
    """

    field: Field
    said: Said
    type: Type = "text"
    ranked: Ranked | None = None
    labels: tuple[str, ...] = ()
    also: dict[str, tuple[str, ...]] = field(default_factory=dict)
    missing: dict[str, Kind] = field(default_factory=dict)
    own_missing: dict[str, Kind] = field(default_factory=dict)
    formats: tuple[str, ...] = ()
    unit: str = ""
    separator: str | None = None
    personal: bool = False
    ignored: bool = False
    others_apart: bool = False  # labels too rare to be written down: their rows go into quarantine
    use: str | None = None  # of a survey tool's own column
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True)
class File:
    """What is known of the whole file when one column is looked at."""

    in_tool: bool = False
    month_first: bool | None = None
    mostly_codes: bool = False  # most columns of figures hold the codes of answers
    row_labels: frozenset[int] = frozenset()  # positions of what stands before the figures of a published table
    in_block: frozenset[int] = frozenset()  # positions of columns that stand in a block of such codes
