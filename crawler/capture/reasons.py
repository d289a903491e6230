"""Says in words why Scrapy could not make a response of an exchange."""

from __future__ import annotations


def in_words(error: BaseException) -> str:
    """Return one line: the error's kind and message, or those of what Twisted found at the bottom of it."""
    causes = [failure.value for failure in getattr(error.__cause__, "reasons", ())] or [error]
    return "; ".join(dict.fromkeys(f"{type(cause).__name__}: {cause}".rstrip(": ") for cause in causes))
