"""The charts of a report: frames of the release in, a Chart (or, where there is nothing to draw, a Text) out."""

from helpers.reporting.charts.comparisons import agreement, effects, partnerships, sensitivity
from helpers.reporting.charts.gaps import missing
from helpers.reporting.charts.ledger import ledger_flow
from helpers.reporting.charts.pairs import pairs
from helpers.reporting.charts.shares import groups, official
from helpers.reporting.charts.sides import sides
from helpers.reporting.charts.specifications import specifications
from helpers.reporting.charts.trends import trends

__all__ = ["agreement", "effects", "groups", "ledger_flow", "missing", "official", "pairs", "partnerships",
           "sensitivity", "sides", "specifications", "trends"]
