"""The text of a new profile: what a look at the site has shown, and in comments what a person may add."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from crawler.profiles.writing import setting, toml_list

if TYPE_CHECKING:
    from crawler.trial import Survey

_LAYOUT = """
# Selectors, where the page is not read well without. At a redesign give this one a valid_until and add another below it.
# [[layout]]
# name = "as it is now"
# headline = "h1"
# byline = ".author"
# published = "time"
# body = ".article-text p"
"""


def profile_text(found: Survey) -> str:
    """Return a profile with what *found* has shown."""
    domain = (urlsplit(found.home).hostname or "").removeprefix("www.")
    zone = json.dumps(found.zones[0]) if len(found.zones) == 1 else None
    zones = f"one of {', '.join(found.zones[:6])}; " if len(found.zones) > 1 else ""
    delay = f"{found.crawl_delay:g}" if found.crawl_delay else None
    parts = [
        f"# {found.home}: written by `tearsheet sites add` after a look at {found.articles} articles. Keys: profile.schema.json\n",
        f'domains = ["{domain}"]\n',
        setting("publisher", _text(found.publisher), "The company, or the name it publishes under.", example='"…"'),
        setting("language", _text(found.language), "Of pages that do not say theirs.", example='"en"'),
        setting("timezone", zone, f"Of times given without an offset: {zones}IANA name.", example='"Europe/Vienna"'),
        "# How 3/4/15 is meant: dmy, mdy or ymd.\n# date_order = \"dmy\"\n",
        setting("feeds", toml_list(found.feeds) if found.feeds else None, "Feeds; those that fronts announce are found anyway.", example="[]"),
        "".join(["# Sitemaps that robots.txt names, and those in them, are found without a line here:\n", *(f"#   {url}\n" for url in found.sitemaps)])
        if found.sitemaps
        else setting("sitemaps", None, "robots.txt names no sitemap.", example="[]"),
        setting("sections", toml_list(found.sections) if found.sections else None, "Fronts to look at in every run.", example="[]"),
        setting("delay_seconds", delay, "robots.txt asks for this crawl-delay and it is kept anyway; more patience can be set here.", example="10"),
        _shapes(found),
        "# Ages at which articles are looked at again; without it revisits.plan of tearsheet.toml.\n# revisits = \"1h 1d 7d\"\n",
        _LAYOUT,
    ]  # fmt: skip
    return "\n".join(part for part in parts if part)


def _text(value: str | None) -> str | None:
    return json.dumps(value, ensure_ascii=False) if value else None


def _shapes(found: Survey) -> str:
    lines = [f"#   {shape} ({count})\n" for shape, count in found.shapes]
    example = f"#   for example {found.example}\n" if found.example else ""
    return "".join(["# Addresses of the articles that were read:\n", *lines, example,
                    "# Patterns help where fronts mix articles with other pages:\n# articles = ['/\\d{4}/\\d\\d/']\n"])  # fmt: skip
