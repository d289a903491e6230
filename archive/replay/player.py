"""A capture with its scripts running, in ReplayWeb.page's engine where the operator has installed it, on an origin of its own.

The engine is under the AGPL, so it is no part of Tearsheet: it is served as it is, from a folder the operator names. It reads
a WACZ file of the one capture and what that needs, made when it is asked for.
"""

from __future__ import annotations

import tempfile
import threading
from collections import OrderedDict
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import Route

from archive.errors import ArchiveError
from archive.export import wacz
from archive.export.subset import Subset
from archive.index.reading_room import reading_room
from archive.replay import addresses, headers, windows
from archive.replay.hosts import for_hosts
from archive.replay.listening import listening, origin_of, served
from archive.times import format_timestamp

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from starlette.requests import Request

    from archive.folder import ArchiveFolder
    from archive.index.store import Index
    from archive.model import Record

SECONDS = 60.0
"""How long the index may be asked for one capture's file."""
_KEPT = 6
"""Files of captures that are kept for the parts a player asks for next."""
_SCRIPT = "sw.js"
"""The engine: a service worker that answers for the captured addresses. The rest of the package is a library's desk; ours is here."""
_WORKER = "/replay/worker.js"
HOW_TO = (
    "To run the scripts of single pages, install ReplayWeb.page beside Tearsheet (it is under the AGPL and no part of it): "
    "`npm pack replaywebpage`, unpack the file, and write the folder that holds sw.js into tearsheet.toml, "
    "as replayweb_page under [replay]. Or run `tearsheet replay --engine pywb`."
)


@dataclass(frozen=True, slots=True)
class Player:
    """Where captures run with their scripts, or why they do not."""

    origin: str = ""
    missing: str = ""
    """In words; empty when there is a player."""


def missing_in(folder: str) -> str:
    """Return in words what keeps the engine in *folder* from being used; empty when nothing does."""
    if not folder:
        return f"Showing pages with their scripts is not installed. {HOW_TO}"
    if not (Path(folder) / _SCRIPT).is_file():
        return f"There is no {_SCRIPT} in {folder}, which replay.replayweb_page names. {HOW_TO}"
    return ""


@contextmanager
def playing(
    folder: ArchiveFolder,
    host: str,
    window_origin: str,
    *,
    hosts: frozenset[str] | None,
    is_staff: Callable[[Request], bool] = lambda _: False,
) -> Iterator[Player]:
    """Serve the player of *folder* on a free port of *host* while the context is entered, if it is installed.

    It stands in frames of *window_origin*, where the bar above it cannot be reached by what runs in it.
    """
    engine = folder.config().replay.replayweb_page
    missing = missing_in(engine)
    if missing:
        yield Player(missing=missing)
        return
    with ExitStack() as running:
        listener = running.enter_context(listening(host, 0))
        files = running.enter_context(_Files(folder).opened())
        app = _app(folder, Path(engine), window_origin, files)
        app.state.is_staff = is_staff
        running.enter_context(served(for_hosts(app, hosts, worker=_WORKER), listener))
        yield Player(origin=origin_of(listener))


def _app(folder: ArchiveFolder, engine: Path, window_origin: str, files: _Files) -> Starlette:
    def file(path: Path, media_type: str = "text/javascript") -> Callable[[Request], Response]:
        return lambda _: FileResponse(path, media_type=media_type, headers=headers.PLAYER_SCRIPT)

    routes = [
        Route("/player.js", file(windows.STATIC / "player.js")),
        Route("/player.css", file(windows.STATIC / "player.css", "text/css")),
        Route("/replay/guard.js", file(windows.STATIC / "guard.js")),
        Route("/replay/engine.js", file(engine / _SCRIPT)),
        Route(_WORKER, file(windows.STATIC / "worker.js")),
        Route("/captures/{record_id}.wacz", _file),
        Route("/{rest:path}", _view),
    ]
    app: Starlette = Starlette(routes=routes)
    app.state.folder, app.state.files, app.state.framed = folder, files, headers.framed_by(window_origin)
    return app


def _view(request: Request) -> Response:
    """Return the page that holds the player with the capture that the path names."""
    state = request.app.state
    asked = addresses.parse(request.scope["path"], request.url.query)
    with reading_room(state.folder, seconds=SECONDS, is_staff=state.is_staff(request)) as index:
        record = index.closest(asked.url, asked.at) if asked else None
    if record is None or record.target_uri is None:
        return PlainTextResponse("Not captured, or not shown.\n", 404, headers=state.framed)
    body = windows.player(
        record.target_uri, format_timestamp(record.captured_at), f"/captures/{record.record_id}.wacz"
    )
    return Response(body, media_type="text/html", headers=state.framed)


def _file(request: Request) -> Response:
    """Return the WACZ file of one capture, or the parts of it that are asked for."""
    state = request.app.state
    try:
        with reading_room(state.folder, seconds=SECONDS, is_staff=state.is_staff(request)) as index:
            record = index.find_capture(request.path_params["record_id"])
            if record is None:
                return PlainTextResponse("Not captured, or not shown.\n", 404, headers=headers.PLAYER_SCRIPT)
            path = state.files.of(index, record)
    except ArchiveError as error:
        return PlainTextResponse(f"{error}\n", 502, headers=headers.PLAYER_SCRIPT)
    return FileResponse(path, media_type="application/wacz", headers=headers.PLAYER_SCRIPT)


class _Files:
    """The files of the captures that were asked for last; the same capture under the same rules gives the same bytes."""

    def __init__(self, folder: ArchiveFolder) -> None:
        self._archive = folder
        self._folder = Path()
        self._made: OrderedDict[tuple[object, ...], Path] = OrderedDict()
        self._making = threading.Lock()
        self._number = 0

    @contextmanager
    def opened(self) -> Iterator[_Files]:
        """Yield it, with a folder that goes when the context ends."""
        with tempfile.TemporaryDirectory(prefix="tearsheet-player-") as folder:
            self._folder = Path(folder)
            yield self

    def of(self, index: Index, record: Record) -> Path:
        """Return the file of *record*, made unless it is there. Raises *ArchiveError* when it cannot be made."""
        key = (record.record_id, index.withholds, *self._rules())
        with self._making:
            if key not in self._made:
                self._made[key] = self._make(index, record)
            self._made.move_to_end(key)
            while len(self._made) > _KEPT:
                self._made.popitem(last=False)[1].unlink(missing_ok=True)
            return self._made[key]

    def _make(self, index: Index, record: Record) -> Path:
        self._number += 1
        path = self._folder / f"{self._number}.wacz"
        subset = Subset(
            index=index, warc_folder=self._archive.warc, articles=(), pages=(record,), query="", file_name=path.name,
            software="Tearsheet", made_at=record.captured_at, warn=lambda _: None,
        )  # fmt: skip
        with path.open("wb") as out:
            wacz.export(subset, out)
        return path

    def _rules(self) -> tuple[object, ...]:
        """Return what changes when people decide otherwise about access."""
        rules = self._archive.operator
        files = [rules.with_name(f"{rules.name}{end}") for end in ("", "-wal")]
        return tuple((file.stat().st_size, file.stat().st_mtime_ns) for file in files if file.exists())
