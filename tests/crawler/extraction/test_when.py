from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from crawler.extraction.when import read_moment

NOW = datetime(2024, 6, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("raw", "order", "iso"),
    [
        ("2024-03-05", None, "2024-03-05"),
        ("2024-03-05T07:08:09Z", None, "2024-03-05T07:08:09+00:00"),
        ("2024-03-05T07:08:09.123+0530", None, "2024-03-05T07:08:09+05:30"),
        ("2024-03-05 07:08", None, "2024-03-05T07:08:00"),
        ("Tue, 05 Mar 2024 07:08:09 -0300", None, "2024-03-05T07:08:09-03:00"),
        ("Tue Mar 05 07:08:09 CET 2024", None, "2024-03-05T07:08:09+01:00"),
        ("5 March 2024, 7:08 p.m.", None, "2024-03-05T19:08:00"),
        ("March 5, 2024 12:00 AM EST", None, "2024-03-05T00:00:00-05:00"),
        ("5. März 2024 um 07:08 Uhr", None, "2024-03-05T07:08:00"),
        ("5 de marzo de 2024", None, "2024-03-05"),
        ("1er août 2023", None, "2023-08-01"),
        ("5 марта 2024", None, "2024-03-05"),
        ("2024年3月5日 07時08分", None, "2024-03-05T07:08:00"),
        ("2024. 3. 5.", None, "2024-03-05"),
        ("2024年3月5日午後3時5分", None, "2024-03-05T15:05:00"),
        ("2024/3/5 下午 3:05", None, "2024-03-05T15:05:00"),
        ("2024년 3월 5일 오후 3:05", None, "2024-03-05T15:05:00"),
        ("5 במרץ 2024, 07:08", None, "2024-03-05T07:08:00"),
        ("5 مارس 2024، 07:08", None, "2024-03-05T07:08:00"),
        ("5 تشرين الثاني 2023", None, "2023-11-05"),
        ("5 Mart 2024 07:08", None, "2024-03-05T07:08:00"),
        ("5 marca 2024, 07:08", None, "2024-03-05T07:08:00"),
        ("5 de março de 2024 às 7h08", None, "2024-03-05T07:08:00"),
        ("5 marzo 2024, ore 7.08", None, "2024-03-05T07:08:00"),
        ("5 maart 2024 07:08", None, "2024-03-05T07:08:00"),
        ("2024. március 5. 07:08", None, "2024-03-05T07:08:00"),
        ("Since 2015 March 5, 2024", None, "2024-03-05"),
        ("Dec 30, 2015, 4:25 AM (GMT+2)", None, "2015-12-30T04:25:00+02:00"),
        ("05/03/24 07:08", "dmy", "2024-03-05T07:08:00"),
        ("05/03/24 07:08", "mdy", "2024-05-03T07:08:00"),
        ("25/03/24", "mdy", "2024-03-25"),
        ("3/25/2024", "dmy", "2024-03-25"),
        ("05.03.2024", None, "2024-03-05"),
        ("Datum:5. März 2024", None, "2024-03-05"),
        ("1709622489", None, "2024-03-05T07:08:09+00:00"),
        ("1709622489000", None, "2024-03-05T07:08:09+00:00"),
        ("20240305", None, "2024-03-05"),
    ],
)
def test_dates_as_they_are_written(raw: str, order: str | None, iso: str) -> None:
    moment = read_moment(raw, order=order, now=NOW)
    assert moment is not None
    assert moment.iso == iso


@pytest.mark.parametrize(
    "raw",
    [
        "",
        "yesterday",
        "1970-01-01T00:00:00Z",
        "0001-01-01T00:00:00",
        "1900-01-01",
        "9999-12-31",
        "2024-06-09",
        "2024-13-01",
        "2024-02-30",
        "31.02.2024",
        "99/99/99",
        "12345",
        "May we go",
    ],
)
def test_no_date_no_sentinel_no_future(raw: str) -> None:
    assert read_moment(raw, now=NOW) is None


@pytest.mark.parametrize(
    ("raw", "offset"),
    [("2024-01-10 10:00", "+02:00"), ("2024-05-10 10:00", "+03:00"), ("2024-05-10 10:00 GMT", "+00:00")],
)
def test_a_zone_gives_the_offset_of_its_day_and_only_where_there_is_none(raw: str, offset: str) -> None:
    moment = read_moment(raw, now=NOW)
    assert moment is not None
    assert moment.in_zone(ZoneInfo("Asia/Jerusalem")).iso.endswith(offset)


def test_a_day_alone_gets_no_time() -> None:
    moment = read_moment("2024-05-10", now=NOW)
    assert moment is not None
    assert moment.in_zone(ZoneInfo("Asia/Jerusalem")).iso == "2024-05-10"
