"""Sentences built from rows: what a number says, how sure it is, and what it does not say."""

from helpers.reporting.sentences.answers import effect, effects, evidence, headline, opening, score, share
from helpers.reporting.sentences.context import audit, caveats, family, method, official

__all__ = [
    "audit", "caveats", "effect", "effects", "evidence", "family", "headline", "method", "official", "opening", "score",
    "share",
]
