from __future__ import annotations

import pytest

from archive.index.store import Index


@pytest.fixture
def index(tmp_path):
    with Index.open(tmp_path / "index.db") as opened:
        yield opened
