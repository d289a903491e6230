"""``tearsheet crawl --log-json``: what is logged, and how far the run is, as one JSON object a line on standard error."""

from __future__ import annotations

import json
import logging
import sys
from typing import TYPE_CHECKING, Any

from archive.times import utc_now

if TYPE_CHECKING:
    from typing import TextIO

LOUD = ("archive", "crawler", "spiders")
"""Loggers that tell from INFO on; those of libraries from WARNING on."""
_FIELDS = ("event", "site", "url", "reason", "status", "kind", "subject", "counts")
"""What a log call may add by *extra*."""


class JsonLines(logging.Handler):
    """Writes a log record as time, level, event, run, logger, message, and what it brings besides."""

    def __init__(self, run_id: str, stream: TextIO | None = None) -> None:
        super().__init__()
        self._run_id, self._stream = run_id, stream or sys.stderr
        self.addFilter(_is_told)

    def emit(self, record: logging.LogRecord) -> None:
        """Write *record*; a closed pipe is no reason to stop a run."""
        try:
            self._stream.write(self.format(record) + "\n")
            self._stream.flush()
        except OSError:
            self.handleError(record)

    def format(self, record: logging.LogRecord) -> str:
        """Return *record* as JSON in ASCII, on one line."""
        fields: dict[str, Any] = {
            "time": utc_now().isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "event": "log",
            "run": self._run_id,
            "logger": record.name,
            "message": record.getMessage(),
        }
        fields |= {name: getattr(record, name) for name in _FIELDS if hasattr(record, name)}
        if record.exc_info:
            fields["traceback"] = logging.Formatter().formatException(record.exc_info)
        return json.dumps(fields, default=str)


def _is_told(record: logging.LogRecord) -> bool:
    """Return whether *record* is ours, or tells of trouble: Scrapy sets its own loggers to the lowest level."""
    return record.levelno >= logging.WARNING or record.name.partition(".")[0] in LOUD


def log_json(run_id: str) -> None:
    """Log as JSON lines from now on, and in no other way."""
    root = logging.getLogger()
    for handler in root.handlers[:]:
        root.removeHandler(handler)
    root.addHandler(JsonLines(run_id))
    root.setLevel(logging.WARNING)
    for name in LOUD:
        logging.getLogger(name).setLevel(logging.INFO)
