"""Finished files taken apart as an inquisitive reader would: every text, wherever it sits."""

import base64
import binascii
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import unquote_to_bytes

from lxml import etree, html

from helpers.disclosure.refused import faults

DATA_URI = re.compile(r"data:([\w.+/-]*)((?:;[\w=.+-]+)*),([^\"'\s)<>]*)")
STYLE_ADDRESS = re.compile(r"url\(\s*[\"']?([^\"')]+)|@import\s+[\"']([^\"']+)", re.IGNORECASE)
LOADED = {"src", "srcset", "poster", "data", "background", "{http://www.w3.org/1999/xlink}href"}
LOADING_LINKS = {"link", "image", "use", "script"}  # elements whose href a browser fetches by itself
DRAWING = {"d", "style", "class", "id", "points", "transform", "viewbox", "fill", "stroke", "x", "y", "width", "height"}
NAMING = {"class", "id", "style"}  # of those, what could still spell out an identifier
# Words of these belong together whatever markup stands between them.
BLOCKS = {"p", "li", "td", "th", "dt", "dd", "caption", "figcaption", "summary", "pre", "text", "h1", "h2", "h3", "h4"}
INLINE = {"a", "abbr", "b", "bdi", "code", "em", "i", "mark", "small", "span", "strong", "sub", "sup", "tspan", "u"}
ROWS = {"tr", "dl", "svg"}  # what stands side by side in these is read together
TICK = re.compile(r"[-−+]?[\d.,]+%?")
INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
TEXTS, MARKED = {".json", ".txt", ".csv", ".md", ".css", ".js", ".ipynb"}, {".html", ".htm", ".svg", ".xml"}
PACKED, PICTURES = {".xlsx", ".ods", ".zip"}, {".png", ".jpg", ".jpeg"}


@dataclass(frozen=True)
class Piece:
    """One text and where it stands; `cell` the registry id it is marked with; `loads`: an address a browser fetches.

    beside: what a table cell carries besides its mark and a class. joined: the texts of several elements, each a piece
    of its own. fault: what is refused here outright, and its remedy.
    """

    place: str
    text: str
    cell: str | None = None
    loads: bool = False
    beside: tuple[str, ...] = ()
    joined: bool = False
    fault: tuple[str, str] | None = None


def pieces(path: Path) -> list[Piece] | None:
    """Everything written in the file, less invisible characters; None for a kind of file that cannot be read here."""
    found = _pieces(path)
    return None if found is None else [replace(piece, text=INVISIBLE.sub("", piece.text)) for piece in found]


def _pieces(path: Path) -> list[Piece] | None:
    kind = path.suffix.lower()
    if kind in PACKED:
        with zipfile.ZipFile(path) as archive:
            members = [(name, archive.read(name)) for name in archive.namelist() if not name.endswith("/")]
        return [piece for name, content in members for piece in _of_bytes(Path(name).suffix.lower(), content, name)]
    if kind in TEXTS | MARKED | PICTURES:
        return list(_of_bytes(kind, path.read_bytes(), ""))
    return None


def _of_bytes(kind: str, content: bytes, place: str) -> Iterator[Piece]:
    if kind in PICTURES:
        yield Piece(_at(place, "metadata"), _metadata(content))
    elif kind in MARKED | {".rels", ".vml"}:
        yield from _marked_up(content, place, kind in {".html", ".htm"})
    else:
        text = content.decode("utf-8", "replace")
        yield Piece(place or "text", DATA_URI.sub("", text))
        yield from _embedded(text, place)


def _marked_up(content: bytes, place: str, is_html: bool) -> Iterator[Piece]:
    if not content.strip():
        return
    if is_html:
        root = html.document_fromstring(content.decode("utf-8", "replace"), parser=html.HTMLParser(huge_tree=True))
    else:
        # An SVG inside a page is not to be trusted with entities or the network.
        parser = etree.XMLParser(recover=True, huge_tree=True, resolve_entities=False, no_network=True)
        root = etree.fromstring(content, parser)
    if root is None:
        yield Piece(place, content.decode("utf-8", "replace"))
        return
    for element, *fault in faults(root, whole_page=is_html and not place):
        yield Piece(_here(element, place), "", fault=tuple(fault))
    for element in root.iter():
        yield from _element(element, place)


def _element(element, place: str) -> Iterator[Piece]:
    if not isinstance(element.tag, str):  # a comment or processing instruction
        yield Piece(_at(place, "comment"), element.text or "")
        yield from _tail(element, place)
        return
    tag = etree.QName(element).localname.lower()
    here = _here(element, place)
    attributes = {etree.QName(name).localname if "}" in name else name: value for name, value in element.attrib.items()}
    if cell := attributes.get("data-cell"):
        yield Piece(here, " ".join("".join(element.itertext()).split()), cell=cell,
                    beside=_beside_mark(attributes) if tag == "td" else ())
    if len(element) and (tag in BLOCKS or _is_one_text(element)):
        yield Piece(here, "".join(element.itertext()))
    if tag in ROWS:
        yield Piece(here, _side_by_side(element), joined=True)
    for name, value in element.attrib.items():
        yield from _attribute(tag, name, value, here)
    if element.text and element.text.strip():
        yield from _text(tag, element.text, here)
    yield from _tail(element, place)


def _here(element, place: str) -> str:
    tag = etree.QName(element).localname.lower()
    return _at(place, f"<{tag}>" + (f" in line {element.sourceline}" if element.sourceline else ""))


def _beside_mark(attributes: dict[str, str]) -> tuple[str, ...]:
    return tuple(name for name, value in attributes.items()
                 if name != "data-cell" and (name != "class" or any(map(str.isdigit, value))))


def _is_one_text(element) -> bool:
    return all(isinstance(child.tag, str) and etree.QName(child).localname in INLINE
               for child in element.iterdescendants())


def _side_by_side(element) -> str:
    """The texts of a row or picture in one, but for those that a mark ties to their cell, and the ticks of an axis."""
    told = [text for child in element.iter(etree.Element) for text in _own_texts(child)]
    texts = [" ".join(text.split()) for text in told if text and text.strip()]
    ticks = [bool(TICK.fullmatch(text)) for text in texts]
    axis = [ticks[i] and (ticks[max(i - 2, 0):i].count(True) + ticks[i + 1:i + 3].count(True)) >= 2
            for i in range(len(texts))]
    return " ".join(text for text, is_axis in zip(texts, axis, strict=True) if not is_axis or element.tag == "tr")


def _own_texts(element) -> list[str | None]:
    """What the element says itself, before its first child and between them, unless a mark ties it to a cell."""
    return [] if element.get("data-cell") is not None else [element.text, *(child.tail for child in element)]


def _tail(element, place: str) -> Iterator[Piece]:
    if element.tail and element.tail.strip():
        yield Piece(_at(place, "text"), element.tail)


def _text(tag: str, text: str, here: str) -> Iterator[Piece]:
    if tag == "style":
        yield from _styles(text, here)
    yield Piece(here, DATA_URI.sub("", text))
    yield from _embedded(text, here)


def _attribute(tag: str, name: str, value: str, here: str) -> Iterator[Piece]:
    if value.startswith("data:") or "data:" in value:
        yield from _embedded(value, here)
        value = DATA_URI.sub("", value)
    if name in LOADED or (name == "href" and tag in LOADING_LINKS):
        for address in value.split(",") if name == "srcset" else [value]:
            yield Piece(here, address.strip(), loads=True)
    if name == "style":
        yield from _styles(value, here)
    names = name.lower() in NAMING and any(map(str.isdigit, value))
    if (name.lower() not in DRAWING or names) and value.strip():
        yield Piece(f"{here}, {name}", value)


def _styles(text: str, here: str) -> Iterator[Piece]:
    for found in STYLE_ADDRESS.finditer(text):
        yield Piece(here, found[1] or found[2], loads=True)


def _embedded(text: str, place: str) -> Iterator[Piece]:
    for number, found in enumerate(DATA_URI.finditer(text), start=1):
        content = _decoded(found[3], ";base64" in found[2].lower())
        kind = {"image/svg+xml": ".svg", "text/html": ".html", "image/png": ".png", "image/jpeg": ".jpg"}
        yield from _of_bytes(kind.get(found[1].lower(), ".txt"), content, _at(place, f"embedded data {number}"))


def _decoded(payload: str, is_base64: bool) -> bytes:
    raw = unquote_to_bytes(payload)
    if not is_base64:
        return raw
    try:
        return base64.b64decode(raw + b"=" * (-len(raw) % 4))
    except (binascii.Error, ValueError):
        return raw


def _metadata(content: bytes) -> str:
    """The readable runs of a picture: its text chunks, software and comments stand there uncompressed."""
    return " ".join(run.decode("ascii") for run in re.findall(rb"[\x20-\x7e]{6,}", content))


def _at(place: str, part: str) -> str:
    return f"{place}, {part}" if place else part
