import pytest

from crawler.capture.appetite import HEAP_MAX_BYTES, is_wanted


@pytest.mark.parametrize(
    ("media_type", "length", "wanted"),
    [
        ("text/html", 1, True),
        ("text/html", None, True),
        ("", HEAP_MAX_BYTES, True),
        ("", HEAP_MAX_BYTES + 1, False),
        ("application/octet-stream", 5_000, True),
        ("application/gzip", 5_000, True),
        ("application/octet-stream", HEAP_MAX_BYTES + 1, False),
        ("image/jpeg", 5_000, True),
        ("text/css", 5_000, True),
        ("AUDIO/mpeg ", 1, False),
        ("application/zip; x=y", 1, False),
        ("application/pdf", None, False),
    ],
)
def test_what_scrapy_gets(media_type, length, wanted):
    assert is_wanted(media_type, length, HEAP_MAX_BYTES) is wanted


def test_without_limit_only_the_type_counts():
    assert is_wanted("text/html", 1 << 40, 0)
    assert not is_wanted("video/mp4", 1, 0)
