"""The statistics against SciPy and against the arithmetic they cannot do without; exact p-values; the whole plan."""
