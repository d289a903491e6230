"""Pictures and the font are valid files."""

from __future__ import annotations

import struct
import zlib

import lxml.etree
import pytest

from crawler.newsroom import pictures
from crawler.newsroom.font import ornament_font


def chunks_of(png: bytes):
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    position = 8
    while position < len(png):
        length, name = struct.unpack_from(">I4s", png, position)
        content = png[position + 8 : position + 8 + length]
        (check,) = struct.unpack_from(">I", png, position + 8 + length)
        assert check == zlib.crc32(name + content)
        yield name, content
        position += 12 + length


@pytest.mark.parametrize("width", pictures.WIDTHS)
def test_landscape_is_a_whole_png_of_its_width(width):
    chunks = dict(chunks_of(pictures.landscape("quay", width)))
    shown_width, height, depth, kind = struct.unpack_from(">IIBB", chunks[b"IHDR"])
    pixels = zlib.decompress(chunks[b"IDAT"])
    assert (shown_width, depth, kind) == (width, 8, 3)
    assert len(pixels) == height * (width + 1)
    assert max(pixels) < len(chunks[b"PLTE"]) // 3


def test_landscapes_differ_by_key_and_size_and_nothing_else():
    assert pictures.landscape("a", 320) != pictures.landscape("b", 320) != pictures.landscape("b", 640)
    pictures.landscape.cache_clear()
    assert pictures.landscape("a", 320) == pictures.landscape("a", 320)


def test_icons_and_logos_are_whole():
    png = pictures.icon("courier", 32)
    assert [name for name, _ in chunks_of(png)][-1] == b"IEND"
    assert pictures.icon_file(png, 32).endswith(png)
    assert lxml.etree.fromstring(pictures.logo("Salt & Pepper", "#000").encode()).tag.endswith("svg")


def test_font_is_a_woff_whose_tables_lie_inside_the_file():
    font = ornament_font()
    signature, flavor, length, count = struct.unpack_from(">4sIIH", font)
    assert (signature, flavor, length) == (b"wOFF", 0x00010000, len(font))
    tags = []
    for number in range(count):
        tag, offset, stored, original, _ = struct.unpack_from(">4sIIII", font, 44 + 20 * number)
        content = font[offset : offset + stored]
        assert len(zlib.decompress(content) if stored < original else content) == original
        tags.append(tag)
    assert tags == sorted(tags)
    assert {b"cmap", b"glyf", b"head", b"OS/2"} <= set(tags)
