"""What other programs are told of a run: log lines as JSON, metrics, the status of each site."""

import csv
import io
import json
import subprocess

import pytest
from prometheus_client.parser import text_string_to_metric_families

from tests.conftest import command, environment, run


@pytest.fixture(scope="module")
def watched(newsroom, tmp_path_factory):
    """Return a crawl of one outlet with all that can be told of it: archive, standard error, metrics."""
    folder = tmp_path_factory.mktemp("watched")
    home = newsroom.sites[2]
    options = ("--log-json", "--metrics", str(folder / "tearsheet.prom"), "--set", "requisites.fetch=false")
    done = subprocess.run(
        command(folder / "archive", "crawl", home, *options),
        text=True, capture_output=True, timeout=120, check=False, env=environment(),
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return folder / "archive", done.stderr, folder / "tearsheet.prom"


def test_each_line_of_the_log_is_json_and_knows_its_run(watched):
    lines = [json.loads(line) for line in watched[1].splitlines()]
    assert {"time", "level", "event", "run", "logger", "message"} <= set.intersection(*map(set, lines))
    assert len({line["run"] for line in lines}) == 1
    events = [line["event"] for line in lines]
    assert (events[0], events[-1]) == ("run-begins", "run-ends")
    assert lines[-1]["reason"] == "finished"
    assert lines[-1]["counts"]["new-article"] > 5
    [denied] = [
        line for line in lines if line["event"] == "failure" and line["reason"] == "refused by robots.txt"
    ]
    assert denied["url"].startswith(denied["site"])


def test_prometheus_can_read_the_metrics(watched):
    families = {family.name: family for family in text_string_to_metric_families(watched[2].read_text())}
    assert all(family.type == "gauge" and family.documentation for family in families.values())
    assert all(name.startswith("tearsheet_") for name in families)
    [new] = families["tearsheet_site_new_articles"].samples
    assert (new.labels, new.value > 5) == ({"site": "127.0.0.4"}, True)
    assert families["tearsheet_last_run_finished"].samples[0].value == 1
    assert families["tearsheet_last_run_timestamp_seconds"].samples[0].value > 1_700_000_000
    assert watched[2].stat().st_mode & 0o777 == 0o644
    assert [path.name for path in watched[2].parent.iterdir() if path.is_file()] == ["tearsheet.prom"]


def test_a_metrics_file_that_cannot_be_written_is_told_and_no_fault(newsroom, tmp_path):
    options = ("--metrics", str(tmp_path / "nowhere" / "tearsheet.prom"), "--set", "crawl.max_run_pages=1")
    done = subprocess.run(
        command(tmp_path / "archive", "crawl", newsroom.sites[2], *options),
        text=True, capture_output=True, timeout=120, check=False, env=environment(),
    )  # fmt: skip
    assert done.returncode == 4
    assert "nowhere/tearsheet.prom: the metrics could not be written: No such file" in done.stderr


def test_status_tells_of_each_site_as_table_json_csv_and_page(watched):
    archive = watched[0]
    [site] = json.loads(run(archive, "status", "--json"))["sites"]
    assert (site["site"], site["answered"], site["alerts"]) == ("127.0.0.4", True, [])
    assert site["new_articles"] > 5
    assert site["fields"]["headline"] == 1
    assert site["next_due"] > site["started_at"]
    assert "127.0.0.4\t20" in run(archive, "status")
    [row] = csv.DictReader(io.StringIO(run(archive, "status", "--csv")))
    assert (row["site"], int(row["new_articles"])) == ("127.0.0.4", site["new_articles"])
    page = archive / "status.html"
    run(archive, "status", "--html", str(page))
    text = page.read_text()
    assert "<h2>127.0.0.4</h2>" in text
    assert "default-src 'none'" in text
    assert not [word for word in ("<script", "src=", "href=", "@import", "url(") if word in text]
