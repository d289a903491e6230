from pages import document

HTML = """<html><head><base href="/deep/"><link rel=alternate type=application/rss+xml title=All href=/feed.xml><link rel=alternate hreflang=de href=/de>
<link rel=canonical href=/c#x><link rel=amphtml href=/amp></head><body><nav><a href="/n">Nav</a></nav>
<div class=main-menu><ul><li><a href=/m>Menu</a></ul></div><main><p><a href="a.html#part" rel="nofollow noopener">A  <b>b</b></a> <a href="/i"><img alt="Pic"></a></p></main>
<a href="mailto:x@y.example">no</a><a href="">no</a><a href=/o title=Titled></a><footer><a href=/f>Foot</a></footer></body></html>"""


def test_links_have_words_and_regions() -> None:
    links = document(HTML).links()
    assert [(link.url.removeprefix("https://news.example"), link.text, link.region) for link in links] == [
        ("/n", "Nav", "nav"),
        ("/m", "Menu", "other"),
        ("/deep/a.html", "A b", "main"),
        ("/i", "Pic", "main"),
        ("/o", "Titled", "other"),
        ("/f", "Foot", "footer"),
    ]
    assert links[2].rel == ("nofollow", "noopener")


def test_head_links() -> None:
    page = document(HTML)
    assert [(feed.url, feed.title) for feed in page.feeds()] == [("https://news.example/feed.xml", "All")]
    assert page.canonical_url == "https://news.example/c"
    assert page.amp_url == "https://news.example/amp"
    assert page.base_url == "https://news.example/deep/"
