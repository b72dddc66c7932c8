"""Papermill's own engine, but that it writes a notebook once: forty times is a third of what a short run takes; and
that neither a secret nor what a cell prints without end becomes part of the notebook.
"""

import atexit
from collections import Counter
from collections.abc import Callable

from nbformat import NotebookNode
from nbformat.v4 import new_output
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import Engine, papermill_engines
from papermill.iorw import write_ipynb
from papermill.log import logger

from helpers.running.executing.executed import joined

NAME = "throughcare"
MOST = 100_000  # characters that a cell may print to a stream: a thousand full lines, more than anyone reads


class Client(PapermillNotebookClient):
    """Takes in what a kernel says, with every secret blacked out; of what a cell prints, as much as there is room for.
    """

    def __init__(self, nb_man, *, blackout: Callable, **settings) -> None:
        super().__init__(nb_man, **settings)
        self.blackout = blackout
        self.printed: Counter[tuple[int, str]] = Counter()  # characters by place of the cell and name of the stream

    def process_message(self, message: dict, *where, **settings):
        """The output that a message makes."""
        return super().process_message({**message, "content": self.blackout(message["content"])}, *where, **settings)

    def output(self, outs, msg, display_id, cell_index):
        """The output noted; a stream's only as far as there is room."""
        content = msg["content"]
        if msg["msg_type"] == "stream":
            before = self.printed[cell_index, content["name"]]
            self.printed[cell_index, content["name"]] += len(content["text"])
            content["text"] = content["text"][:max(0, MOST - before)]
            if not content["text"]:
                return None
        return super().output(outs, msg, display_id, cell_index)

    def finish(self) -> None:
        """Say below each cell that printed too much how much was left out, on the page and as a warning; black out
        secrets that came in two messages.
        """
        for (place, name), count in self.printed.items():
            if count > MOST:
                left_out = f"{count - MOST:,} characters more were printed and left out"
                self.nb.cells[place].outputs += [
                    new_output("stream", name=name, text=f"\n… {left_out}.\n"),
                    new_output("stream", name="stderr", text=f"OutputWarning: {left_out}; print less in this cell.\n")]
        self.printed.clear()
        for cell in self.nb.cells:
            if cell.cell_type == "code":
                cell.outputs = joined(cell.outputs)
        self.nb.cells, self.nb.metadata = self.blackout(self.nb.cells), self.blackout(self.nb.metadata)


class WrittenOnce(Engine):
    """Executes a notebook; if the kernel dies, the notebook is written as far as it came."""

    @classmethod
    def execute_managed_notebook(cls, nb_man, kernel_name, *, kept: str, blackout: Callable, km, **_) -> NotebookNode:
        """The executed notebook; `kept` is where an unfinished one goes, `km` the kernel."""
        client = Client(nb_man, blackout=blackout, km=km, kernel_name=kernel_name, log=logger)
        try:
            client.execute()
            client.finish()
            return client.nb
        except BaseException:
            client.finish()
            write_ipynb(nb_man.nb, kept)
            raise
        finally:  # nbclient does not where the kernel did not come up, and ends the process with a traceback
            atexit.unregister(client._cleanup_kernel)


papermill_engines.register(NAME, WrittenOnce)
