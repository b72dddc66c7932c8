"""One variant run once, in a process of its own with its own interpreter: what it took and what it wrote."""

import json
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
RIVALS = ROOT / ".venv-bench" / "bin" / "python"  # apart: Polars' threads and the pipeline's forked kernels do not mix

FLOOR, OURS = "pyarrow reads", "Throughcare"
VARIANTS = {  # name → interpreter, module and what it is told beside the file and the folder
    FLOOR: (sys.executable, "floor"),
    OURS: (sys.executable, "ours"),
    "pandas .map": (RIVALS, "pandas_script", "plain"),
    "pandas, Arrow strings": (RIVALS, "pandas_script", "arrow"),
    "Polars": (RIVALS, "polars_lazy"),
    "DuckDB": (RIVALS, "duckdb_sql"),
}


@dataclass(frozen=True)
class Trial:
    """Seconds and bytes of one run: `whole` from start of the process to its end, `work` from opening the file to files
    written, imports done; `busy` what processors spent on that work, which others' load disturbs least."""

    whole: float
    work: float
    busy: float
    phases: dict[str, float]
    peak: int


def run(variant: str, source: Path, folder: Path) -> Trial:
    """The variant run once on the file, its output in the folder; a failure ends the bench with what it said."""
    interpreter, module, *more = VARIANTS[variant]
    folder.mkdir()
    began = time.perf_counter()
    process = subprocess.run([interpreter, "-m", f"bench.cleaning.{module}", source, folder, *more], cwd=ROOT,
                             capture_output=True, text=True, check=False)
    whole = time.perf_counter() - began
    if process.returncode:
        raise SystemExit(f"{variant} failed:\n{process.stderr}")
    return Trial(whole, **json.loads(process.stdout.splitlines()[-1]))


def differences(folder: Path, ours: Path) -> str:
    """In what a variant's output differs from ours, a line each; empty where they are equal."""
    process = subprocess.run([sys.executable, "-m", "bench.cleaning.equal", written(ours), written(folder)], cwd=ROOT,
                             capture_output=True, text=True, check=False)
    return process.stdout.strip() or process.stderr.strip()


def written(folder: Path) -> Path:
    """Where in its folder a variant left its tables: ours keeps a study there."""
    processed = folder / "study" / "processed"
    return processed if processed.is_dir() else folder
