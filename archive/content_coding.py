"""Undoing content codings (RFC 9110, 8.4): gzip, deflate; br and zstd where a library is installed."""

from __future__ import annotations

import importlib
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator, Sequence

_SLICE = 1 << 14
"""Bytes fed to a decoder at once; deflate makes at most 1032 times as many of them, so a bomb is met
early."""
_BROTLI_SLICE = 1 << 10
_OUTPUT = 1 << 20
_GZIP_MAGIC, _ZSTD_MAGIC = b"\x1f\x8b", b"\x28\xb5\x2f\xfd"
_NO_CODING = frozenset({"", "identity", "none", "utf-8", "binary", "8bit", "chunked"})
"""What servers send that codes nothing."""
_MOST_CODINGS = 4
"""More than two were never seen; a long list is an attack on the reader."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """What undoing content codings gave."""

    payload: bytes
    """Everything that could be decoded; the bytes as they came where the coding is a lie or unknown."""
    flaw: str | None = None
    """In words, what could not be done; None when all went well."""


def decode(entity: bytes, codings: Sequence[str], *, limit: int) -> Decoded:
    """Return *entity* without the content codings *codings*, named in the order in which they were applied.

    Never raises: a truncated stream gives what it holds, a lying or unknown coding gives the bytes as they
    came, a result of more than *limit* bytes is cut there; `flaw` then says so. Garbage behind the end of a
    gzip stream is dropped without a word, as browsers do.
    """
    wanted = [name for name in (coding.strip().lower() for coding in codings) if name not in _NO_CODING]
    if len(wanted) > _MOST_CODINGS:
        return Decoded(payload=entity, flaw=f"{len(wanted)} content codings")
    payload, flaws = entity, []
    for coding in reversed(wanted):
        if not payload:  # the answer to HEAD, a 304: announced, but not there
            break
        step = _decode_one(payload, coding, limit)
        payload = step.payload
        if step.flaw:
            flaws.append(step.flaw)
            break
    return Decoded(payload=payload, flaw="; ".join(flaws) or None)


def _decode_one(entity: bytes, coding: str, limit: int) -> Decoded:
    streams = _STREAMS.get(coding)
    if streams is None:
        return Decoded(payload=entity, flaw=f"unknown content coding {coding[:40]!r}")
    pieces: list[bytes] = []
    size, flaw = 0, None
    try:
        for piece in streams(entity):
            pieces.append(piece[: limit - size])
            if size + len(piece) > limit:
                flaw = f"{coding} payload cut at {limit} bytes"
                break
            size += len(piece)
    except _Undecodable as error:
        flaw = str(error)
    payload = b"".join(pieces)
    if flaw and not payload:
        return Decoded(payload=entity, flaw=flaw)
    return Decoded(payload=payload, flaw=flaw)


class _Undecodable(Exception):  # noqa: N818  (never leaves this module)
    pass


def _gzip(entity: bytes) -> Iterator[bytes]:
    if entity[:2] != _GZIP_MAGIC:
        raise _Undecodable("said to be gzip, but is not")
    end = 0
    while entity[end : end + 2] == _GZIP_MAGIC:  # members may follow one another (RFC 1952, 2.2)
        end = yield from _inflate(entity, end, 31, "gzip")


def _deflate(entity: bytes) -> Iterator[bytes]:
    """HTTP's deflate is a zlib stream, but some servers send the bare one (RFC 9110, 8.4.1.2, note)."""
    try:
        zlib.decompressobj().decompress(entity[:64], 1)
        window = zlib.MAX_WBITS
    except zlib.error:
        window = -zlib.MAX_WBITS
    yield from _inflate(entity, 0, window, "deflate")


def _inflate(entity: bytes, start: int, window: int, coding: str) -> Generator[bytes, None, int]:
    """Yield what the stream at *start* holds; return where it ends."""
    decoder = zlib.decompressobj(window)
    for position in range(start, len(entity), _SLICE):
        piece = entity[position : position + _SLICE]
        try:
            yield decoder.decompress(piece)
        except zlib.error as error:
            raise _Undecodable(f"damaged {coding} payload") from error
        if decoder.eof:
            return position + len(piece) - len(decoder.unused_data)
    raise _Undecodable(f"{coding} payload ends early")


def _brotli(entity: bytes) -> Iterator[bytes]:
    library = _library("brotli", "brotlicffi")
    decoder = library.Decompressor()
    # A few bytes of br can stand for 16 MB: only small slices, and, where the library can (1.2), small
    # pieces.
    bounded = hasattr(decoder, "can_accept_more_data")
    try:
        for start in range(0, len(entity), _BROTLI_SLICE):
            piece = entity[start : start + _BROTLI_SLICE]
            if not bounded:
                yield decoder.process(piece)
                continue
            yield decoder.process(piece, output_buffer_limit=_OUTPUT)
            while not decoder.can_accept_more_data() and not decoder.is_finished():
                yield decoder.process(b"", output_buffer_limit=_OUTPUT)
            if decoder.is_finished():
                return
    except library.error as error:
        raise _Undecodable("damaged br payload") from error
    if not decoder.is_finished():
        raise _Undecodable("br payload ends early")


def _zstd(entity: bytes) -> Iterator[bytes]:
    library = _library("compression.zstd", "backports.zstd")
    rest = entity
    while rest[:4] == _ZSTD_MAGIC or rest is entity:  # frames may follow one another (RFC 8878, 3)
        decoder = library.ZstdDecompressor()
        try:
            yield decoder.decompress(rest, max_length=_OUTPUT)
            while not decoder.eof and not decoder.needs_input:
                yield decoder.decompress(b"", max_length=_OUTPUT)
        except library.ZstdError as error:
            raise _Undecodable("damaged zstd payload") from error
        if not decoder.eof:
            raise _Undecodable("zstd payload ends early")
        rest = decoder.unused_data


def _library(*names: str) -> Any:
    for name in names:
        try:
            return importlib.import_module(name)
        except ImportError:
            continue
    raise _Undecodable(f"no library for this content coding is installed ({' or '.join(names)})")


_STREAMS: dict[str, Callable[[bytes], Iterator[bytes]]] = {
    "gzip": _gzip,
    "x-gzip": _gzip,
    "deflate": _deflate,
    "x-deflate": _deflate,
    "br": _brotli,
    "zstd": _zstd,
}
