"""What the columns of a file tell together: which order its dates have, whether its figures are codes of answers."""

from helpers.extracts.drafting.coded_answers import small_codes
from helpers.extracts.drafting.dates import dated, file_order
from helpers.extracts.drafting.export import Export
from helpers.extracts.drafting.fields import Field, blocks
from helpers.extracts.drafting.figures import figures
from helpers.extracts.drafting.guess import File
from helpers.extracts.drafting.missing import SYMBOLS, kind_said
from helpers.extracts.drafting.tools import signs_of_a_tool

_LEAST = 3  # columns of codes that make a habit
_LEAST_FIGURES, _NEARLY_ALL = 5, 0.8  # columns of figures that make a published table
_LOOKED_AT = 300  # texts of a column


def facts_of(export: Export) -> File:
    """The facts that the guess about any one column depends on."""
    texts = {field.header.position: _labels(field) for field in export.fields}
    dates = [found for labels in texts.values() if (found := dated(list(labels)[:_LOOKED_AT]))]
    read = {at: figures(labels, lambda text: text.strip().lower() in SYMBOLS) for at, labels in texts.items() if labels}
    coded = {at for at, found in read.items() if found and len(small_codes(found)) > 2}
    counted = sum(found is not None for found in read.values())
    in_block = {field.header.position for run in blocks(export.fields) if len(run) >= _LEAST for field in run
                if sum(other.header.position in coded for other in run) >= _LEAST}
    is_survey = export.style in ("surveymonkey", "qualtrics", "limesurvey")
    in_tool = is_survey or signs_of_a_tool([field.header.names for field in export.fields])
    mostly_codes = len(coded) >= _LEAST and 2 * len(coded) >= counted
    first = min((at for at, found in read.items() if found), default=0)
    figures_only = counted >= (_LEAST if export.style == "stacked" else _LEAST_FIGURES) and counted >= _NEARLY_ALL * (len(texts) - first) and not dates
    return File(
        in_tool=in_tool, month_first=file_order(dates), mostly_codes=mostly_codes,
        in_block=frozenset(in_block & coded),
        row_labels=frozenset(at for at in texts if at < first) if figures_only and not in_tool and not mostly_codes else frozenset(),
    )


def _labels(field: Field) -> dict[str, int]:
    return {label: rows for label, rows in field.said.labels.items() if kind_said(label) is None}
