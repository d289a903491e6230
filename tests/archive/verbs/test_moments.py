import pytest

from archive.verbs.moments import read_moment


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2016", "2016-12-31T23:59:59.999999+00:00"),
        ("2016-02", "2016-02-29T23:59:59.999999+00:00"),
        ("201612", "2016-12-31T23:59:59.999999+00:00"),
        ("2016-01-11", "2016-01-11T23:59:59.999999+00:00"),
        ("20160111", "2016-01-11T23:59:59.999999+00:00"),
        ("2016-01-11T08:30", "2016-01-11T08:30:00+00:00"),
        ("2016-01-11T08:30:05+02:00", "2016-01-11T06:30:05+00:00"),
        ("20160111083005", "2016-01-11T08:30:05+00:00"),
        ("9999-12-31", "9999-12-31T23:59:59.999999+00:00"),
    ],
)
def test_a_year_month_or_day_means_its_end(text: str, moment: str):
    assert read_moment(text).isoformat() == moment


@pytest.mark.parametrize("text", ["", "soon", "2016-13", "2016-02-30", "123", "11.1.2016"])
def test_what_is_no_time_is_refused(text: str):
    with pytest.raises(ValueError, match=r"not a|month|day"):
        read_moment(text)
