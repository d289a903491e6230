"""Templates into pages. Everything that comes from an archived page is text here, and is escaped."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode, urlsplit

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from markupsafe import Markup, escape

from archive.index.snippets import MARK_OFF, MARK_ON
from archive.times import format_timestamp, parse_warc_date
from archive.web.plain import plain
from archive.web.screens import find_screens

if TYPE_CHECKING:
    from datetime import datetime

    from starlette.requests import Request

STATIC = Path(__file__).parent / "static"
_ISO = re.compile(
    r"(?P<day>\d{4}-\d\d-\d\d)T(?P<clock>\d\d:\d\d)(?::\d\d(?:\.\d+)?)?(?P<zone>Z|[+-]\d\d:\d\d)?"
)
_REPLAY_CHARACTERS = "!$&'()*+,/:;=?@[]~"


def marked(snippet: str | None) -> Markup:
    """Return *snippet* with what was found as ``<mark>``."""
    parts = re.split(f"([{MARK_ON}{MARK_OFF}])", snippet or "")
    tags = {MARK_ON: Markup("<mark>"), MARK_OFF: Markup("</mark>")}
    return Markup("").join(tags.get(part) or escape(plain(part)) for part in parts)


def moment(value: datetime | str | None) -> str:
    """Return a time as ``2026-11-23 04:41 UTC``; empty when there is none."""
    if value is None or value == "":
        return ""
    at = parse_warc_date(value) if isinstance(value, str) else value
    return f"{at:%Y-%m-%d %H:%M:%S} UTC"


def printed(value: str) -> str:
    """Return an ISO date, and time where there is one, as people read it; anything else as it is.

    >>> printed("2026-11-13T09:05:00-04:00"), printed("2026-11-13T09:05:30.5Z"), printed("2026-11")
    ('2026-11-13 09:05 −04:00', '2026-11-13 09:05 UTC', '2026-11')
    """
    found = _ISO.fullmatch(value)
    if found is None:
        return value
    zone = {"Z": " UTC", "+00:00": " UTC", None: ""}.get(found["zone"], f" {found['zone']}")
    return f"{found['day']} {found['clock']}{zone.replace('-', '−')}"


def number(value: float) -> str:
    """Return *value* with commas between the thousands."""
    return f"{value:,}"


def web_address(url: object) -> str:
    """Return *url* if a browser may be led there by it, else nothing: no ``javascript:``, no ``data:``."""
    text = plain(url)
    try:
        return text if urlsplit(text).scheme.lower() in {"http", "https"} else ""
    except ValueError:
        return ""


def query_string(**values: object) -> str:
    """Return *values* as what stands behind a question mark; empty ones are left out."""
    return urlencode({name: plain(value) for name, value in values.items() if value not in (None, "")})


def replay_path(url: str, at: datetime | str | None, mode: str = "") -> str:
    """Return the path of the capture of *url* at *at* on the replay's origin."""
    when = parse_warc_date(at) if isinstance(at, str) else at
    stamp = format_timestamp(when) if when else ""
    return f"/{stamp}{mode}/{quote(plain(url), safe=_REPLAY_CHARACTERS)}"


def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader("archive.web"),
        autoescape=select_autoescape(default=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=lambda value: value if isinstance(value, Markup) else plain(value),
    )
    made.filters |= {
        "marked": marked,
        "moment": moment,
        "number": number,
        "printed": printed,
        "web_address": web_address,
        "query_string": lambda values: query_string(**values),
    }
    made.globals |= {"replay_path": replay_path, "query_string": query_string}
    return made


_ENVIRONMENT = _environment()


def render(template: str, request: Request, **values: Any) -> str:
    """Return the page that *template* makes of *values*."""
    links = [(screen.link, screen.path) for screen in find_screens() if screen.link]
    return _ENVIRONMENT.get_template(template).render(
        links=links,
        here=request.url.path,
        replay_origin=request.app.state.replay_origin,
        asked=request.query_params.get("q", ""),
        json_address=f"{request.url.path}.json?{request.url.query}",
        **values,
    )
