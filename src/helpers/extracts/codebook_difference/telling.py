"""Changes between two codebooks told in sentences, grouped, with what they mean for comparing the two waves."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from helpers.extracts.codebook_difference.verdict import Change
from helpers.extracts.codebooks.toml import entry_written

_GROUPS = {
    "gone": "Questions gone", "new": "Questions new", "renamed": "Questions renamed", "reworded": "Questions reworded",
    "type": "Types and units", "answers": "Answers", "missing": "Kinds of missing", "asked": "Who has to answer",
    "handling": "Personal, sensitive and unknown answers", "made": "Derived columns, scores and links",
    "rules": "Rules", "reading": "How it is read and called",
}
_MEANS = {"yes": "Comparable as they stand.", "mapped": "Comparable once mapped.", "judge": "To be judged",
          "no": "Not comparable"}
_SHOWN = 6  # columns named of those that share a change


def told(changes: Sequence[Change]) -> str:
    """The changes as sentences, a group a paragraph, and the [[earlier]] entry that the probable ones come to."""
    if not changes:
        return "Nothing changed: the two waves can be compared as they stand."
    blocks = [_group(_GROUPS[kind], list(group)) for kind, group in groupby(changes, key=lambda change: change.kind)]
    blocks.append("Whatever is not named here is the same in both waves, and comparable as it stands.")
    if suggested := mapping(changes):
        blocks.append("What is probable, for the later codebook once you have checked it (extract: the earlier wave's "
                      "name in study.toml):\n\n" + entry_written("earlier", suggested))
    return "\n\n".join(blocks)


def mapping(changes: Sequence[Change]) -> dict:
    """The one [[earlier]] entry that all suggestions come to; empty where there is none."""
    whole: dict = {}
    for earlier in [change.earlier for change in changes if change.earlier]:
        whole["extract"] = earlier["extract"]
        if "columns" in earlier:
            whole.setdefault("columns", {}).update(earlier["columns"])
        for column, levels in earlier.get("levels", {}).items():
            whole.setdefault("levels", {}).setdefault(column, {}).update(levels)
    return {key: whole[key] for key in ("extract", "columns", "levels") if key in whole}


def _group(title: str, changes: list[Change]) -> str:
    """A paragraph; what all its changes mean alike is said once."""
    meanings = {_meaning(change) for change in changes}
    head = f"{title}: {len(changes)}{f'. {meanings.pop()}' if len(meanings) == 1 else ''}"
    return "\n".join([head, *(line for change in changes for line in _lines(change, bool(meanings)))])


def _lines(change: Change, with_meaning: bool) -> Iterator[str]:
    yield f"  {change.sentence}"
    if len(change.columns) > 1:
        more = f" and {len(change.columns) - _SHOWN} more" if len(change.columns) > _SHOWN else ""
        yield f"      Concerns {', '.join(change.columns[:_SHOWN])}{more}."
    if with_meaning:
        yield f"      {_meaning(change)}"


def _meaning(change: Change) -> str:
    return f"{_MEANS[change.comparable]}{f': {change.why}.' if change.why else ''}"
