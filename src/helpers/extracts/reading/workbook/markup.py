"""The XML inside a workbook, read as it streams: no tree is built and no entity is known, so nothing can grow."""

from collections.abc import Callable, Iterable
from xml.parsers import expat

from helpers.extracts.reading.workbook.archive import damaged

Start = Callable[[str, dict[str, str]], None]


class _Bare(dict):
    """Names without their prefix, each worked out once."""

    def __missing__(self, name: str) -> str:
        self[name] = name[name.rfind(":") + 1:]
        return self[name]


def read_markup(chunks: Iterable[bytes], place: str, start: Start, end: Callable[[str], None] | None = None,
                text: Callable[[str], None] | None = None) -> None:
    """Calls back for every element and text, in order, by names without their prefix.

    Raises InputFault where the XML is not well formed, or is such as no spreadsheet program writes and readers differ
    about: entities of its own, text set apart from markup.
    """
    def refuse(*_) -> None:
        raise damaged(place)

    bare, parser = _Bare(), expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = lambda name, given: start(bare[name], given)
    parser.StartDoctypeDeclHandler = parser.StartCdataSectionHandler = refuse
    if end:
        parser.EndElementHandler = lambda name: end(bare[name])
    if text:
        parser.CharacterDataHandler = text
    try:
        for chunk in chunks:
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except (expat.ExpatError, LookupError, ValueError):
        raise damaged(place) from None


def attribute(given: dict[str, str], name: str) -> str | None:
    """The attribute of that name, whatever its prefix."""
    if name in given:
        return given[name]
    return next((value for known, value in given.items() if known.endswith(f":{name}")), None)

