"""What a site's addresses look like: learnt from what was read at them, so that doubtful links need no fetching."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

FEWEST = 5
"""Pages of one shape that must have been read before the shape says anything."""
ACCEPT_FROM, SKIP_UP_TO = 0.8, 0.1
"""Share of articles among them. Between the two a link stays doubtful."""


@dataclass(frozen=True, slots=True)
class Patterns:
    """Shapes of addresses, each with how many pages were read and how many of them were articles."""

    shapes: Mapping[str, tuple[int, int]] = field(default_factory=dict)

    def rank(self, url: str) -> str | None:
        """Return ``accept`` or ``skip`` where enough is known of addresses of this shape; else None."""
        for shape in shapes_of(url):
            pages, articles = self.shapes.get(shape, (0, 0))
            if pages >= FEWEST:
                share = articles / pages
                return "accept" if share >= ACCEPT_FROM else "skip" if share <= SKIP_UP_TO else None
        return None


def learn(outcomes: Iterable[tuple[str, bool]]) -> Patterns:
    """Return the patterns of a site, given addresses and whether an article was read at each."""
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for url, is_article in outcomes:
        for shape in shapes_of(url):
            counts[shape][0] += 1
            counts[shape][1] += is_article
    return Patterns({shape: (pages, articles) for shape, (pages, articles) in counts.items()})


def shapes_of(url: str) -> tuple[str, ...]:
    """Return the shapes of *url*, the narrower one first: with its first folder, and without.

    >>> shapes_of("https://a.example/sport/2026/11/23/late-goal-wins-cup.html")
    ('sport/Y/n/n/slug.html', '*/Y/n/n/slug.html')
    >>> shapes_of("https://a.example/article.php?id=123&lang=en")
    ('word.php?id=n', 'word.php?id=n')
    """
    parts = urlsplit(url)
    folders = [part for part in parts.path.split("/") if part]
    shaped = [_shape(part) for part in folders]
    keys = sorted({key for key, value in parse_qsl(parts.query) if value.isdigit()})
    query = "?" + "&".join(f"{key}=n" for key in keys) if keys else ""
    if len(folders) < 2:
        whole = "/".join(shaped) + query
        return whole, whole
    rest = "/".join(shaped[1:]) + query
    first = folders[0].lower() if shaped[0] == "word" else shaped[0]
    return f"{first}/{rest}", f"{'*' if shaped[0] == 'word' else shaped[0]}/{rest}"


def _shape(part: str) -> str:
    stem, dot, ending = part.rpartition(".")
    if not dot or len(ending) > 5 or not ending.isalpha():
        stem, ending = part, ""
    suffix = f".{ending.lower()}" if ending else ""
    if re.fullmatch(r"(?:19|20)\d\d", stem):
        return "Y" + suffix
    if stem.isdigit():
        return ("n" if len(stem) < 5 else "id") + suffix
    if re.search(r"\d{5,}", stem) or re.fullmatch(r"[0-9a-f-]{16,}", stem):
        return "slug-id" + suffix
    return ("slug" if stem.count("-") + stem.count("_") >= 2 else "word") + suffix
