from __future__ import annotations

import pytest

from crawler.discovery.patterns import Patterns, learn

READ = [
    *((f"https://a.example/artikel/{n}-ab", True) for n in range(10001, 10010)),
    *(
        (f"https://a.example/service/{word}", False)
        for word in ("abo", "hilfe", "wetter", "tv", "jobs", "shop")
    ),
    *(
        (f"https://a.example/mixed/{word}", n % 2 == 0)
        for n, word in enumerate(("a", "b", "c", "d", "e", "f"))
    ),
]


@pytest.mark.parametrize(
    ("path", "rank"),
    [
        ("/artikel/20001-cd", "accept"),
        ("/service/spiele", "skip"),
        ("/mixed/g", None),
        ("/other/20001-cd", "accept"),
        ("/other/a", None),
        ("/", None),
    ],
)
def test_what_was_read_at_like_addresses_tells_what_a_new_one_is(path, rank):
    assert learn(READ).rank(f"https://a.example{path}") == rank


def test_few_pages_say_nothing():
    assert learn(READ[:4]).rank("https://a.example/artikel/20001-cd") is None
    assert Patterns().rank("https://a.example/x") is None
