"""The words that a picture carries in itself: IPTC-IIM, XMP and Exif of JPEG files, XMP of PNG and WebP.

Pure: bytes in, words out. Damaged or foreign files give what could be read of them, or None; nothing raises.
"""

from __future__ import annotations

import re
import struct
import zlib
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from lxml import etree

from archive.model import RightsWords
from archive.picture_words import PictureReading, PictureWords
from crawler.extraction.credits.reading import numbered, read_credits
from crawler.extraction.credits.rights import MAX_WORDS as MAX_RIGHTS
from crawler.extraction.credits.rights import kinds_of_rights
from crawler.extraction.text import squash

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from archive.model import Credit

MAX_WORDS = 4_000
"""Characters of one field."""
MAX_PACKET = 512_000
"""Bytes of an XMP packet that are parsed."""
MAX_HEAD = 1 << 20
"""Bytes in which the words of a JPEG or PNG must stand."""
MAX_WEBP = 8 << 20
"""Bytes of a WebP that says it has words at its end."""
MORE = 1 << 14
"""Bytes that are asked for at a time."""
MAX_PARTS = 500
"""Segments, chunks and datasets of a file that are looked at."""
_XMP_HEAD = b"http://ns.adobe.com/xap/1.0/\0"
_EXIF_HEAD = b"Exif\0\0"
_PHOTOSHOP_HEAD = b"Photoshop 3.0\0"
_UTF8_MARK = b"\x1b%G"
"""The coded character set (1:90) of IPTC fields written as UTF-8."""
_IPTC = {
    80: "creator",
    110: "credit",
    115: "source",
    116: "rights",
    105: "headline",
    120: "caption",
    40: "instructions",
    55: "created",
    60: "time",
}
_EXIF = {0x013B: "creator", 0x8298: "rights", 0x010E: "caption", 0x9003: "created"}
_EXIF_DIRECTORY = 0x8769
"""The entry that leads to Exif's own directory, where the time of the exposure stands."""
_NAMES = {
    "{http://purl.org/dc/elements/1.1/}creator": "creator",
    "{http://purl.org/dc/elements/1.1/}rights": "rights",
    "{http://purl.org/dc/elements/1.1/}description": "caption",
    "{http://ns.adobe.com/photoshop/1.0/}Headline": "headline",
    "{http://ns.adobe.com/photoshop/1.0/}DateCreated": "created",
    "{http://ns.adobe.com/photoshop/1.0/}Credit": "credit",
    "{http://ns.adobe.com/photoshop/1.0/}Source": "source",
    "{http://ns.adobe.com/photoshop/1.0/}Instructions": "instructions",
    "{http://ns.adobe.com/xap/1.0/rights/}UsageTerms": "usage_terms",
    "{http://ns.adobe.com/xap/1.0/rights/}WebStatement": "licence",
    "{http://iptc.org/std/Iptc4xmpExt/2008-02-29/}DigitalSourceType": "digital_source",
}
_SINGLE = ("credit", "source", "rights", "headline", "caption", "instructions", "usage_terms", "licence")
_LI = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}li"
_DATE = re.compile(
    r"(\d{4})[-:.]?(\d\d)[-:.]?(\d\d)(?:[T ]?(\d\d):?(\d\d)(?::?(\d\d))?(?:\.\d{1,6})?(Z|[+-]\d\d:?\d\d)?)?"
)
"""As IPTC (20151229, 143000+0100), XMP (2015-12-29T14:30:00+01:00) and Exif (2015:12:29 14:30:00) write it."""
_NO_WORDS = re.compile(
    r"^\W*$|^(?:picasa|adobe photoshop.*|camera|unknown|default|digital camera|(?:canon|nikon|sony|olympus|panasonic|fujifilm|kodak|samsung|"
    r"pentax|leica|hp|hewlett-packard|apple|iphone)\b.*|admin(?:istrator)?|user|owner|artist|photographer|(?:microsoft |windows )?(?:office )?user|"
    r"n/?a|none|null|test)$",
    re.IGNORECASE,
)
"""What cameras, programs and offices put where a name should stand."""


def read_embedded(payload: bytes) -> PictureWords | None:
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

    words = PictureWords(
        creators=tuple(words_of("creator")),
        **{field: " ".join(words_of(field)[:1]) for field in _SINGLE},
        created=_iso(_with_time(words_of("created"), found["iptc"].get("time", []))),
        digital_source=" ".join(words_of("digital_source")[:1]).rstrip("/").rpartition("/")[2],
    )
    return None if words in (PictureWords(), PictureWords(created=words.created)) else words


def read_picture(payload: bytes) -> PictureReading | None:
    """Return what the picture *payload* says of itself and what that means; None when it says nothing."""
    words = read_embedded(payload)
    return _reading_of(words) if words is not None else None


@lru_cache(maxsize=256)
def _reading_of(words: PictureWords) -> PictureReading:
    """Return what *words* mean; a page offers one picture in many sizes, which all say the same."""
    lines = (words.rights, words.credit, words.usage_terms, words.instructions)
    kinds = [(kind, line) for line in lines for kind in kinds_of_rights(line)]
    kinds += [("licence", words.licence)] if words.licence else []
    rights = (RightsWords(kind=kind, words=line[:MAX_RIGHTS], found_in="iptc") for kind, line in kinds)
    return PictureReading(words=words, credits=embedded_credits(words), rights=tuple(dict.fromkeys(rights)))


def _with_time(dates: list[str], times: list[str]) -> str:
    """Return the first date, with the time that IPTC-IIM puts into a field of its own."""
    date = dates[0] if dates else ""
    return f"{date} {times[0]}" if times and len(date) == len("20151229") else date


def _iso(printed: str) -> str:
    """Return a point in time in ISO 8601, or as printed where it is none.

    >>> _iso("20151229 143000+0100"), _iso("2015:12:29 14:30:00"), _iso("December")
    ('2015-12-29T14:30:00+01:00', '2015-12-29T14:30:00', 'December')
    """
    match = _DATE.match(printed)
    if match is None:
        return printed
    year, month, day, hour, minute, second, zone = match.groups()
    if zone and zone != "Z" and ":" not in zone:
        zone = f"{zone[:3]}:{zone[3:]}"
    time = f"T{hour}:{minute}:{second or '00'}{zone or ''}" if hour else ""
    return f"{year}-{month}-{day}{time}"


def holds_words(beginning: bytes) -> int:
    """Return how many bytes of a picture, of which *beginning* is known, must be looked at for its words; 0 for none.

    Of a JPEG that is what stands before the scan; of a WebP the words stand at the end, and its head says whether
    there are any. What is not known yet is asked for piece by piece: the answer grows with *beginning*.
    """
    if beginning.startswith(b"\xff\xd8"):
        return _to_scan(beginning)
    if beginning.startswith(b"\x89PNG\r\n\x1a\n"):
        return MAX_HEAD
    if beginning[:4] == b"RIFF" and beginning[8:12] == b"WEBP":
        has_words = beginning[12:16] == b"VP8X" and len(beginning) > 20 and beginning[20] & 0b1100
        return min(int.from_bytes(beginning[4:8], "little") + 8, MAX_WEBP) if has_words else 0
    return 0


def _to_scan(beginning: bytes) -> int:
    """Return where the segments of a JPEG end that may hold words, as far as *beginning* tells, and at least its length."""
    position = 2
    for _ in range(MAX_PARTS):
        marker = beginning[position : position + 4]
        if len(marker) < 4:
            return min(position + MORE, MAX_HEAD)
        if marker[0] != 0xFF or marker[1] in {0xD9, 0xDA}:
            return position
        position += 2 + max(int.from_bytes(marker[2:4], "big"), 2)
        if position > MAX_HEAD:
            break
    return min(position, MAX_HEAD)


def embedded_credits(words: PictureWords) -> tuple[Credit, ...]:
    """Return who made, supplied and owns a picture by its own words, in the form that captions give credits in."""
    found: list[Credit] = []
    for line in (*words.creators, words.credit or words.source):
        found += read_credits(line, "iptc").credits
    found += (replace(credit, found_in="iptc") for credit in read_credits(words.rights, "copyright").credits)
    return numbered([credit for credit in found if credit.kind != "other"], "")


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
    """Yield the texts of the first directory of a TIFF header, and of Exif's own that it leads to."""
    order = {b"II": "<", b"MM": ">"}.get(block[:2])
    if order is None or len(block) < 8:
        return
    (start,) = struct.unpack_from(order + "I", block, 4)
    own = yield from _directory(block, order, start)
    if own:
        yield from _directory(block, order, own)


def _directory(block: bytes, order: str, start: int) -> Generator[tuple[str, str], None, int]:
    """Yield the texts of the directory at *start*; return where Exif's own stands, 0 when it names none."""
    own = 0
    if start + 2 > len(block):
        return own
    (count,) = struct.unpack_from(order + "H", block, start)
    for number in range(min(count, MAX_PARTS)):
        entry = start + 2 + number * 12
        if entry + 12 > len(block):
            break
        tag, kind, size, value = struct.unpack_from(order + "HHII", block, entry)
        if tag == _EXIF_DIRECTORY:
            own = value
        if tag in _EXIF and kind == 2:
            at, length = (entry + 8, size) if size <= 4 else (value, min(size, MAX_WORDS))
            for part in block[at : at + length].split(b";" if tag == 0x013B else b"\0\0"):
                yield _EXIF[tag], _decoded(part.rstrip(b"\0"), "")
    return own


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
