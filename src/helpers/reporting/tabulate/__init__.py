"""The tables a report shows, each built from one frame of the contract; a Text where that frame is empty."""

from helpers.reporting.tabulate.cleaning import attrition, ledger, missing, recodes, sources
from helpers.reporting.tabulate.comparisons import claims, comparisons, sensitivity
from helpers.reporting.tabulate.conclusions import checks, conclusions
from helpers.reporting.tabulate.counts import counts, groups, shares, side_by_side
from helpers.reporting.tabulate.official import official, published
from helpers.reporting.tabulate.protection import attack, findings, protection

__all__ = [
    "attack", "attrition", "checks", "claims", "comparisons", "conclusions", "counts", "findings", "groups", "ledger",
    "missing", "official", "protection", "published", "recodes", "sensitivity", "shares", "side_by_side", "sources",
]
