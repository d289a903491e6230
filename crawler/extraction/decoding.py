"""Bytes to characters, once, by the rules browsers use."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

from bs4.dammit import UnicodeDammit
from w3lib.encoding import html_body_declared_encoding, http_content_type_encoding, read_bom, resolve_encoding

if TYPE_CHECKING:
    from archive.model import Page

MAX_BYTES = 20_000_000
"""A payload is read up to here; the longest news page of the corpora has 3.5 MB."""
DETECT_BYTES = 60_000
_HIGH = re.compile(rb"[\x80-\xff]")


def decode(page: Page) -> tuple[str, str]:
    """Return the page's text and the name of the encoding it was read with.

    The order is the WHATWG one: byte order mark, HTTP header, declaration in the page, detection
    (https://html.spec.whatwg.org/multipage/parsing.html#determining-the-character-encoding). One
    departure: where the declared encoding is wrong beyond doubt - declared UTF-8 that is not, or a
    declared single-byte encoding over bytes that are well-formed UTF-8 - the bytes are believed.
    """
    payload = page.payload[:MAX_BYTES]
    bom_encoding, bom = read_bom(payload)
    if bom_encoding is not None and bom is not None:
        return payload[len(bom) :].decode(bom_encoding, "replace"), bom_encoding
    declared = http_content_type_encoding(page.header("content-type"))
    in_page = html_body_declared_encoding(payload[:4096])
    for encoding in (declared, in_page):
        if encoding and _fits(payload, encoding):
            return _decoded(payload, encoding)
    if not _HIGH.search(payload):
        return payload.decode("ascii", "replace"), declared or in_page or "utf-8"
    return _detected(payload)


def _decoded(payload: bytes, encoding: str) -> tuple[str, str]:
    if _is_single_byte(encoding) and _HIGH.search(payload) and _is_utf8(payload):
        encoding = "utf-8"
    return payload.decode(encoding, "replace"), encoding


def _fits(payload: bytes, encoding: str) -> bool:
    """Return whether *payload* can be text in *encoding*: at most one damaged character in 1,000."""
    known = resolve_encoding(encoding)
    if known is None:
        return False
    try:
        sample = payload[:DETECT_BYTES].decode(known, "replace")
    except (LookupError, UnicodeError):
        return False
    damaged = sample.count("\ufffd")
    return damaged <= 3 or damaged * 1000 < len(sample)


def _is_single_byte(encoding: str) -> bool:
    name = codecs.lookup(encoding).name
    return name.startswith(("iso8859", "cp125", "koi8", "mac", "cp874", "ascii"))


def _is_utf8(payload: bytes) -> bool:
    try:
        payload.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _detected(payload: bytes) -> tuple[str, str]:
    if _is_utf8(payload):
        return payload.decode("utf-8"), "utf-8"
    guess = UnicodeDammit(payload[:DETECT_BYTES], is_html=True).original_encoding
    encoding = resolve_encoding(guess) if guess else None
    encoding = encoding or "cp1252"
    return payload.decode(encoding, "replace"), encoding
