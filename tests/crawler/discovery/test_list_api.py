from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from archive.model import Page
from crawler.discovery.list_api import find_list_api, read_list_api
from crawler.profiles import SiteProfile
from crawler.profiles.records import ListApi

RULE = ListApi(
    url="https://a.example/api/latest",
    items="data.items",
    address="https://a.example/news/{id}",
    published="at",
    headline="t",
)
PROFILE = SiteProfile(domains=("a.example",), timezone="Asia/Jerusalem", list_api=(RULE,))


def answer(value) -> Page:
    payload = value if isinstance(value, bytes) else json.dumps(value).encode()
    return Page(url=RULE.url, captured_at=datetime(2026, 11, 23, tzinfo=UTC), headers=(), payload=payload)


def test_the_articles_of_a_listing_api_are_found_with_time_and_headline():
    entries = [
        {"id": 7, "at": "2026-11-23T10:00:00", "t": "Storm"},
        {"id": 8, "at": 1763892000},
        {"at": "x"},
        5,
    ]
    first, second = read_list_api(answer({"data": {"items": entries}}), RULE, PROFILE)
    assert (first.url, first.title, first.changed_at) == (
        "https://a.example/news/7",
        "Storm",
        datetime(2026, 11, 23, 8, tzinfo=UTC),
    )
    assert (second.url, second.changed_at) == (
        "https://a.example/news/8",
        datetime(2025, 11, 23, 10, tzinfo=UTC),
    )
    assert find_list_api(RULE.url, PROFILE) is RULE


@pytest.mark.parametrize("value", [b"", b"{", b"[" * 5000, {"data": []}, {"data": {"items": "x"}}, [1], None])
def test_an_answer_of_another_form_names_nothing(value):
    assert read_list_api(answer(value), RULE, PROFILE) == []
