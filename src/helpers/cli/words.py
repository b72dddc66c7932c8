"""The command line's words: every command, its options, what --help says."""

import argparse
from pathlib import Path

from helpers import __version__

EXAMPLES = """examples:
  throughcare run                              run everything; publish the release if the gate lets it
  throughcare run --only 4_overview            run that notebook alone; its page goes to reports/preview
  throughcare run --partnership CPP_03         run what is made for one partnership, the same way
  throughcare status                           what the next run would do, and because of what
  throughcare verify                           rebuild the release elsewhere; is every byte the same?
  throughcare diff 2019-study                  what moved between that release and the latest, and why
  throughcare check                            hold the extracts against their codebooks; run nothing
  throughcare check data/raw/staff_survey.csv  the same for one file's extract
  throughcare check new.csv --codebook new.toml  the same outside any study
  throughcare clean new.csv --codebook new.toml --to clean  its cleaned table, ledger and quarantine
  throughcare sample --seed 7 --to data/new    write synthetic extracts
  throughcare describe 2_compare_outcomes      what a notebook can be asked
  throughcare schedule print --daily 06:30     what makes systemd or cron run it every day
  throughcare codebook draft new.csv           a codebook for an export that has none; more: codebook --help

exit codes:
  0 done · 1 our bug · 2 your parameters or study · 3 your data · 4 a notebook failed · 5 disclosure refused
  6 another run holds the lock · 130 cancelled
"""

CODEBOOK_EXAMPLES = """examples:
  throughcare codebook draft new.csv --to study/codebooks/new.toml    a codebook to finish, with questions beside it
  throughcare codebook diff old.toml new.toml                         what changed, and what still compares
  throughcare codebook to-workbook new.toml --to new.xlsx             for colleagues to fill in
  throughcare codebook diff new.toml new.xlsx                         what they changed
  throughcare codebook from-workbook new.xlsx --to new.toml --force   and back

exit codes:
  0 done · 1 our bug · 2 the codebook, or what you asked · 3 your data
"""


def parser() -> argparse.ArgumentParser:
    """The parser of `throughcare`; what it returns names the command as `command`."""
    top = argparse.ArgumentParser(
        prog="throughcare", epilog=EXAMPLES, formatter_class=argparse.RawDescriptionHelpFormatter,
        description="Inspection extracts in, a report on how young people leaving care fare out.",
    )
    top.add_argument("--version", action="version", version=f"throughcare {__version__}")
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")

    run = _command(commands, "run", "run the notebooks and publish the release")
    run.add_argument("--only", metavar="NAME", action="append", help="only this notebook or run; may be repeated")
    run.add_argument("--partnership", metavar="ID", help="only the runs made for this partnership")
    run.add_argument("--jobs", metavar="N", type=_count, help="notebooks at a time (default: the processors there are)")
    run.add_argument("--force", action="store_true", help="run also what is up to date")
    run.add_argument("--cluster", metavar="ADDRESS", help="run on the Dask cluster whose scheduler is there, such as "
                                                          "tcp://10.0.0.5:8786, instead of on this machine")
    run.add_argument("--keep", metavar="N", type=_count, help="afterwards remove all but the N newest releases")
    run.add_argument("--notify", metavar="CMD", help="a command told how it ended, whenever that is not as last time: "
                                                     "words on its standard input, THROUGHCARE_STATE beside them")

    _command(commands, "status", "say what is out of date, and because of what")

    verify = _command(commands, "verify", "rebuild the release elsewhere, compare every byte")
    verify.add_argument("--jobs", metavar="N", type=_count, help="as of `throughcare run`")

    diff = _command(commands, "diff", "tell what moved between two releases, and why")
    diff.add_argument("before", metavar="A", help="the earlier release: its name among the reports, or its folder")
    diff.add_argument("after", metavar="B", nargs="?", help="the later one (default: the latest)")
    diff.add_argument("--all", action="store_true", help="show every figure and line, not the first few")

    check = _command(commands, "check", "hold the extracts against their codebooks")
    check.add_argument("files", metavar="FILE", nargs="*", type=Path, help="files, or names of extracts (default: all)")
    check.add_argument("--codebook", metavar="CODEBOOK", type=Path,
                       help="hold one file or folder against this codebook, outside any study")

    clean = commands.add_parser("clean", help="clean one file outside any study",
                                description="Clean one file, or every file of a folder, by a codebook of no study.")
    clean.add_argument("file", metavar="FILE", type=Path, help="the export, or a folder of them")
    clean.add_argument("--codebook", metavar="CODEBOOK", type=Path, required=True, help="the codebook, a TOML file")
    clean.add_argument("--to", metavar="DIR", type=Path, required=True,
                       help="where table, kinds of missing, ledger, recodes and quarantine go: personal data")
    clean.add_argument("--json", action="store_true", help="print the result as JSON")

    describe = _command(commands, "describe", "list a notebook's parameters")
    describe.add_argument("notebook", metavar="NOTEBOOK", help="a name among the study's notebooks, or a path")
    describe.add_argument("--schema", action="store_true", help="print them as JSON Schema")

    sample = commands.add_parser("sample", help="write synthetic extracts", description="Write synthetic extracts.")
    sample.add_argument("--seed", metavar="N", type=int, required=True, help="same seed, same bytes")
    sample.add_argument("--to", metavar="DIR", type=Path, default=Path("data/raw/sample"),
                        help="where (default: data/raw/sample)")
    _schedule(commands)
    _codebook(commands)
    return top


def _schedule(commands) -> None:
    group = commands.add_parser("schedule", help="run every day by systemd or cron",
                                description="What makes a machine run a study every day.")
    actions = group.add_subparsers(dest="action", required=True, metavar="ACTION")
    words = "print the systemd units and the cron line for the folder you stand in"
    action = _command(actions, "print", words)
    action.add_argument("--daily", metavar="HH:MM", required=True, help="local time of day, such as 06:30")
    action.add_argument("--keep", metavar="N", type=_count, help="as of `throughcare run`")
    action.add_argument("--notify", metavar="CMD", help="as of `throughcare run`")
    action.add_argument("--to", metavar="DIR", type=Path, help="write the units there, instead of printing them")


def _codebook(commands) -> None:
    group = commands.add_parser(
        "codebook", help="draft, compare and send out codebooks", epilog=CODEBOOK_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        description="Codebooks drafted from an export, compared between waves, sent to colleagues as a workbook.")
    actions = group.add_subparsers(dest="action", required=True, metavar="ACTION")

    draft = _action(actions, "draft", "draft a codebook from an export", "the codebook, a TOML file")
    draft.add_argument("file", metavar="FILE", type=Path, help="the export: CSV, workbook or SPSS file")
    draft.add_argument("--sheet", metavar="NAME", help="the sheet of a workbook (default: the first)")

    sent = _action(actions, "to-workbook", "write a codebook as a workbook that colleagues fill in",
                   "the workbook (default: named as the codebook, in this folder)")
    sent.add_argument("file", metavar="CODEBOOK", type=Path, help="the codebook, a TOML file")

    back = _action(actions, "from-workbook", "read a filled-in workbook as a codebook", "the codebook, a TOML file")
    back.add_argument("file", metavar="FILE", type=Path, help="the workbook as it came back")

    words = "tell how an instrument changed between two waves"
    diff = actions.add_parser("diff", help=words, description=f"{words.capitalize()}.")
    diff.add_argument("old", metavar="OLD", type=Path, help="the earlier wave's codebook, TOML or workbook")
    diff.add_argument("new", metavar="NEW", type=Path, help="the later wave's")
    diff.add_argument("--json", action="store_true", help="print the result as JSON")


def _action(actions, name: str, words: str, written: str) -> argparse.ArgumentParser:
    """An action that writes a file."""
    action = actions.add_parser(name, help=words, description=f"{words.capitalize()}.")
    action.add_argument("--to", metavar="FILE", type=Path,
                        help=written if "default" in written else f"{written} (default: print it)")
    action.add_argument("--force", action="store_true", help="write over a file that exists")
    return action


def _command(commands, name: str, words: str) -> argparse.ArgumentParser:
    command = commands.add_parser(name, help=words, description=f"{words.capitalize()}.")
    command.add_argument("--study", metavar="DIR", default="study", help="the study folder (default: study)")
    command.add_argument("--json", action="store_true", help="print the result as JSON")
    return command


def _count(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"{text} is too few; give 1 or more")
    return number
