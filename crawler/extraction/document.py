"""One page, decoded once and parsed once; whatever is asked of it is read lazily and kept."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from crawler.extraction.blocks import Outline, outline
from crawler.extraction.decoding import decode
from crawler.extraction.jsonld import json_ld_objects, read_json
from crawler.extraction.links import Feed, Link, page_feeds, page_links
from crawler.extraction.masthead import find_masthead
from crawler.extraction.meta import Meta
from crawler.extraction.microdata import microdata_objects
from crawler.extraction.parts import read_part
from crawler.extraction.requisites import absolute, page_requisites
from crawler.extraction.state import embedded_state
from crawler.extraction.state_article import find_state_article, shows_no_text
from crawler.extraction.structured import StructuredArticle, articles_in
from crawler.extraction.text import plain
from crawler.extraction.tree import Element, by_tag, parse_html

if TYPE_CHECKING:
    from archive.model import Page, Part
    from crawler.profiles import Layout, SiteProfile

_JSON_MEDIA = ("application/json", "text/json", "application/vnd.api+json")

_ITEM_MARKS = {"itemtype": ("itemtype", "itemType"), "typeof": ("typeof=",)}
"""What stands in the source of every page with microdata or RDFa: looking costs less than asking the tree."""


class Document:
    """What extraction sees of a page. Nothing here fails on bad input; absent things are empty or None."""

    def __init__(self, page: Page, profile: SiteProfile | None = None) -> None:
        self.page = page
        self.profile = profile

    @property
    def url(self) -> str:
        """Return the URL the page was captured under."""
        return self.page.url

    @cached_property
    def _decoded(self) -> tuple[str, str]:
        return decode(self.page)

    @property
    def text(self) -> str:
        """Return the page's source as characters."""
        return self._decoded[0]

    @property
    def encoding(self) -> str:
        """Return the name of the encoding the source was read with."""
        return self._decoded[1]

    @cached_property
    def json(self) -> Any:
        """Return the value of a page that is JSON, else None."""
        start = self.text[:200].lstrip()[:1]
        if start not in {"{", "["} or not (
            self.page.media_type in _JSON_MEDIA or "<html" not in self.text[:2000].lower()
        ):
            return None
        return read_json(self.text)

    @cached_property
    def root(self) -> Element | None:
        """Return the root of the page's tree; None for JSON and for pages without any element."""
        return None if self.json is not None else parse_html(self.text)

    @cached_property
    def _tagged(self) -> dict[str, list[Element]]:
        return by_tag(self.root)

    def tagged(self, tag: str) -> list[Element]:
        """Return the page's elements of one of the tags that fields look for everywhere (*WANTED*), in order."""
        return self._tagged[tag]

    @cached_property
    def layout(self) -> Layout | None:
        """Return the profile's layout for this URL and capture day, if there is one."""
        return self.profile.layout(self.url, self.page.captured_at) if self.profile else None

    @cached_property
    def meta(self) -> Meta:
        """Return the page's meta tags."""
        return Meta(self.tagged("meta"))

    @cached_property
    def json_ld(self) -> tuple[dict[str, Any], ...]:
        """Return all typed JSON-LD objects."""
        return json_ld_objects(self.tagged("script"))

    @cached_property
    def microdata(self) -> tuple[dict[str, Any], ...]:
        """Return the top microdata and RDFa items in the shape of JSON-LD."""
        marks = [name for name, signs in _ITEM_MARKS.items() if any(sign in self.text for sign in signs)]
        return microdata_objects(self.root, marks) if marks else ()

    @cached_property
    def state_article(self) -> StructuredArticle | None:
        """Return the article in the scripts' state; None where the page itself shows text."""
        if not shows_no_text(self.outline) or not self.state:  # reading the state costs more than looking
            return None
        return find_state_article(self.state, self.url)

    @cached_property
    def structured(self) -> tuple[StructuredArticle, ...]:
        """Return the page's article objects, JSON-LD first, news types first; the one of the state comes last."""
        declared = articles_in(self.json_ld, "json-ld") + articles_in(self.microdata, "microdata")
        return (*declared, self.state_article) if self.state_article else declared

    @cached_property
    def state(self) -> tuple[tuple[str, Any], ...]:
        """Return (name, value) of JSON that the page's scripts hold."""
        return embedded_state(self.root, self.tagged("script"))

    @cached_property
    def outline(self) -> Outline:
        """Return the page's text as blocks with their boxes."""
        return outline(self.root)

    @cached_property
    def base_url(self) -> str:
        """Return the URL that relative URLs are resolved against."""
        href = next((href for base in self.tagged("base") if (href := base.get("href"))), None)
        return absolute(href, self.url) or self.url

    @cached_property
    def part(self) -> Part | None:
        """Return which page of an article on several this is; None where it stands on one."""
        return read_part(self)

    @cached_property
    def title(self) -> str:
        """Return the words of the title element; empty when there is none."""
        return plain(next((title.text for title in self.tagged("title")), None))

    @cached_property
    def masthead(self) -> str | None:
        """Return the site's name as title element and home link agree on it, or None."""
        return find_masthead(self.tagged("a"), self.title, self.base_url, self.url)

    @cached_property
    def _link_relations(self) -> dict[str, str | None]:
        """Return for each link relation the address of its first link."""
        found: dict[str, str | None] = {}
        for link in self.tagged("link"):
            for relation in (link.get("rel") or "").lower().split():
                found.setdefault(relation, link.get("href"))
        return found

    def _link_relation(self, relation: str) -> str | None:
        return absolute(self._link_relations.get(relation), self.base_url)

    @cached_property
    def canonical_url(self) -> str | None:
        """Return the absolute URL the page declares as its own (link rel=canonical), or None."""
        return self._link_relation("canonical")

    @cached_property
    def amp_url(self) -> str | None:
        """Return the absolute URL of the page's AMP form, or None."""
        return self._link_relation("amphtml")

    def next_page(self) -> str | None:
        """Return the absolute URL that the page declares as the next one of its series, or None."""
        return self._link_relation("next")

    def links(self) -> tuple[Link, ...]:
        """Return the page's links, absolute and without fragment, with words and region."""
        return page_links(self.root, self.base_url)

    def feeds(self) -> tuple[Feed, ...]:
        """Return the feeds the page announces."""
        return page_feeds(self.tagged("link"), self.base_url)

    def requisites(self) -> tuple[str, ...]:
        """Return the absolute URLs of what a browser loads to show the page; scripts only where the profile wants them."""
        scripts = self.profile is not None and self.profile.scripts
        return page_requisites(self.root, self.base_url, scripts=scripts)
