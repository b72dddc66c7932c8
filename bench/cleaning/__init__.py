"""A million responses cleaned: ours beside pandas, Polars and DuckDB, outputs compared before any time is told."""
