"""The one door, `throughcare`: it composes the pipeline with what reads extracts and what writes pages.

Packages are imported where a command needs them, so that --help answers at once.
"""

import json
import os
import signal
import sys
import traceback
from collections.abc import Sequence

from helpers.cli.words import parser

# Exit code, and where the faults are, by kind of InputFault.
FAULTS = {"study": (2, "the study or its parameters"), "storage": (2, "the folders written to"),
          "data": (3, "the data")}


def main(words: Sequence[str] | None = None) -> int:
    """The exit code of one command line."""
    given = parser().parse_args(words)
    before = signal.signal(signal.SIGTERM, _cancel)  # a scheduler's stop ends as Ctrl-C does
    try:
        from helpers.cli.commands import COMMANDS

        return COMMANDS[given.command](given)
    except KeyboardInterrupt:
        print("Cancelled: nothing was published, and nothing goes on running.", file=sys.stderr)
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # the reader, such as `head`, has enough
        return 0
    except Exception as error:
        return _answer(error, as_json=getattr(given, "json", False))
    finally:
        signal.signal(signal.SIGTERM, before)


def _cancel(number, frame) -> None:
    raise KeyboardInterrupt


def _answer(error: Exception, *, as_json: bool) -> int:
    """The exit code for what stopped a command, said on stderr; only our own bugs show where in the code."""
    from helpers.running.lock import Busy
    from helpers.study import InputFault

    if isinstance(error, InputFault):
        code, what = FAULTS[error.kind]
        faults = error.faults
        _say([f"{len(faults)} fault{'s' * (len(faults) != 1)} in {what}:", *(f"  - {fault}" for fault in faults)])
    elif isinstance(error, Busy):
        code, faults = 6, [str(error)]
        _say(faults)
    else:
        code, faults = 1, [f"{type(error).__name__}, a fault of Throughcare itself."]
        traceback.print_exception(error)
        _say(["This is a fault of Throughcare itself, not of your data: please report the lines above."])
    if as_json:
        print(json.dumps({"exit_code": code, "faults": faults}, ensure_ascii=False))
    return code


def _say(lines: list[str]) -> None:
    print("\n".join(lines), file=sys.stderr)
