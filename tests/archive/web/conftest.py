"""Fixtures: the desk on the archive that two crawls of the sample newsroom made, and a way to ask it."""

from __future__ import annotations

import http.client
import json
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode, urlsplit

import pytest

from archive.folder import ArchiveFolder
from archive.web.serving import Desk

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@pytest.fixture(scope="session")
def desk(second_crawl) -> Iterator[Desk]:
    """Yield the desk on the newsroom's second edition."""
    with Desk(ArchiveFolder(second_crawl.archive)) as opened:
        yield opened


@pytest.fixture(scope="session")
def ask_desk(desk: Desk) -> Callable[..., Any]:
    """Return a function that asks the desk for a path with parameters; of ``.json`` addresses it returns the values."""

    def asked(
        path: str, *, method: str = "GET", headers: dict[str, str] | None = None, **parameters: object
    ) -> Any:
        connection = http.client.HTTPConnection(urlsplit(desk.origin).netloc, timeout=30)
        question = f"?{urlencode(parameters)}" if parameters else ""
        connection.request(method, path + question, headers=headers or {})
        answer = connection.getresponse()
        answer.raw = answer.read()
        answer.body = answer.raw.decode("utf-8", "replace")
        connection.close()
        return json.loads(answer.body) if path.endswith(".json") and answer.status == 200 else answer

    return asked
