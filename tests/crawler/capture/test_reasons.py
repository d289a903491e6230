from __future__ import annotations

import pytest
from scrapy.exceptions import DownloadFailedError, DownloadTimeoutError
from twisted.internet.error import ConnectionLost
from twisted.python.failure import Failure
from twisted.web.client import ResponseFailed

from crawler.capture.reasons import in_words


def chained(error, cause):
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (DownloadTimeoutError("Getting it took longer than 3 seconds."), "DownloadTimeoutError: Getting it took longer than 3 seconds."),
        (ValueError(), "ValueError"),
        (
            chained(DownloadFailedError("[<Failure>]"), ResponseFailed([Failure(ConnectionLost("reset")), Failure(ValueError("odd"))])),
            "ConnectionLost: Connection to the other side was lost in a non-clean fashion: reset.; ValueError: odd",
        ),
        (chained(DownloadFailedError("outer"), KeyError("inner")), "DownloadFailedError: outer"),
    ],
)  # fmt: skip
def test_errors_are_said_in_one_line(error, words):
    assert in_words(error) == words
