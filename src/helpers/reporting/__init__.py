"""Publishable tables → figures, tables, sentences, pages."""

from importlib import import_module

from helpers.reporting import key_figures, sentences, since, tabulate
from helpers.reporting.display import Block, Chart, Text
from helpers.reporting.labels import labels
from helpers.reporting.tables import Table
from helpers.reporting.theme import style
from helpers.reporting.verdicts import verdicts

__all__ = ["Block", "Chart", "Table", "Text", "charts", "key_figures", "labels", "sentences", "since", "style",
           "tabulate", "verdicts"]


def __getattr__(name: str):
    if name == "charts":  # with it come matplotlib and seaborn: seconds, which a page without a chart need not wait for
        return import_module("helpers.reporting.charts")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
