"""The words that a picture carries in itself: IPTC-IIM, XMP and Exif of JPEG files, XMP of PNG and WebP.

Pure: bytes in, words out. Damaged or foreign files give what could be read of them, or None; nothing raises.
"""

from __future__ import annotations

import re
import struct
import zlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from lxml import etree

from crawler.extraction.credits.reading import numbered, read_credits
from crawler.extraction.text import squash

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archive.model import Credit

MAX_WORDS = 4_000
"""Characters of one field."""
MAX_PACKET = 512_000
"""Bytes of an XMP packet that are parsed."""
MAX_PARTS = 500
"""Segments, chunks and datasets of a file that are looked at."""
_XMP_HEAD = b"http://ns.adobe.com/xap/1.0/\0"
_EXIF_HEAD = b"Exif\0\0"
_PHOTOSHOP_HEAD = b"Photoshop 3.0\0"
_UTF8_MARK = b"\x1b%G"
"""The coded character set (1:90) of IPTC fields written as UTF-8."""
_IPTC = {80: "creator", 110: "credit", 115: "source", 116: "rights", 120: "caption", 40: "instructions"}
_EXIF = {0x013B: "creator", 0x8298: "rights", 0x010E: "caption"}
_NAMES = {
    "{http://purl.org/dc/elements/1.1/}creator": "creator",
    "{http://purl.org/dc/elements/1.1/}rights": "rights",
    "{http://purl.org/dc/elements/1.1/}description": "caption",
    "{http://ns.adobe.com/photoshop/1.0/}Credit": "credit",
    "{http://ns.adobe.com/photoshop/1.0/}Source": "source",
    "{http://ns.adobe.com/photoshop/1.0/}Instructions": "instructions",
    "{http://ns.adobe.com/xap/1.0/rights/}UsageTerms": "usage_terms",
    "{http://ns.adobe.com/xap/1.0/rights/}WebStatement": "licence",
}
_LI = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}li"
_NO_WORDS = re.compile(
    r"^\W*$|^(?:picasa|adobe photoshop.*|camera|unknown|default|digital camera|olympus.*)$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class EmbeddedWords:
    """What a picture says of itself, verbatim; a field that it lacks is empty."""

    creators: tuple[str, ...] = ()
    """IPTC By-line, XMP dc:creator, Exif Artist."""
    credit: str = ""
    """The credit line that the supplier asks for, e.g. "AFP via Getty Images"."""
    source: str = ""
    rights: str = ""
    """The copyright notice."""
    caption: str = ""
    instructions: str = ""
    """E.g. "Handout, editorial use only"."""
    usage_terms: str = ""
    licence: str = ""
    """The address of a statement of rights."""


def read_embedded(payload: bytes) -> EmbeddedWords | None:
    """Return what the picture *payload* says of itself; None when it says nothing, or is no JPEG, PNG or WebP.

    XMP is believed before IPTC-IIM, and that before Exif, as the standard asks of readers.
    """
    found: dict[str, dict[str, list[str]]] = {"xmp": {}, "iptc": {}, "exif": {}}
    for name, block in _blocks(payload):
        read = {"xmp": _xmp, "iptc": _iptc, "exif": _exif}[name]
        for field, printed in read(block):
            clean = squash(printed.replace("\0", " "))[:MAX_WORDS]
            if not _NO_WORDS.match(clean):
                known = found[name].setdefault(field, [])
                known += [clean] if clean not in known else []

    def words_of(field: str) -> list[str]:
        return next((found[name][field] for name in found if found[name].get(field)), [])

    words = EmbeddedWords(
        creators=tuple(words_of("creator")),
        **{
            field: " ".join(words_of(field)[:1])
            for field in ("credit", "source", "rights", "caption", "instructions", "usage_terms", "licence")
        },
    )
    return None if words == EmbeddedWords() else words


def embedded_credits(words: EmbeddedWords) -> tuple[Credit, ...]:
    """Return who made, supplied and owns a picture by its own words, in the form that captions give credits in."""
    found: list[Credit] = []
    for line in (*words.creators, words.credit or words.source):
        found += read_credits(line, "iptc").credits
    found += (replace(credit, found_in="iptc") for credit in read_credits(words.rights, "copyright").credits)
    raws = {(credit.name, credit.role): credit.raw for credit in reversed(found)}
    return tuple(replace(c, raw=raws[c.name, c.role]) for c in numbered(found, ""))


def _blocks(payload: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield the kinds and bytes of the blocks of a file that hold words."""
    if payload.startswith(b"\xff\xd8"):
        yield from _of_jpeg(payload)
    elif payload.startswith(b"\x89PNG\r\n\x1a\n"):
        yield from _of_png(payload)
    elif payload[:4] == b"RIFF" and payload[8:12] == b"WEBP":
        yield from _of_webp(payload)


def _of_jpeg(payload: bytes) -> Iterator[tuple[str, bytes]]:
    position = 2
    for _ in range(MAX_PARTS):
        marker = payload[position : position + 4]
        if len(marker) < 4 or marker[0] != 0xFF or marker[1] in {0xD9, 0xDA}:
            return
        size = int.from_bytes(marker[2:4], "big")
        block = payload[position + 4 : position + 2 + size]
        if marker[1] == 0xE1 and block.startswith(_XMP_HEAD):
            yield "xmp", block[len(_XMP_HEAD) :]
        elif marker[1] == 0xE1 and block.startswith(_EXIF_HEAD):
            yield "exif", block[len(_EXIF_HEAD) :]
        elif marker[1] == 0xED and block.startswith(_PHOTOSHOP_HEAD):
            yield from (("iptc", part) for part in _photoshop_iptc(block[len(_PHOTOSHOP_HEAD) :]))
        position += 2 + max(size, 2)


def _photoshop_iptc(block: bytes) -> Iterator[bytes]:
    """Yield the IPTC record among Photoshop's image resources."""
    position = 0
    for _ in range(MAX_PARTS):
        if block[position : position + 4] != b"8BIM":
            return
        kind = block[position + 4 : position + 6]
        name = block[position + 6] if position + 6 < len(block) else 0
        start = position + 6 + name + 1 + (name + 1) % 2
        size = int.from_bytes(block[start : start + 4], "big")
        if kind == b"\x04\x04":
            yield block[start + 4 : start + 4 + size]
        position = start + 4 + size + size % 2


def _of_png(payload: bytes) -> Iterator[tuple[str, bytes]]:
    position = 8
    for _ in range(MAX_PARTS):
        head = payload[position : position + 8]
        if len(head) < 8 or head[4:] == b"IEND":
            return
        size = int.from_bytes(head[:4], "big")
        if head[4:] == b"iTXt":
            block = payload[position + 8 : position + 8 + min(size, MAX_PACKET)]
            name, _, rest = block.partition(b"\0")
            if name == b"XML:com.adobe.xmp" and len(rest) > 2:
                packet = rest[2:].split(b"\0", 2)[-1]
                yield "xmp", _inflated(packet) if rest[0] else packet
        position += 12 + size


def _inflated(packet: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(packet, MAX_PACKET)
    except zlib.error:
        return b""


def _of_webp(payload: bytes) -> Iterator[tuple[str, bytes]]:
    position = 12
    for _ in range(MAX_PARTS):
        head = payload[position : position + 8]
        if len(head) < 8:
            return
        size = int.from_bytes(head[4:], "little")
        block = payload[position + 8 : position + 8 + min(size, MAX_PACKET)]
        if head[:4] == b"XMP ":
            yield "xmp", block
        elif head[:4] == b"EXIF":
            yield "exif", block.removeprefix(_EXIF_HEAD)
        position += 8 + size + size % 2


def _iptc(block: bytes) -> Iterator[tuple[str, str]]:
    """Yield the fields of an IPTC-IIM record."""
    position, encoding = 0, ""
    for _ in range(MAX_PARTS):
        if block[position : position + 1] != b"\x1c" or position + 5 > len(block):
            return
        record, dataset = block[position + 1], block[position + 2]
        size = int.from_bytes(block[position + 3 : position + 5], "big")
        if size & 0x8000:  # an extended dataset: longer than anything that is read here
            return
        value = block[position + 5 : position + 5 + size]
        if (record, dataset) == (1, 90) and value == _UTF8_MARK:
            encoding = "utf-8"
        elif record == 2 and dataset in _IPTC:
            yield _IPTC[dataset], _decoded(value, encoding)
        position += 5 + size


def _decoded(value: bytes, encoding: str) -> str:
    """Return a text whose encoding is rarely told: UTF-8 where it is that, else Windows' Latin letters."""
    try:
        return value.decode(encoding or "utf-8")
    except UnicodeDecodeError:
        return value.decode("cp1252", "replace")


def _exif(block: bytes) -> Iterator[tuple[str, str]]:
    """Yield the texts of the first directory of a TIFF header."""
    order = {b"II": "<", b"MM": ">"}.get(block[:2])
    if order is None or len(block) < 8:
        return
    (start,) = struct.unpack_from(order + "I", block, 4)
    if start + 2 > len(block):
        return
    (count,) = struct.unpack_from(order + "H", block, start)
    for number in range(min(count, MAX_PARTS)):
        entry = start + 2 + number * 12
        if entry + 12 > len(block):
            return
        tag, kind, size, value = struct.unpack_from(order + "HHII", block, entry)
        if tag in _EXIF and kind == 2:
            text = (
                block[entry + 8 : entry + 8 + size]
                if size <= 4
                else block[value : value + min(size, MAX_WORDS)]
            )
            for part in text.split(b";" if tag == 0x013B else b"\0\0"):
                yield _EXIF[tag], _decoded(part.rstrip(b"\0"), "")


def _xmp(packet: bytes) -> Iterator[tuple[str, str]]:
    """Yield the fields of an XMP packet: elements, lists, and attributes."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True, huge_tree=False)
    start = packet.find(b"<")
    end = packet.rfind(b">")
    if start < 0 or end < start or len(packet) > MAX_PACKET:
        return
    try:
        root = etree.fromstring(packet[start : end + 1], parser)
    except (etree.XMLSyntaxError, ValueError):
        return
    if root is None:
        return
    for element in root.iter(etree.Element):
        for name, value in element.attrib.items():
            if str(name) in _NAMES:
                yield _NAMES[str(name)], str(value)
        field = _NAMES.get(str(element.tag))
        if field is not None:
            items = [item.text or "" for item in element.iter(_LI)] or [element.text or ""]
            yield from ((field, item) for item in (items if field == "creator" else items[:1]))
