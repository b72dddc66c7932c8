"""Which key figures moved over the nights: verdicts in words, data quality and results as rows with a small picture."""

from datetime import datetime
from itertools import pairwise
from typing import Any

from helpers.pages.spark import line

CLAIM = "Claim: "
QUALITY = (": rows ", ": answers missing")  # in the names of figures about data, not about results
FEWEST = 5  # earlier values before one can be called outside their range


def drift(nights: list[dict[str, Any]]) -> dict[str, list]:
    """`verdicts` that changed as sentences; `quality` and `results` as rows, what moved last first; `steady` quality
    that never moved, and `still`, how many results have not.
    """
    series = _series(nights)
    moved = {name: values for name, values in series.items() if len({value for _, value in values}) > 1}
    verdicts = [sentence for name, values in moved.items() if name.startswith(CLAIM)
                for sentence in _changes(name.removeprefix(CLAIM), values)]
    quality = {name: values for name, values in series.items() if any(words in name for words in QUALITY)}
    results = {name: values for name, values in moved.items() if name not in quality and not name.startswith(CLAIM)}
    never = len([name for name in series if name not in quality and name not in moved])
    rows = _rows(quality)
    return {"verdicts": verdicts, "quality": [row for row in rows if row["since"]],
            "steady": [row for row in rows if not row["since"]], "results": _rows(results), "still": never}


def _series(nights: list[dict]) -> dict[str, list[tuple[str, Any]]]:
    """Day and value by name, a pair for every night that knew the figure."""
    series: dict[str, list[tuple[str, Any]]] = {}
    for night in nights:
        for name, value in night["figures"].items():
            series.setdefault(name, []).append((night["began"], value))
    return series


def _changes(name: str, values: list[tuple[str, Any]]) -> list[str]:
    return [f"{_day(day)}: “{name}” is {now}; it was {before}."
            for (_, before), (day, now) in pairwise(values) if now != before]


def _rows(series: dict[str, list[tuple[str, Any]]]) -> list[dict]:
    rows = [_row(name, values) for name, values in series.items()]
    return sorted(rows, key=lambda row: row["since"], reverse=True)


def _row(name: str, values: list[tuple[str, Any]]) -> dict:
    told = [value for _, value in values]
    last = max((place for place in range(1, len(told)) if told[place] != told[place - 1]), default=0)
    numbers = [value for value in told if isinstance(value, (int, float))]
    picture = line(numbers, f"{name} over {len(numbers)} nights") if len(numbers) == len(told) and last else ""
    return {"name": name, "now": _told(told[-1]), "before": _told(told[last - 1]) if last else "",
            "since": values[last][0] if last else "", "day": _day(values[last][0]) if last else "never moved",
            "picture": picture, "outside": _outside(numbers) if picture else False}


def _outside(numbers: list[float]) -> bool:
    """Whether the last value lies outside the range of all earlier ones, where there are enough of them."""
    earlier = numbers[:-1]
    return len(earlier) >= FEWEST and not min(earlier) <= numbers[-1] <= max(earlier)


def _told(value: Any) -> str:
    return f"{value:,}" if isinstance(value, int) else f"{value:g}" if isinstance(value, float) else str(value)


def _day(began: str) -> str:
    day = datetime.fromisoformat(began)
    return f"{day.day} {day:%B %Y}"
