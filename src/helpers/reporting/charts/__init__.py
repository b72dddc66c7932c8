"""The charts of a report: frames of the release in, a Chart (or, where there is nothing to draw, a Text) out."""

from helpers.reporting.charts.bars import ledger_flow, missing, pairs
from helpers.reporting.charts.intervals import effects, groups, official, partnerships, sensitivity
from helpers.reporting.charts.lines import trends
from helpers.reporting.charts.sides import sides

__all__ = ["effects", "groups", "ledger_flow", "missing", "official", "pairs", "partnerships", "sensitivity",
           "sides", "trends"]
