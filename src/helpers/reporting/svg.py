"""A matplotlib figure as the SVG of a page: text that is text, no boilerplate, the same bytes from the same figure."""

import io
import re

from lxml import etree

from helpers.reporting import theme

SVG = "{http://www.w3.org/2000/svg}"
AUTOMATIC = re.compile(r"[\w.]+_\d+")  # what matplotlib calls a thing that was given no name
UNSAID = {  # what the root says for all text
    ("font-size", f"{theme.TEXT_SIZE}px"), ("fill", theme.INK.lower()), ("text-anchor", "start"),
}
ATTRIBUTES = {"fill", "font-size", "font-style", "font-weight", "opacity", "text-anchor"}
LONG = re.compile(r"-?\d+\.\d{3,}")


def drawn(figure) -> str:
    """The figure as SVG, its inches 72 CSS pixels long, its text in the page's font.

    What an artist's gid says reaches what it draws: its words become the class, and `cell:ID` the `data-cell` by which
    the gate finds a registered number.
    """
    buffer = io.BytesIO()
    with theme.style():
        figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None})
    root = etree.fromstring(buffer.getvalue(), etree.XMLParser(remove_blank_text=True, remove_comments=True))
    for boilerplate in [*root.iter(f"{SVG}metadata"), *root.iter(f"{SVG}style")]:
        _drop(boilerplate)
    for group in list(root.iter(f"{SVG}g")):
        _passed_on(group)
    for element in root.iter(f"{SVG}path", f"{SVG}use"):
        for name in {"d", "x", "y"} & set(element.attrib):
            element.set(name, _short(element.get(name)))
    for text in root.iter(f"{SVG}text"):
        _plain(text)
    etree.strip_tags(root, "group")
    _dress(root)
    etree.cleanup_namespaces(root)
    return etree.tostring(root, encoding="unicode")


def _passed_on(group) -> None:
    """A group's name handed down to what it draws; a group that says nothing else goes, its content stays."""
    given = group.attrib.pop("id", "")
    role, _, cell = given.partition("cell:")
    if given and not AUTOMATIC.fullmatch(given):
        named = {"class": role.strip(), "data-cell": cell}
        shapes = [shape for shape in group.iter(f"{SVG}path", f"{SVG}use", f"{SVG}text") if not _is_definition(shape)]
        for shape in shapes:
            shape.attrib.update({key: value for key, value in named.items() if value})
    if not group.attrib:
        group.tag = "group"


def _is_definition(shape) -> bool:
    return shape.getparent().tag == f"{SVG}defs"


def _plain(text) -> None:
    """Text with nothing but its place, and what sets it apart from other text."""
    style = dict(part.split(": ", 1) for part in text.attrib.pop("style", "").split("; ") if part)
    style.pop("font-family", None)
    if text.get("transform", "").startswith("rotate(-0 "):
        del text.attrib["transform"]
    for name in ("x", "y"):
        if name in text.attrib:
            text.set(name, _short(text.get(name)))
    for name, value in style.items():
        if (name, value) not in UNSAID and name in ATTRIBUTES:
            text.set(name, value.removesuffix("px"))
    if rest := "; ".join(f"{name}: {value}" for name, value in style.items() if name not in ATTRIBUTES):
        text.set("style", rest)


def _dress(root) -> None:
    for empty in [element for element in root.iter(f"{SVG}defs") if not len(element)]:
        _drop(empty)
    for side in ("width", "height"):
        root.set(side, _short(root.get(side).removesuffix("pt")))
    root.attrib.pop("version", None)
    root.attrib.update({"viewBox": _short(root.get("viewBox")), "font-family": theme.FONT, "fill": theme.INK,
                        "font-size": str(theme.TEXT_SIZE), "stroke-linejoin": "round"})


def _drop(element) -> None:
    element.getparent().remove(element)


def _short(numbers: str) -> str:
    """Numbers to a hundredth of a pixel, without the blanks that a path does not need."""
    rounded = LONG.sub(lambda found: f"{float(found[0]):.2f}".rstrip("0").rstrip("."), numbers)
    return re.sub(r"\s*([A-Za-z])\s*", r"\1", " ".join(rounded.split()))
