"""Dates of calendars other than the Gregorian, brought into it: Thai, Japanese eras, the Republic of China, Iran.

Only where the text says which calendar it is: an era's name, the script, the names of months, or Persian digits behind which
stands a year of that count. The Islamic lunar calendar is left alone: which day it is depends on who saw the moon.
"""

from __future__ import annotations

import re
from datetime import date

_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "大正": 1911, "明治": 1867, "民國": 1911, "民国": 1911}
"""Name of an era → the Gregorian year before its first."""
_ERA = re.compile(rf"(?:中華|中华)?({'|'.join(_ERAS)})\s*(元|\d{{1,3}})\s*年")
_MONTHS_OF_THAILAND = (
    "มกราคม ม.ค.", "กุมภาพันธ์ ก.พ.", "มีนาคม มี.ค.", "เมษายน เม.ย.", "พฤษภาคม พ.ค.", "มิถุนายน มิ.ย.",
    "กรกฎาคม ก.ค.", "สิงหาคม ส.ค.", "กันยายน ก.ย.", "ตุลาคม ต.ค.", "พฤศจิกายน พ.ย.", "ธันวาคม ธ.ค.",
)  # fmt: skip
_THAI_MONTHS = {name: month for month, names in enumerate(_MONTHS_OF_THAILAND, 1) for name in names.split()}
_THAI = re.compile(
    rf"(?<!\d)(\d{{1,2}})\s*({'|'.join(map(re.escape, _THAI_MONTHS))})\s*(?:พ\.\s?ศ\.\s*)?(2[0456]\d\d|\d\d)(?![\d:])"
)
BUDDHIST_YEARS = 543
"""Years by which the Thai count is ahead; since 1941 both begin on the first of January."""
_MONTHS_OF_IRAN = [
    "فروردین",
    "اردیبهشت",
    "خرداد",
    "تیر",
    "مرداد",
    "شهریور",
    "مهر",
    "آبان",
    "آذر",
    "دی",
    "بهمن",
    "اسفند",
]
_IRAN_WORDED = re.compile(
    rf"(?<!\d)(\d{{1,2}})\s*({'|'.join(_MONTHS_OF_IRAN)})\s*(?:ماه\s*)?([1۱][34۳۴]\d\d)(?!\d)"
)
_IRAN_NUMBERS = re.compile(r"(?<!\d)([۱][۳۴][۰-۹]{2})\s?[/\-.]\s?([۰-۹]{1,2})\s?[/\-.]\s?([۰-۹]{1,2})(?!\d)")
_NEW_YEAR_1403 = date(2024, 3, 20)


def in_gregorian(text: str) -> str:
    """Return *text* with the dates of other calendars written in ISO 8601, or their years in the Gregorian count.

    >>> in_gregorian("令和6年5月3日 10:20"), in_gregorian("3 พฤษภาคม 2567"), in_gregorian("۱۴۰۳/۰۲/۱۴")
    ('2024年5月3日 10:20', '2024-05-03', '2024-05-03')
    """
    if text.isascii():
        return text
    text = _ERA.sub(_of_era, text)
    text = _THAI.sub(_of_thailand, text)
    text = _IRAN_WORDED.sub(
        lambda match: _iranian(match[0], match[3], _MONTHS_OF_IRAN.index(match[2]) + 1, match[1]), text
    )
    return _IRAN_NUMBERS.sub(lambda match: _iranian(match[0], match[1], int(match[2]), match[3]), text)


def _of_era(match: re.Match[str]) -> str:
    number = 1 if match[2] == "元" else int(match[2])
    return f"{_ERAS[match[1]] + number}年"


def _of_thailand(match: re.Match[str]) -> str:
    """Return the day in ISO 8601; two digits of a year are of the Buddhist count."""
    year = int(match[3]) + (2500 if len(match[3]) == 2 else 0)
    return f"{year - BUDDHIST_YEARS if year > 2400 else year}-{_THAI_MONTHS[match[2]]:02}-{int(match[1]):02}"


def _iranian(printed: str, year: str, month: int, day: str) -> str:
    """Return the day in ISO 8601; *printed* where there is no such day."""
    number, of_month = int(year), int(day)
    if not 1 <= month <= 12 or not 1 <= of_month <= _days_in(number, month):
        return printed
    passed = _days_before(number, month) + of_month - 1 - _days_before(1403, 1)
    return date.fromordinal(_NEW_YEAR_1403.toordinal() + passed).isoformat()


def _days_in(year: int, month: int) -> int:
    if month <= 6:
        return 31
    return 30 if month < 12 else _days_before(year + 1, 1) - _days_before(year, 12)


def _days_before(year: int, month: int) -> int:
    """Return the days before a month, counted from a fixed day: eight leap years in 33, which is right for 1799 to 2256."""
    shifted = year + 1595
    leap_days = shifted // 33 * 8 + (shifted % 33 + 3) // 4
    return 365 * shifted + leap_days + (31 * (month - 1) if month <= 7 else 30 * (month - 7) + 186)
