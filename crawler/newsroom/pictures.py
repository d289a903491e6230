"""Pictures drawn by code: landscapes as palette PNGs (W3C PNG, third edition, 5 and 11.2) and logos as SVG."""

from __future__ import annotations

import hashlib
import math
import struct
import zlib
from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

WIDTHS = (320, 640, 960)
"""The sizes that pages offer in ``srcset``."""
HEIGHT_RATIO = 0.5625

Colour = tuple[int, int, int]
_MOODS: tuple[tuple[Colour, Colour, Colour, Colour], ...] = (
    # sky above, sky at the horizon, nearest ground, sun or moon
    ((72, 126, 176), (226, 236, 240), (30, 58, 66), (255, 247, 214)),
    ((44, 62, 110), (246, 190, 148), (40, 34, 52), (255, 226, 170)),
    ((128, 170, 184), (240, 232, 210), (70, 92, 60), (255, 255, 240)),
    ((18, 26, 54), (76, 92, 140), (10, 14, 26), (240, 240, 220)),
    ((150, 140, 170), (250, 224, 214), (84, 60, 76), (255, 240, 225)),
    ((96, 120, 130), (206, 214, 212), (52, 60, 58), (236, 240, 236)),
)
_SKY_STEPS = 96
_LAYERS = 4


def _numbers(key: str) -> list[int]:
    """Return 64 numbers 0 … 255 that belong to *key*."""
    return list(hashlib.sha512(key.encode()).digest())


def _mix(one: Colour, other: Colour, share: float) -> Colour:
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue


@lru_cache(maxsize=512)
def landscape(key: str, width: int, height: int | None = None) -> bytes:
    """Return a PNG of *width* pixels that shows the same landscape for the same *key* at every size."""
    height = height or round(width * HEIGHT_RATIO)
    numbers = _numbers(key)
    sky, horizon, ground, light = _MOODS[numbers[0] % len(_MOODS)]
    palette = [_mix(sky, horizon, step / (_SKY_STEPS - 1)) for step in range(_SKY_STEPS)]
    palette += [_mix(horizon, ground, (layer + 1) / _LAYERS) for layer in range(_LAYERS)]
    palette.append(light)
    pixels = _sky(width, height)
    _disc(pixels, width, height, numbers)
    _ground(pixels, width, height, numbers)
    if numbers[1] % 2:
        _houses(pixels, width, height, numbers)
    return _png(width, height, palette, pixels)


def _sky(width: int, height: int) -> bytearray:
    pixels = bytearray()
    for row in range(height):
        pixels += bytes([min(_SKY_STEPS - 1, row * _SKY_STEPS // max(1, round(height * 0.7)))]) * width
    return pixels


def _disc(pixels: bytearray, width: int, height: int, numbers: list[int]) -> None:
    """Draw the sun or the moon."""
    centre_x, centre_y = width * (0.15 + 0.7 * numbers[2] / 255), height * (0.18 + 0.25 * numbers[3] / 255)
    radius = height * (0.05 + 0.04 * numbers[4] / 255)
    for row in range(int(centre_y - radius), int(centre_y + radius) + 1):
        half = math.sqrt(max(0.0, radius**2 - (row - centre_y) ** 2))
        left, right = int(centre_x - half), int(centre_x + half)
        pixels[row * width + left : row * width + right] = bytes([_SKY_STEPS + _LAYERS]) * (right - left)


def _ground(pixels: bytearray, width: int, height: int, numbers: list[int]) -> None:
    """Draw hills one behind the other, each nearer one lower and darker; the flat ones look like water."""
    for layer in range(_LAYERS):
        waves = numbers[8 + 6 * layer : 14 + 6 * layer]
        swing = (0.10 - 0.02 * layer) * (waves[0] / 255) ** 1.5
        level = 0.52 + 0.12 * layer
        for column in range(width):
            x = column / width
            bump = math.sin(x * (3 + waves[1] % 5) + waves[2]) + 0.5 * math.sin(
                x * (9 + waves[3] % 9) + waves[4]
            )
            top = min(height, max(0, round(height * (level + swing * bump))))
            pixels[top * width + column :: width] = bytes([_SKY_STEPS + layer]) * (height - top)


def _houses(pixels: bytearray, width: int, height: int, numbers: list[int]) -> None:
    """Draw a row of houses with lit windows in front."""
    left = round(width * 0.04)
    for house in range(9):
        size, storeys = numbers[34 + house], 2 + numbers[44 + house] % 4
        breadth = round(width * (0.05 + 0.05 * size / 255))
        top = round(height * (0.86 - 0.05 * storeys))
        for row in range(top, height):
            pixels[row * width + left : row * width + left + breadth] = (
                bytes([_SKY_STEPS + _LAYERS - 1]) * breadth
            )
        pane, step = max(1, breadth // 7), max(2, breadth // 4)
        for storey in range(storeys):
            for row in range(
                top + round(height * (0.015 + 0.05 * storey)), top + round(height * (0.035 + 0.05 * storey))
            ):
                for window in range(3):
                    if (size >> (storey + window)) & 1:
                        start = row * width + left + pane + window * step
                        pixels[start : start + pane] = bytes([_SKY_STEPS + _LAYERS]) * pane
        left += breadth + round(width * 0.012)


def _png(width: int, height: int, palette: list[Colour], pixels: bytes | bytearray) -> bytes:
    rows = b"".join(b"\0" + bytes(pixels[row * width : (row + 1) * width]) for row in range(height))
    return b"".join(
        (
            b"\x89PNG\r\n\x1a\n",
            _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)),
            _chunk(b"PLTE", bytes(value for colour in palette for value in colour)),
            _chunk(b"IDAT", zlib.compress(rows, 6)),
            _chunk(b"IEND", b""),
        )
    )


def _chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


_XMP = (
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    ' xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" xmlns:xmpRights="http://ns.adobe.com/xap/1.0/rights/">'
    "{}</rdf:Description></rdf:RDF></x:xmpmeta>"
)
_XMP_FIELDS = {
    "creator": "<dc:creator><rdf:Seq><rdf:li>{}</rdf:li></rdf:Seq></dc:creator>",
    "credit": "<photoshop:Credit>{}</photoshop:Credit>",
    "rights": "<dc:rights><rdf:Alt><rdf:li>{}</rdf:li></rdf:Alt></dc:rights>",
    "usage_terms": "<xmpRights:UsageTerms><rdf:Alt><rdf:li>{}</rdf:li></rdf:Alt></xmpRights:UsageTerms>",
}


def with_words(png: bytes, words: Sequence[tuple[str, str]]) -> bytes:
    """Return *png* with *words* (field, text) as XMP before its pixels; as it is without words."""
    if not words:
        return png
    packet = _XMP.format("".join(_XMP_FIELDS[field].format(escape(text)) for field, text in words))
    place = png.index(b"IDAT") - 4
    return png[:place] + _chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + packet.encode()) + png[place:]


def icon(key: str, size: int) -> bytes:
    """Return a square PNG in the colours of *key*, for touch icons."""
    sky, _, ground, light = _MOODS[_numbers(key)[0] % len(_MOODS)]
    pixels = bytearray(size * size)
    band = size // 4
    for row in range(size):
        start = row * size
        pixels[start + band : start + 2 * band] = b"\1" * band if band <= row < size - band else b"\0" * band
        if band <= row < 2 * band:
            pixels[start + band : start + 3 * band] = b"\2" * (2 * band)
    return _png(size, size, [ground, light, sky], pixels)


def paper() -> bytes:
    """Return a small seamless PNG that looks like newsprint, for page backgrounds."""
    grain = b"".join(hashlib.sha512(b"newsprint %d" % row).digest() for row in range(64))
    return _png(
        64,
        64,
        [(253, 252, 248), (251, 249, 244), (249, 247, 241)],
        bytes(max(0, value % 9 - 6) for value in grain),
    )


def icon_file(png: bytes, size: int) -> bytes:
    """Return an ICO file that holds one PNG."""
    return struct.pack("<HHHBBBBHHII", 0, 1, 1, size, size, 0, 0, 1, 32, len(png), 22) + png


def logo(name: str, colour: str) -> str:
    """Return an SVG that says *name*."""
    width = 44 + sum(
        35 if ord(letter) > 0x2E7F else 17 for letter in name
    )  # letters of Asian scripts are square
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="60" viewBox="0 0 {width} 60" role="img">'
        f"<title>{escape(name)}</title>"
        f'<rect x="4" y="14" width="8" height="32" fill="{colour}"/><rect x="16" y="14" width="3" height="32" fill="{colour}"/>'
        f'<text x="30" y="42" font-family="Georgia, serif" font-size="34" font-weight="700" fill="{colour}">{escape(name)}</text></svg>'
    )
