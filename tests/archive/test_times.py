from datetime import UTC, datetime, timedelta, timezone

import pytest

from archive.times import format_timestamp, format_warc_date, parse_timestamp, parse_warc_date


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2016", "2016-01-01T00:00:00+00:00"),
        ("2016-01", "2016-01-01T00:00:00+00:00"),
        ("2016-01-11", "2016-01-11T00:00:00+00:00"),
        ("2016-01-11T23:24Z", "2016-01-11T23:24:00+00:00"),
        ("2016-01-11T23:24:25Z", "2016-01-11T23:24:25+00:00"),
        ("2016-01-11T23:24:25.4Z", "2016-01-11T23:24:25.400000+00:00"),
        ("2016-01-11T23:24:25.412030917Z", "2016-01-11T23:24:25.412030+00:00"),
        ("2016-01-11 23:24:25", "2016-01-11T23:24:25+00:00"),
        ("2008-10-29T05:21:46-0700", "2008-10-29T12:21:46+00:00"),
        ("2008-10-29T05:21:46+05:30", "2008-10-28T23:51:46+00:00"),
        ("2016-12-31T23:59:60Z", "2016-12-31T23:59:59.999999+00:00"),
    ],
)
def test_warc_date_is_read_in_every_precision(text, expected):
    assert parse_warc_date(text).isoformat() == expected


@pytest.mark.parametrize(
    "text",
    ["", "now", "5088968-11-06T12:31:23Z", "2008-10-294T05:21:46-0700", "2016-02-30", "2016-1-1", "0000", "20160111",
     "2016-01-11T23:24:25Zx", "２０１６", "0001-01-01T00:00:00+09:00", "2016-01-11T23:24:25+99:99"],
)  # fmt: skip
def test_nonsense_is_no_warc_date(text):
    with pytest.raises(ValueError):  # noqa: PT011  (the message quotes the text)
        parse_warc_date(text)


def test_warc_date_is_written_in_utc_and_reads_back():
    moment = datetime(2016, 1, 12, 0, 24, 25, 412030, tzinfo=timezone(timedelta(hours=1)))
    assert format_warc_date(moment) == "2016-01-11T23:24:25.412030Z"
    assert parse_warc_date(format_warc_date(moment)) == moment


@pytest.mark.parametrize("write", [format_warc_date, format_timestamp])
def test_a_time_without_zone_is_refused(write):
    with pytest.raises(ValueError, match="no time zone"):
        write(datetime(2016, 1, 11))  # noqa: DTZ001


@pytest.mark.parametrize(
    ("digits", "expected"),
    [
        ("2016", "2016-01-01T00:00:00+00:00"),
        ("1997041717", "1997-04-17T17:00:00+00:00"),
        ("20160111232425", "2016-01-11T23:24:25+00:00"),
        ("201401010000000000", "2014-01-01T00:00:00+00:00"),
    ],
)
def test_timestamps_of_any_length_are_read(digits, expected):
    assert parse_timestamp(digits).isoformat() == expected


@pytest.mark.parametrize(
    "digits", ["", "123", "2016011123242x", "20161301000000", "ffee0a12345678", "-20160111232425"]
)
def test_nonsense_is_no_timestamp(digits):
    with pytest.raises(ValueError):  # noqa: PT011
        parse_timestamp(digits)


def test_timestamp_is_written_in_utc():
    assert format_timestamp(datetime(987, 6, 5, 4, 3, 2, tzinfo=UTC)) == "09870605040302"
