"""What a kernel should have imported before its notebook asks: the modules that the notebooks' cells import."""

import ast
from collections.abc import Iterable
from pathlib import Path

from helpers.running.pipeline.notebook import read_cells

# What these load at their first use rather than at import; a kernel would load it anew in every run.
AT_FIRST_USE = {
    "pandas": ("pyarrow.dataset", "pyarrow.parquet"),
    "helpers.extracts": ("pandera.pandas", "pandera.backends.pandas.register"),
    "helpers.reporting": ("helpers.reporting.charts",),
    "matplotlib": ("matplotlib_inline.backend_inline",),
}


def modules_imported(notebooks: Iterable[Path]) -> list[str]:
    """Names that the cells of these notebooks import, in order: those of modules, and those that may be either a
    module or what lies in one.
    """
    names: dict[str, None] = {}
    for path in dict.fromkeys(notebooks):
        for cell in read_cells(path):
            if cell.kind == "code":
                names |= dict.fromkeys(_imported(cell.source))
    return list(names)


def _imported(source: str) -> list[str]:
    """Names imported at the top level of a cell; none of a cell that is not plain Python."""
    try:
        statements = ast.parse(source).body
    except SyntaxError:
        return []
    names = []
    for statement in statements:
        if isinstance(statement, ast.Import):
            names += [alias.name for alias in statement.names]
        elif isinstance(statement, ast.ImportFrom) and statement.module and not statement.level:
            names += [statement.module, *(f"{statement.module}.{alias.name}" for alias in statement.names)]
    return names
