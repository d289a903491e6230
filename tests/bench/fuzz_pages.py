"""Reads pages that atheris makes, through to the rows of an index; stops at the first that fails.

    .venv/bin/python -m pip install atheris        # optional, not in the requirements: a wheel for Linux only
    .venv/bin/python tests/bench/fuzz_pages.py [-max_total_time=1200] [corpus folder]

atheris chooses the bytes, hypothesis makes a page of them (tests/crawler/extraction/hostile.py), the code of the
extraction is instrumented. What failed is written to ``crash-…``; hypothesis prints the page.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

import atheris  # noqa: E402

with atheris.instrument_imports(include=["crawler.extraction", "archive.index"]):
    from archive.index.store import Index
    from tests.crawler.extraction.test_hostile import store_and_read_back

from hypothesis import HealthCheck, given, settings  # noqa: E402

from tests.crawler.extraction.hostile import pages  # noqa: E402

INDEX = Index.open(Path(tempfile.mkdtemp(prefix="fuzz-")) / "index.db")


@settings(deadline=None, database=None, suppress_health_check=list(HealthCheck))
@given(page=pages())
def fuzz(page) -> None:
    store_and_read_back(page, INDEX)


def main() -> None:
    """Fuzz until told to stop."""
    atheris.Setup(sys.argv, fuzz.hypothesis.fuzz_one_input)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
