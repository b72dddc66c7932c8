"""papermill and nbconvert called in two processes that stay, each notebook in an ordinary kernel."""

from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import papermill
from nbconvert import HTMLExporter

from bench.running.in_order import carry_out
from bench.running.workload import given, runs, title
from helpers.running import Run


def work(run: Run) -> None:
    """The run's executed notebook and page."""
    executed = f"executed/{title(run)}.ipynb"
    notebook = papermill.execute_notebook(str(run.path), executed, parameters=given(run), progress_bar=False)
    page, _ = HTMLExporter().from_notebook_node(notebook)
    Path("pages", f"{title(run)}.html").write_text(page, encoding="utf-8")


def main() -> None:
    """Executed notebooks in `executed`, pages in `pages`."""
    for folder in ("executed", "pages"):
        Path(folder).mkdir()
    with ProcessPoolExecutor(2) as executor:
        carry_out(executor, runs(Path()), work)


if __name__ == "__main__":
    main()
