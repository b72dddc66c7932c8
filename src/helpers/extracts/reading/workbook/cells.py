"""One cell of a workbook as the text that a reader sees there."""

import datetime as dt
from decimal import Decimal

from helpers.extracts.reading.workbook.scanned import PERCENT

_HALF_A_SECOND = dt.timedelta(microseconds=500_000)


def cell_text(cell) -> str:
    """The text of a value: whole numbers without a point, dates as ISO dates, times to the second."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, dt.datetime):
        return _moment(cell)
    if isinstance(cell, dt.time):  # kept as a part of a day, so that half past nine may come as 09:29:59.999
        return _moment(dt.datetime.combine(dt.date(2000, 1, 1), cell))[11:] or "00:00:00"
    return _duration(cell) if isinstance(cell, dt.timedelta) else str(cell)


def shown_text(cell: float, how: int) -> str:
    """The text of a number that its format shows as 53% or as 007, with all its digits."""
    if how == PERCENT:
        percent = Decimal(repr(cell)) * 100
        return f"{percent.normalize():f}%" if percent.is_finite() else repr(cell)
    return f"{int(cell):0{how}d}" if cell.is_integer() else repr(cell)


def _moment(moment: dt.datetime) -> str:
    whole = (moment + _HALF_A_SECOND).replace(microsecond=0) if moment.year < dt.MAXYEAR else moment
    return whole.date().isoformat() if whole.time() == dt.time() else whole.isoformat(sep=" ")


def _duration(length: dt.timedelta) -> str:
    """30:00:00, as spreadsheets show more than a day."""
    seconds = round(length.total_seconds())
    minutes, second = divmod(abs(seconds), 60)
    return f"{'-' if seconds < 0 else ''}{minutes // 60}:{minutes % 60:02}:{second:02}"
