"""Every screen of the desk in a real browser: accessible by axe (WCAG 2.2 AA), by keyboard, at phone width, without script."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from tests.archive.web.conftest import ask_desk, desk
from tests.archive.web.test_desk import paths_of_all_screens

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

__all__ = ["ask_desk", "desk"]
pytestmark = pytest.mark.chromium
DARK = ("/search?q=harbour", "/outlet/127.0.0.2", "/access", "/credits")
"""Screens that have between them all colours there are."""
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}


@pytest.fixture(scope="module")
def page(chromium, desk, sink) -> Iterator[Page]:
    """Yield a page of a browser that reaches desk and replay only, at phone width."""
    own = [origin.removeprefix("http://") for origin in (desk.origin, desk.replay_origin)]
    proxy = {"server": f"http://127.0.0.1:{sink.port}", "bypass": f"<-loopback>,{','.join(own)}"}
    context = chromium.new_context(viewport={"width": 390, "height": 844}, proxy=proxy)
    yield context.new_page()
    context.close()


def screens(ask_desk):
    from urllib.parse import urlencode

    found = [
        f"{path}{'?' + urlencode(parameters) if parameters else ''}"
        for path, parameters in paths_of_all_screens(ask_desk)
    ]
    hebrew = ask_desk("/search.json", q="lang:he")["hits"][0]["id"]
    return [
        *found,
        "/search?q=harbour&sort=relevance",
        f"/article/{hebrew}",
        "/search?q=nothingatall",
        "/search?q=%22",
        "/nowhere",
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_screen_is_accessible_and_fits_a_phone(page, desk, ask_desk, scheme):
    from axe_playwright_python.sync_playwright import Axe

    axe, options = (
        Axe(),
        RULES
        if scheme == "light"
        else {"runOnly": {"type": "rule", "values": ["color-contrast"]}, "resultTypes": ["violations"]},
    )
    page.emulate_media(color_scheme=scheme)
    violations, too_wide, complaints = {}, [], []
    page.on(
        "console",
        lambda message: complaints.append(message.text) if "Content Security" in message.text else None,
    )
    for path in screens(ask_desk) if scheme == "light" else DARK:
        page.goto(desk.origin + path)
        found = axe.run(page, options=options).response["violations"]
        if found:
            violations[path] = [
                (one["id"], [node["html"][:200] for node in one["nodes"]][:3]) for one in found
            ]
        if page.evaluate("document.documentElement.scrollWidth") > 390:
            too_wide.append(path)
        if folder := os.environ.get("TEARSHEET_SCREENSHOTS"):
            name = path.split("?")[0].strip("/").replace("/", "-")
            page.screenshot(path=f"{folder}/desk-{name}-{scheme}.png")
    assert violations == {}, violations
    assert too_wide == []
    assert complaints == []


@pytest.mark.parametrize("bar", ["/", "/*/{url}", "/{url}", "/http://never.example/"])
def test_the_replays_own_pages_are_accessible(page, desk, ask_desk, bar):
    from axe_playwright_python.sync_playwright import Axe

    url = ask_desk("/search.json", q="version:>1")["hits"][0]["url"]
    page.goto(desk.replay_origin + bar.format(url=url))
    found = Axe().run(page, options=RULES | {"iframes": False}).response["violations"]
    assert [(one["id"], [node["html"][:200] for node in one["nodes"]][:3]) for one in found] == []


def test_the_whole_way_from_question_to_replay_by_keyboard(page, desk):
    page.emulate_media(color_scheme="light")
    page.goto(f"{desk.origin}/search")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    page.focus("#q")
    page.keyboard.type("munn bridge")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=munn*")
    page.focus("h3 a")
    page.keyboard.press("Enter")
    page.wait_for_url("**/article/*")
    page.focus("a.button")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{desk.replay_origin}/**")
    frame = page.frame_locator("iframe")
    assert "Munn Bridge" in frame.locator("h1").inner_text()


def test_pictures_of_articles_come_from_the_archive(page, desk, ask_desk, sink):
    hit = ask_desk("/pictures.json")["pictures"][0]
    sink.asked.clear()
    page.goto(f"{desk.origin}/article/{hit['id']}", wait_until="networkidle")
    width = page.eval_on_selector(
        "article img", "image => (image.loading = 'eager', image.decode()).then(() => image.naturalWidth)"
    )
    assert width > 100
    assert sink.asked == []


def test_right_to_left_reads_right_to_left(page, desk, ask_desk):
    hebrew = ask_desk("/search.json", q="lang:he")["hits"][0]["id"]
    page.goto(f"{desk.origin}/article/{hebrew}")
    assert page.eval_on_selector(".paper", "e => [e.lang, getComputedStyle(e).direction]") == ["he", "rtl"]
    assert page.eval_on_selector("body", "e => getComputedStyle(e).direction") == "ltr"
    page.goto(f"{desk.origin}/search?q=lang:he")
    assert page.eval_on_selector(".hit h3", "e => getComputedStyle(e).direction") == "rtl"
