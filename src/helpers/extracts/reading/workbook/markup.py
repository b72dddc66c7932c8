"""The XML inside a workbook, read as it streams: no tree is built and no entity is known, so nothing can grow."""

from collections.abc import Callable, Iterable
from xml.parsers import expat

from helpers.study import InputFault


class _Bare(dict):
    """Names without their prefix, each worked out once."""

    def __missing__(self, name: str) -> str:
        self[name] = name[name.rfind(":") + 1:]
        return self[name]


Start = Callable[[str, dict[str, str]], None]


def read_markup(chunks: Iterable[bytes], place: str, start: Start, end: Callable[[str], None] | None = None,
                text: Callable[[str], None] | None = None) -> None:
    """Calls back for every element and text, in order, by names without their prefix; raises InputFault where the XML
    is not well formed or defines entities of its own."""
    bare, parser = _Bare(), expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = lambda name, given: start(bare[name], given)
    parser.StartDoctypeDeclHandler = lambda *_: _refuse(place)
    if end:
        parser.EndElementHandler = lambda name: end(bare[name])
    if text:
        parser.CharacterDataHandler = text
    try:
        for chunk in chunks:
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except (expat.ExpatError, LookupError, ValueError):
        _refuse(place)


def attribute(given: dict[str, str], name: str) -> str | None:
    """The attribute of that name, whatever its prefix."""
    if name in given:
        return given[name]
    return next((value for known, value in given.items() if known.endswith(f":{name}")), None)


def _refuse(place: str) -> None:
    raise InputFault(f"{place}: the workbook is damaged; open it in a spreadsheet program, save it as XLSX and send it "
                     "again.", "data")
