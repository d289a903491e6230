"""The last run and every site as metrics in Prometheus' text format, for node_exporter's textfile collector."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from archive.index.site_status import site_statuses
from archive.times import parse_warc_date
from archive.verbs.last_run import iter_runs

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from archive.index.site_status import SiteStatus
    from archive.index.store import Index
    from archive.verbs.last_run import Run

    Samples = Iterable[tuple[Mapping[str, str], float | int | None]]

_ARTICLES = {"new-article": "new", "new-version": "changed", "unchanged": "unchanged"}


def write_metrics(path: Path, index: Index) -> None:
    """Write the metrics of *index* to *path*, in one step: a collector sees the old file or the new one, whole."""
    text = metrics_text(index)
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            os.fchmod(file.fileno(), 0o644)  # the collector is another user
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def metrics_text(index: Index) -> str:
    """Return the metrics: of the last run that ended, and of each site after its last run."""
    parts = []
    last = next((run for run in iter_runs(index, 20) if run.finished_at), None)
    if last is not None:
        parts += _of_run(last)
    parts += _of_sites(site_statuses(index))
    return "".join(parts)


def _of_run(run: Run) -> list[str]:
    started, finished = _seconds(run.started_at), _seconds(run.finished_at)
    counts = run.counts
    took = finished - started if started is not None and finished is not None else None
    return [
        _metric("last_run_timestamp_seconds", "When the last run ended.", [({}, finished)]),
        _metric("last_run_duration_seconds", "How long the last run took.", [({}, took)]),
        _metric(
            "last_run_finished", "1 when the last run did all that it had to do, 0 when it was stopped early.",
            [({"reason": run.reason or ""}, int(run.reason == "finished"))],
        ),
        _metric("last_run_requests", "Requests that the last run sent.", [({}, counts.get("fetched", 0))]),
        _metric("last_run_captures", "Answers that the last run archived.", [({}, counts.get("captured", 0))]),
        _metric("last_run_warc_bytes", "Bytes of WARC records that the last run wrote.", [({}, counts.get("bytes", 0))]),
        _metric(
            "last_run_articles", "Pages that the last run read as articles, by what they were for the index.",
            [({"outcome": word}, counts.get(name, 0)) for name, word in _ARTICLES.items()],
        ),
        _metric(
            "last_run_failures", "URLs that the last run could not fetch, by reason.",
            [({"reason": reason}, count) for reason, count in run.failures.items()],
        ),
    ]  # fmt: skip


def _of_sites(sites: Sequence[SiteStatus]) -> list[str]:
    return [
        _metric(
            "site_last_run_timestamp_seconds", "When the last run at the site began.",
            [({"site": one.site}, one.started_at.timestamp()) for one in sites],
        ),
        _metric(
            "site_up", "1 when the site answered the last run.",
            [({"site": one.site}, int(one.is_reached)) for one in sites],
        ),
        _metric(
            "site_new_articles", "New articles of the last run at the site.",
            [({"site": one.site}, one.new_articles) for one in sites],
        ),
        _metric(
            "site_new_articles_per_day", "New articles a day in the last seven days.",
            [({"site": one.site}, one.new_a_day) for one in sites],
        ),
        _metric(
            "site_read_ratio", "Share of the pages asked for as articles in the last run that were read as such.",
            [({"site": one.site}, one.read) for one in sites],
        ),
        _metric(
            "site_field_ratio", "Share of the articles of the last run that have the field.",
            [({"site": one.site, "field": name}, value) for one in sites for name, value in one.fields.items()],
        ),
        _metric(
            "site_failures", "URLs of the site that the last run could not fetch, by reason.",
            [({"site": one.site, "reason": reason}, count) for one in sites for reason, count in one.failures.items()],
        ),
        _metric(
            "site_next_due_timestamp_seconds", "When the next look at a known article is due.",
            [({"site": one.site}, one.next_due.timestamp() if one.next_due else None) for one in sites],
        ),
        _metric(
            "site_open_alert", "1 for each alert that is open.",
            [({"site": one.site, "kind": alert.kind, "subject": alert.subject}, 1) for one in sites for alert in one.alerts],
        ),
    ]  # fmt: skip


def _metric(name: str, words: str, samples: Samples) -> str:
    r"""Return a gauge with its help; one without samples is left out.

    >>> print(_metric("site_up", "1 when it answered.", [({"site": 'a"b'}, 1)]), end="")
    # HELP tearsheet_site_up 1 when it answered.
    # TYPE tearsheet_site_up gauge
    tearsheet_site_up{site="a\"b"} 1
    """
    lines = [
        f"tearsheet_{name}{_labels(labels)} {value:.15g}" for labels, value in samples if value is not None
    ]
    if not lines:
        return ""
    head = (f"# HELP tearsheet_{name} {words}", f"# TYPE tearsheet_{name} gauge")
    return "\n".join([*head, *lines]) + "\n"


def _labels(labels: Mapping[str, str]) -> str:
    escaped = (f'{name}="{_escaped(value)}"' for name, value in labels.items())
    return f"{{{','.join(escaped)}}}" if labels else ""


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace("\n", "\\n").replace('"', '\\"')


def _seconds(text: str | None) -> float | None:
    moment: datetime | None = parse_warc_date(text) if text else None
    return moment.timestamp() if moment else None
