"""Sentences built from rows: what a number says, how sure it is, and what it does not say."""

from helpers.reporting.sentences.answers import effect, effects, evidence, headline, opening, score, share
from helpers.reporting.sentences.conclusions import agreement, conclusions, specifications
from helpers.reporting.sentences.context import audit, caveats, family, method, official

__all__ = [
    "agreement", "audit", "caveats", "conclusions", "effect", "effects", "evidence", "family", "headline", "method",
    "official", "opening", "score", "share", "specifications",
]
