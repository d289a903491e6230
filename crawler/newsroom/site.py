"""Everything the outlets answer in one edition: (host, path) → response."""

from __future__ import annotations

from functools import partial
from importlib import resources
from typing import TYPE_CHECKING

from crawler.newsroom import feeds, layouts, pictures, sitemaps, world
from crawler.newsroom.font import ornament_font
from crawler.newsroom.layouts import bare, fronts, jsonld, next_shell, nuxt, parts
from crawler.newsroom.responses import Response, redirect

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from crawler.newsroom.records import NewsArticle, Outlet, Photo

Key = tuple[str, str]
"""Host address and path with query."""
LAST_MODIFIED = "Mon, 16 Nov 2026 06:00:00 GMT"
COLOURS = {
    "courier": "#12405c",
    "talbote": "#9c1f1f",
    "bayvoice": "#0b5d8f",
    "shiomi": "#1d1d1f",
    "faro": "#b2500f",
}


def site(edition: int, port: int) -> dict[Key, Callable[[], Response]]:
    """Return makers of all answers of *edition*; a maker is called when somebody asks."""
    answers: dict[Key, Callable[[], Response]] = {}
    everything = world.articles(edition, port)
    for outlet in world.outlets(port):
        own = [article for article in everything if article.outlet == outlet.key]
        listed = [article for article in own if "archive-only" not in article.cases]
        answers |= {(outlet.host, path): maker for path, maker in _front_matter(outlet, listed, own).items()}
        answers |= {(outlet.static_host, path): maker for path, maker in _assets(outlet).items()}
        for article in own:
            answers |= {
                (outlet.host, path): maker for path, maker in _article_pages(article, outlet, listed).items()
            }
            answers |= {(outlet.static_host, path): maker for path, maker in _pictures_of(article).items()}
    for (host, path), (status, target) in world.former_paths(edition, port).items():
        answers[host, path] = partial(_former, status, target)
    return answers


def not_found(outlet: Outlet) -> Response:
    """Return the outlet's own 404 page."""
    return _html(fronts.notice(outlet, parts.words(outlet.language)["gone"], "404"), status=404)


def _html(text: str, *, status: int = 200, validators: bool = False) -> Response:
    return Response(status=status, body=text.encode(), validators=validators)


def _former(status: int, target: str) -> Response:
    if target:
        return redirect(target, status)
    return Response(
        status=status,
        body=f"<!doctype html><title>{status}</title><h1>{status}</h1><p>This page has been removed.</p>\n".encode(),
    )


def _front_matter(
    outlet: Outlet, listed: Sequence[NewsArticle], own: Sequence[NewsArticle]
) -> dict[str, Callable[[], Response]]:
    """Return fronts, feeds, sitemaps and what else an outlet has besides articles; only the archive names all of its *own*."""
    xml = partial(Response, content_type="application/xml; charset=utf-8")
    made: dict[str, Callable[[], Response]] = {
        "/": lambda: _html(fronts.home(outlet, listed)),
        "/about": lambda: _html(fronts.about(outlet), validators=True),
        "/robots.txt": lambda: Response(
            content_type="text/plain; charset=utf-8", body=sitemaps.robots(outlet).encode(), validators=True
        ),
        "/sitemap.xml": lambda: xml(body=sitemaps.index(outlet, listed).encode()),
        "/sitemaps/news.xml": lambda: xml(body=sitemaps.news(outlet, listed).encode()),
        "/sitemaps/sections.xml": lambda: xml(body=sitemaps.sections(outlet).encode()),
        "/sitemaps/archive.xml.gz": lambda: Response(
            content_type="application/gzip", body=sitemaps.archive(own), gzip=False
        ),
        outlet.feed_path: lambda: Response(
            content_type=feeds.MEDIA_TYPES[outlet.feed],
            body=feeds.feed(outlet, listed).encode(),
            validators=True,
        ),
        "/internal/print-edition": lambda: _html(
            fronts.notice(outlet, "Internal", "Robots were asked not to come here.")
        ),
        "/quiz/broken": lambda: _html(fronts.notice(outlet, "500", "The quiz is out of order."), status=500),
        "/favicon.ico": lambda: Response(
            content_type="image/x-icon",
            body=pictures.icon_file(pictures.icon(outlet.key, 32), 32),
            gzip=False,
        ),
        "/apple-touch-icon.png": lambda: _png(pictures.icon(outlet.key, 180)),
    }
    for key, label in outlet.sections:
        made[outlet.section_path(key)] = partial(_section, outlet, key, label, listed)
    return made


def _section(outlet: Outlet, key: str, label: str, own: Sequence[NewsArticle]) -> Response:
    return _html(fronts.section(outlet, key, label, own))


def _article_pages(
    article: NewsArticle, outlet: Outlet, own: Sequence[NewsArticle]
) -> dict[str, Callable[[], Response]]:
    """Return the page of an article and its variants: second page, AMP, shell, API answer."""
    related = parts.sibling_articles(article, own)
    made: dict[str, Callable[[], Response]] = {
        article.path: lambda: article_response(article, outlet, related)
    }
    if "two-pages" in article.cases:
        made[f"{article.path}?page=2"] = lambda: _html(jsonld.second_page(article, outlet))
    if "amp" in article.cases:
        made[f"{article.path}/amp"] = lambda: _html(jsonld.amp(article, outlet))
    if article.layout == "nuxt":
        made[f"/now/{article.number}"] = lambda: _html(nuxt.shell(outlet))
        made[f"/Generic/NewAPI/Item?type=0&Item={article.number}"] = lambda: _json(
            nuxt.api_answer(article, outlet)
        )
        made["/Generic/NewAPI/Item?type=0&Item=999999999"] = lambda: _json(nuxt.api_missing(999999999))
        made["/_nuxt/app.js"] = lambda: _script("/* the application would start here */\n")
    return made


def article_response(article: NewsArticle, outlet: Outlet, related: Sequence[NewsArticle]) -> Response:
    """Return the article's page as the outlet's server sends it, with its faults."""
    page = layouts.render(article, outlet, related)
    encoding = bare.charset(article)
    content_type = "text/html" if encoding != "utf-8" else "text/html; charset=utf-8"
    framing = (
        "chunked"
        if "chunked" in article.cases
        else "close"
        if "close-delimited" in article.cases
        else "length"
    )
    return Response(
        content_type="text/html; charset=iso-8859-1" if "wrong-charset" in article.cases else content_type,
        body=page.encode(encoding, errors="xmlcharrefreplace"),
        framing=framing,
        gzip="close-delimited" not in article.cases,
        delay=0.3 if "slow" in article.cases else 0.0,
        validators="validators" in article.cases,
    )


def _assets(outlet: Outlet) -> dict[str, Callable[[], Response]]:
    """Return style sheets, font, logo and script."""
    return {
        f"/assets/{outlet.key}.css": lambda: _css(f"{outlet.key}.css"),
        "/assets/type.css": lambda: _css("type.css"),
        "/assets/ornament.woff": lambda: Response(
            content_type="font/woff", body=ornament_font(), gzip=False, validators=True
        ),
        "/img/paper.png": lambda: _png(pictures.paper()),
        f"/img/logo-{outlet.key}.svg": lambda: _svg(pictures.logo(outlet.name, COLOURS[outlet.key])),
        "/_next/static/app.js": lambda: _script(next_shell.SCRIPT),
    }


def _css(name: str) -> Response:
    text = resources.files("crawler.newsroom.data").joinpath(name).read_text(encoding="utf-8")
    return Response(content_type="text/css; charset=utf-8", body=text.encode(), validators=True)


def _png(content: bytes) -> Response:
    return Response(content_type="image/png", body=content, gzip=False, validators=True)


def _svg(content: str) -> Response:
    return Response(content_type="image/svg+xml", body=content.encode(), validators=True)


def _json(content: str) -> Response:
    return Response(content_type="application/json; charset=utf-8", body=content.encode())


def _script(content: str) -> Response:
    return Response(content_type="text/javascript; charset=utf-8", body=content.encode())


def _pictures_of(article: NewsArticle) -> dict[str, Callable[[], Response]]:
    """Return the files of an article's pictures at all sizes."""
    made: dict[str, Callable[[], Response]] = {}
    for photo in article.photos:
        for width in pictures.WIDTHS:
            made[f"/img/{photo.key}-{width}.png"] = partial(_photo, photo, width, None)
        made[f"/img/{photo.key}-square.png"] = partial(_photo, photo, 480, 480)
    if article.page_type == "video":
        made[f"/media/{article.slug}.mp4"] = lambda: Response(
            status=404, content_type="text/plain", body=b"The film is not kept here.\n"
        )
    return made


def _photo(photo: Photo, width: int, height: int | None) -> Response:
    return _png(pictures.with_words(pictures.landscape(photo.key, width, height), photo.embedded))
