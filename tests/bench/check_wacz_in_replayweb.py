"""Whether a WACZ file opens in ReplayWeb.page: python tests/bench/check_wacz_in_replayweb.py FILE.wacz [PAGES]

Fetches the viewer from npm into a temporary folder (it is under the AGPL and no part of Tearsheet), serves it and the
file on loopback, opens the first PAGES (3) pages of the file's list in Chromium, and says for each whether headline,
pictures and style sheets are there. Ends with 1 when one is missing; says "skipped" where there is no npm or Chromium.
"""

from __future__ import annotations

import functools
import html
import http.server
import io
import json
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import threading
import time
import zipfile
from pathlib import Path

VIEWER = "replaywebpage@2.5.3"
WAIT_SECONDS = 60
LOOK = """async () => {
  const shown = [...document.images].filter(image => image.currentSrc || image.src);
  shown.forEach(image => image.loading = 'eager');
  const widths = await Promise.all(shown.map(image => image.decode().then(() => image.naturalWidth, () => 0)));
  const sheets = [...document.querySelectorAll('link[rel=stylesheet]')].map(link => link.sheet !== null);
  return {text: document.body.innerText, title: document.title, widths, sheets};
}"""


class Handler(http.server.BaseHTTPRequestHandler):
    """Serves the viewer, a page that embeds it, and the file in ranges."""

    protocol_version = "HTTP/1.1"
    ranges = 0

    def __init__(self, viewer: Path, file: Path, *arguments: object) -> None:
        self.viewer, self.file = viewer, file
        super().__init__(*arguments)

    def do_HEAD(self) -> None:
        self.do_GET()

    def do_GET(self) -> None:
        path, _, query = self.path.partition("?")
        if path == "/file.wacz":
            self.answer_range()
        elif path in {"/ui.js", "/replay/ui.js", "/replay/sw.js"}:
            self.answer((self.viewer / path.rpartition("/")[2]).read_bytes(), "text/javascript")
        elif path == "/page":
            url, _, moment = query.partition("&ts=")
            page = (
                f'<!doctype html><script src="/ui.js"></script><replay-web-page source="/file.wacz" replayBase="/replay/"'
                f' embed="replayonly" url="{html.escape(url.removeprefix("url="))}" ts="{moment}"></replay-web-page>'
            )
            self.answer(page.encode(), "text/html")
        else:
            self.answer(b"not here", "text/plain", status=404)

    def answer(self, body: bytes, media_type: str, status: int = 200, **fields: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", media_type)
        self.send_header("Content-Length", str(len(body)))
        for name, value in fields.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(body)

    def answer_range(self) -> None:
        size = self.file.stat().st_size
        asked = re.fullmatch(r"bytes=(\d*)-(\d*)", self.headers.get("Range") or "")
        start, end = 0, size - 1
        if asked and asked[1]:
            start, end = int(asked[1]), min(int(asked[2] or end), end)
        elif asked:
            start = max(0, size - int(asked[2]))
        status = 206 if asked else 200
        type(self).ranges += status == 206
        with self.file.open("rb") as file:
            file.seek(start)
            body = file.read(end - start + 1) if self.command == "GET" else b""
        self.send_response(status)
        self.send_header("Content-Type", "application/wacz")
        self.send_header("Accept-Ranges", "bytes")
        self.send_header("Content-Length", str(end - start + 1))
        if asked:
            self.send_header("Content-Range", f"bytes {start}-{end}/{size}")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def fetch_viewer(folder: Path) -> bool:
    """Put the viewer's ``ui.js`` and ``sw.js`` into *folder*; return whether that was possible."""
    npm = shutil.which("npm")
    if npm is None:
        return False
    done = subprocess.run(
        [npm, "pack", "--silent", VIEWER], cwd=folder, capture_output=True, timeout=120, check=False
    )
    packed = list(folder.glob("replaywebpage-*.tgz"))
    if done.returncode or not packed:
        return False
    with tarfile.open(packed[0]) as package:
        for name in ("ui.js", "sw.js"):
            member = package.extractfile(f"package/{name}")
            assert member is not None
            (folder / name).write_bytes(member.read())
    return True


def pages_of(file: Path, count: int) -> list[dict[str, str]]:
    with zipfile.ZipFile(file) as opened, opened.open("pages/pages.jsonl") as lines:
        return [
            json.loads(line)
            for _, line in zip(range(count + 1), io.TextIOWrapper(lines, "utf-8"), strict=False)
        ][1:]


def look_at(browser, origin: str, page: dict[str, str]) -> dict:
    """Return what the archived page shows, or why nothing is to be seen."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    try:
        window = context.new_page()
        stamp = re.sub(r"\D", "", page["ts"])
        window.goto(f"{origin}/page?url={page['url']}&ts={stamp}", timeout=30_000)
        deadline = time.monotonic() + WAIT_SECONDS
        while time.monotonic() < deadline:
            for frame in window.frames:
                if "mp_/" in frame.url:
                    frame.wait_for_load_state("load", timeout=20_000)
                    return frame.evaluate(LOOK)
            window.wait_for_timeout(200)
        return {"text": "", "title": f"no page: {[f.url for f in window.frames]}", "widths": [], "sheets": []}
    finally:
        context.close()


def check(file: Path, count: int, viewer: Path, program: str) -> int:
    from playwright.sync_api import sync_playwright

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Handler, viewer, file))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    origin = f"http://127.0.0.1:{server.server_address[1]}"
    failed = 0
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--headless=new"])
        for page in pages_of(file, count):
            seen = look_at(browser, origin, page)
            has_headline = " ".join(page["title"].split()) in " ".join(
                f"{seen['text']} {seen['title']}".split()
            )
            good = has_headline and all(seen["widths"]) and all(seen["sheets"]) and bool(seen["text"])
            failed += not good
            pictures = f"{sum(map(bool, seen['widths']))} of {len(seen['widths'])} pictures"
            sheets = f"{sum(seen['sheets'])} of {len(seen['sheets'])} style sheets"
            print(
                f"{'good' if good else 'BAD '} {page['ts']} {page['url']}: headline {has_headline}, {pictures}, {sheets}"
            )
            if not has_headline:
                print("     ", page["title"], "|", seen["title"], "|", seen["text"][:200])
        browser.close()
    server.shutdown()
    print(f"{failed} failed; the file was read in {Handler.ranges} ranges")
    return 1 if failed else 0


def main() -> int:
    """Print what was seen."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    with tempfile.TemporaryDirectory() as folder:
        if program is None:
            print("skipped: no chromium")
            return 0
        if not fetch_viewer(Path(folder)):
            print("skipped: no npm, or its registry cannot be reached")
            return 0
        return check(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 3, Path(folder), program)


if __name__ == "__main__":
    sys.exit(main())
