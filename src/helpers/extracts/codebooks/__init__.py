"""Codebooks: what an extract's columns mean, written in TOML, checked, drafted, compared, sent out as a workbook."""
