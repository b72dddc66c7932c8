"""A codebook drafted from an export that nobody described yet: what can be told is told, what cannot is asked."""

from helpers.extracts.drafting.draft import draft

__all__ = ["draft"]
