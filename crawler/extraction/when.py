"""Dates as people and machines write them, brought to ISO 8601 without inventing anything."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo

from crawler.extraction.calendars import in_gregorian
from crawler.extraction.months import LEVANTINE, MONTHS, ZONES, month_of

MAX_RAW = 300
_ISO = re.compile(
    r"(?<!\d)(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ,]{1,2}(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d{1,9})?)?\s*(Z|[+-]\d{2}:?\d{2}|[+-]\d{2}(?!\d))?)?"
)
_COMPACT = re.compile(r"^(\d{4})(\d{2})(\d{2})(?:T?(\d{2})(\d{2})(\d{2})?(Z|[+-]\d{2}:?\d{2})?)?$")
_CJK = re.compile(r"(\d{4})\s*[年년]\s*(\d{1,2})\s*[月월]\s*(\d{1,2})\s*[日일]?")
_YMD = re.compile(r"(?<![\d/.-])(\d{4})\s?[./-]\s?(\d{1,2})\s?[./-]\s?(\d{1,2})(?!\d)")
_NUMBERS = re.compile(r"(?<![\d/.,-])(?<!\d:)(\d{1,2})\s?([./-])\s?(\d{1,2})\s?\2\s?(\d{4}|\d{2})(?![\d:])")
_DAY_MONTH = re.compile(
    r"(?<![\d.])(?<!\d:)(\d{1,2})(?:st|nd|rd|th|er|º|\.|ª)?[\s.\-/]{0,3}(?:de |of |d')?\s?([^\W\d_]{3,12})\.?[\s,،.\-/']{0,3}(?:de |del )?\s?(\d{4}|'\d{2})(?!\d)"
)
_MONTH_DAY = re.compile(
    r"(?<!\w)([^\W\d_]{3,12})\.?[\s\-/]{1,2}(\d{1,2})(?:st|nd|rd|th)?(?:\s?,|\s|\.)\s?,?\s?(\d{4})(?!\d)"
)
_YEAR_FIRST = re.compile(
    r"(?<!\d)(\d{4})\.?,?\s([^\W\d_]{3,12})\.?\s(\d{1,2})(?![\d:])(?!(?:st|nd|rd|th)?,?\s\d{4})"
)
_UNIX = re.compile(r"\b([A-Z][a-z]{2}) +(\d{1,2}) (\d{2}):(\d{2}):(\d{2}) ([A-Z]{2,5}|[+-]\d{4}) (\d{4})\b")
_CLOCK = re.compile(
    r"(?<![\d:])(\d{1,2})(?::|h|\.|時|시)\s?(\d{2})(?:[:.](\d{2}))?(?!\d)\s?(?:分|uhr|hrs?|h\b)?\s?([ap]\.?m\b\.?)?|(?<![\d:])(\d{1,2})\s?([ap]\.?m\b\.?)",
    re.IGNORECASE,
)
_CJK_CLOCK = re.compile(
    r"(午前|上午|오전|凌晨|早上|午後|下午|晚上|오후)?\s?(?<!\d)(\d{1,2})\s?(?:[時时点點시]\s?(?:(\d{1,2})\s?[分분])?|[:：](\d{2}))"
)
_OFFSET = re.compile(
    r"(?:(?:GMT|UTC)\s?)?([+-])(\d{2}):?(\d{2})\b|(?:GMT|UTC)\s?([+-])(\d{1,2})(?::?(\d{2}))?\b|\b(Z|[A-Z]{2,5})\b"
)
_SENTINELS = frozenset(
    {
        date(1970, 1, 1),
        date(1900, 1, 1),
        date(1, 1, 1),
        date(1899, 12, 30),
        date(1899, 12, 31),
        date(1969, 12, 31),
        date(1601, 1, 1),
        date(2000, 1, 1),
        date(1980, 1, 1),
    }
)
_EARLIEST = 1800
AHEAD = timedelta(days=2)
"""A publication may lie this far after the capture: time zones, and clocks that are wrong."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A day, with the time and the offset where they were given."""

    day: date
    clock: time | None = None
    offset: tzinfo | None = None

    @property
    def iso(self) -> str:
        """Return ISO 8601: the day alone, or day and time to the second, with the offset when there is one."""
        if self.clock is None:
            return self.day.isoformat()
        return datetime.combine(self.day, self.clock, self.offset).isoformat(timespec="seconds")

    @property
    def precision(self) -> int:
        """Return 0 for a day, 1 with a time, 2 with an offset."""
        return (self.clock is not None) + (self.offset is not None)

    def in_zone(self, zone: tzinfo) -> Moment:
        """Return the moment with the zone's offset of that day, when it has a time and no offset yet."""
        if self.clock is None or self.offset is not None:
            return self
        offset = datetime.combine(self.day, self.clock, zone).utcoffset()
        return Moment(self.day, self.clock, timezone(offset)) if offset is not None else self

    def on_the_clock_of(self, zone: tzinfo) -> Moment:
        """Return the same instant as the clocks of *zone* showed it; itself without an offset, and at midnight.

        Midnight in UTC is mostly a day that somebody wrote as a time.
        """
        if self.clock is None or self.offset is None or self.clock == time(0):
            return self
        there = datetime.combine(self.day, self.clock, self.offset).astimezone(zone)
        offset = there.utcoffset()
        return Moment(there.date(), there.time(), timezone(offset)) if offset is not None else self


def read_moment(raw: str, *, order: str | None = None, now: datetime) -> Moment | None:
    """Return the moment that *raw* names, or None: for words without a date, impossible, sentinel and future dates.

    *order* (``dmy``, ``mdy``, ``ymd``) says how 3/4/2015 is meant; without it day first, unless that is
    impossible. *now* is the time of the capture.
    """
    text = in_gregorian(raw.strip()[:MAX_RAW])
    if not text:
        return None
    found = _epoch(text) if text.isdigit() else None
    for reader in (_iso, _compact, _cjk, _unix, _worded, _ymd):
        found = found or reader(text)
    found = found or _numeric(text, order)
    return found if found and _is_possible(found, now) else None


def _is_possible(moment: Moment, now: datetime) -> bool:
    if moment.day in _SENTINELS and (
        moment.clock is None
        or moment.clock in {time(0, 0), time(23, 0), time(1, 0)}
        or moment.day.year < 1980
    ):
        return False
    return moment.day.year >= _EARLIEST and moment.day <= (now + AHEAD).date()


def _day(year: str, month: str | int, day: str | int) -> date | None:
    number = int(year.strip("'"))
    if len(year.strip("'")) <= 2:
        number += 2000 if number < 70 else 1900
    try:
        return date(number, int(month), int(day))
    except ValueError:
        return None


def _epoch(text: str) -> Moment | None:
    if len(text) not in {10, 13}:
        return None
    seconds = int(text) / (1000 if len(text) == 13 else 1)
    if seconds < 500_000_000:
        return None
    moment = datetime.fromtimestamp(seconds, UTC)
    return Moment(moment.date(), moment.time().replace(microsecond=0), UTC)


def _iso(text: str) -> Moment | None:
    match = _ISO.search(text)
    if match is None:
        return None
    year, month, day, hour, minute, second, offset = match.groups()
    found = _day(year, month, day)
    if found is None:
        return None
    clock = _clock(hour, minute, second) if hour else None
    if clock is None and match.end() < len(text):
        return _with_clock(found, text[match.end() :])
    return Moment(
        found, clock, _fixed(offset) if clock and offset else _zone(text[match.end() :]) if clock else None
    )


def _compact(text: str) -> Moment | None:
    match = _COMPACT.match(text)
    if match is None:
        return None
    found = _day(*match.group(1, 2, 3))
    if found is None:
        return None
    clock = _clock(*match.group(4, 5, 6)) if match.group(4) else None
    return Moment(found, clock, _fixed(match.group(7)) if clock and match.group(7) else None)


def _cjk(text: str) -> Moment | None:
    match = _CJK.search(text)
    found = _day(*match.group(1, 2, 3)) if match else None
    return _with_eastern_clock(found, text[match.end() :]) if match and found else None


def _ymd(text: str) -> Moment | None:
    match = _YMD.search(text)
    found = _day(*match.group(1, 2, 3)) if match else None
    return _with_eastern_clock(found, text[match.end() :]) if match and found else None


def _with_eastern_clock(found: date, rest: str) -> Moment:
    """Read times as Chinese, Japanese and Korean write them: the half of the day first, 時 and 分 behind the numbers."""
    said = _CJK_CLOCK.search(rest[:60])
    if said is None or (said.group(1) is None and said.group(4)):
        return _with_clock(found, rest)
    half, hour, minute, digits = said.groups()
    late = half in {"午後", "下午", "晚上", "오후"} and int(hour) < 12
    clock = _clock(str(int(hour) + 12) if late else hour, minute or digits or "0")
    return Moment(found, clock, _zone(rest[said.end() :]) if clock else None)


def _unix(text: str) -> Moment | None:
    """Read the form of date(1) and of Java: ``Fri Apr 28 19:20:36 CEST 2023``."""
    match = _UNIX.search(text)
    if match is None or match.group(1).lower() not in MONTHS:
        return None
    found = _day(match.group(7), MONTHS[match.group(1).lower()], match.group(2))
    return Moment(found, _clock(*match.group(3, 4, 5)), _zone(match.group(6))) if found else None


def _worded(text: str) -> Moment | None:
    for words, name in LEVANTINE.items():
        text = text.replace(words, name)
    best: tuple[int, date, int] | None = None
    for pattern, year_at, month_at, day_at in (
        (_DAY_MONTH, 3, 2, 1),
        (_MONTH_DAY, 3, 1, 2),
        (_YEAR_FIRST, 1, 2, 3),
    ):
        for match in pattern.finditer(text):
            month = month_of(match.group(month_at))
            found = _day(match.group(year_at), month, match.group(day_at)) if month else None
            if found and (best is None or match.start() < best[0]):
                best = (match.start(), found, match.end())
                break
    if best is None:
        return None
    return (
        _with_clock(best[1], text[best[2] :])
        if _CLOCK.search(text[best[2] :])
        else _with_clock(best[1], text[: best[0]])
    )


def _numeric(text: str, order: str | None) -> Moment | None:
    for match in _NUMBERS.finditer(text):
        first, separator, second, year = match.groups()
        month_first = order == "mdy" if order else False
        pairs = [(second, first), (first, second)]
        if month_first:
            pairs.reverse()
        if separator == "." and order is None:
            pairs = pairs[:1]
        for month, day in pairs:
            found = _day(year, month, day)
            if found:
                return _with_clock(found, text[match.end() :])
    return None


def _with_clock(found: date, rest: str) -> Moment:
    match = _CLOCK.search(rest[:60])
    if match is None:
        return Moment(found)
    hour, minute, second, half, whole, whole_half = match.groups()
    clock = _clock(hour or whole, minute or "0", second, half or whole_half)
    return Moment(found, clock, _zone(rest[match.end() : match.end() + 40]) if clock else None)


def _clock(hour: str, minute: str, second: str | None = None, half: str | None = None) -> time | None:
    number = int(hour)
    if half:
        if not 1 <= number <= 12:
            return None
        number = number % 12 + (12 if half.lower().startswith("p") else 0)
    try:
        return time(number, int(minute), int(second or 0))
    except ValueError:
        return None


def _fixed(offset: str) -> tzinfo | None:
    if offset == "Z":
        return UTC
    digits = offset[1:].replace(":", "").ljust(4, "0")
    return _offset(offset[0], int(digits[:2]), int(digits[2:]))


def _offset(sign: str, hours: int, minutes: int) -> tzinfo | None:
    if hours > 14 or minutes > 59:
        return None
    shift = timedelta(hours=hours, minutes=minutes)
    return timezone(-shift if sign == "-" else shift) if shift else UTC


def _zone(rest: str) -> tzinfo | None:
    """Return the offset said behind a time, as numbers or by a name that means one offset only."""
    for match in _OFFSET.finditer(rest[:40]):
        sign, hours, minutes, near_sign, near_hours, near_minutes, name = match.groups()
        if sign:
            return _offset(sign, int(hours), int(minutes))
        if near_sign:
            return _offset(near_sign, int(near_hours), int(near_minutes or 0))
        if name in ZONES:
            return timezone(timedelta(hours=ZONES[name])) if ZONES[name] else UTC
    return None
