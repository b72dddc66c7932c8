"""Raw exports made into cleaned tables, with a quarantine and a ledger that accounts for every row."""

from helpers.extracts import official
from helpers.extracts.agreement import open_codebook
from helpers.extracts.check import check
from helpers.extracts.clean import Cleaned, clean, missing_by_kind
from helpers.extracts.codebook import Codebook, Column, Derived
from helpers.extracts.ledger import accounted
from helpers.extracts.store import Loaded, load, save

__all__ = [
    "Cleaned", "Codebook", "Column", "Derived", "Loaded", "accounted", "check", "clean", "load", "missing_by_kind",
    "official", "open_codebook", "save",
]
