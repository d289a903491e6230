import pytest
from pages import document

from crawler.extraction.requisites import absolute, css_requisites, page_requisites, srcset_urls
from crawler.extraction.tree import parse_html

BASE = "https://news.example/css/main.css"


def test_style_sheets_load_urls_and_imports() -> None:
    css = """@import "base.css"; @import url(print.css) print; /* url(no.png) */
    a { background: url('/img/a b.png') } b { background: url("x.png"), url(data:image/png;base64,AA) } c { src: url( ../f.woff2#x ) }"""
    assert css_requisites(css, BASE) == (
        "https://news.example/css/base.css",
        "https://news.example/css/print.css",
        "https://news.example/img/a%20b.png",
        "https://news.example/css/x.png",
        "https://news.example/f.woff2",
    )


def test_a_page_loads_pictures_of_every_kind() -> None:
    html = """<html><head><base href=/sub/><link rel=stylesheet href=a.css><link rel="shortcut icon" href=i.ico><link rel=preload as=font href=f.woff2>
    <link rel=preload as=script href=no.js><link rel=canonical href=/no><style>body{background:url(bg.png)}</style></head><body style="background:url(inline.png)">
    <img src=1.jpg srcset="2.jpg 1x, 3.jpg?w=1,2 2x"><picture><source srcset="4.webp 640w, 5.webp 1280w"><img data-src=6.jpg src="data:image/gif;base64,R0"></picture>
    <video poster=7.jpg src=no.mp4><source src=no2.mp4 type=video/mp4></video><img src=1.jpg><input type=image src=8.png><a href=no.html>x</a></body></html>"""
    names = [url.rsplit("/", 1)[-1] for url in document(html).requisites()]
    assert names == [
        "a.css",
        "i.ico",
        "f.woff2",
        "bg.png",
        "inline.png",
        "1.jpg",
        "2.jpg",
        "3.jpg?w=1,2",
        "4.webp",
        "5.webp",
        "6.jpg",
        "7.jpg",
        "8.png",
    ]
    assert all(url.startswith("https://news.example/sub/") for url in document(html).requisites())


@pytest.mark.parametrize(
    "url",
    [
        None,
        "",
        "#top",
        "javascript:void(0)",
        "mailto:a@b.example",
        "data:,x",
        "http://[bad",
        "http:///x",
        "ftp://a.example/x",
        "x" * 9000,
    ],
)
def test_what_is_no_address(url: str | None) -> None:
    assert absolute(url, BASE) is None


def test_srcset_candidates() -> None:
    assert srcset_urls("a,b.jpg 2x,c.jpg 300w") == [("a,b.jpg", 2.0), ("c.jpg", 300.0)]
    assert srcset_urls(None) == []


def test_scripts_are_requisites_only_where_they_are_wanted():
    html = '<head><link rel="modulepreload" href="/m.js"><script src="/a.js"></script><script>inline()</script></head><img src="/i.png">'
    root = parse_html(html)
    assert page_requisites(root, "https://a.example/") == ("https://a.example/i.png",)
    assert page_requisites(root, "https://a.example/", scripts=True) == (
        "https://a.example/m.js",
        "https://a.example/a.js",
        "https://a.example/i.png",
    )
