"""What all pages have in common: the head and foot around a template, one style sheet, nothing fetched."""

import re
from functools import cache
from importlib.resources import files

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from helpers.pages.about import About


def render(template: str, about: About, **given) -> str:
    """A template with the page's frame around it."""
    text = _templates().get_template(template).render(about=about, css=_css(), **given)
    return re.sub(r"\n\s*\n+", "\n", text).strip() + "\n" if "<pre" not in text else text.strip() + "\n"


@cache
def _templates() -> Environment:
    return Environment(loader=FunctionLoader(_source), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
                       lstrip_blocks=True)


def _source(name: str) -> str:
    return (files("helpers.pages") / "templates" / name).read_text(encoding="utf-8")


@cache
def _css() -> Markup:
    """The style sheet without its comments and line breaks."""
    text = re.sub(r"/\*.*?\*/", "", _source("page.css"), flags=re.DOTALL)
    return Markup(re.sub(r"\s*([{};,>])\s*", r"\1", re.sub(r"\s+", " ", text)).strip())
