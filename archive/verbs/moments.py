"""Points in time as people type them behind ``--at``."""

from __future__ import annotations

from calendar import monthrange
from datetime import datetime

import click

from archive.times import parse_timestamp, parse_warc_date


def read_moment(text: str) -> datetime:
    """Return the point in time that *text* names, aware UTC: a year, month or day means its end.

    ISO 8601 and the digits of replay addresses are read. Raises ValueError for anything else.

    >>> read_moment("2016-01").isoformat()
    '2016-01-31T23:59:59.999999+00:00'
    >>> read_moment("20160111232425").isoformat()
    '2016-01-11T23:24:25+00:00'
    """
    text = text.strip()
    start = parse_timestamp(text) if text.isdigit() and len(text) > 4 else parse_warc_date(text)
    digits = len(text.replace("-", ""))
    if ":" in text or digits > 8:
        return start
    if digits <= 6:
        month = start.month if digits == 6 else 12
        start = start.replace(month=month, day=monthrange(start.year, month)[1])
    return start.replace(hour=23, minute=59, second=59, microsecond=999_999)


class Moment(click.ParamType[datetime]):
    """A point in time on the command line."""

    name = "time"

    def convert(
        self, value: str | datetime, param: click.Parameter | None, ctx: click.Context | None
    ) -> datetime:
        """Return *value* as aware UTC; a usage error when it is no time."""
        if isinstance(value, datetime):
            return value
        try:
            return read_moment(value)
        except ValueError:
            self.fail(f"{value!r} is no time; write e.g. 2024-03-01 or 2024-03-01T08:30Z (UTC)", param, ctx)
