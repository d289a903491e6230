"""Requests come back from JSON as they were."""

from __future__ import annotations

import pytest
from scrapy import Request, Spider

from crawler.frontier.requests import from_json, to_json


class Named(Spider):
    name = "named"

    def read(self, response):
        """Stand as a callback."""

    def fail(self, failure):
        """Stand as an errback."""


def test_everything_comes_back():
    spider = Named()
    asked = Request(
        "http://a.example/%C3%A9?q=1",
        spider.read,
        errback=spider.fail,
        method="POST",
        body=b"\x00\xff",
        headers={"If-None-Match": '"\u00e9"'.encode("latin-1")},
        meta={"site": "http://a.example/", "depth": 2, "redirect_urls": ["http://a.example/0"], "via": None},
        priority=-7,
        dont_filter=True,
    )
    back = from_json(to_json(asked, spider), spider)
    assert back.to_dict(spider=spider) == asked.to_dict(spider=spider)
    assert back.callback == spider.read


def test_what_is_no_json_is_refused_and_not_lost():
    spider = Named()
    with pytest.raises(TypeError):
        to_json(Request("http://a.example/", spider.read, meta={"found": object()}), spider)


def test_a_callback_of_nobody_is_refused():
    with pytest.raises(ValueError, match="not an instance method"):
        to_json(Request("http://a.example/", print), Named())
