"""Raw exports made into cleaned tables, with a quarantine and a ledger that accounts for every row."""

from helpers.extracts import official
from helpers.extracts.check import check, inspected, told
from helpers.extracts.clean import clean, clean_file
from helpers.extracts.cleaning.cleaned import Cleaned, missing_by_kind
from helpers.extracts.cleaning.ledger import accounted
from helpers.extracts.codebooks.codebook import Codebook
from helpers.extracts.codebooks.opened import open_codebook
from helpers.extracts.codebooks.variables import Column, Derived
from helpers.extracts.store import Loaded, load, save, save_files

__all__ = [
    "Cleaned",
    "Codebook",
    "Column",
    "Derived",
    "Loaded",
    "accounted",
    "check",
    "clean",
    "clean_file",
    "inspected",
    "load",
    "missing_by_kind",
    "official",
    "open_codebook",
    "save",
    "save_files",
    "told",
]
