"""A web font with one ornament (U+2756, black diamond), made by code: OpenType 1.9 tables in a WOFF 1.0 file."""

from __future__ import annotations

import struct
import zlib

ORNAMENT = "\u2756"
_UNITS = 1000
_DIAMOND = ((500, 0), (150, 350), (500, 700), (850, 350))


def ornament_font() -> bytes:
    """Return the font as a WOFF file (W3C WOFF File Format 1.0, sections 3 and 5)."""
    tables = sorted(_tables().items())
    directory, bodies = b"", b""
    offset = 44 + 20 * len(tables)
    for tag, content in tables:
        packed = zlib.compress(content)
        stored = packed if len(packed) < len(content) else content
        directory += struct.pack(">4sIIII", tag, offset, len(stored), len(content), _checksum(content, tag))
        bodies += _padded(stored)
        offset += len(_padded(stored))
    unpacked = 12 + 16 * len(tables) + sum(len(_padded(content)) for _, content in tables)
    head = struct.pack(
        ">4sIIHHIHHIIIII", b"wOFF", 0x00010000, offset, len(tables), 0, unpacked, 1, 0, 0, 0, 0, 0, 0
    )
    return head + directory + bodies


def _tables() -> dict[bytes, bytes]:
    glyphs, offsets = _glyphs()
    tables = {
        b"OS/2": _os2(),
        b"cmap": _cmap(),
        b"glyf": glyphs,
        b"head": _head(0),
        b"hhea": struct.pack(
            ">IhhhHhhhhhhhhhhhH", 0x00010000, 800, -200, 0, 1000, 150, 150, 850, 1, 0, 0, 0, 0, 0, 0, 0, 2
        ),
        b"hmtx": struct.pack(">HhHh", 1000, 0, 1000, 150),
        b"loca": struct.pack(">3H", *(offset // 2 for offset in offsets)),
        b"maxp": struct.pack(">IHHHHHHHHHHHHHH", 0x00010000, 2, 4, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0),
        b"name": _name(),
        b"post": struct.pack(">IIhhIIIII", 0x00030000, 0, -100, 50, 0, 0, 0, 0, 0),
    }
    return tables | {b"head": _head(_adjustment(tables))}


def _glyphs() -> tuple[bytes, tuple[int, int, int]]:
    """Return the ``glyf`` table (an empty .notdef and the diamond) and the offsets for ``loca``."""
    xs, ys = zip(*_DIAMOND, strict=True)
    steps_x = [x - before for x, before in zip(xs, (0, *xs[:-1]), strict=True)]
    steps_y = [y - before for y, before in zip(ys, (0, *ys[:-1]), strict=True)]
    glyph = struct.pack(">hhhhhHH", 1, min(xs), min(ys), max(xs), max(ys), len(_DIAMOND) - 1, 0)
    glyph += b"\x01" * len(_DIAMOND) + struct.pack(">8h", *steps_x, *steps_y)
    glyph = _padded(glyph)
    return glyph, (0, 0, len(glyph))


def _head(adjustment: int) -> bytes:
    fixed = struct.pack(">IIIIHH", 0x00010000, 0x00010000, adjustment, 0x5F0F3CF5, 0x000B, _UNITS)
    return fixed + struct.pack(">qqhhhhHHhhh", 0, 0, 150, 0, 850, 700, 0, 8, 2, 0, 0)


def _cmap() -> bytes:
    code = ord(ORNAMENT)
    segments = struct.pack(">HHHHHHH", 4, 32, 0, 4, 4, 1, 0)
    segments += struct.pack(">HHHHHhhHH", code, 0xFFFF, 0, code, 0xFFFF, 1 - code, 1, 0, 0)
    return struct.pack(">HHHHI", 0, 1, 3, 1, 12) + segments


def _os2() -> bytes:
    code = ord(ORNAMENT)
    head = struct.pack(">HhHHHhhhhhhhhhhh", 4, 1000, 400, 5, 0, 650, 600, 0, 75, 650, 600, 0, 350, 50, 250, 0)
    middle = bytes(10) + struct.pack(">IIII4s", 0, 0, 0, 0, b"TRSH")
    return (
        head
        + middle
        + struct.pack(">HHHhhhHHIIhhHHH", 0x40, code, code, 800, -200, 0, 800, 200, 1, 0, 500, 700, 0, 32, 1)
    )


def _name() -> bytes:
    words = {1: "Newsroom Ornament", 2: "Regular", 4: "Newsroom Ornament", 6: "NewsroomOrnament"}
    records, texts = b"", b""
    for name_id, text in words.items():
        encoded = text.encode("utf-16-be")
        records += struct.pack(">HHHHHH", 3, 1, 0x0409, name_id, len(encoded), len(texts))
        texts += encoded
    return struct.pack(">HHH", 0, len(words), 6 + len(records)) + records + texts


def _padded(content: bytes) -> bytes:
    return content + bytes(-len(content) % 4)


def _checksum(content: bytes, tag: bytes = b"") -> int:
    if tag == b"head":  # the adjustment itself does not count
        content = content[:8] + bytes(4) + content[12:]
    padded = _padded(content)
    words: tuple[int, ...] = struct.unpack(f">{len(padded) // 4}I", padded)
    return sum(words) & 0xFFFFFFFF


def _adjustment(tables: dict[bytes, bytes]) -> int:
    """Return ``checkSumAdjustment`` for the font as it would stand in an uncompressed file."""
    power = 1 << (len(tables).bit_length() - 1)
    header = struct.pack(
        ">IHHHH", 0x00010000, len(tables), power * 16, power.bit_length() - 1, len(tables) * 16 - power * 16
    )
    offset, total = 12 + 16 * len(tables), 0
    for tag, content in sorted(tables.items()):
        entry = struct.pack(">4sIII", tag, _checksum(content, tag), offset, len(content))
        header += entry
        total += _checksum(content, tag)
        offset += len(_padded(content))
    return (0xB1B0AFBA - total - _checksum(header)) & 0xFFFFFFFF
