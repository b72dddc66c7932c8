"""How each kind of value stands in a cell: written for a colleague, and read back from what a colleague typed."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from helpers.extracts.codebook_workbook.conditions import conditions_meant, conditions_said
from helpers.extracts.codebook_workbook.pairs import levels_meant, levels_said, pairs_meant, pairs_said
from helpers.extracts.codebook_workbook.quoting import is_plain, parts, quoted, said, token
from helpers.extracts.codebook_workbook.scalars import (
    answer_meant,
    answer_said,
    bound_meant,
    bound_said,
    number_meant,
    number_said,
)
from helpers.extracts.codebook_workbook.wording import letters, shown
from helpers.study import nearest

_TAB = "tab"
BULLET = "- "  # before the only line of a list, where one line alone would be no list
_DATE_PARTS = {"yyyy": "%Y", "yy": "%y", "mmmm": "%B", "mmm": "%b", "mm": "%m", "m": "%m", "dd": "%d", "d": "%d"}
_DATE_AS_TYPED = re.compile(r"[dmy]+([-/. ][dmy]+){2}", re.I)


@dataclass(frozen=True)
class Form:
    """One kind of cell: a value as its text, and what a text, trimmed and not empty, means.

    `meant` raises ValueError with problem and remedy; `choices` are offered in a list to choose from.
    """

    said: Callable[[Any], str]
    meant: Callable[[str], Any]
    choices: tuple[str, ...] = ()


def chosen(*words: str, **called: str) -> Form:
    """One of the codebook's own words, shown as people write it, or `called` something else."""
    spelled = {word: called.get(word) or shown(word) for word in words}
    meanings = {letters(text): word for word, told in spelled.items() for text in (told, word)}

    def meant(text: str) -> str:
        if letters(text) not in meanings:
            raise ValueError(f"'{text}' is none of the words known here; {nearest(text, spelled.values())}")
        return meanings[letters(text)]

    return Form(spelled.__getitem__, meant, tuple(spelled.values()))


def _text_said(text: str) -> str:
    """Several lines stay several lines."""
    return text if text == text.strip() and is_plain(text.replace("\n", " ").strip()) else said(text)


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip()]


def _listed(item_said: Callable, item_meant: Callable, cut: Callable = _lines) -> Form:
    return Form(lambda items: "\n".join(map(item_said, items)), lambda text: [item_meant(item) for item in cut(text)])


def _by_commas(text: str) -> list[str]:
    return [name for name in parts(text, r"[\n,;]") if name]


def _formats_said(formats: list[str] | str) -> str:
    if isinstance(formats, str):
        return _format_said(formats)
    return (BULLET if len(formats) == 1 else "") + "\n".join(map(_format_said, formats))


def _format_said(text: str) -> str:
    return quoted(text) if text.startswith(BULLET) or _DATE_AS_TYPED.fullmatch(text) else said(text)


def _formats_meant(text: str) -> list[str] | str:
    lines = _lines(text)
    formats = [_format_meant(line.removeprefix(BULLET).strip()) for line in lines]
    return formats[0] if len(lines) == 1 and not lines[0].startswith(BULLET) else formats


def _format_meant(text: str) -> str:
    """dd/mm/yyyy, as spreadsheets call it, is what a codebook calls %d/%m/%Y."""
    if not _DATE_AS_TYPED.fullmatch(text):
        return token(text)
    if unknown := [part for part in re.findall("[a-z]+", text.casefold()) if part not in _DATE_PARTS]:
        raise ValueError(f"'{unknown[0]}' in '{text}' is no part of a date; write one such as dd/mm/yyyy.")
    return re.sub("[a-z]+", lambda part: _DATE_PARTS[part[0].casefold()], text, flags=re.I)


def _yes_meant(text: str) -> bool:
    if letters(text) not in _YES:
        raise ValueError(f"'{text}' is neither yes nor no; write one of them.")
    return _YES[letters(text)]


_YES = {"yes": True, "y": True, "true": True, "no": False, "n": False, "false": False}


def _whole_meant(text: str) -> int:
    if not re.fullmatch(r"-?\d+", text, re.ASCII):
        raise ValueError(f"'{text}' is no whole number; write one such as 2.")
    return int(text)


def _character_said(text: str) -> str:
    return _TAB if text == "\t" else quoted(text) if text.casefold() == _TAB else said(text)


def _character_meant(text: str) -> str:
    return "\t" if text.casefold() == _TAB else token(text)


_STUDY = chosen("partnerships", "groups", partnerships="the study's partnerships", groups="the study's care groups")
_LISTED = "listed"  # on the sheet Answers


def _source_said(values: dict | str) -> str:
    return _LISTED if isinstance(values, dict) else _STUDY.said(values)


def _source_meant(text: str) -> dict | str:
    return {} if letters(text) == _LISTED else _STUDY.meant(text)


_NAME = r"[^,;\"“”„]+"

TEXT = Form(_text_said, token)
LINES = _listed(said, token)  # texts, one a line
NAMES = _listed(lambda name: said(name, _NAME), token, _by_commas)  # names: commas part them too
ANSWERS = _listed(answer_said, answer_meant)  # texts or whole numbers
SOURCE = Form(_source_said, _source_meant, (_LISTED, *_STUDY.choices))  # where a column's answers come from
YES_NO = Form(lambda yes: "yes" if yes else "no", _yes_meant, ("yes", "no"))
WHOLE = Form(str, _whole_meant)
WHOLE_OR_FIND = Form(str, lambda text: "find" if text.casefold() == "find" else _whole_meant(text))
NUMBER = Form(number_said, number_meant)
BOUND = Form(bound_said, bound_meant)
FORMATS = Form(_formats_said, _formats_meant)
CONDITIONS = Form(conditions_said, conditions_meant)
PAIRS = Form(pairs_said, pairs_meant)
LEVELS = Form(levels_said, levels_meant)
CHARACTER = Form(_character_said, _character_meant)
