"""Two versions of one entry of a codebook compared key by key, in the words of the workbook's headings."""

from collections.abc import Collection, Iterator

from helpers.extracts.codebook_difference.verdict import SETTINGS as OF_SETTINGS
from helpers.extracts.codebook_difference.verdict import Change, Verdict, verdict
from helpers.extracts.codebook_workbook.headings import Heading
from helpers.extracts.codebook_workbook.instrument import SETTINGS
from helpers.extracts.codebook_workbook.sheets import SHEETS
from helpers.extracts.codebooks.codebook import Codebook
from helpers.extracts.codebooks.spelling import folded

_HEADINGS = {sheet.section: sheet.headings[1:] for sheet in SHEETS if sheet.section}  # without the rows' numbers


def entry_changes(section: str, was: dict, now: dict, columns: tuple[str, ...], *,
                  name: str, besides: Collection[str] = ()) -> Iterator[Change]:
    """A change a key that says something else; `besides` are keys that others look at."""
    for heading in _HEADINGS[section]:
        key = heading.key
        if key not in besides and _meaning(was[key]) != _meaning(now[key]):
            yield _change(name, heading, was[key], now[key], verdict(section, key), columns)


def setting_changes(old: Codebook, new: Codebook) -> Iterator[Change]:
    """A change a setting of the instrument that says something else."""
    contents = [codebook.model_dump(by_alias=True) for codebook in (old, new)]
    for setting in SETTINGS:
        was, now = (_at(content, setting.key) for content in contents)
        if _meaning(was) != _meaning(now):
            yield _change("instrument", setting, was, now, OF_SETTINGS.get(setting.key, Verdict("reading")), ())


def _at(content: dict, path: str):
    for key in path.split("."):
        content = content.get(key) if content else None
    return content


def _meaning(value):
    """The value with what makes no difference taken out: a list of one is its item, nothing is nothing."""
    if isinstance(value, list):
        return _meaning(value[0]) if len(value) == 1 else [_meaning(item) for item in value] or None
    if isinstance(value, dict):
        return {key: _meaning(item) for key, item in value.items()} or None
    return None if value == "" else value


def _change(name: str, heading: Heading, was, now, found: Verdict, columns: tuple[str, ...]) -> Change:
    comparable, why = found.comparable, found.why
    if isinstance(was, str) and isinstance(now, str) and folded(was) == folded(now):
        comparable, why = "yes", ""  # other capitals, quotes or spaces
    return Change(found.kind, columns, f"{name}, {heading.title.lower()}: {_told(heading, was, now)}.", comparable, why)


def _told(heading: Heading, was, now) -> str:
    if isinstance(was, list) and isinstance(now, list) and was and now:
        more, fewer = [item for item in now if item not in was], [item for item in was if item not in now]
        parts = [f"with {_listed(more)}"] * bool(more) + [f"without {_listed(fewer)}"] * bool(fewer)
        return ", ".join(parts) or "in another order"
    return f"was {shown(heading, was)}, is {shown(heading, now)}"


def _listed(items: list) -> str:
    return ", ".join(f"'{item}'" for item in items)


def shown(heading: Heading, value) -> str:
    """The value as the workbook would show it, on one line."""
    if value is None or value in ("", [], {}):
        return "nothing"
    text = " / ".join(heading.form.said(value).split("\n"))
    return f"'{text}'" if isinstance(value, str) and not heading.form.choices else text
