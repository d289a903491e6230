"""Times as WARC files write them, to aware UTC datetimes and back."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone
from functools import lru_cache
from itertools import pairwise

_ISO = re.compile(
    r"(?P<year>\d{4})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d)"
    r"(?:[Tt ](?P<hour>\d\d):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:[.,](?P<fraction>\d{1,18}))?)?"
    r"\s?(?P<offset>[Zz]|[+-]\d\d:?\d\d)?)?)?)?",
    re.ASCII,
)
_UNITS = {"m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1)}
_NO_PUNCTUATION = str.maketrans("", "", "-:T")
_EARLIEST = "00000101000000"
"""What the missing digits of a short timestamp are taken from."""
_ahead = timedelta(0)
"""How far the program's clock is ahead of the machine's; only a rehearsal sets it (see *set_clock*)."""


def utc_now() -> datetime:
    """Return the time, aware UTC: the one clock of captures, runs and schedules."""
    return datetime.now(UTC) + _ahead


def set_clock(moment: datetime) -> None:
    """Let it be *moment* now; time goes on from there. For rehearsals, in which a month passes in a minute."""
    global _ahead  # noqa: PLW0603  (one process has one clock)
    _ahead = moment - datetime.now(UTC)


@lru_cache(maxsize=256)  # the records of one exchange have the same
def parse_warc_date(text: str) -> datetime:
    """Return the point in time that a WARC-Date names, as aware UTC.

    Every precision of WARC 1.1, 5.4 is read, from the year alone to nanoseconds (digits behind the
    microsecond are dropped). Older files bring offsets (``-0700``), blanks for the ``T`` and no zone (taken
    as UTC). Raises ValueError for anything else, impossible days included.

    >>> parse_warc_date("2016-01-11T23:24:25.412030917Z").isoformat()
    '2016-01-11T23:24:25.412030+00:00'
    >>> parse_warc_date("2016").isoformat()
    '2016-01-01T00:00:00+00:00'
    """
    match = _ISO.fullmatch(text.strip())
    if match is None:
        raise ValueError(f"not a WARC date: {text[:60]!r}")
    part = match.groupdict()
    number = {name: int(part[name] or 0) for name in ("hour", "minute", "second")}
    micro = int((part["fraction"] or "0").ljust(6, "0")[:6])
    if number["second"] == 60:  # a leap second is the end of its minute
        number["second"], micro = 59, 999_999
    try:
        return datetime(
            int(part["year"]),
            int(part["month"] or 1),
            int(part["day"] or 1),
            number["hour"],
            number["minute"],
            number["second"],
            micro,
            tzinfo=_zone(part["offset"]),
        ).astimezone(UTC)
    except OverflowError as error:  # the first and last hours of the calendar, seen from another zone
        raise ValueError(f"not a WARC date: {text[:60]!r}") from error


def format_warc_date(moment: datetime) -> str:
    """Return *moment* as WARC-Date in UTC, with six digits behind the second (WARC 1.1, 5.4).

    >>> format_warc_date(datetime(2016, 1, 11, 23, 24, 25, tzinfo=UTC))
    '2016-01-11T23:24:25.000000Z'
    """
    # Not strftime: its %Y has no leading zeros before the year 1000.
    return _utc(moment).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def parse_ages(words: str) -> tuple[timedelta, ...]:
    """Return the ages that *words* such as ``30m 1h 2d`` name. Raises ValueError when they are none, or do not rise.

    >>> parse_ages("30m 1h 2d")[-1]
    datetime.timedelta(days=2)
    """
    ages = []
    for word in words.split():
        match = re.fullmatch(r"(\d{1,5})([mhd])", word)
        if match is None:
            raise ValueError(f"{word!r} is no time such as 30m, 8h or 7d")
        ages.append(int(match[1]) * _UNITS[match[2]])
    if any(later <= earlier for earlier, later in pairwise((timedelta(0), *ages))):
        raise ValueError(f"{words!r}: each time must be longer than the one before")
    return tuple(ages)


def parse_timestamp(digits: str) -> datetime:
    """Return the point in time of a timestamp such as CDX and ARC files use: ``YYYYMMDDhhmmss``, aware UTC.

    Four to thirteen digits mean the beginning of what they name; digits behind the fourteenth are parts of
    a second. Raises ValueError for anything else.

    >>> parse_timestamp("201601").isoformat()
    '2016-01-01T00:00:00+00:00'
    """
    if not re.fullmatch(r"\d{4,20}", digits, re.ASCII):
        raise ValueError(f"not a timestamp: {digits[:60]!r}")
    full = (digits[:14] + _EARLIEST[len(digits) :]) if len(digits) < 14 else digits[:14]
    moment = datetime.strptime(full, "%Y%m%d%H%M%S")  # noqa: DTZ007  (the zone follows)
    return moment.replace(microsecond=int(digits[14:20].ljust(6, "0")), tzinfo=UTC)


def format_timestamp(moment: datetime) -> str:
    """Return the 14 digits ``YYYYMMDDhhmmss`` of *moment* in UTC.

    >>> format_timestamp(datetime(2016, 1, 11, 23, 24, 25, tzinfo=UTC))
    '20160111232425'
    """
    moment = _utc(moment)
    return moment.isoformat(timespec="seconds")[:19].translate(_NO_PUNCTUATION)


def _utc(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError(f"{moment} has no time zone")
    return moment.astimezone(UTC)


def _zone(offset: str | None) -> timezone:
    if offset is None or offset in "Zz":
        return UTC
    sign = -1 if offset[0] == "-" else 1
    return timezone(sign * timedelta(hours=int(offset[1:3]), minutes=int(offset[-2:])))
