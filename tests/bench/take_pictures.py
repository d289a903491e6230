"""Takes the README's pictures of the desk: python tests/bench/take_pictures.py ARCHIVE FOLDER [--all]

ARCHIVE is one that `tearsheet --archive ARCHIVE crawl --sample` has made, run twice, so that articles have versions. With --all,
every screen is taken instead, at phone and desktop width, in light and dark, whole, to be looked at.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from archive.folder import ArchiveFolder
from archive.replay.addresses import path_to
from archive.web.screens import find_screens
from archive.web.serving import Desk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

WIDE, PHONE = (1280, 900), (390, 844)


class Places:
    """Where the desk shows what the pictures are of."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.edited = self._first("/search.json", "hits", q="munn bridge version:>1")
        self.agency = self._first("/search.json", "hits", q="agency:afp lang:en")
        self.hebrew = self._first("/search.json", "hits", q="lang:he")
        self.copy = self._ask("/copies.json")["clusters"][0]["copies"][0]["article_id"]
        self.party = self._first("/credits.json", "parties")["key"]
        self.run = self._first("/runs.json", "runs")["name"]

    def _ask(self, path: str, **parameters: str) -> dict:
        question = f"?{urlencode(parameters)}" if parameters else ""
        with urllib.request.urlopen(f"{self._desk.origin}{path}{question}") as answer:
            return json.load(answer)

    def _first(self, path: str, name: str, **parameters: str) -> dict:
        return self._ask(path, **parameters)[name][0]

    def of_the_readme(self) -> dict[str, tuple[str, tuple[int, int], str]]:
        """Return address, size and colour scheme of each picture by its name."""
        desk, edited = self._desk.origin, self.edited["id"]
        wide = {
            "search": f"{desk}/search?q=harbour",
            "article": f"{desk}/article/{self.agency['id']}",
            "versions": f"{desk}/article/{edited}/versions",
            "syndication": f"{desk}/copies/{self.copy}",
            "credits": f"{desk}/credits",
            "pictures": f"{desk}/pictures",
            "replay": self._desk.replay_origin + path_to(self.edited["url"], None),
        }
        return {
            **{name: (address, WIDE, "light") for name, address in wide.items()},
            "search-dark": (f"{desk}/search?q=harbour", WIDE, "dark"),
            "phone-hebrew": (f"{desk}/article/{self.hebrew['id']}", PHONE, "light"),
        }

    def everywhere(self) -> Iterator[tuple[str, str]]:
        """Yield a name and the address of every screen."""
        stands_for = {"{id:int}": str(self.edited["id"]), "{site}": "127.0.0.2", "{run}": self.run}
        for screen in find_screens():
            path = screen.path.replace("/copies/{id:int}", f"/copies/{self.copy}")
            for variable, value in stands_for.items():
                path = path.replace(variable, value)
            question = f"?key={quote(self.party)}" if path == "/party" else ""
            yield path.strip("/").replace("/", "-") or "home", f"{self._desk.origin}{path}{question}"
        yield "search-hits", f"{self._desk.origin}/search?q=harbour"
        yield "article-hebrew", f"{self._desk.origin}/article/{self.hebrew['id']}"
        yield "replay", self._desk.replay_origin + path_to(self.edited["url"], None)
        yield "replay-home", f"{self._desk.replay_origin}/"


def take(
    browser: Browser, address: str, file: Path, size: tuple[int, int], scheme: str, *, whole: bool
) -> None:
    """Save what the browser shows at *address* in *file*."""
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, color_scheme=scheme)
    page = context.new_page()
    page.goto(address, wait_until="networkidle", timeout=60_000)
    page.screenshot(path=file, full_page=whole)
    context.close()


def main() -> int:
    """Take the pictures; return the exit code."""
    parser = argparse.ArgumentParser()
    parser.add_argument("archive", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--all", action="store_true")
    chosen = parser.parse_args()
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        print("no chromium here (Debian: apt-get install chromium)", file=sys.stderr)
        return 1
    from playwright.sync_api import sync_playwright

    chosen.folder.mkdir(parents=True, exist_ok=True)
    with Desk(ArchiveFolder(chosen.archive)) as desk, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        places = Places(desk)
        if not chosen.all:
            for name, (address, size, scheme) in places.of_the_readme().items():
                take(browser, address, chosen.folder / f"{name}.png", size, scheme, whole=False)
            return 0
        for name, address in places.everywhere():
            for width, size in (("wide", WIDE), ("phone", PHONE)):
                for scheme in ("light", "dark"):
                    file = chosen.folder / f"{name}-{width}-{scheme}.png"
                    take(browser, address, file, size, scheme, whole=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
