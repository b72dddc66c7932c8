"""What is said at the end of a run."""

import os
from pathlib import Path

from helpers.running import Ending
from helpers.running.outcome import listed
from helpers.running.releases.verify import Verdict

MOST = 8  # failures told in full: the first ones are those to mend


def summary(ending: Ending, reports: Path) -> str:
    """The end of a run in a few lines, the last of them the file to open."""
    outcomes = list(ending.outcomes.values())
    lines = [_headline(ending), *_bad(ending), *_warned(outcomes), *_slower(ending.record["kernels"]),
             *_undeclared(ending.record)]
    if ending.removed:
        lines.append(f"Removed for --keep: {', '.join(ending.removed)}.")
    if ending.exit_code:
        lines.append(_last_good(reports))
    return "\n".join([*lines, f"Open {shown(ending.page)}"])


def standing(now: dict) -> str:
    """What a run would do, a line a run or a line for several with the same reasons."""
    due, old = now["due"], len(now["up_to_date"])
    total = len(due) + old
    if not due:
        return f"Up to date: {total} run{'s' * (total != 1)}. " + (
            f"{now['release']} is published as it should be." if now["published"]
            else f"{now['release']} is not published, or its files were changed; `throughcare run` publishes it again.")
    same: dict[str, list[str]] = {}
    for name, reasons in due.items():
        same.setdefault("; ".join(reasons), []).append(name)
    lines = [f"  {listed(names)}: {reasons}." for reasons, names in same.items()]
    return "\n".join([f"{len(due)} of {total} run{'s' * (total != 1)} out of date:", *lines])


def verified(verdict: Verdict | None, name: str) -> str:
    """Whether a rebuilt release is the published one, and if not, where and perhaps why."""
    if verdict is None:
        return f"Not verified: {name} could not be rebuilt; the lines above say why."
    if verdict.good:
        return f"Verified: {name} was rebuilt from its inputs in another folder; all {verdict.same} files, pages, " \
               "notebooks and tables, are the same byte for byte."
    kinds = {"differs": verdict.different, "was not made again": verdict.missing, "is new": verdict.extra}
    lines = [f"  {file} {words}." for words, files in kinds.items() for file in files]
    return "\n".join([f"Not verified: of {name}, {len(lines)} file{'s' * (len(lines) != 1)} came out otherwise, "
                      f"{verdict.same} the same.", *lines, *_other_software(verdict.software)])


def _other_software(phrases: list[str]) -> list[str]:
    return [f"The software is not the same, which may be why: {listed(phrases)}."] if phrases else []


def _headline(ending: Ending) -> str:
    total, good = len(ending.outcomes), sum(outcome.good for outcome in ending.outcomes.values())
    runs = f"{total} run{'s' * (total != 1)}"
    old = sum(outcome.state == "up to date" for outcome in ending.outcomes.values())
    good_all = f"every one good{f', {old} of them up to date before' if old else ''}"
    return {
        "up to date": f"Up to date: {runs}, nothing to do. --force runs them all the same.",
        "published": f"Published {ending.record['release']}: {runs}, {good_all}.",
        "previewed": f"Done: {runs}. Part of a pipeline is no release: the pages are previews.",
        "refused": f"Refused by the gate: {good} of {runs} good, nothing published.",
        "failed": f"Failed: {good} of {runs} good, nothing published.",
    }[ending.state]


def _bad(ending: Ending) -> list[str]:
    """What failed, a paragraph each, then what to do, once; what did not run because of it is only counted."""
    failed = [outcome for outcome in ending.outcomes.values() if not outcome.good and outcome.state != "skipped"]
    idle = sum(outcome.state == "skipped" for outcome in ending.outcomes.values())
    lines = []
    for outcome in failed[:MOST]:
        lines += [f"  {outcome.run}: {outcome.cause}", *(f"    {line}" for line in outcome.message.splitlines()),
                  *([f"    Kept: {outcome.kept}"] if outcome.kept else [])]
    if len(failed) > MOST:
        lines.append(f"  {len(failed) - MOST} more failed: {listed([outcome.run for outcome in failed[MOST:]])}.")
    if idle:
        lines.append(f"  {idle} not run because of {'it' if len(failed) == 1 else 'them'}.")
    return [*lines, *dict.fromkeys(outcome.remedy for outcome in failed)]


def _warned(outcomes: list) -> list[str]:
    warned = [outcome for outcome in outcomes if outcome.warnings]
    if not warned:
        return []
    count = sum(outcome.warnings for outcome in warned)
    return [f"{count} warning{'s' * (count != 1)} in {', '.join(outcome.run for outcome in warned)}: read them in "
            "internal/notebooks."]


def _slower(kernels: dict) -> list[str]:
    """That the quicker kind of kernel was tried in vain, and why."""
    return [f"Kernels were started anew, which takes longer: {kernels['because']}."] if kernels["fell_back"] else []


def _undeclared(record: dict) -> list[str]:
    """What notebooks read behind pipeline.toml's back: the order of the runs knows nothing of it."""
    return [f"{run} read {listed(names)} without saying so: add that to its `reads` in pipeline.toml, or one day it "
            "runs too early." for run, names in record.get("undeclared", {}).items()]


def _last_good(reports: Path) -> str:
    from helpers.running.release import latest

    name = latest(reports)
    return f"The last good release, {name}, stays." if name else "There is no earlier release."


def shown(path: Path) -> str:
    """The path as seen from here."""
    return Path(os.path.relpath(path)).as_posix()
