"""A straight scale from numbers to places on the sheet."""

import math
from dataclasses import dataclass

STEPS = (1, 2, 2.5, 5, 10)


@dataclass(frozen=True)
class Axis:
    """Values from `low` to `high` between the places `left` and `right`, with round ticks."""

    low: float
    high: float
    left: float
    right: float
    ticks: tuple[float, ...]

    def at(self, value: float) -> float:
        """Where a value stands; values beyond the ends stand at the end."""
        part = (min(max(value, self.low), self.high) - self.low) / (self.high - self.low)
        return self.left + part * (self.right - self.left)


def axis_over(values, left: float, right: float, *, most: int = 5, bounds: tuple[float, float] | None = None) -> Axis:
    """An axis that holds all `values`, ends on round numbers and has at most `most` steps.

    `bounds` are values no axis may pass (0 and 100 for percentages).
    """
    known = [value for value in values if value is not None and not math.isnan(value)]
    low, high = (min(known), max(known)) if known else (0.0, 1.0)
    step = _step(high - low or abs(high) or 1.0, most)
    first, last = math.floor(low / step + 1e-9) * step, math.ceil(high / step - 1e-9) * step
    if first == last:
        last += step
    if bounds:
        first, last = max(first, bounds[0]), min(last, bounds[1])
    count = round((last - first) / step)
    return Axis(first, last, left, right, tuple(round(first + i * step, 10) for i in range(count + 1)))


def axis_around(middle: float, reach: float, left: float, right: float, *,
                bounds: tuple[float, float] | None = None) -> Axis:
    """An axis with `middle` in its middle that holds all within `reach` of it, on round steps."""
    step = _step(reach, 3)
    ends = [middle + sign * math.ceil(reach / step - 1e-9) * step for sign in (-1, 1)]
    return axis_over(ends, left, right, most=6, bounds=bounds)


def _step(span: float, most: int) -> float:
    power = 10.0 ** math.floor(math.log10(span / most))
    return next(step * power for step in STEPS if step * power * most >= span * 0.999)
