from __future__ import annotations

import pytest

from archive.replay.guard import guarded

ORIGIN = "http://127.0.0.1:8080"
PAGE = "/archive/20240301080000mp_/https://herald.example/a/b"
RAW = "/archive/20240301080000id_/https://herald.example/a/b"


def answer(path: str, *headers: tuple[str, str], destination: str = "") -> dict[str, str]:
    return dict(guarded(headers, path=path, origin=ORIGIN, destination=destination))


@pytest.mark.parametrize(
    "path", [PAGE, RAW, "/archive/20240301080000/https://herald.example/", "/static/x.js"]
)
def test_every_answer_has_a_policy_that_allows_this_origin_only(path):
    headers = answer(path)
    assert headers["Content-Security-Policy"].startswith("default-src 'self' data: blob:")
    assert "*" not in headers["Content-Security-Policy"]
    assert "sandbox" in headers["Content-Security-Policy"]
    assert headers["Connection-Allowlist"].startswith("(response-origin)")


@pytest.mark.parametrize("mode", ["id_", "ir_", "im_", "oe_", "js_", "cs_", "bn_", "xx_"])
def test_only_pages_that_pywb_rewrote_may_run_scripts(mode):
    policy = answer(PAGE.replace("mp_", mode))["Content-Security-Policy"]
    assert "script-src 'none'" in policy
    assert "allow-scripts" not in policy


@pytest.mark.parametrize(
    "name",
    [
        "Refresh",
        "NEL",
        "Report-To",
        "Set-Cookie",
        "Content-Security-Policy-Report-Only",
        "WWW-Authenticate",
        "Alt-Svc",
    ],
)
def test_headers_that_lead_elsewhere_are_dropped(name):
    assert name not in answer(PAGE, (name, "0; url=https://live.example/"))
    assert name.lower() not in answer(PAGE, (name.lower(), "x"))


def test_of_links_only_pywbs_own_remains():
    pywbs = f'<{ORIGIN}/archive/x>; rel="memento"'
    headers = guarded(
        [("Link", "<https://live.example>; rel=preconnect"), ("Link", pywbs)], path=PAGE, origin=ORIGIN
    )
    assert [value for name, value in headers if name == "Link"] == [pywbs]


@pytest.mark.parametrize(
    ("path", "location", "inside"),
    [
        (
            PAGE,
            f"{ORIGIN}/archive/2024mp_/https://herald.example/new",
            f"{ORIGIN}/archive/2024mp_/https://herald.example/new",
        ),
        (PAGE, "/archive/2024mp_/https://herald.example/new", "/archive/2024mp_/https://herald.example/new"),
        (PAGE, "https://live.example/", "/archive/20240301080000mp_/https://live.example/"),
        (PAGE, "//live.example/", "/archive/20240301080000mp_///live.example/"),
        (RAW, "https://live.example/", "/archive/20240301080000id_/https://live.example/"),
        (RAW, "/new", "/archive/20240301080000id_/https://herald.example/new"),
        (RAW, "c", "/archive/20240301080000id_/https://herald.example/a/c"),
        ("/archive/x", "https://live.example/", "/"),
        ("/archive/x", "//live.example/", "/"),
        ("/archive/x", "/archive/y", "/archive/y"),
    ],
)
def test_redirects_stay_inside(path, location, inside):
    assert answer(path, ("Location", location))["Location"] == inside


@pytest.mark.parametrize(
    ("media_type", "shown"),
    [
        ("text/html; charset=big5", "text/plain; charset=big5"),
        ("image/svg+xml", "text/plain"),
        ("image/png", "image/png"),
    ],
)
def test_a_raw_capture_opened_as_a_page_is_shown_as_source(media_type, shown):
    assert answer(RAW, ("Content-Type", media_type), destination="document")["Content-Type"] == shown
    assert answer(RAW, ("Content-Type", media_type), destination="image")["Content-Type"] == media_type
    assert answer(PAGE, ("Content-Type", media_type), destination="document")["Content-Type"] == media_type
