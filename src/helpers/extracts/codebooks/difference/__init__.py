"""How an instrument changed between two waves, and whether their answers can be compared."""

from helpers.extracts.codebooks.difference.changes import difference
from helpers.extracts.codebooks.difference.telling import told
from helpers.extracts.codebooks.difference.verdict import Change

__all__ = ["Change", "difference", "told"]
