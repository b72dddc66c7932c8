"""What the columns of a file tell together: which order its dates have, whether its figures are codes of answers."""

from helpers.extracts.drafting.columns.codes import small_codes
from helpers.extracts.drafting.columns.dates import dated, file_order
from helpers.extracts.drafting.columns.figures import figures
from helpers.extracts.drafting.columns.guess import File
from helpers.extracts.drafting.columns.missing import kind_said
from helpers.extracts.drafting.columns.tools import signs_of_a_tool
from helpers.extracts.drafting.exports.export import Export
from helpers.extracts.drafting.exports.fields import Field, blocks

_LEAST = 3  # columns of codes that make a habit
_LEAST_FIGURES, _NEARLY_ALL = 5, 0.8  # columns of figures that make a published table
_LOOKED_AT = 300  # texts of a column


def facts_of(export: Export) -> File:
    """The facts that the guess about any one column depends on."""
    texts = {field.header.position: _answers(field) for field in export.fields}
    dates = [found for answers in texts.values() if (found := dated(list(answers)[:_LOOKED_AT]))]
    read = {at: found for at, answers in texts.items() if answers and (found := figures(answers))}
    coded = {at for at, found in read.items() if len(small_codes(found)) > 2}
    in_tool = export.style in ("surveymonkey", "qualtrics", "limesurvey") or signs_of_a_tool(
        [field.header.names for field in export.fields])
    mostly_codes = len(coded) >= _LEAST and 2 * len(coded) >= len(read)
    first = min(read, default=0)
    least = _LEAST if export.style == "stacked" else _LEAST_FIGURES
    published = least <= len(read) >= _NEARLY_ALL * (len(texts) - first) and not (dates or in_tool or mostly_codes)
    return File(in_tool=in_tool, month_first=file_order(dates), mostly_codes=mostly_codes,
                in_block=_in_blocks(export.fields, coded),
                row_labels=frozenset(at for at in texts if at < first) if published else frozenset())


def _answers(field: Field) -> dict[str, int]:
    return {label: rows for label, rows in field.said.labels.items() if kind_said(label) is None}


def _in_blocks(fields: list[Field], coded: set[int]) -> frozenset[int]:
    """Positions of coded columns that stand in a question with others."""
    runs = [[field.header.position for field in run] for run in blocks(fields)]
    return frozenset(at for run in runs if len(coded & set(run)) >= _LEAST for at in run if at in coded)
