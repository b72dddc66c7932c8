"""How an instrument changed between two waves, and whether their answers can be compared."""

from helpers.extracts.codebook_difference.changes import difference
from helpers.extracts.codebook_difference.telling import told
from helpers.extracts.codebook_difference.verdict import Change

__all__ = ["Change", "difference", "told"]
