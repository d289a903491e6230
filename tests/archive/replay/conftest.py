"""Fixtures: pywb's environment, and a small archive served by it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from archive.replay.environment import NoReplayEnvironment, ensure
from archive.replay.server import ReplayServer
from tests.archive.replay.small_archive import make_archive

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="session")
def replay_environment() -> Path:
    """Return pywb's environment, made where it is missing; skips where it cannot be made."""
    try:
        return ensure()
    except NoReplayEnvironment as error:
        pytest.skip(str(error))


@pytest.fixture(scope="module")
def replay(replay_environment: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ReplayServer]:
    """Yield a server that replays the small archive."""
    folder = tmp_path_factory.mktemp("replay") / "a folder {with} ünusual name"
    records = make_archive(folder)
    with ReplayServer(folder, environment=replay_environment, captures=lambda: records) as server:
        yield server
