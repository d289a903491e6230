"""Taking a query's articles away in any export format: streamed as it is made, whole, the same as on the screen."""

from __future__ import annotations

import io
import queue
import tempfile
import threading
from datetime import UTC, datetime
from importlib import metadata
from typing import TYPE_CHECKING

from starlette.responses import JSONResponse, PlainTextResponse, Response, StreamingResponse

from archive.errors import ArchiveError
from archive.export.formats import find_formats
from archive.export.manifest import Digesting, Manifest, Written
from archive.export.subset import Subset, articles_for_subset
from archive.index.reading_room import reading_room
from archive.web.people import is_staff

if TYPE_CHECKING:
    from collections.abc import Iterator

    from starlette.requests import Request

    from archive.export.formats import Format
    from archive.folder import ArchiveFolder
    from archive.index.store import Index

_PIECE = 1 << 16
_AHEAD = 8
"""Pieces made before the reader has taken the first."""
_MEDIA_TYPES = {"csv": "text/csv; charset=utf-8", "jsonl": "application/x-ndjson", "csl-json": "application/json",
                "bibtex": "text/plain; charset=utf-8", "ris": "application/x-research-info-systems",
                "ninjs": "application/json"}  # fmt: skip
_ENDINGS = {"bibtex": "bib", "csl-json": "json", "warc": "warc.gz", "ninjs": "ninjs.json"}


class ReaderLeft(Exception):  # noqa: N818  (says what it is)
    """Who was downloading has gone."""


def download(request: Request) -> Response:
    """Answer ``/download?q=…&format=…``."""
    folder: ArchiveFolder = request.app.state.folder
    staff = is_staff(request)
    words = request.query_params.get("q", "").strip()
    chosen = find_formats().get(request.query_params.get("format", "csv"))
    if chosen is None:
        return PlainTextResponse(f"There are the formats {', '.join(find_formats())}.\n", status_code=400)
    try:
        chosen.check()
        with reading_room(folder, is_staff=staff) as index:
            found = index.ids(words)
    except ArchiveError as error:
        return PlainTextResponse(f"{error}\n", status_code=400)
    body = (_binary if chosen.is_binary else _text)(chosen, folder, words, found, is_staff=staff)
    name = f"tearsheet-{datetime.now(UTC):%Y%m%d-%H%M%S}.{_ENDINGS.get(chosen.name, chosen.name)}"
    return StreamingResponse(
        body,
        media_type=_MEDIA_TYPES.get(chosen.name, "application/octet-stream"),
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def manifest(request: Request) -> Response:
    """Answer ``/download/manifest?q=…``: every text format of what the query finds, with the digest of its bytes."""
    words = request.query_params.get("q", "").strip()
    written = []
    try:
        with reading_room(request.app.state.folder, is_staff=is_staff(request)) as index:
            found = index.ids(words)
            for chosen in find_formats().values():
                if chosen.is_binary or chosen.of_captures:
                    continue
                out = Digesting()
                count = chosen.export(index.iter_articles(found), out)
                written.append(
                    Written(
                        name=f"tearsheet.{_ENDINGS.get(chosen.name, chosen.name)}",
                        format=chosen.name,
                        count=count,
                        size=out.size,
                        sha256=out.sha256,
                    )
                )
            values = Manifest(query=words, files=tuple(written)).values(index)
    except ArchiveError as error:
        return PlainTextResponse(f"{error}\n", status_code=400)
    return JSONResponse(values, headers={"Content-Disposition": 'inline; filename="manifest.json"'})


class _Pieces(io.TextIOBase):
    """A text file whose pieces somebody else takes while it is written."""

    def __init__(self) -> None:
        self._taken: queue.Queue[str | None] = queue.Queue(_AHEAD)
        self._held: list[str] = []
        self._size = 0
        self.failure: Exception | None = None
        self.reader_left = threading.Event()

    def write(self, text: str) -> int:
        self._held.append(text)
        self._size += len(text)
        if self._size >= _PIECE:
            self._hand_over()
        return len(text)

    def end(self) -> None:
        """Hand over what is left, and say that it was the last."""
        self._hand_over()
        self._put(None)

    def __iter__(self) -> Iterator[str]:  # type: ignore[override]  # pieces, not lines
        try:
            while (piece := self._taken.get()) is not None:
                yield piece
            if self.failure is not None:
                raise self.failure
        finally:
            self.reader_left.set()

    def _hand_over(self) -> None:
        if self._held:
            self._put("".join(self._held))
            self._held, self._size = [], 0

    def _put(self, piece: str | None) -> None:
        while not self.reader_left.is_set():
            try:
                self._taken.put(piece, timeout=1)
            except queue.Full:
                continue
            return
        if piece is not None:
            raise ReaderLeft


def _text(
    chosen: Format, folder: ArchiveFolder, words: str, found: list[int], *, is_staff: bool
) -> Iterator[bytes]:
    pieces = _Pieces()
    threading.Thread(
        target=_write, args=(chosen, folder, words, found, pieces), kwargs={"is_staff": is_staff}, daemon=True
    ).start()
    for piece in pieces:
        yield piece.encode("utf-8", "replace")


def _write(
    chosen: Format, folder: ArchiveFolder, words: str, found: list[int], pieces: _Pieces, *, is_staff: bool
) -> None:
    try:
        with reading_room(folder, is_staff=is_staff) as index:
            items = (
                index.captures_of(found if words else None)
                if chosen.of_captures
                else index.iter_articles(found)
            )
            chosen.export(items, pieces)
        pieces.end()
    except ReaderLeft:
        return
    except Exception as error:  # noqa: BLE001  (told to the reader of the pieces, in whose thread it is raised)
        pieces.failure = error
        pieces.end()


def _binary(
    chosen: Format, folder: ArchiveFolder, words: str, found: list[int], *, is_staff: bool
) -> Iterator[bytes]:
    with tempfile.TemporaryFile() as out:
        with reading_room(folder, is_staff=is_staff) as index:
            chosen.export(
                _subset(chosen, index, folder, words, found)
                if chosen.of_subset
                else index.iter_articles(found),
                out,
            )
        out.seek(0)
        while piece := out.read(_PIECE):
            yield piece


def _subset(chosen: Format, index: Index, folder: ArchiveFolder, words: str, found: list[int]) -> Subset:
    return Subset(
        index=index,
        warc_folder=folder.warc,
        articles=articles_for_subset(index, words, found),
        query=words,
        file_name=f"tearsheet.{_ENDINGS.get(chosen.name, chosen.name)}",
        software=f"Tearsheet/{metadata.version('tearsheet')}",
        made_at=datetime.now(UTC),
        warn=lambda _: None,
    )
