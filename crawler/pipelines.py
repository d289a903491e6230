"""The item's way from page to index: read the article, index it. No Scrapy here: re-reading runs the same steps.

Cleaning and crediting happen inside *extract_article*: which paragraphs are body is only known once the credit lines
are, so they are one pure function and not two pipelines.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from archive.errors import ArchiveError
from archive.model import Article
from crawler.discovery.listing import read_front
from crawler.extraction.article import extract_article
from crawler.extractor import extractor

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Self

    from archive.model import Listing, Page, Record
    from crawler.extraction.document import Document
    from crawler.runs import Run

logger = logging.getLogger(__name__)


@dataclass(slots=True, kw_only=True)
class Reading:
    """One captured page on its way into the index."""

    record: Record
    page: Page = field(repr=False)
    document: Document = field(repr=False)
    article: Article | None = None
    fault: str | None = None
    """What went wrong in reading it, a fault of ours; None when all is well."""
    tally: Callable[[Article, str], None] | None = None
    """Told what was read and what it was for the index; counts it for the site that was asked."""

    @property
    def identity(self) -> str | None:
        """Return what tells the article from all others by the site's profile, if that says; each of its pages from the others."""
        profile = self.document.profile
        if profile is None or self.article is None:
            return None
        identity = profile.identity(self.article.canonical_url or self.page.url)
        part = self.article.part
        return f"{identity} page {part.number}" if identity and part and part.number > 1 else identity

    def front(self) -> Listing | None:
        """Return what the page leads to when it is a page of links, else None; also where its links cannot be read."""
        if self.article is None or self.article.page_type != "listing":
            return None
        try:
            return read_front(self.document)
        except Exception:
            logger.exception("the links of %s could not be read", self.page.url)
            return None

    def outlinks(self) -> list[str]:
        """Return the addresses the page links to, absolute, in its order."""
        return [link.url for link in self.document.links()]


class ReadArticle:
    """Reads the article out of the page. A page that cannot be read stays a capture, with the reason why."""

    @classmethod
    def from_crawler(cls, crawler: Any) -> Self:  # noqa: ARG003  (Scrapy's signature; nothing is needed of it)
        """Return the pipeline; it has no settings."""
        return cls()

    def process_item(self, item: Reading) -> Reading:
        """Return *item* with its article; one that was read already stays as it is."""
        if item.article is not None:
            return item
        try:
            item.article = extract_article(item.document)
        except Exception as error:
            logger.exception("%s could not be read", item.page.url)
            item.article = not_read(item.page.url, in_words(error))
            item.fault = item.article.reason
        return item


class IndexFront:
    """Keeps what a front page leads to, in its order: for the ledger, and for who stood where and when."""

    def __init__(self, run: Run) -> None:
        self._run = run

    @classmethod
    def from_crawler(cls, crawler: Any) -> Self:
        """Return the pipeline that indexes for ``crawler.tearsheet_run``."""
        return cls(crawler.tearsheet_run)

    def process_item(self, item: Reading) -> Reading:
        """Index the links of *item* when it is a page of links; return it unchanged."""
        listing = item.front()
        if listing is not None:
            self.index(item.record, listing)
        return item

    def index(self, record: Record, listing: Listing) -> None:
        """Index what the front in *record* leads to."""
        try:
            self._run.note_listing(record, listing)
        except ArchiveError as error:
            self._run.fail(error)
        except Exception:
            logger.exception("the links of %s could not be indexed", record.target_uri)


class IndexArticle:
    """Puts the reading into the index and settles its capture."""

    def __init__(self, run: Run) -> None:
        self._run = run

    @classmethod
    def from_crawler(cls, crawler: Any) -> Self:
        """Return the pipeline that indexes for ``crawler.tearsheet_run``."""
        return cls(crawler.tearsheet_run)

    def process_item(self, item: Reading) -> Reading:
        """Index *item*; return it unchanged."""
        if item.article is None:
            raise ValueError(f"{item.page.url} was not read before it was indexed")
        item.article, fault = self.index(item.record, item.article, item.identity, item.tally)
        item.fault = item.fault or fault
        return item

    def index(
        self,
        record: Record,
        article: Article,
        identity: str | None,
        tally: Callable[[Article, str], None] | None = None,
    ) -> tuple[Article, str | None]:
        """Index what was read of *record*; return what was indexed, and what kept the article from it, if anything."""
        try:
            outcome = self._add(record, article, identity)
            if tally is not None:
                tally(article, outcome)
        except ArchiveError as error:
            self._run.fail(error)
        except Exception as error:
            # One page must not keep an archive from its index: what cannot be indexed stays a capture, with the reason.
            logger.exception("%s could not be indexed", article.url)
            article = not_read(article.url, in_words(error))
            self._add(record, article, None)
            return article, article.reason
        return article, None

    def _add(self, record: Record, article: Article, identity: str | None) -> str:
        outcome = self._run.index.add_reading(record, article, identity=identity, extractor=extractor())
        self._run.note_reading(record, article, outcome.value)
        return outcome.value


def not_read(url: str, reason: str) -> Article:
    """Return what stands in the index for a page that a fault of ours kept from being read."""
    return Article(url=url, is_article=False, page_type="error", reason=reason)


def in_words(error: Exception) -> str:
    """Return the kind and the words of *error* in ASCII: they may hold what no index can store."""
    return f"{type(error).__name__}: {error}".encode("ascii", "backslashreplace").decode()


STEPS = (ReadArticle, IndexFront, IndexArticle)
"""In order; ``crawler.settings.ITEM_PIPELINES`` names the same, and last what only a crawl does: keep outlinks."""
