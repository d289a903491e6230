"""Style sheets with every address led back into the archive; what could not be is left out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from archive.replay.addresses import PICTURE, STYLE
from archive.urls import resolve

if TYPE_CHECKING:
    from collections.abc import Callable

_ESCAPE = re.compile(r"\\(?:([0-9a-fA-F]{1,6})[ \t\r\n\f]?|(\r\n|[\n\r\f])|(.))", re.DOTALL)
_TOKEN = re.compile(
    r"""(?P<comment>/\*.*?(?:\*/|\Z))
    | (?P<url>\burl\(\s*(?:"(?P<double>(?:[^"\\\n]|\\.)*)"|'(?P<single>(?:[^'\\\n]|\\.)*)'|(?P<bare>(?:[^"'()\\\s]|\\.)*))\s*\))
    | (?P<unended>\burl\()
    | (?P<import>@import\s+(?P<quoted>"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'))
    | (?P<importurl>@import\s+url\(\s*["']?(?P<imported>(?:[^"'()\\\s]|\\.)*)["']?\s*\))
    | (?P<set>(?:-webkit-)?image-set\(\s*(?=["']))
    | (?P<behaviour>\b(?:behavior|-moz-binding)\s*:|expression\()
    | (?P<string>"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')
    """,
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)
_LETTERS = re.compile(r"\\0{0,4}([46][0-9a-f]|[57][0-9a])(?![0-9a-f])[ \t\r\n\f]?", re.IGNORECASE)
_CHARSET = re.compile(r'@charset\s+"[^"]*"\s*;?', re.IGNORECASE)


def rewrite_style(text: str, to: Callable[[str, str], str | None]) -> str:
    r"""Return the style sheet *text*; *to* (address, way of showing) says where something stands in the archive.

    The result can stand in a ``style`` element: it has no ``<``.

    >>> rewrite_style("a{background:url(x.png)} @import 'y.css';", lambda url, mode: f"/{mode}/{url}")
    'a{background:url("/im_/x.png")} @import url("/cs_/y.css");'
    >>> rewrite_style(r"a{background:\75rl(http://x/)}", lambda url, mode: None)
    'a{background:url("about:invalid")}'
    """
    plain = _LETTERS.sub(lambda found: chr(int(found[1], 16)), _CHARSET.sub("", text))
    written = _TOKEN.sub(lambda found: _replaced(found, to), plain)
    return written.replace("<", "\\3c ")


def rewrite_sheet(text: str, url: str, to: Callable[[str, str], str]) -> str:
    """Return the style sheet *text* that was captured at *url*."""

    def inside(reference: str, mode: str) -> str | None:
        target = resolve(url, reference)
        return to(target, mode) if target and target.lower().startswith(("http://", "https://")) else None

    return rewrite_style(text, inside)


def _replaced(found: re.Match[str], to: Callable[[str, str], str | None]) -> str:
    match found.lastgroup:
        case "comment":
            return ""
        case "url" | "double" | "single" | "bare":
            return _url(found["double"] or found["single"] or found["bare"] or "", to, PICTURE)
        case "import" | "quoted":
            return f"@import {_url(found['quoted'][1:-1], to, STYLE)}"
        case "importurl" | "imported":
            return f"@import {_url(found['imported'], to, STYLE)}"
        case "unended":
            return "invalid("
        case "set":
            return "invalid-set("
        case "behaviour":
            return "x-invalid:"
        case _:
            return found[0]


def _url(raw: str, to: Callable[[str, str], str | None], mode: str) -> str:
    reference = _ESCAPE.sub(_unescaped, raw).strip()
    if reference.startswith("#"):
        target: str | None = reference
    elif reference.lower().startswith(
        ("data:image/", "data:font/", "data:application/font", "data:application/x-font")
    ):
        target = reference
    else:
        target = to(reference, mode)
    quoted = (target or "about:invalid").replace("\\", "%5C").replace('"', "%22").replace("\n", "")
    return f'url("{quoted}")'


def _unescaped(found: re.Match[str]) -> str:
    if found[1]:
        code = int(found[1], 16)
        return chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"
    return "" if found[2] else found[3]
