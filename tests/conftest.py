"""Fixtures for every test."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import hypothesis.internal.conjecture.optimiser  # noqa: F401  (loaded in the middle of a test, CPython 3.11 may fail to compile it)
import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from crawler.newsroom.server import Newsroom

# How long one example takes says more about the machine than about the code.
settings.register_profile("any machine", deadline=None)
settings.load_profile("any machine")

ROOT = Path(__file__).resolve().parent.parent
FOR_LOOPBACK = (
    "politeness.delay_seconds=0.005",
    "politeness.requisite_delay_seconds=0.001",
    "politeness.allow_private_addresses=true",
    "crawl.sitemap_days=0",
    "politeness.read_tdmrep=false",  # one request more a host, which most tests would have to leave out of their account
)


SHARES_CRAWLS = frozenset(
    {
        "tests/archive/export/test_wacz.py",
        "tests/archive/export/test_warc_subset.py",
        "tests/archive/index/test_schema_page.py",
        "tests/archive/verbs/test_real_archive.py",
        "tests/archive/web/test_desk.py",
        "tests/crawler/middlewares/test_measured_politeness.py",
        "tests/crawler/verbs/test_explain.py",
        "tests/crawler/verbs/test_sites.py",
        "tests/journeys/test_crawl.py",
        "tests/journeys/test_desk_in_chromium.py",
        "tests/journeys/test_ledger.py",
        "tests/journeys/test_own_replay_in_chromium.py",
        "tests/journeys/test_reindex_from_elsewhere.py",
        "tests/journeys/test_replay_of_a_crawl.py",
        "tests/journeys/test_side_by_side.py",
        "tests/journeys/test_wacz_in_chromium.py",
        "tests/test_deployment.py",
        "tests/test_offline.py",
    }
)
"""Files whose tests look at *first_crawl* or *second_crawl*: they run in one process, so that each crawl is made once."""
LONGEST = (
    "tests/journeys",
    "tests/crawler/frontier",
    "tests/crawler/reindex",
    "tests/crawler/capture",
    "tests/archive/replay",
)
"""Folders whose files take longest, in their order."""


@dataclass(frozen=True)
class Crawl:
    """A crawl that has been run: its archive, its summary, and what the newsroom saw of it."""

    archive: Path
    summary: dict[str, Any]
    log: tuple[Any, ...]


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Give every file to one process, and all files that share crawls to the same, in the order of the collection.

    Marks of xdist's own (``xdist_group``) are not used: they do nothing, and say nothing, where a release of pytest makes ids of
    tests otherwise than xdist expects (pytest 9.2 with xdist 3.8).
    """
    from xdist.scheduler import LoadScopeScheduling

    class ByFile(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            file = nodeid.partition("::")[0]
            return "crawls" if file in SHARES_CRAWLS else file

    config.option.loadscopereorder = False
    return ByFile(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let what takes longest begin first, so that no process is left with it at the end; see that *SHARES_CRAWLS* is complete."""
    sharing = {
        _file_of(item)
        for item in items
        if {"first_crawl", "second_crawl"} & set(getattr(item, "fixturenames", ()))
    }
    if unnamed := sorted(sharing - SHARES_CRAWLS):
        raise pytest.UsageError(f"tests/conftest.py: SHARES_CRAWLS lacks {', '.join(unnamed)}")
    items.sort(key=_rank)


def _rank(item: pytest.Item) -> int:
    file = _file_of(item)
    if file in SHARES_CRAWLS:
        return 0
    return next((rank for rank, folder in enumerate(LONGEST, 1) if file.startswith(folder)), len(LONGEST) + 1)


def _file_of(item: pytest.Item) -> str:
    return item.nodeid.partition("::")[0]


@pytest.fixture(autouse=True, scope="module")
def _own_profiles_of_sites() -> Iterator[None]:
    """Let no file of tests read pages by the profiles that another has chosen."""
    yield
    from crawler.profiles import use_folder

    use_folder(None)


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return the folder of corpora and samples beside the checkout; skips where it is not."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("no shared/")
    return folder


@pytest.fixture(scope="session")
def newsroom() -> Iterator[Newsroom]:
    """Return the sample newsroom, open on loopback in edition 1."""
    from crawler.newsroom.server import Newsroom

    with Newsroom(port=0) as room:
        yield room


@pytest.fixture
def start_tearsheet() -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """Return a function that starts the real command; what still runs at the end of the test is killed."""
    started: list[subprocess.Popen[str]] = []

    def start(archive: Path, verb: str, *arguments: str) -> subprocess.Popen[str]:
        started.append(
            subprocess.Popen(
                command(archive, verb, *arguments), text=True, stdout=-1, stderr=-1, env=environment()
            )
        )
        return started[-1]

    yield start
    for process in started:
        if process.poll() is None:
            process.kill()
        process.communicate(timeout=20)


@pytest.fixture(scope="session")
def tearsheet() -> Callable[..., str]:
    """Return a function that runs the real command to its end, expects success and returns its standard output."""
    return run


@pytest.fixture(scope="session")
def first_crawl(newsroom: Newsroom, tmp_path_factory: pytest.TempPathFactory) -> Crawl:
    """Return a crawl of the newsroom's first edition into a new archive. Copy the archive before changing it."""
    return crawled(newsroom, tmp_path_factory.mktemp("first") / "archive")


@pytest.fixture(scope="session")
def second_crawl(newsroom: Newsroom, first_crawl: Crawl, tmp_path_factory: pytest.TempPathFactory) -> Crawl:
    """Return a crawl of the second edition into a copy of the first crawl's archive."""
    archive = tmp_path_factory.mktemp("second") / "archive"
    shutil.copytree(first_crawl.archive, archive)
    newsroom.set_edition(2)
    try:
        return crawled(newsroom, archive, "--recheck")
    finally:
        newsroom.set_edition(1)


def crawled(newsroom: Newsroom, archive: Path, *options: str) -> Crawl:
    """Crawl all outlets of *newsroom* as they are now into *archive*."""
    seen = len(newsroom.log)
    output = run(archive, "crawl", *newsroom.sites, "--json", *options)
    return Crawl(archive, json.loads(output), tuple(newsroom.log[seen:]))


def run(archive: Path, verb: str, *arguments: str, expect: int = 0) -> str:
    """Run the command on *archive*; return its standard output."""
    done = subprocess.run(
        command(archive, verb, *arguments),
        text=True,
        capture_output=True,
        timeout=240,
        check=False,
        env=environment(),
    )
    assert done.returncode == expect, done.stderr[-4000:]
    return done.stdout


def command(archive: Path, verb: str, *arguments: str) -> list[str]:
    """Return the command line; a crawl is told that loopback needs no rest."""
    settings = [part for setting in FOR_LOOPBACK for part in ("--set", setting)] if verb == "crawl" else []
    return [sys.executable, "-m", "crawler", "--archive", str(archive), verb, *settings, *arguments]


def environment() -> dict[str, str]:
    """Return the environment without what a developer may have set."""
    return {key: value for key, value in os.environ.items() if not key.startswith("TEARSHEET_")} | {
        "COLUMNS": "120"
    }
