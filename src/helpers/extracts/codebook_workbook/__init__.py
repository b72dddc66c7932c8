"""A codebook as a workbook, for colleagues who write no TOML: sent out, filled in, brought back."""

from helpers.extracts.codebook_workbook.returned import from_workbook
from helpers.extracts.codebook_workbook.sent import to_workbook

__all__ = ["from_workbook", "to_workbook"]
