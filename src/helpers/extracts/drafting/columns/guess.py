"""What a column probably is: the guess that every way of looking at it makes, or hands on to the next."""

import dataclasses
from dataclasses import dataclass

from helpers.extracts.codebooks.variables import Kind, Type
from helpers.extracts.drafting.columns.tools import Use
from helpers.extracts.drafting.exports.fields import Field
from helpers.extracts.drafting.exports.said import Said
from helpers.extracts.drafting.scales.ranked import Ranked


@dataclass(frozen=True)
class Guess:
    """One column: its type, and what that type needs.

    `ranked`: of ordinal and binary ones. `labels`: of nominal ones and choices; `also`: what else says the same as a
    label. `missing`: label → kind, for words that say the same everywhere; `own_missing`: for numbers and symbols
    that say it only here. `others_apart`: labels too rare to be written down, whose rows go into quarantine.
    `personal`: it is dropped unread; `ignored`: nobody reads it. `use`: of a survey tool's own column. `remarks`: what
    an analyst should know or settle, as sentences.
    """

    field: Field
    said: Said
    type: Type = "text"
    ranked: Ranked | None = None
    labels: tuple[str, ...] = ()
    also: dict[str, tuple[str, ...]] = dataclasses.field(default_factory=dict)
    missing: dict[str, Kind] = dataclasses.field(default_factory=dict)
    own_missing: dict[str, Kind] = dataclasses.field(default_factory=dict)
    formats: tuple[str, ...] = ()
    unit: str = ""
    separator: str | None = None
    others_apart: bool = False
    personal: bool = False
    ignored: bool = False
    use: Use | None = None
    remarks: tuple[str, ...] = ()

    @property
    def position(self) -> int:
        """Where the column stands in the export."""
        return self.field.header.position


@dataclass(frozen=True)
class File:
    """What is known of the whole file when one column is looked at.

    `in_tool`: a survey tool wrote it. `month_first`: whether its dates put the month first; None where none shows it.
    `mostly_codes`: most columns of figures hold the codes of answers; `in_block`: positions of those in a block of
    them. `row_labels`: positions of what stands before the figures of a published table.
    """

    in_tool: bool = False
    month_first: bool | None = None
    mostly_codes: bool = False
    in_block: frozenset[int] = frozenset()
    row_labels: frozenset[int] = frozenset()
