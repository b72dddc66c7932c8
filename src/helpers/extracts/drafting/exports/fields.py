"""The columns of an export as a reader sees them: what the tool calls each, its question, its place in the question."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from helpers.extracts.codebooks.spelling import folded, folded_header
from helpers.extracts.drafting.exports.said import Said, said
from helpers.extracts.reading.coded import Coded
from helpers.extracts.reading.table import Header

_LIMESURVEY = re.compile(r"(?P<code>[A-Za-z][A-Za-z0-9_]*(?:\[[A-Za-z0-9_]+\])*)(?:\.\s+(?P<text>\S.*))?", re.DOTALL)
_CODE = re.compile(r"[A-Za-z]{1,12}[_.-]?\d{1,4}([_.#-]?\d{1,3}|[a-z])*(_TEXT)?|[A-Z]{1,3}\d+[a-z]?", re.ASCII)

# How a question and one of its parts stand in one header: Google Forms, SurveyGizmo, and with a mark between.
_TOGETHER: tuple[Callable[[str], tuple[str, str] | None], ...] = (
    lambda text: _parts(re.fullmatch(r"(?P<stem>.*\S)\s*\[(?P<option>[^\[\]]+)\]", text)),
    lambda text: _parts(re.fullmatch(r"(?P<stem>.+?) \| (?P<option>.+)", text)),
    lambda text: _parts(re.fullmatch(r"(?P<stem>.+) [-–—] (?P<option>.+)", text)),
    lambda text: _parts(re.fullmatch(r"(?P<option>[^:?]+::?):?\s*(?P<stem>\S.*)", text)),
    lambda text: _parts(re.fullmatch(r"(?P<stem>[^:]+\S):\s+(?P<option>\S.*)", text)),
)


@dataclass(frozen=True)
class Field:
    """One column as found: its header, the tool's code for it, its question, its part of the question, its cells.

    `declared`: where the file itself says what its codes mean, (label, code) in the order of the codes; `also`: other
    wordings of the same question; `open_ended`: the tool says that it was answered in words.
    """

    header: Header
    code: str
    stem: str
    option: str
    cells: Coded
    declared: tuple[tuple[str, str], ...] = ()
    also: tuple[str, ...] = ()
    open_ended: bool = False

    @cached_property
    def said(self) -> Said:
        """What the column says, each distinct text once."""
        return said(self.cells)

    @property
    def wording(self) -> str:
        """The question, whole."""
        return f"{self.stem} | {self.option}" if self.stem and self.option else self.stem or self.option


def fields_of(headers: Sequence[Header], head: Sequence[Sequence[str]], body: dict[int, Coded],
              style: str) -> list[Field]:
    """One field a header, questions and their parts told from each other by the tool's way of writing them."""
    made = [_field(header, head, body[header.position], style) for header in headers]
    return _split(made) if style in ("plain", "qualtrics", "spss", "limesurvey") else made


def _field(header: Header, head: Sequence[Sequence[str]], cells: Coded, style: str) -> Field:
    def cell(row: int) -> str:
        return " ".join(head[row][header.position].split()) if header.position < len(head[row]) else ""

    if style in ("qualtrics", "spss"):
        return Field(header, cell(0), cell(1) or cell(0), "", cells)
    if style == "limesurvey" and (found := _LIMESURVEY.fullmatch(cell(0))):
        return Field(header, found["code"], found["text"] or "", "", cells)
    if style in ("surveymonkey", "stacked"):
        stem, _, option = header.shown.rpartition(" | ")
        if style == "stacked" and _CODE.fullmatch(stem):  # a code above a wording
            return Field(header, stem, option, "", cells)
        in_words = folded(cell(1)) == "open-ended response"
        return Field(header, "", stem or option, option if stem else "", cells, open_ended=in_words)
    return Field(header, header.shown if _CODE.fullmatch(header.shown) else "", header.shown, "", cells)


def _parts(found: re.Match | None) -> tuple[str, str] | None:
    return (found["stem"].strip(), found["option"].strip(" :")) if found else None


def _split(fields: list[Field]) -> list[Field]:
    """Fields whose wording holds question and part, split where a neighbour shares the question written alike."""
    made = list(fields)
    for together in _TOGETHER:
        parts = [together(field.stem) if not field.option else None for field in made]
        for at, found in enumerate(parts):
            beside = [near for near in (at - 1, at + 1) if 0 <= near < len(parts)]
            if found and any(_is_sister(found, parts[near], made[near]) for near in beside):
                made[at] = replace(made[at], stem=found[0].removesuffix(" - Selected Choice"), option=found[1])
    return made


def _is_sister(found: tuple[str, str], other: tuple[str, str] | None, field: Field) -> bool:
    """Whether a neighbour is another part of the same question, or the question itself."""
    if other and folded(other[0]) == folded(found[0]) and other[1] != found[1]:
        return True
    return folded(field.stem) == folded(found[0])


def block_key(field: Field) -> str:
    """What the columns of one question share; empty for a column that stands alone."""
    if field.option and field.stem:
        return folded_header(field.stem)
    if found := re.fullmatch(r"(.+?)(?:\[\w+\]|_\d{1,3}(?:_TEXT)?)", field.code):
        return folded(found[1])
    return ""


def blocks(fields: Sequence[Field]) -> list[list[Field]]:
    """Runs of neighbours that share a question; a column alone is a run of one."""
    runs: list[list[Field]] = []
    for field in fields:
        key = block_key(field)
        if runs and key and key == block_key(runs[-1][-1]):
            runs[-1].append(field)
        else:
            runs.append([field])
    return runs
