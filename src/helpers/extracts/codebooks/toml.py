"""A codebook as TOML text that reads like one written by hand."""

import textwrap
from collections.abc import Iterator, Mapping, Sequence

import tomlkit

from helpers.extracts.codebooks.codebook import Codebook

Place = tuple[str, ...]  # (): the head; ("scales",): a section; ("columns", "age"): the entry of that name

WIDTH = 120  # a longer line is broken up where TOML lets it be
_ROW = 160  # a list of tables reads best as one, a line each, so these lines may be longer

_TABLES = ("reading", "missing", "ignore")  # in the order of the file
_LISTS = ("columns", "linked", "scores", "derived", "rules", "earlier")
_FIRST = ("name", "label", "question", "source", "patterns", "cut", "above", "below")  # as hands write them
_NAMED_BY = {"linked": "extract", "earlier": "extract"}  # the others go by `name`


def written(codebook: Codebook, comments: Mapping[Place, Sequence[str]] | None = None) -> str:
    """The codebook as TOML, what is as usual left out; read back it is equal.

    `comments` stand above what they are about: `{("columns", "age"): ["Is 99 an age?"]}`; a long one is wrapped.
    Raises KeyError where one is about nothing that is there.
    """
    said = dict(comments or {})
    content = codebook.model_dump(by_alias=True, exclude_defaults=True)
    head = {key: value for key, value in content.items() if key not in {*_TABLES, "scales", *_LISTS}}
    blocks = [_remarks(said.pop((), [])), _keys((), head), *_sections(content, said)]
    if said:
        raise KeyError(f"comments about what is not in the codebook: {sorted(said)}")
    return "\n\n".join("\n".join(block) for block in blocks if block) + "\n"


def entry_written(section: str, entry: dict) -> str:
    """One entry of a section, such as [[earlier]], as TOML."""
    return "\n".join(_table((section,), entry, repeated=True))


def _sections(content: dict, said: dict[Place, Sequence[str]]) -> Iterator[list[str]]:
    for section in _TABLES:
        remarks = _remarks(said.pop((section,), []))
        yield remarks + (_table((section,), content[section]) if section in content else [])
    for section in ("scales", *_LISTS):
        yield _remarks(said.pop((section,), []))
        entries = content.get(section, {})
        named = entries.items() if section == "scales" else [(_name(section, entry), entry) for entry in entries]
        for name, entry in named:
            path = (section, name) if section == "scales" else (section,)
            yield _remarks(said.get((section, name), [])) + _table(path, entry, repeated=section != "scales")
        for name, _ in named:
            said.pop((section, name), None)


def _name(section: str, entry: dict) -> str:
    return entry[_NAMED_BY.get(section, "name")]


def _table(path: Place, table: dict, *, repeated: bool = False, is_map: bool = False) -> list[str]:
    header = ".".join(tomlkit.key(part).as_string() for part in path)
    return [f"[[{header}]]" if repeated else f"[{header}]", *_keys(path, table, is_map=is_map)]


def _keys(path: Place, table: dict, *, is_map: bool = False) -> list[str]:
    """A line a key; what is too long for one becomes a list of lines, or a table of its own below all others, unless
    the table is a map, whose order a table put below would change."""
    lines, below = [], []
    ordered = {key: table[key] for key in (*_FIRST, *table) if key in table} if len(path) else table
    for key, value in ordered.items():
        start = f"{tomlkit.key(key).as_string()} = "
        line = start + _inline(value)
        if len(line) <= WIDTH or not isinstance(value, dict | list) or (is_map and isinstance(value, dict)):
            lines.append(line)
        elif isinstance(value, dict):
            below += _table((*path, key), value, is_map=True)
        elif _fits(value):
            lines += [f"{start}[", *(f"    {_inline(one)}," for one in value), "]"]
        else:
            below += [line for one in value for line in _table((*path, key), one, repeated=True)]
    return lines + below


def _fits(items: list) -> bool:
    """Whether the items can stand in a list a line each; those that are no tables have to."""
    return not items or not isinstance(items[0], dict) or all(len(_inline(item)) + 5 <= _ROW for item in items)


def _inline(value) -> str:
    if isinstance(value, dict):
        pairs = [f"{tomlkit.key(key).as_string()} = {_inline(one)}" for key, one in value.items()]
        return f"{{ {', '.join(pairs)} }}" if pairs else "{}"
    if isinstance(value, list):
        return f"[{', '.join(_inline(one) for one in value)}]"
    return tomlkit.item(value).as_string()


def _remarks(comments: Sequence[str]) -> list[str]:
    """Comments as lines; characters that TOML forbids in them become spaces."""
    plain = (" ".join("".join(character if character.isprintable() else " " for character in text).split())
             for text in comments)
    return [f"# {line}" for text in plain for line in textwrap.wrap(text, WIDTH - 2, break_on_hyphens=False)]
