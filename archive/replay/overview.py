"""The start page of replay: which sites were captured, since when, and the newest pages, each with a link."""

from __future__ import annotations

import heapq
from dataclasses import dataclass, field
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from archive.times import format_timestamp

if TYPE_CHECKING:
    from datetime import datetime

    from archive.model import Record

_NEWEST = 40
_PAGE_TYPES = {"text/html", "application/xhtml+xml"}


@dataclass(slots=True)
class _Site:
    home: str
    first_at: datetime
    last_at: datetime
    pages: int = 0

    def add(self, url: str, moment: datetime) -> None:
        self.pages += 1
        self.first_at, self.last_at = min(self.first_at, moment), max(self.last_at, moment)
        if len(url) < len(self.home):
            self.home = url


@dataclass(slots=True)
class Overview:
    """Counts captures as they go by; memory grows with the number of sites only."""

    captures: int = 0
    _sites: dict[str, _Site] = field(default_factory=dict)
    _newest: list[tuple[datetime, str]] = field(default_factory=list)

    def add(self, record: Record) -> None:
        """Count *record*, a capture; pages (HTML with status 200) are remembered by site and as newest ones."""
        self.captures += 1
        url = record.target_uri or ""
        host = _host(url)
        if record.status != 200 or record.mime not in _PAGE_TYPES or not host:
            return
        self._sites.setdefault(host, _Site(url, record.captured_at, record.captured_at)).add(
            url, record.captured_at
        )
        push = heapq.heappush if len(self._newest) < _NEWEST else heapq.heappushpop
        push(self._newest, (record.captured_at, url))

    def html(self, collection: str) -> str:
        """Return the start page, whose links lead into pywb's *collection*."""
        newest = sorted(self._newest, reverse=True)
        return _PAGE.format(
            captures=f"{self.captures:,}",
            collection=escape(collection),
            sites="\n".join(_site_row(host, self._sites[host], collection) for host in sorted(self._sites)),
            newest="\n".join(_page_row(moment, url, collection) for moment, url in newest),
        )


def _host(url: str) -> str:
    try:
        return urlsplit(url).netloc.lower()
    except ValueError:
        return ""


def _site_row(host: str, site: _Site, collection: str) -> str:
    link = f"/{collection}/{format_timestamp(site.last_at)}/{site.home}"
    return (
        f'<tr><td><a href="{escape(link)}">{escape(host)}</a></td><td class="number">{site.pages:,}</td>'
        f"<td>{_shown(site.first_at)}</td><td>{_shown(site.last_at)}</td></tr>"
    )


def _page_row(moment: datetime, url: str, collection: str) -> str:
    link = f"/{collection}/{format_timestamp(moment)}/{url}"
    return f'<tr><td>{_shown(moment)}</td><td><a href="{escape(link)}">{escape(url)}</a></td></tr>'


def _shown(moment: datetime) -> str:
    return f'<time datetime="{moment:%Y-%m-%dT%H:%M:%SZ}">{moment:%Y-%m-%d %H:%M}</time>'


_PAGE = """\
<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Replay · Tearsheet</title>
<style>
:root {{ color-scheme: light dark }}
body {{ font: 1rem/1.5 Georgia, "Times New Roman", serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem }}
h1 {{ font-size: 1.9rem; line-height: 1.2; margin: 0 0 .3rem }}
h2 {{ font-size: 1.1rem; border-top: 1px solid; padding-top: .6rem; margin-top: 2rem }}
form {{ display: flex; flex-wrap: wrap; gap: .5rem; align-items: center }}
input {{ flex: 1 1 18rem; font: inherit; padding: .3rem .5rem }}
button {{ font: inherit; padding: .3rem 1rem }}
table {{ border-collapse: collapse; width: 100% }}
th, td {{ text-align: left; vertical-align: top; padding: .25rem 1rem .25rem 0; overflow-wrap: anywhere }}
td:has(time), th {{ white-space: nowrap; font-variant-numeric: tabular-nums }}
.number {{ text-align: right }}
</style>
<h1>What was captured, as it was</h1>
<p>{captures} captures. Every page opens at the time it was captured; the bar above it leads to its other captures.
Nothing is loaded from the live web. All times are UTC.</p>
<form action="/captures">
<label for="url">Address of a page</label> <input id="url" name="url" type="url" placeholder="https://…" required>
<button>All its captures</button>
</form>
<h2>Sites</h2>
<table>
<thead><tr><th scope="col">Site</th><th scope="col" class="number">Pages</th>
<th scope="col">First</th><th scope="col">Last</th></tr></thead>
<tbody>
{sites}
</tbody>
</table>
<h2>Newest pages</h2>
<table>
<thead><tr><th scope="col">Captured</th><th scope="col">Address</th></tr></thead>
<tbody>
{newest}
</tbody>
</table>
</html>
"""
