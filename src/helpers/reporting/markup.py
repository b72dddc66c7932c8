"""HTML that a cell displayed, reduced to what a page may hold: known elements and attributes, nothing that fetches."""

from lxml import html

ELEMENTS = {
    "a", "abbr", "b", "blockquote", "br", "caption", "circle", "code", "dd", "details", "div", "dl", "dt", "em", "hr",
    "i", "img", "li", "ol", "p", "path", "pre", "section", "small", "span", "strong", "sub", "summary", "sup", "svg",
    "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
}
DROPPED_WHOLE = {"script", "style", "iframe", "object", "embed", "link", "meta", "template", "noscript"}
ATTRIBUTES = {
    "alt", "aria-hidden", "aria-label", "class", "colspan", "cx", "cy", "d", "data-cell", "fill", "height", "href", "r",
    "role", "rowspan", "scope", "src", "stroke", "stroke-width", "tabindex", "title", "viewbox", "width",
}
LINKS = ("https://", "http://", "#", "mailto:")


def clean(fragment: str) -> str:
    """The fragment with unknown elements unwrapped, unknown attributes dropped, and every table header scoped."""
    root = html.fragment_fromstring(fragment, create_parent="div")
    for element in list(root.iterdescendants()):
        if not isinstance(element.tag, str) or element.tag in DROPPED_WHOLE:
            element.drop_tree()
        elif element.tag not in ELEMENTS:
            element.drop_tag()
        else:
            _keep_known_attributes(element)
    for header in root.iter("th"):
        if "scope" not in header.attrib:
            header.set("scope", "col" if header.getparent().getparent().tag == "thead" else "row")
    for table in list(root.iter("table")):
        _boxed(table)
    return (root.text or "") + "".join(html.tostring(child, encoding="unicode") for child in root)


def _keep_known_attributes(element) -> None:
    for name, value in list(element.attrib.items()):
        fetches = (name == "src" and not value.startswith("data:image/")) or (
            name == "href" and ":" in value.split("/")[0] and not value.startswith(LINKS))
        if name not in ATTRIBUTES or fetches:
            del element.attrib[name]


def _boxed(table) -> None:
    """A wide table scrolls in its own box, not with the page."""
    parent = table.getparent()
    if parent.get("class") != "scroll":
        box = html.Element("div", {"class": "scroll", "role": "region", "aria-label": "Table", "tabindex": "0"})
        box.tail, table.tail = table.tail, None
        parent.replace(table, box)
        box.append(table)
