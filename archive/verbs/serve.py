"""Open the archivist's pages: search, read, compare, replay in a browser"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from archive.web.serving import Desk

if TYPE_CHECKING:
    from archive.verbs.console import Console


@click.command()
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    help="Address to listen at. Another than this machine's own lets others in: there is no login.",
)
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    metavar="N",
    help="Port of the desk; 0 takes a free one. Default: desk.port in tearsheet.toml.",
)
@click.option(
    "--replay-port",
    type=click.IntRange(0, 65535),
    metavar="N",
    help="Port of the replay. Default: replay.port in tearsheet.toml.",
)
@click.pass_obj
def command(console: Console, *, host: str, port: int | None, replay_port: int | None) -> None:
    r"""Serve the archivist's pages on this machine until Ctrl-C, and print their address.

    Archived pages are replayed on a port of their own, so that nothing in them shares the desk's origin. The archive
    is only read. A crawl may run meanwhile.

    \b
    Example:
      tearsheet serve
      tearsheet serve --port 8000 --replay-port 8001
    """
    folder = console.folder()
    settings = folder.config()
    desk = Desk(
        folder,
        host=host,
        port=settings.desk.port if port is None else port,
        replay_port=settings.replay.port if replay_port is None else replay_port,
    )
    with desk:
        if console.as_json:
            console.emit({"url": desk.origin, "replay": desk.replay_origin})
        else:
            console.write(f"{desk.origin}/")
        console.say("Open this address in a browser. Ctrl-C ends the desk.")
        desk.wait()
