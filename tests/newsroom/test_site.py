"""Everything the outlets answer: pages that say what is true, links that lead somewhere, feeds and sitemaps that parse."""

from __future__ import annotations

import gzip
import json
import re
from dataclasses import replace
from urllib.parse import urljoin, urlsplit

import feedparser
import lxml.etree
import lxml.html
import pytest

from crawler.newsroom import feeds, layouts, world
from crawler.newsroom.layouts.parts import printed
from crawler.newsroom.site import site

PORT = 8470
BROKEN = {"/archive/1998/lost-page", "/search"}
BY_URL = {outlet.key: outlet for outlet in world.outlets(PORT)}


@pytest.fixture(scope="module")
def answers():
    return site(1, PORT)


def page_of(answers, article):
    response = answers[BY_URL[article.outlet].host, article.path]()
    encoding = next((name for name in ("windows-1252", "windows-1255") if name in article.cases), "utf-8")
    return response.body.decode(encoding)


def text_of(html: str) -> str:
    return re.sub(
        r"\s+", " ", lxml.html.document_fromstring(re.sub(r"^<\?xml[^>]*>", "", html)).text_content()
    )


@pytest.mark.parametrize("article", world.articles(1, PORT), ids=lambda article: article.slug)
def test_page_says_headline_byline_and_text(answers, article):
    text = text_of(page_of(answers, article))
    if article.layout == "next_shell":
        assert article.body[-1] not in text.split('{"props"')[0]
        data = (
            lxml.html.document_fromstring(page_of(answers, article)).get_element_by_id("__NEXT_DATA__").text
        )
        story = json.loads(data)["props"]["pageProps"]["article"]
        assert (story["title"], story["byline"]) == (article.headline, article.byline)
        assert [block["text"] for block in story["blocks"]] == list(printed(article))
        return
    if "two-pages" in article.cases:
        text += text_of(answers[BY_URL[article.outlet].host, f"{article.path}?page=2"]().body.decode())
    assert article.headline in text
    for words in (article.byline, article.standfirst, *printed(article), *article.corrections):
        assert words is None or " ".join(words.split()) in text


def test_two_generations_are_equal_byte_for_byte(answers):
    again = site(1, PORT)
    assert list(answers) == list(again)
    assert [maker().body for maker in answers.values()] == [maker().body for maker in again.values()]


@pytest.mark.parametrize("edition", range(1, world.LAST_EDITION + 1))
def test_internal_links_and_requisites_resolve(edition):
    answers = site(edition, PORT)
    dead = set()
    for (host, path), maker in answers.items():
        response = maker()
        if not (response.content_type or "").startswith("text/html") or response.status != 200:
            continue
        base = f"http://{host}:{PORT}{path}"
        tree = lxml.html.document_fromstring(response.body)
        tree.make_links_absolute(base, resolve_base_href=False)
        links = {link for element, _, link, _ in tree.iterlinks() if element.tag != "form"}
        links |= {
            urljoin(base, part.split()[0]) for node in tree.xpath("//@srcset") for part in node.split(",")
        }
        for link in links:
            parts = urlsplit(link)
            if parts.scheme != "http" or (parts.hostname or "").partition(".")[0] != "127":
                continue
            target = parts.path + (f"?{parts.query}" if parts.query else "")
            if (parts.hostname, target) not in answers and parts.path not in BROKEN:
                dead.add((base, link))
    assert not dead


def test_the_listed_broken_links_are_on_the_pages_and_the_closed_area_is_linked(answers):
    front = answers["127.0.0.2", "/"]().body.decode()
    assert 'href="/archive/1998/lost-page"' in front
    assert 'href="/internal/print-edition"' in front
    assert "Disallow: /internal/" in answers["127.0.0.2", "/robots.txt"]().body.decode()
    assert answers["127.0.0.2", "/quiz/broken"]().status == 500


def test_style_sheets_import_and_refer_to_what_is_there(answers):
    for outlet in BY_URL.values():
        sheet = answers[outlet.static_host, f"/assets/{outlet.key}.css"]().body.decode()
        assert re.search(r"@import\s+(url\()?[\"']?type\.css", sheet)
    shared_sheet = answers["127.0.0.6", "/assets/type.css"]().body.decode()
    for reference in re.findall(r"url\([\"']?([^\"')]+)", shared_sheet):
        path = urlsplit(urljoin("http://x/assets/type.css", reference)).path
        assert ("127.0.0.6", path) in answers


@pytest.mark.parametrize("outlet", BY_URL.values(), ids=lambda outlet: outlet.key)
def test_feed_parses_and_names_the_newest_articles(answers, outlet):
    newest = [article for article in world.articles(1, PORT) if article.outlet == outlet.key][: feeds.IN_FEED]
    body = answers[outlet.host, outlet.feed_path]().body
    expected = [link for article in newest for link in feeds.links(article)]
    if outlet.feed == "json":
        assert [item["url"] for item in json.loads(body)["items"]] == expected
        return
    parsed = feedparser.parse(body)
    assert not parsed.bozo
    assert [entry.link for entry in parsed.entries] == expected
    assert parsed.version == {"rss": "rss20", "atom": "atom10", "rdf": "rss10"}[outlet.feed]
    assert parsed.entries[0].title == newest[0].headline


@pytest.mark.parametrize("outlet", BY_URL.values(), ids=lambda outlet: outlet.key)
def test_sitemaps_parse_and_name_every_article(answers, outlet):
    own = [article for article in world.articles(1, PORT) if article.outlet == outlet.key]
    robots = answers[outlet.host, "/robots.txt"]().body.decode()
    assert f"Sitemap: {outlet.base}/sitemap.xml" in robots
    index = lxml.etree.fromstring(answers[outlet.host, "/sitemap.xml"]().body)
    children = [urlsplit(loc.text).path for loc in index.iter("{*}loc")]
    assert children == ["/sitemaps/news.xml", "/sitemaps/sections.xml", "/sitemaps/archive.xml.gz"]
    archive = lxml.etree.fromstring(gzip.decompress(answers[outlet.host, "/sitemaps/archive.xml.gz"]().body))
    assert [loc.text for loc in archive.iter("{*}loc")] == [article.url for article in own]
    news = lxml.etree.fromstring(answers[outlet.host, "/sitemaps/news.xml"]().body)
    titles = [title.text for title in news.iter("{http://www.google.com/schemas/sitemap-news/0.9}title")]
    assert titles
    assert set(titles) <= {article.headline for article in own}


def test_structured_data_says_what_is_true(answers):
    for article in world.articles(1, PORT):
        if article.layout != "jsonld":
            continue
        tree = lxml.html.document_fromstring(page_of(answers, article))
        graph = json.loads(tree.xpath("//script[@type='application/ld+json']")[0].text)["@graph"]
        node = next(node for node in graph if node["@id"].endswith("#article"))
        assert node["headline"] == article.headline
        assert node["datePublished"] == article.date_published
        assert node["isAccessibleForFree"] is not article.paywalled
        assert [a["name"] for a in node["author"] if a["@type"] == "Person"] == list(article.authors)


def test_staff_is_called_a_person_where_the_seed_does(answers):
    tree = lxml.html.document_fromstring(page_of(answers, world.article("desalination-talks-now", 1, PORT)))
    node = json.loads(tree.xpath("//script[@type='application/ld+json']")[0].text)
    assert node["author"] == {"@type": "Person", "name": "Bay Voice Staff"}


def test_the_2015_page_has_the_seed_defects(answers):
    tree = lxml.html.document_fromstring(page_of(answers, world.article("desalination-talks-2015", 1, PORT)))
    assert tree.xpath("string(//span[@class='Date'])") == "Bay Voice Staff , 30/11/15\u00a004:25"
    assert tree.xpath("//div[@class='Pic']/img/@alt") == ["Water tower in Tel Marom (archive)"]
    assert tree.xpath("//div[@class='PicText']/text()") == ["Water tower in Tel Marom (archive)"]
    assert tree.xpath("//div[@class='Content']/p[last()]/text()") == ["AFP contributed to this report."]


def test_shell_has_no_article_and_the_api_has_it(answers):
    shell = answers["127.0.0.4", "/now/205901"]().body.decode()
    article = world.article("desalination-talks-now", 1, PORT)
    assert article.headline not in shell
    api = json.loads(answers["127.0.0.4", "/Generic/NewAPI/Item?type=0&Item=205901"]().body)
    assert (api["title"], api["itemDate"]) == (article.headline, "2015-11-30T04:25:00")
    missing = json.loads(answers["127.0.0.4", "/Generic/NewAPI/Item?type=0&Item=999999999"]().body)
    assert (missing["title"], missing["itemDate"]) == (None, "1987-11-13T00:00:00")


def test_text_with_markup_in_it_is_escaped():
    for article in world.articles(1, PORT):
        nasty = replace(article, headline='</script><b>1 < 2 & "3"</b>', cases=frozenset())
        html = layouts.render(nasty, BY_URL[article.outlet], ())
        assert "<b>1 <" not in html
        assert "</script><b>" not in html
