"""Addresses are found in whatever a page is made of."""

import pytest

from archive.export.named import named_urls


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ('<img src="/a.png">', "http://x.example/a.png"),
        ("<img src='a b (1), c.png'>", "http://x.example/p/a%20b%20(1),%20c.png"),
        ("<img src=a.png?w=1>", "http://x.example/p/a.png?w=1"),
        ('<img src="/a?w=1&amp;h=2">', "http://x.example/a?w=1&h=2"),
        ('<img srcset="/a.png 1x,/b.png 2x">', "http://x.example/b.png"),
        ('<img data-src="//y.example/a">', "http://y.example/a"),
        ('<script>{"u":"https:\\/\\/y.example\\/a.png"}</script>', "https://y.example/a.png"),
        ('<script>{"u":"https:\\u002F\\u002Fy.example/a?b=1\\u0026c"}</script>', "https://y.example/a?b=1&c"),
        ("a{background:url(/a.png)}", "http://x.example/a.png"),
        ("@import '/t.css' screen;", "http://x.example/t.css"),
        ("<i style=\"background:url('/a.png')\">", "http://x.example/a.png"),
        ('<svg><use href="/s.svg#icon"/></svg>', "http://x.example/s.svg"),
        ('<base href="/deep/er/"><img src="a.png">', "http://x.example/deep/er/a.png"),
        ('<p>don\'t</p><img src="/a.png">', "http://x.example/a.png"),
    ],
)
def test_an_address_is_found(text: str, url: str):
    assert url in named_urls(text, "http://x.example/p/q")


@pytest.mark.parametrize(
    "text",
    ["", "and so on.", "data:image/png;base64,AA/B", "mailto:a@b.example", "javascript:a/b", "http://[bad/"],
)
def test_what_is_none_is_not(text: str):
    assert named_urls(text, "http://x.example/p/q") == ()


def test_hostile_text_takes_no_time():
    text = '<a href="/n/1.html">' * 20_000 + "'" * 20_000 + "<base " * 5000

    assert named_urls(text, "http://x.example/") == ("http://x.example/n/1.html",)
