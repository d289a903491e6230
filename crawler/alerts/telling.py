"""Tells the operator's own tools of a run's alerts: POSTs them to a web hook, hands them to a command. Failing is no fault of the run."""

from __future__ import annotations

import json
import logging
import os
import shlex
import subprocess
import urllib.error
import urllib.request
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archive.config.sections import Alerts
    from archive.index.site_runs import Alert

logger = logging.getLogger(__name__)

_QUOTED = 300
"""Characters of what a failing command wrote that are repeated."""


def tell(alerts: Sequence[Alert], settings: Alerts, *, run_id: str, archive: str) -> list[str]:
    """Send *alerts* where *settings* say; return in words what could not be told."""
    if not alerts:
        return []
    message = json.dumps(message_of(alerts, run_id, archive), ensure_ascii=False)
    failures = []
    for address, send in ((settings.webhook, _post), (settings.command, _run)):
        if address:
            try:
                send(address, message, settings.timeout_seconds)
            except (OSError, ValueError, subprocess.SubprocessError) as error:
                failures.append(f"{'alerts.webhook' if send is _post else 'alerts.command'}: {error}")
    return failures


def message_of(alerts: Sequence[Alert], run_id: str, archive: str) -> dict[str, Any]:
    """Return what is sent: the run, one line of words for people, and the alerts one by one."""
    return {
        "run": run_id,
        "archive": archive,
        "text": "\n".join(line(alert) for alert in alerts),
        "alerts": [
            {name: getattr(alert, name) for name in ("site", "kind", "subject", "event", "words")}
            for alert in alerts
        ],
    }


def line(alert: Alert) -> str:
    """Return *alert* as one line.

    >>> from archive.index.site_runs import Alert
    >>> line(Alert(site="a.example", kind="fields", subject="date", words="articles with a date: 0 of 12"))
    'Alert: a.example, fields (date): articles with a date: 0 of 12'
    """
    begins = "Alert" if alert.event == "raised" else "Alert ended"
    subject = f" ({alert.subject})" if alert.subject else ""
    return f"{begins}: {alert.site}, {alert.kind}{subject}: {alert.words}"


def _post(url: str, message: str, seconds: float) -> None:
    request = urllib.request.Request(  # noqa: S310  (the setting's form allows http and https only)
        url,
        data=message.encode(),
        headers={"Content-Type": "application/json; charset=utf-8", "User-Agent": "Tearsheet"},
        method="POST",
    )
    try:
        with urllib.request.urlopen(request, timeout=seconds) as answer:  # noqa: S310
            answer.read(1)
    except urllib.error.HTTPError as error:
        with error:
            raise ValueError(f"{url} answered {error.code}") from error
    except urllib.error.URLError as error:
        raise ValueError(f"{url}: {getattr(error.reason, 'strerror', None) or error.reason}") from error


def _run(command: str, message: str, seconds: float) -> None:
    told = json.loads(message)
    environment = os.environ | {
        "TEARSHEET_RUN": told["run"],
        "TEARSHEET_ARCHIVE": told["archive"],
        "TEARSHEET_ALERTS": str(len(told["alerts"])),
        "TEARSHEET_ALERT_TEXT": told["text"].replace("\0", ""),
    }
    done = subprocess.run(  # noqa: S603  (the operator's own command)
        shlex.split(command),
        input=message,
        text=True,
        capture_output=True,
        timeout=seconds,
        env=environment,
        check=False,
    )
    if done.returncode:
        wrote = " ".join((done.stderr or done.stdout).split())[-_QUOTED:]
        raise ValueError(f"{command} ended with {done.returncode}" + (f": {wrote}" if wrote else ""))
