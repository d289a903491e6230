from __future__ import annotations

import doctest

import pytest
from scrapy import Request

from archive.model import FetchNotes
from crawler.capture import appetite, disk, notes, tape
from crawler.capture.notes import fetch_notes, forget_last_download, leave_without_body

PAGE = "https://a.example/page"


@pytest.mark.parametrize(
    ("url", "meta", "expected"),
    [
        (PAGE, {}, FetchNotes()),
        (PAGE, {"via": "https://a.example/", "discovery": "link"}, FetchNotes(via="https://a.example/", discovery="link")),
        (PAGE, {"robots": "allowed", "robots_record": "urn:uuid:1"}, FetchNotes(robots="allowed", robots_record="urn:uuid:1")),
        (PAGE, {"revalidates": "urn:uuid:2"}, FetchNotes(revalidates="urn:uuid:2")),
        ("https://a.example/robots.txt", {"dont_obey_robotstxt": True}, FetchNotes(discovery="robots")),
        ("https://a.example/robots.txt", {"discovery": "seed"}, FetchNotes(discovery="seed")),
        (
            PAGE,
            {"discovery": "link", "via": "https://a.example/", "revalidates": "urn:uuid:2", "redirect_urls": ["https://a.example/1", "https://a.example/2"]},
            FetchNotes(via="https://a.example/2", discovery="redirect"),
        ),
    ],
)  # fmt: skip
def test_notes_are_read_from_the_meta(url, meta, expected):
    assert fetch_notes(url, meta) == expected


@pytest.mark.parametrize("module", [appetite, disk, notes, tape])
def test_examples_in_the_docstrings_hold(module):
    assert doctest.testmod(module).failed == 0
    assert doctest.testmod(module).attempted > 0


def test_a_body_left_out_by_itself_is_asked_for_again_after_a_redirect_or_retry():
    request = Request(PAGE, meta={"discovery": "link"})
    leave_without_body(request)
    assert request.meta["archive_only"] is True

    again = Request(PAGE, meta=dict(request.meta))
    forget_last_download(again)
    assert set(again.meta) == {"discovery"}

    asked = Request(PAGE, meta={"archive_only": True})
    forget_last_download(asked)
    assert asked.meta["archive_only"] is True
