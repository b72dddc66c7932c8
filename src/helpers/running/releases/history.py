"""The nights so far: a line each, whatever became of it, beside the releases."""

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path

from helpers.running.outcome import Outcome
from helpers.running.release import HISTORY, HISTORY_PAGE
from helpers.running.storage import write

MOST = 400  # nights kept: a year, and a month to compare it with


def enter(reports: Path, *, state: str, release: str, began: datetime, outcomes: Mapping[str, Outcome],
          figures: Mapping[str, object], page: Callable[[list[dict]], str]) -> None:
    """Add a night, and write the page of all. Key figures are kept where they differ from those of the night before."""
    nights = read(reports)
    ended = datetime.now(UTC)
    night = {
        "began": began.isoformat(timespec="seconds"), "seconds": round((ended - began).total_seconds(), 1),
        "state": state, "release": release,
        "ran": {each.run: each.seconds for each in outcomes.values() if each.state == "done"},
        "up_to_date": sum(each.state == "up to date" for each in outcomes.values()),
        "failed": {each.run: each.state for each in outcomes.values() if not each.good},
        "warnings": sum(each.warnings for each in outcomes.values()),
        "figures": {**(nights[-1]["figures"] if nights else {}), **figures},
    }
    nights = [*nights, night][-MOST:]
    write(reports / HISTORY, "".join(json.dumps(each, ensure_ascii=False) + "\n" for each in _thinned(nights)))
    write(reports / HISTORY_PAGE, page(nights))


def read(reports: Path) -> list[dict]:
    """The nights in order, each with its key figures; a line that is none is passed over."""
    try:
        text = (reports / HISTORY).read_text(encoding="utf-8")
    except OSError:
        return []
    nights: list[dict] = []
    for line in text.splitlines():
        try:
            night = json.loads(line)
            figures = night.get("figures") or (nights[-1]["figures"] if nights else {})
            nights.append({**night, "figures": figures} if night["began"] and night["state"] else {})
        except (ValueError, KeyError, TypeError, AttributeError):
            continue
    return nights


def _thinned(nights: list[dict]) -> list[dict]:
    """The nights, without the key figures of those that have the same as the night before."""
    before = [None, *(night["figures"] for night in nights)]
    return [{key: value for key, value in night.items() if key != "figures" or value != old}
            for night, old in zip(nights, before, strict=False)]
