from __future__ import annotations

import asyncio
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from scrapy import Spider
from scrapy.crawler import Crawler
from scrapy.settings import Settings
from warcio.archiveiterator import ArchiveIterator

from archive.errors import ConfigError
from crawler.capture.extension import FAILED, keeper_of, open_keeper
from crawler.capture.handler import CapturingDownloadHandler
from tests.crawler.capture.cases import ANSWERS
from tests.crawler.capture.rawserver import RawServer

ROOT = Path(__file__).resolve().parents[3]
MEGABYTE = 1 << 20


def crawl_until_full(folder: Path, *cases: str, sabotage: str = "") -> dict:
    """Return how a crawl of *cases* ended, in a process that runs *sabotage* first."""
    with RawServer(ANSWERS, folder) as server:
        arguments = [
            str(server.http),
            str(2 * MEGABYTE),
            str(folder / "warc"),
            str(folder / "out.json"),
            *cases,
        ]
        code = f"{sabotage}\nimport sys; from tests.crawler.capture.crawl_until_full import main; main(*sys.argv[1:])"
        child = [sys.executable, "-W", "error", "-c", code, *arguments]
        subprocess.run(child, cwd=ROOT, check=True, timeout=60)
    return json.loads((folder / "out.json").read_text())


def responses_in(folder: Path) -> set[str]:
    [file] = folder.glob("*.warc.gz*")
    with file.open("rb") as stream:
        records = ArchiveIterator(stream, no_record_parse=True)
        return {
            r.rec_headers.get_header("WARC-Record-ID").strip("<>")
            for r in records
            if r.rec_type == "response"
        }


def test_a_full_disk_ends_the_crawl_and_loses_nothing_that_was_acknowledged(tmp_path):
    outcome = crawl_until_full(tmp_path, "filler")

    assert outcome["reason"] == FAILED
    assert "File too large" in outcome["failure"] or "full" in outcome["failure"]
    assert "DiskFull" in outcome["failures"]
    assert len(outcome["acknowledged"]) > 50
    assert set(outcome["acknowledged"]) <= responses_in(tmp_path / "warc")


def test_a_response_too_large_for_the_disk_ends_the_crawl(tmp_path):
    outcome = crawl_until_full(tmp_path, "archive-only")

    assert outcome["reason"] == FAILED
    assert outcome["acknowledged"] == []
    assert set(outcome["failures"]) == {"DiskFull"}


def test_a_response_that_came_past_the_capture_ends_the_crawl(tmp_path):
    unmarked = "import crawler.capture.seam as seam; seam._Marking = lambda connection, recording: connection"

    outcome = crawl_until_full(tmp_path, "filler", sabotage=unmarked)

    assert outcome["reason"] == FAILED
    assert "came past the capture" in outcome["failure"]
    assert outcome["acknowledged"] == []


def test_the_handler_says_what_it_misses():
    crawler = Crawler(Spider)

    with pytest.raises(ConfigError, match=r"needs crawler.capture.extension.CaptureExtension"):
        CapturingDownloadHandler.from_crawler(crawler)
    with pytest.raises(ConfigError, match="EXTENSIONS"):
        keeper_of(crawler)


def test_a_folder_must_be_named():
    with pytest.raises(ConfigError, match="TEARSHEET_WARC_FOLDER"):
        open_keeper(Settings())


def test_every_setting_is_in_the_readme():
    folder = ROOT / "crawler" / "capture"
    used = set(re.findall(r"TEARSHEET_\w+", "".join(path.read_text() for path in folder.glob("*.py"))))
    readme = (folder / "README.md").read_text()

    assert {name for name in used if name != "TEARSHEET_WARC"} == set(
        re.findall(r"\| `(TEARSHEET_\w+)` \|", readme)
    )


@pytest.mark.parametrize(("seconds", "files"), [(0, 1), (0.000001, 2)])
def test_a_file_is_closed_at_its_age_and_never_without_a_limit(tmp_path, seconds, files):
    settings = Settings({"TEARSHEET_WARC_FOLDER": str(tmp_path), "TEARSHEET_WARC_MAX_SECONDS": seconds})

    async def write_two():
        keeper = open_keeper(settings)
        for number in range(2):
            await keeper.write(lambda writer, n=number: (writer.write_metadata(f"urn:x:{n}", [("a", "b")]),))
        await keeper.close()

    asyncio.run(write_two())
    assert len(list(tmp_path.glob("*.warc.gz"))) == files
