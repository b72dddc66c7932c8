"""The kernel that runs a notebook, whoever started it: the cells run so far, and what it must not say."""

import sys
from collections.abc import Iterable

from helpers.study.blackout import Blackout

_blackout = Blackout()


def shell():
    """IPython's shell; None outside one."""
    return sys.modules["IPython"].get_ipython() if "IPython" in sys.modules else None


def hush(values: Iterable[str]) -> None:
    """Black the values out of every message that this process, if it is a kernel, sends from now on: outputs, errors
    and tracebacks reach JupyterLab and plain papermill without them.
    """
    new = set(values) - _blackout.values
    session = getattr(getattr(shell(), "kernel", None), "session", None)
    if session is None or not new:
        return
    first = not _blackout.values
    _blackout.add(new)
    if first:
        pack = session.pack
        session.pack = lambda content: pack(_blackout.over(content))
