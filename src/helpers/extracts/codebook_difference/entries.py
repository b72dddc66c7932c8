"""How what is made of the answers changed: scores, derived columns, rules, links to other extracts, maps of waves."""

from collections.abc import Iterator

from helpers.extracts.codebook_difference.keys import entry_changes
from helpers.extracts.codebook_difference.verdict import SECTIONS, Change
from helpers.extracts.codebook_workbook.conditions import conditions_said
from helpers.extracts.codebooks.codebook import Codebook

_CALLED = {"scores": "score", "derived": "derived column", "rules": "rule", "linked": "[[linked]]",
           "earlier": "[[earlier]]"}
_NAMED_BY = {"linked": "extract", "earlier": "extract"}  # the others go by `name`
_ELSEWHERE = ("scale", "values")  # compared answer by answer


def other_changes(old: Codebook, new: Codebook) -> Iterator[Change]:
    """The changes of all entries but columns, each matched with the one of the same name."""
    for section, called in _CALLED.items():
        key = _NAMED_BY.get(section, "name")
        was, now = ({getattr(entry, key): entry.model_dump(by_alias=True) for entry in getattr(codebook, section)}
                    for codebook in (old, new))
        for name in dict.fromkeys([*was, *now]):
            columns = (name,) if section in ("scores", "derived") else ()
            about = f"{called} '{name}'"
            if name not in was or name not in now:
                yield _one_sided(section, about, was.get(name) or now[name], columns, gone=name in was)
                continue
            besides = (key, *_ELSEWHERE) if section == "derived" else (key,)
            yield from entry_changes(section, was[name], now[name], columns, name=about, besides=besides)
            if section == "derived":
                yield from _cases(about, was[name]["cases"], now[name]["cases"], columns)
        if section == "rules" and [name for name in was if name in now] != [name for name in now if name in was]:
            yield Change("rules", (), "The rules are applied in another order.", "judge",
                         "the first that sets a row aside owns it")


def _one_sided(section: str, about: str, entry: dict, columns: tuple[str, ...], *, gone: bool) -> Change:
    found, sentence = SECTIONS[section], f"{about} is {'gone' if gone else 'new'}."
    if entry.get("severity") == "note":
        return Change(found.kind, columns, sentence)
    if columns:
        return Change(found.kind, columns, sentence, "no", f"only the {'earlier' if gone else 'later'} wave has it")
    return Change(found.kind, columns, sentence, found.comparable, found.why)


def _cases(about: str, was: list[dict], now: list[dict], columns: tuple[str, ...]) -> Iterator[Change]:
    """How a derived column comes about: its cases decide, whatever their reasons."""
    before, after = ([(case["value"], conditions_said(_plain(case["when"]))) for case in cases] for cases in (was, now))
    for value, when in before:
        if (value, when) not in after:
            yield Change("made", columns, f"{about}: no longer '{value}' when {when}.", "no", "it is made otherwise")
    for value, when in after:
        if (value, when) not in before:
            yield Change("made", columns, f"{about}: '{value}' when {when}.", "no", "it is made otherwise")
    if sorted(before) == sorted(after) and before != after:
        yield Change("made", columns, f"{about}: its cases are tried in another order.", "no", "it is made otherwise")
    if before == after and [case["because"] for case in was] != [case["because"] for case in now]:
        yield Change("made", columns, f"{about}: the reasons for its cases are worded otherwise.")


def _plain(conditions: dict) -> dict:
    """The conditions with a list of one answer as that answer, which means the same."""
    return {name: wanted[0] if isinstance(wanted, list) and len(wanted) == 1 else wanted
            for name, wanted in conditions.items()}
