"""The nights so far as a page: how each ended, how long it took, which notebooks got slower."""

from datetime import datetime
from statistics import median
from typing import Any

from helpers.pages.about import About, about
from helpers.pages.drift import drift
from helpers.pages.frame import render
from helpers.pages.spark import bars

CHARTED = 30  # nights in the picture: a month
SHOWN = 14  # nights in the table: a fortnight; the others are folded away
SLOWEST = 8
SLOWER = 1.5  # times its own median that a notebook must take to be marked, and by at least SECONDS
SECONDS = 1
STATES = {  # word, mark (never colour alone), class of the row
    "published": ("Published", "●", "good"), "up to date": ("Nothing to do", "○", "good"),
    "failed": ("Failed", "✕", "bad"), "refused": ("Refused by the gate", "✕", "bad"),
    "input refused": ("Input refused", "✕", "bad"), "cancelled": ("Cancelled", "–", "bad"),
}


def history_page(nights: list[dict[str, Any]], study) -> str:
    """Every night so far, newest first: `began` (ISO), `seconds`, `state`, `release`, `ran` and `failed` by run,
    `up_to_date`, `warnings`, `figures` by name.
    """
    rows = [_row(night) for night in reversed(nights)]
    return render("history.html.j2", About.of(about(study)), title="The nights so far", question="", contents=[],
                  lead=_lead(nights), rows=rows[:SHOWN], older=rows[SHOWN:], chart=_chart(nights[-CHARTED:]),
                  slowest=_slowest(nights), **drift(nights))


def _lead(nights: list[dict]) -> str:
    """The last night, and since when it has been so."""
    word, _, kind = STATES[nights[-1]["state"]]
    same = 1
    for night in reversed(nights[:-1]):
        if STATES[night["state"]][2] != kind:
            break
        same += 1
    since = _day(nights[-same]["began"])
    well = "well" if kind == "good" else "badly"
    if len(nights) == 1:
        run = "It is the first on record."
    elif same == 1:
        run = f"The night before ended {'badly' if kind == 'good' else 'well'}."
    else:
        run = f"{same} nights in a row have ended {well}, since {since}."
    return f"The last night, {_day(nights[-1]['began'])}: {word[0].lower()}{word[1:]}. {run}"


def _row(night: dict) -> dict:
    word, mark, kind = STATES[night["state"]]
    failed = [f"{run} ({state})" for run, state in night["failed"].items() if state not in ("skipped", "cancelled")]
    return {"day": _day(night["began"]), "time": night["began"][11:16], "word": word, "mark": mark, "kind": kind,
            "release": night["release"], "seconds": _seconds(night["seconds"]), "ran": len(night["ran"]),
            "up_to_date": night["up_to_date"], "failed": ", ".join(failed), "warnings": night["warnings"]}


def _chart(nights: list[dict]) -> str:
    labels = [f"{_day(night['began'])}: {_seconds(night['seconds'])}, {STATES[night['state']][0].lower()}"
              for night in nights]
    return bars([night["seconds"] for night in nights], labels,
                hollow=[STATES[night["state"]][2] == "bad" for night in nights])


def _slowest(nights: list[dict]) -> list[dict]:
    """The notebooks that took longest when they last ran, each beside its median of before."""
    times: dict[str, list[float]] = {}
    for night in nights:
        for run, seconds in night["ran"].items():
            times.setdefault(run, []).append(seconds)
    longest = sorted(times, key=lambda run: -times[run][-1])[:SLOWEST]
    return [{"run": run, "last": _seconds(times[run][-1]), "before": _seconds(median(before)) if before else "none yet",
             "slower": bool(before) and times[run][-1] > max(SLOWER * median(before), median(before) + SECONDS)}
            for run in longest for before in [times[run][:-1]]]


def _day(began: str) -> str:
    day = datetime.fromisoformat(began)
    return f"{day.day} {day:%B %Y}"


def _seconds(seconds: float) -> str:
    return f"{seconds:.1f} s" if seconds < 100 else f"{round(seconds / 60)} min"
