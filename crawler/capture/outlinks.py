"""Notes a page's links in the archive: a metadata record beside its capture, as Heritrix writes them."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Protocol

from scrapy.exceptions import NotConfigured

from archive.errors import ArchiveError
from crawler.capture.extension import keeper_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Self

    from scrapy.crawler import Crawler

    from archive.model import Record
    from archive.warc.writer import WarcWriter
    from crawler.capture.keeper import Keeper

MAX_OUTLINKS = 2000
"""Links noted of one page."""


class Linking(Protocol):
    """A page that knows its links."""

    record: Record

    def outlinks(self) -> Sequence[str]:
        """Return the addresses it links to, absolute."""


class KeepOutlinks:
    """The last item pipeline of a crawl: writes the links of each page; a page without links needs no record."""

    def __init__(self, keeper: Keeper) -> None:
        self._keeper = keeper

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build for the crawl's keeper; raises NotConfigured when TEARSHEET_OUTLINKS is off."""
        if not crawler.settings.getbool("TEARSHEET_OUTLINKS"):
            raise NotConfigured
        return cls(keeper_of(crawler))

    async def process_item(self, item: Linking) -> Linking:
        """Write the outlinks of *item*; return it unchanged."""
        links = list(dict.fromkeys(item.outlinks()))[:MAX_OUTLINKS]
        record = item.record
        if links and record.target_uri is not None:
            target_uri = record.target_uri

            def write(writer: WarcWriter) -> tuple[Record, ...]:
                fields = [("outlink", link) for link in links]
                return (writer.write_metadata(target_uri, fields, concurrent_to=record.record_id),)

            with suppress(ArchiveError):  # the keeper has told the run, which stops
                await self._keeper.write(write)
        return item
