"""``python -m crawler.newsroom``: serves the sample newsroom until interrupted."""

from __future__ import annotations

import argparse
import sys
import threading

from archive.errors import UserError
from crawler.newsroom import world
from crawler.newsroom.server import Newsroom


def main(arguments: list[str] | None = None) -> int:
    """Serve until interrupted; return the exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m crawler.newsroom", description="Serve the made-up news outlets on loopback."
    )
    parser.add_argument(
        "--port",
        type=int,
        default=world.DEFAULT_PORT,
        help="port on all addresses; 0 takes a free one (default: %(default)s)",
    )
    parser.add_argument(
        "--edition",
        type=int,
        default=1,
        help=f"state of the world, 1 to {world.LAST_EDITION} (default: %(default)s)",
    )
    options = parser.parse_args(arguments)
    newsroom = Newsroom(port=options.port, edition=options.edition)
    try:
        newsroom.start()
    except UserError as error:
        sys.stderr.write(f"Error: {error}\n")
        return 1
    sys.stdout.write("".join(f"{outlet.base}/  {outlet.name}\n" for outlet in newsroom.outlets))
    sys.stdout.write("Press Ctrl-C to stop.\n")
    sys.stdout.flush()
    try:
        threading.Event().wait()
    except KeyboardInterrupt:
        newsroom.stop()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
