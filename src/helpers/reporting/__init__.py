"""Publishable tables → figures, tables, sentences, pages."""

from helpers.reporting import charts, sentences, tabulate
from helpers.reporting.display import Block, Chart, Text
from helpers.reporting.labels import labels
from helpers.reporting.tables import Table
from helpers.reporting.theme import style
from helpers.reporting.verdicts import verdicts

__all__ = ["Block", "Chart", "Table", "Text", "charts", "labels", "sentences", "style", "tabulate", "verdicts"]
