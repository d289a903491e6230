"""Options of ``tearsheet crawl`` that do not go together."""

from __future__ import annotations

from click.testing import CliRunner

from archive.verbs.console import Console
from crawler.verbs.crawl import command


def test_a_dry_run_of_the_sample_newsroom_is_refused_before_anything_is_made(tmp_path):
    archive = tmp_path / "archive"
    done = CliRunner().invoke(command, ["--sample", "--dry-run"], obj=Console(archive=archive))
    assert done.exit_code == 2
    assert "--dry-run is for sites of your own" in done.output
    assert not archive.exists()
