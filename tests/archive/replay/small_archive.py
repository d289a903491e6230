"""A small archive, written by the crawler's own WARC writer: one newspaper page with all that it needs, at five times."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from archive.folder import ArchiveFolder
from archive.model import Exchange, FetchNotes
from archive.warc.dedup import OriginalsInMemory
from archive.warc.writer import WarcWriter
from crawler.newsroom.font import ORNAMENT, ornament_font
from crawler.newsroom.pictures import landscape, paper

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from archive.model import Record

HOME = "http://herald.example/"
HARBOUR = "http://herald.example/2024/harbour.html?id=7&part=1"
HOSTILE = "http://herald.example/hostile.html"
MOVED = "http://herald.example/old-harbour"
ELSEWHERE = "https://gazette.example/tide-tables"
LIVE = "https://live.example"
STATIC = "https://static.herald.example"
PICTURES = "https://pictures.example"

FIRST = datetime(2024, 3, 1, 8, tzinfo=UTC)
EDITED = FIRST + timedelta(days=1)
SAME_AGAIN = FIRST + timedelta(days=2)
NOT_MODIFIED = FIRST + timedelta(days=3)

FIRST_HEADLINE = "Harbour wall holds"
EDITED_HEADLINE = "Harbour wall holds, engineers disagree"
COLOUR = "rgb(12, 74, 110)"
"""Of the headline, said by the style sheet that the page's style sheet imports."""


def _harbour(headline: str) -> bytes:
    return f"""<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{headline}</title>
<link rel="preconnect" href="{LIVE}"><link rel="dns-prefetch" href="//live.example">
<link rel="icon" href="/icon.png">
<link rel="stylesheet" href="{STATIC}/main.css">
<script src="/page.js"></script></head>
<body><h1>{headline}</h1>
<p class="ornament">{ORNAMENT}</p>
<figure><img id="lead" alt="The harbour" src="{PICTURES}/harbour-320.png"
 srcset="{PICTURES}/harbour-320.png 320w, {PICTURES}/harbour-640.png 640w" sizes="320px"></figure>
<p>The wall held <a id="away" target="_blank" href="{ELSEWHERE}">through the spring tide</a>.
Read <a id="gone" href="{LIVE}/never-captured">what others say</a>.</p>
<p id="script">no script ran</p></body></html>""".encode()


_MAIN_CSS = b"""@import url("type.css");
body { background: #f8f5ee url(/paper.png) repeat; margin: 2rem }
"""
_TYPE_CSS = f"""@font-face {{ font-family: Ornament; src: url("../fonts/ornament.woff") format("woff") }}
h1 {{ color: {COLOUR}; font-size: 40px }} .ornament {{ font: 48px Ornament }}
""".encode()
_PAGE_JS = f"""document.addEventListener("DOMContentLoaded", () => {{
  document.getElementById("script").textContent = "a script ran";
  fetch("{LIVE}/fetch").catch(() => 0);
  new Image().src = "{LIVE}/beacon.gif";
}});""".encode()

ATTEMPTS = {
    "fetch": "fetch(live + '/fetch', {mode: 'no-cors'})",
    "xhr": "const x = new XMLHttpRequest(); x.open('GET', live + '/xhr'); x.send()",
    "beacon": "navigator.sendBeacon(live + '/beacon', 'x')",
    "image": "new Image().src = live + '/image.png'",
    "websocket": "new WebSocket('wss://live.example/socket')",
    "plain websocket": "new WebSocket('ws://live.example/socket')",
    "event source": "new EventSource(live + '/events')",
    "script element": "add('script', {src: live + '/script.js'})",
    "module import": "import(live + '/module.js')",
    "worker": "new Worker(URL.createObjectURL(new Blob(['fetch(\"' + live + '/worker\", {mode: \"no-cors\"})'])))",
    "service worker": "navigator.serviceWorker.register('/worker.js')",
    "frame": "add('iframe', {src: live + '/frame'})",
    "frame with source text": "add('iframe', {srcdoc: '<img src=\"' + live + '/srcdoc.png\">'})",
    "frame with data": "add('iframe', {src: 'data:text/html,<img src=\"' + live + '/data.png\">'})",
    "frame with script address": "add('iframe', {src: 'javascript:fetch(\"' + live + '/js-frame\")'})",
    "object": "add('object', {data: live + '/object'})",
    "preconnect": "add('link', {rel: 'preconnect', href: live})",
    "prefetch": "add('link', {rel: 'prefetch', href: live + '/prefetch'})",
    "style": "add('style', {textContent: '@import url(' + live + '/style.css);'})",
    "inner html": "document.body.insertAdjacentHTML('beforeend', '<img src=' + live + '/inner.png>')",
    "video": "add('video', {src: live + '/video.mp4', autoplay: true})",
    "ping": "const a = add('a', {href: '#x', ping: live + '/ping'}); a.click()",
    "clean frame": "const d = add('iframe', {}).contentWindow; d['fet' + 'ch'](live + '/clean', {mode: 'no-cors'})",
    "peer connection": """const p = new RTCPeerConnection({iceServers: [{urls: 'stun:127.0.0.1:' + STUN}]});
        p.createDataChannel('x'); p.createOffer().then(o => p.setLocalDescription(o))""",
    "speculation": """add('script', {type: 'speculationrules', textContent: JSON.stringify(
        {prefetch: [{source: 'list', urls: [live + '/speculated']}]})})""",
}
"""Ways in which a page's script may reach for the live web; all of them tried by one page."""

DEPARTURES = {
    "form": "const f = add('form', {action: live + '/form', method: 'post'}); f.submit()",
    "form in new window": "const f = add('form', {action: live + '/form', target: '_blank'}); f.submit()",
    "new window": "window.open(live + '/window')",
    "click to new window": "add('a', {href: live + '/click', target: '_blank'}).click()",
    "top": "window.top.location = live + '/top'",
    "unseen top": "(0, eval)('to' + 'p')['loca' + 'tion'].href = live + '/unseen-top'",
    "self": "(0, eval)('sel' + 'f')['loca' + 'tion'].href = live + '/self'",
    "refresh": "add('meta', {httpEquiv: 'refresh', content: '0; url=' + live + '/refresh'})",
}
"""Ways in which a page's script may take the reader to the live web; each tried by a page of its own."""


def hostile_url(name: str) -> str:
    """Return the address of the page that tries the departure *name*; ``together``: all attempts."""
    return f"{HOSTILE}?{name.replace(' ', '-')}"


def _hostile(name: str, attempts: dict[str, str], stun_port: int) -> bytes:
    tried = "\n".join(
        f"  try {{ {code} }} catch (error) {{ failed.push('{key}') }}" for key, code in attempts.items()
    )
    return f"""<!doctype html><html lang="en"><meta charset="utf-8"><title>{name}</title><h1>{name}</h1>
<img src="{LIVE}/static.png"><img srcset="//live.example/set.png 2x"><link rel="preconnect" href="{LIVE}">
<script>
const live = '{LIVE}', STUN = {stun_port}, failed = [];
const add = (name, properties) => document.body.appendChild(Object.assign(document.createElement(name), properties));
addEventListener('load', () => {{
{tried}
  document.body.dataset.failed = failed.join();
}});
</script></html>""".encode()


_LEADING_AWAY = [
    ("Link", f"<{LIVE}>; rel=preconnect, <{LIVE}/early.css>; rel=preload; as=style"),
    ("Content-Security-Policy", f"script-src 'none'; report-uri {LIVE}/report"),
    ("Refresh", f"3; url={LIVE}/refresh-header"),
    ("NEL", '{"report_to":"x","max_age":9}'),
    ("Set-Cookie", "reader=1; Domain=herald.example; Path=/"),
    ("Strict-Transport-Security", "max-age=99999"),
]


def make_archive(folder: Path, *, stun_port: int = 3478) -> list[Record]:
    """Write the archive into *folder* and return its records; a page calls the STUN server at *stun_port*."""
    ArchiveFolder(folder).create()
    clock = iter(FIRST + timedelta(seconds=n) for n in range(10_000))
    writer = WarcWriter(
        folder / "warc",
        prefix="HERALD",
        info=[("software", "a test")],
        originals=OriginalsInMemory(),
        clock=lambda: next(clock),
    )
    records: list[Record] = []
    _write_page(
        lambda exchange, notes: records.extend(writer.write_exchange(exchange, notes)), records, stun_port
    )
    writer.close()
    return records


def _write_page(write: Callable[[Exchange, FetchNotes], None], records: list[Record], stun_port: int) -> None:
    def got(url: str, content_type: str, body: bytes, at: datetime = FIRST, **more: object) -> None:
        write(
            exchange(
                url, at, body, headers=[("Content-Type", content_type), *more.pop("headers", [])], **more
            ),
            FetchNotes(),
        )

    html = "text/html; charset=utf-8"
    got(HOME, html, f'<!doctype html><title>Herald</title><h1>Herald</h1><a href="{HARBOUR}">x</a>'.encode())
    got(HARBOUR, html, _harbour(FIRST_HEADLINE), headers=_LEADING_AWAY)
    got(f"{STATIC}/main.css", "text/css", _MAIN_CSS)
    got(f"{STATIC}/type.css", "text/css", _TYPE_CSS)
    got(f"{STATIC}/paper.png", "image/png", paper())
    got("https://static.herald.example/fonts/ornament.woff", "font/woff", ornament_font())
    got(f"{PICTURES}/harbour-320.png", "image/png", landscape("harbour", 320))
    got(f"{PICTURES}/harbour-640.png", "image/png", landscape("harbour", 640))
    got("http://herald.example/icon.png", "image/png", landscape("icon", 320))
    got("http://herald.example/page.js", "text/javascript", _PAGE_JS)
    got(ELSEWHERE, html, b"<!doctype html><title>Tides</title><h1>Tide tables</h1>")
    got(MOVED, html, b"", status="301 Moved Permanently", headers=[("Location", HARBOUR)])
    for name in ["together", *DEPARTURES]:
        attempts = {name: DEPARTURES[name]} if name in DEPARTURES else ATTEMPTS
        got(hostile_url(name), html, _hostile(name, attempts, stun_port), headers=_LEADING_AWAY[:1])
    got(HARBOUR, html, _harbour(EDITED_HEADLINE), EDITED)
    edited = next(record for record in reversed(records) if record.record_type == "response")
    got(HARBOUR, html, _harbour(EDITED_HEADLINE), SAME_AGAIN)
    unchanged = exchange(HARBOUR, NOT_MODIFIED, b"", status="304 Not Modified", headers=[("ETag", '"2"')])
    write(unchanged, FetchNotes(revalidates=edited.record_id))


def exchange(
    url: str,
    at: datetime,
    body: bytes,
    *,
    status: str = "200 OK",
    headers: list[tuple[str, str]] | None = None,
) -> Exchange:
    """Return the exchange in which *url* was answered with *body*."""
    lines = [f"HTTP/1.1 {status}", *(f"{name}: {value}" for name, value in headers or [])]
    head = "\r\n".join([*lines, f"Content-Length: {len(body)}", "", ""]).encode("latin-1")
    path = url.split("/", 3)[3]
    return Exchange(
        target_uri=url,
        started_at=at,
        request=f"GET /{path} HTTP/1.1\r\nHost: {url.split('/')[2]}\r\n\r\n".encode(),
        response=io.BytesIO(head + body),
        response_start=0,
        response_end=len(head) + len(body),
        head_end=len(head),
        status=int(status[:3]),
        http_version="1.1",
        ip=None,
        tls_version=None,
        cipher=None,
        truncated=None,
    )
