"""Addresses by pattern: one page, all that begin so, a host, a domain; as ranges of the sortable form, which is indexed."""

from __future__ import annotations

from dataclasses import dataclass

from archive.index.records import key_of

KINDS = ("exact", "prefix", "host", "domain")
_LAST = "\U0010ffff"


@dataclass(frozen=True, slots=True)
class Pattern:
    """What a pattern means in sortable keys (SURT)."""

    low: str
    high: str
    """First key behind the range; the same as *low* for one page."""
    domain_length: int = 0
    """Of a domain: characters of its key, behind which its hosts go on with a comma, and it ends with a bracket."""

    def condition(self, column: str) -> tuple[str, list[object]]:
        """Return an SQL condition on *column*, and its values."""
        if self.low == self.high:
            return f"{column} = ?", [self.low]
        if not self.domain_length:
            return f"{column} >= ? and {column} < ?", [self.low, self.high]
        return (
            f"{column} >= ? and {column} < ? and substr({column}, ?, 1) in (')', ',', ':')",
            [self.low, self.high, self.domain_length + 1],
        )


def pattern_of(text: str, kind: str = "") -> Pattern:
    """Return the pattern that *text* is: ``http://h.example/a``, ``h.example/a*``, ``*.h.example``; *kind* overrides.

    >>> pattern_of("h.example/a*").condition("urlkey")
    ('urlkey >= ? and urlkey < ?', ['example,h)/a', 'example,h)/a\U0010ffff'])
    >>> pattern_of("*.h.example").low
    'example,h'
    """
    bare = text.strip().removeprefix("*.").removesuffix("*")
    if not kind:
        kind = (
            "domain" if text.strip().startswith("*.") else "prefix" if text.strip().endswith("*") else "exact"
        )
    key = key_of(bare if "://" in bare else f"http://{bare}")
    host = key.partition(")")[0]
    if kind == "exact":
        return Pattern(key, key)
    start = {"prefix": key, "host": f"{host})/", "domain": host}[kind]
    return Pattern(start, start + _LAST, len(host) if kind == "domain" else 0)
