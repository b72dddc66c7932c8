"""papermill's command, then nbconvert's, one notebook after another: what a shell script does."""

import subprocess
import sys
from pathlib import Path

from bench.running.workload import given, runs, title

BIN = Path(sys.executable).parent


def main() -> None:
    """Executed notebooks in `executed`, pages in `pages`."""
    Path("executed").mkdir()
    for run in runs(Path()):
        executed, parameters = f"executed/{title(run)}.ipynb", []
        for name, value in given(run).items():
            parameters += ["-p", name, str(value)]
        subprocess.run([BIN / "papermill", "--no-progress-bar", run.path, executed, *parameters], check=True)
        subprocess.run([BIN / "jupyter", "nbconvert", "--to", "html", "--output-dir", "pages", executed], check=True)


if __name__ == "__main__":
    main()
