"""Show captured pages in a browser as they were"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from archive.errors import UserError
from archive.index.reading_room import reading_room
from archive.index.records import key_of
from archive.replay.environment import ensure
from archive.replay.server import ReplayServer
from archive.replay.static_server import StaticReplay
from archive.times import format_warc_date, parse_warc_date
from archive.verbs.chosen import as_article_id
from archive.verbs.moments import Moment

if TYPE_CHECKING:
    from datetime import datetime

    from archive.folder import ArchiveFolder
    from archive.verbs.console import Console

_LAST_UNTIL = (
    "select captured_at from captures where urlkey = ? and captured_at <= ? and coalesce(status, 200) < 400"
    " order by captured_at desc limit 1"
)


@click.command()
@click.argument("page", metavar="[URL|ID]", required=False)
@click.option(
    "--at",
    type=Moment(),
    help="Show the page as it was last captured until this time; a day means its end. Default: the newest.",
)
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    metavar="N",
    help="Port on this machine; 0 takes a free one. Default: replay.port in tearsheet.toml.",
)
@click.option(
    "--engine",
    type=click.Choice(["static", "pywb"]),
    help="static: at once, no script in a page runs. pywb: a program of its own, which runs them."
    " Default: replay.engine in tearsheet.toml.",
)
@click.pass_obj
def command(
    console: Console, *, page: str | None, at: datetime | None, port: int | None, engine: str | None
) -> None:
    r"""Serve the archive on this machine until Ctrl-C, and print the address to open in a browser.

    URL, or the id of an article, names the page to show; without it the address is that of the start page, which
    lists the sites. Nothing that a page asks for leaves the archive. Pages that show nothing without their scripts
    need --engine pywb, which is installed into an environment of its own the first time.

    \b
    Example:
      tearsheet replay
      tearsheet replay https://a-newspaper.example/harbour --at 2024-03-01
      tearsheet replay --engine pywb
    """
    folder = console.folder()
    settings = folder.config().replay
    url, at = _capture(folder, page, at) if page else (None, None)
    chosen = engine or settings.engine
    with _server(console, folder, chosen, settings.port if port is None else port) as server:
        address = server.url_for(url, at=at) if url else server.home
        if console.as_json:
            console.emit({"url": address, "home": server.home, "engine": chosen})
        else:
            console.write(address)
        console.say("Open this address in a browser. Ctrl-C ends the replay.")
        server.wait()


def _server(console: Console, folder: ArchiveFolder, engine: str, port: int) -> StaticReplay | ReplayServer:
    if engine == "static":
        return StaticReplay(folder, port=port)
    return ReplayServer(folder.path, port=port, environment=ensure(say=console.say))


def _capture(folder: ArchiveFolder, page: str, at: datetime | None) -> tuple[str, datetime | None]:
    """Return address and time to replay: the last capture until *at*, as `show` has it, else the first one after.

    Raises *UserError* when the page was never captured: a wrong letter shows here, before anything is started.
    """
    with reading_room(folder) as index:
        number = as_article_id(page)
        article = None if number is None else index.article(number)
        url = article.url if article else page
        if index.closest(url) is None:
            raise UserError(
                f"nothing was captured at {page}; `tearsheet replay` without it lists what there is"
            )
        if at is None:
            return url, None
        rows = index.rows(_LAST_UNTIL, (key_of(url), format_warc_date(at)))
        found = parse_warc_date(rows[0]["captured_at"]) if rows else at
    return url, found
