"""Re-reading an archive needs neither Scrapy nor Twisted."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys

WITHOUT_SCRAPY = """
import sys
for name in ("scrapy", "twisted"):
    sys.modules[name] = None
from crawler.cli import main
sys.argv = ["tearsheet", "--archive", sys.argv[1], "--json", "reindex"]
main()
"""


def test_a_warc_is_read_into_an_index_without_scrapy_and_twisted(first_crawl, tmp_path):
    archive = tmp_path / "archive"
    (archive / "warc").mkdir(parents=True)
    for file in (first_crawl.archive / "warc").glob("*.warc.gz"):
        shutil.copy(file, archive / "warc")
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_SCRAPY, str(archive)],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["new articles"] == first_crawl.summary["counts"]["new-article"]
