"""Dates of other calendars."""

from datetime import UTC, datetime

import pytest

from crawler.extraction.calendars import in_gregorian
from crawler.extraction.when import read_moment

NOW = datetime(2026, 11, 28, tzinfo=UTC)


@pytest.mark.parametrize(
    ("raw", "iso"),
    [
        ("令和6年5月3日", "2024-05-03"),
        ("令和元年5月1日 10時20分", "2019-05-01T10:20:00"),
        ("平成31年4月30日", "2019-04-30"),
        ("中華民國113年5月3日", "2024-05-03"),
        ("3 พฤษภาคม 2567", "2024-05-03"),
        ("เผยแพร่: 3 พ.ค. 2567 10:20", "2024-05-03T10:20:00"),
        ("14 มิ.ย. 67", "2024-06-14"),
        ("30 ธันวาคม พ.ศ. 2566", "2023-12-30"),
        ("۱۴۰۳/۰۲/۱۴", "2024-05-03"),
        ("۱۴ اردیبهشت ۱۴۰۳", "2024-05-03"),
        ("۱ فروردین ۱۴۰۰", "2021-03-21"),
        ("۳۰ اسفند ۱۳۹۹", "2021-03-20"),
        ("۲۲ بهمن ۱۳۵۷", "1979-02-11"),
        ("2024年5月3日", "2024-05-03"),
        ("3 พฤษภาคม 2024", "2024-05-03"),
    ],
)
def test_a_date_of_another_calendar_is_read(raw: str, iso: str) -> None:
    moment = read_moment(raw, now=NOW)
    assert moment is not None
    assert moment.iso == iso


@pytest.mark.parametrize(
    "raw", ["۳۰ اسفند ۱۴۰۰", "۱۴۰۳/۱۳/۰۱", "14 رمضان 1445", "ref. 2567/12", "令和の時代"]
)
def test_what_is_no_such_day_stays_as_it_is(raw: str) -> None:
    assert in_gregorian(raw) == raw
    assert read_moment(raw, now=NOW) is None


def test_years_of_iran_begin_where_they_began() -> None:
    """Nowruz as it was: the days on which the years from 1389 to 1405 began."""
    march = {
        1389: 21,
        1390: 21,
        1391: 20,
        1392: 21,
        1395: 20,
        1396: 21,
        1399: 20,
        1400: 21,
        1403: 20,
        1404: 21,
        1405: 21,
    }
    digits = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
    for year, day in march.items():
        assert in_gregorian(f"{year}/01/01".translate(digits)) == f"{year + 621}-03-{day}"
