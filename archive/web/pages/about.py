"""How to ask, and the addresses for programs: every page as JSON, the CDX server, Memento, downloads."""

from __future__ import annotations

from archive.export.formats import find_formats
from archive.web.query_help import rows_of_help
from archive.web.screens import Asked, Screen, Shown, find_screens


def show(asked: Asked) -> Shown:
    """Answer ``/about``."""
    screens = [screen.path for screen in find_screens()]
    return Shown(
        title="How to ask",
        data={
            "screens": [f"{path}.json" for path in screens],
            "formats": {name: known.summary for name, known in find_formats().items()},
            "replay": asked.replay_origin,
        },
        values={"help": rows_of_help(), "screens": screens, "formats": find_formats()},
    )


SCREENS = [Screen(path="/about", template="about.html", show=show)]
