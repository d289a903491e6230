"""The addresses that a page or a style sheet names, found without knowing its language."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from archive.urls import resolve

if TYPE_CHECKING:
    from collections.abc import Iterator

_QUOTED = re.compile(r"""["']([^"'<>\r\n]{1,2000})["']""")
"""An attribute, a string of a script, a ``url("…")``: may hold blanks, brackets and commas."""
_WORD = re.compile(r"""[^\s"'<>()`]{2,2000}""")
"""A member of a srcset, an attribute without quotes, a bare ``url(…)``."""
_BETWEEN = re.compile(r"(?<=\d[wx]),")
"""Between the members of a srcset, where no blank need be."""
_ESCAPES = re.compile(r"\\(?:/|u002[fF]|u0026)")
_UNESCAPED = {"\\/": "/", "\\u002f": "/", "\\u0026": "&"}
_MAY_BE_URL = re.compile(r"/|\.\w{2,5}(?:$|[?#])")
_ATTRIBUTE = re.compile(r"[a-zA-Z-]{2,20}=(?=[^=])")
_BASE = re.compile(r"""<base\b[^>]{0,500}?\bhref\s*=\s*["']?([^"'\s>]+)""", re.IGNORECASE)


def named_urls(text: str, url: str) -> tuple[str, ...]:
    """Return all that *text*, which was captured at *url*, names and that may be the address of something; once each.

    Absolute, without fragment. Much of it is none: who asks knows which addresses there are. The text of a page, the
    data in its scripts and a style sheet are read alike. Addresses that a script puts together are not found.

    >>> named_urls('<img src="/a.png"><img src=x/1.png><a href=c?d=1&amp;e=2>', "http://x.example/p/q")
    ('http://x.example/a.png', 'http://x.example/p/x/1.png', 'http://x.example/p/c?d=1&e=2')
    """
    text = _ESCAPES.sub(lambda found: _UNESCAPED[found[0].lower()], text)
    base = _BASE.search(text)
    start = (resolve(url, html.unescape(base[1])) if base else None) or url
    resolved = (resolve(start, html.unescape(word).partition("#")[0]) for word in dict.fromkeys(_words(text)))
    return tuple(
        dict.fromkeys(found for found in resolved if found and found.startswith(("http://", "https://")))
    )


def _words(text: str) -> Iterator[str]:
    for found in _QUOTED.finditer(text):
        word = found[1].strip()
        if _MAY_BE_URL.search(word):
            yield word
    for found in _WORD.finditer(_BETWEEN.sub(" ", text)):
        word = found[0].rstrip(",;")
        if _MAY_BE_URL.search(word) or "?" in word:
            yield _ATTRIBUTE.sub("", word, count=1)
