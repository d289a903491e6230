"""Facet tokens: one word for each value that an article can be filtered by, so that filters are full-text search too."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from hashlib import blake2b
from typing import TYPE_CHECKING

from archive.index.fold import fold
from archive.index.identity import domains

if TYPE_CHECKING:
    from collections.abc import Iterator

ARTICLE_TYPES = ("article", "live-blog", "gallery", "video", "brief", "paywall-stub")
"""What kinds of page are articles: each article has the token of one of them."""
MOST_VERSIONS = 20
_DIGITS = 6
_FAR = 10**_DIGITS
"""Up to so many versions are told by tokens."""
_LISTED_YEARS = (1900, 2039)
"""Of a span that is open at one end, years up to here stand one by one, and by their beginnings beyond: little lies there."""


def token(facet: str, value: str) -> str:
    """Return the token of *value* in *facet*: a word that no text holds; equal for values that fold alike.

    >>> token("agency", "AFP") == token("agency", "afp")
    True
    """
    plain = fold(value) or ""
    return f"x{facet}{blake2b(plain.encode(), digest_size=8).hexdigest()}"


def of_site(site: str) -> Iterator[str]:
    """Yield the tokens of a host name: its own, and those of the domains above it."""
    for domain in domains(site):
        yield token("site", domain)


def of_day(day: str) -> Iterator[str]:
    """Yield the tokens of an ISO date: year, month and day, as far as it goes."""
    for length in (4, 7, 10):
        if len(day) >= length:
            yield f"xon{day[:length].replace('-', '')}"


def of_language(language: str) -> Iterator[str]:
    """Yield the tokens of a BCP 47 tag: the whole, and its primary subtag."""
    yield token("lang", language)
    primary = language.partition("-")[0]
    if primary != language:
        yield token("lang", primary)


def of_span(first: str, last: str) -> list[str]:
    """Return the tokens of which a date from *first* to *last* has one, as an FTS5 expression each; empty ends are open.

    Both are ISO dates, or the beginnings of one; the whole of a year or month counts. Raises ValueError when one is no
    date, or nothing lies between them.

    >>> of_span("2015-11-29", "2016")
    ['"xon20151129"', '"xon20151130"', '"xon201512"', '"xon2016"']
    """
    start = _first_day(first) if first else date(_LISTED_YEARS[0], 1, 1)
    end = _last_day(last) if last else date(max(_LISTED_YEARS[1], start.year), 12, 31)
    if not first:
        start = min(start, date(end.year, 1, 1))
    if start > end:
        raise ValueError(f"{first} lies behind {last}")
    found = [f'"xon{period}"' for period in _periods(start, end)]
    if not first:
        found += _beginnings(0, start.year)
    if not last:
        found += _beginnings(end.year + 1, 10_000)
    return found


def of_versions(count: int) -> Iterator[str]:
    """Yield the tokens of an article with *count* versions: that there are more than one, more than two, and so on.

    Above MOST_VERSIONS the number itself is one, with as many digits as any other: what begins alike is a span of numbers.

    >>> list(of_versions(3))
    ['xmore1', 'xmore2']
    """
    for less in range(1, min(count, MOST_VERSIONS + 1)):
        yield f"xmore{less}"
    if count > MOST_VERSIONS:
        yield f"xvers{min(count, _FAR - 1):0{_DIGITS}}"


def of_more_versions(number: int) -> list[str]:
    """Return expressions of which those hold one, and no others, that have more than *number* versions; *number* is 1 or more.

    >>> of_more_versions(7), of_more_versions(999_988)
    (['"xmore7"'], ['"xvers999989"', '"xvers99999" *'])
    """
    if number <= MOST_VERSIONS:
        return [f'"xmore{number}"']
    return list(_spanning("xvers", _DIGITS, number + 1, _FAR))


def _periods(day: date, end: date) -> Iterator[str]:
    """Yield the fewest whole years, months and days, without hyphens, that make up the span from *day* to *end*."""
    while day <= end:
        year, month = date(day.year, 12, 31), _end_of_month(day)
        if day.month == day.day == 1 and year <= end:
            yield f"{day:%Y}".zfill(4)
            last = year
        elif day.day == 1 and month <= end:
            yield f"{day:%Y%m}".zfill(6)
            last = month
        else:
            yield f"{day:%Y%m%d}".zfill(8)
            last = day
        if last == date.max:
            return
        day = last + timedelta(days=1)


def _beginnings(first: int, end: int) -> Iterator[str]:
    """Yield prefixes that the years from *first* to before *end*, and no others of four digits, begin with."""
    return _spanning("xon", 4, first, end)


def _spanning(mark: str, digits: int, first: int, end: int) -> Iterator[str]:
    """Yield what tokens of *mark* and a number of so many *digits* begin with, of the numbers from *first* to before *end* only."""
    number = first
    while number < end:
        free = next(n for n in reversed(range(digits)) if number % 10**n == 0 and number + 10**n <= end)
        text = f"{number:0{digits}}"[: digits - free]
        yield f'"{mark}{text}" *' if free else f'"{mark}{text}"'
        number += 10**free


def _first_day(text: str) -> date:
    return date.fromisoformat((text + "-01-01")[:10])


def _last_day(text: str) -> date:
    if len(text) == 10:
        return date.fromisoformat(text)
    return date(int(text), 12, 31) if len(text) == 4 else _end_of_month(date.fromisoformat(text + "-01"))


def _end_of_month(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])
