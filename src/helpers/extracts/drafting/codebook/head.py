"""What stands at the head of a draft: what was found, and what to do next."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from helpers.extracts.codebooks.toml import Place
from helpers.extracts.codebooks.variables import Column
from helpers.extracts.drafting.exports.export import Export

_GUESS = "Drafted by `throughcare codebook draft` from the file alone: a guess until somebody has read it."
_ACROSS = "QUESTION: this looks like a published table with groups across the page; with [reading.unpivot] every " \
          "group and figure becomes a row."
_LEAST_FIGURES, _LEAST_GROUPS = 3, 5  # columns of figures; headers that go on from the one to their left
_GROUPS = re.compile(r": |.+: .+")
_MOST_SHEETS = 20


def head_of(export: Export, columns: Sequence[Column], comments: Mapping[Place, Sequence[str]]) -> list[str]:
    """The comments at the head, for a draft with those columns and further comments."""
    kinds = Counter(column.type for column in columns if column.personal is None)
    dropped = sum(column.personal is not None for column in columns)
    found = ", ".join(f"{count} {kind.replace('_', '-')}" for kind, count in kinds.most_common()) or "none kept"
    questions = sum(remark.count("QUESTION:") for remarks in comments.values() for remark in remarks)
    lines = [
        _GUESS,
        f"Found: {export.seen}; {export.rows:,} rows. Columns: {found}; {dropped} dropped as personal or free text.",
        f"To do: settle what is asked (QUESTION: {questions}), then `throughcare check FILE --codebook THIS`.",
    ]
    if len(export.sheets) > 1:
        listed = ", ".join(f"'{sheet}'" for sheet in export.sheets[:_MOST_SHEETS])
        lines.append(f"Sheets: {listed}. Drafted from '{export.reading.sheet}'; name another with --sheet.")
    if export.bare:
        lines.append(f"QUESTION: column number {', '.join(map(str, export.bare))} has values and no header; name it in "
                     "the file, or the file will be refused.")
    return [*lines, _ACROSS] if _is_across(export, columns) else lines


def _is_across(export: Export, columns: Sequence[Column]) -> bool:
    """Whether the figures of groups stand beside each other under headers in two stages."""
    figures = [column for column in columns if column.type in ("count", "number") and column.personal is None]
    groups = sum(bool(_GROUPS.match((column.source or [""])[0])) for column in figures)
    enough = len(figures) >= _LEAST_FIGURES and 2 * len(figures) > len(columns)
    return enough and (export.style == "stacked" or groups > _LEAST_GROUPS)
