"""Throughcare: inspection extracts in, a report on how young people leaving care fare out."""

__version__ = "0.1.0"
