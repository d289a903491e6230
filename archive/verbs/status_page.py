"""``tearsheet status --html``: one page that needs nothing else and in which nothing runs, with a small plot for each site."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from archive.times import utc_now
from archive.verbs.site_table import due, minute, named, number, percent

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from archive.index.site_status import SiteStatus

WIDTH, HEIGHT, PITCH = 300, 44, 10
"""Of a plot of days, in its own units; a day is PITCH wide."""
_HEAD = """<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Sites</title><style>
:root { color-scheme: light dark; --ink: light-dark(#1c1b19, #eceae4); --paper: light-dark(#fbfaf7, #191816); --soft: light-dark(#615d55, #aaa59a);
  --line: light-dark(#d9d5cb, #3d3a34); --bar: light-dark(#35608f, #82b1e0); --bad: light-dark(#a3261b, #ff9a8c); --bad-paper: light-dark(#fdeeea, #3a1c17); }
* { box-sizing: border-box; }
body { margin: 0; padding: 1.2rem clamp(0.8rem, 3vw, 2.4rem); color: var(--ink); background: var(--paper); font: 15px/1.45 system-ui, sans-serif; }
h1 { font-size: 1.4rem; margin: 0 0 0.2rem; } h2 { font-size: 1.05rem; margin: 0; overflow-wrap: anywhere; }
p { margin: 0.2rem 0; } .soft, dt, th { color: var(--soft); font-weight: 400; }
main { display: grid; gap: 0.9rem; grid-template-columns: repeat(auto-fill, minmax(min(22rem, 100%), 1fr)); margin-top: 1rem; }
article { border: 1px solid var(--line); border-radius: 6px; padding: 0.8rem 1rem; min-width: 0; }
article.alert { border-color: var(--bad); }
.words { background: var(--bad-paper); color: var(--bad); border-radius: 4px; padding: 0.35rem 0.6rem; margin: 0.4rem 0; overflow-wrap: anywhere; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 0 0.8rem; margin: 0.4rem 0; } dd { margin: 0; overflow-wrap: anywhere; }
figure { margin: 0.6rem 0 0; } figcaption { color: var(--soft); font-size: 0.85rem; }
svg { display: block; width: 100%; height: auto; } svg.fields { max-width: 100%; }
.bar { fill: var(--bar); } .none { fill: var(--line); } .axis { stroke: var(--line); } .curve { fill: none; stroke: var(--bar); stroke-width: 1.5; }
table { border-collapse: collapse; width: 100%; font-size: 0.9rem; } th { text-align: left; padding: 0; white-space: nowrap; width: 5.2rem; } td { padding: 0 0 0 0.5rem; }
td:last-child { width: 3.2rem; text-align: right; font-variant-numeric: tabular-nums; }
</style></head><body>
"""


def status_page(sites: Sequence[SiteStatus]) -> str:
    """Return the page as HTML."""
    alerts = sum(len(site.alerts) for site in sites)
    told = f"{alerts} open alert{'s' if alerts != 1 else ''}" if alerts else "no open alerts"
    head = f"<h1>{len(sites)} site{'s' if len(sites) != 1 else ''}, {told}</h1><p class=soft>{minute(utc_now())} UTC, by Tearsheet</p>"
    return f"{_HEAD}{head}<main>\n{''.join(map(_site, sites))}</main></body></html>\n"


def _site(site: SiteStatus) -> str:
    parts = [f"<article{' class=alert' if site.alerts else ''}><h2>{escape(site.site)}</h2>"]
    parts += [
        f"<p class=words><b>{escape(named(alert))}</b> since {minute(alert.at)}: {escape(alert.words)}</p>"
        for alert in site.alerts
    ]
    parts.append("<dl>")
    parts += [f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>" for name, value in _facts(site) if value]
    parts.append("</dl>")
    parts += [_days_plot(site), _fields_table(site), "</article>\n"]
    return "".join(parts)


def _facts(site: SiteStatus) -> Iterator[tuple[str, str]]:
    found = f"{site.new_articles} new" if site.is_reached else "no answer"
    yield "last run", f"{minute(site.started_at)}: {found}"
    if site.new_a_day is not None:
        before = f", before {number(site.before_a_day)}" if site.before_a_day is not None else ""
        yield "new a day", f"{number(site.new_a_day)}{before}"
    yield "failed", ", ".join(f"{reason} ({count})" for reason, count in site.failures.items())
    yield "next due", due(site.next_due)


def _days_plot(site: SiteStatus) -> str:
    """Return a bar for each day; a day on which nothing came is a dash, so that it can be seen."""
    if not site.days:
        return ""
    most = max(site.days.values()) or 1
    left = WIDTH - PITCH * len(site.days)
    bars = []
    for place, (day, count) in enumerate(site.days.items()):
        tall = max(2.0, (HEIGHT - 4) * count / most)
        kind = "bar" if count else "none"
        bars.append(
            f'<rect class={kind} x="{left + place * PITCH + 1}" y="{HEIGHT - tall:.1f}" width="{PITCH - 2}" height="{tall:.1f}">'
            f"<title>{day.isoformat()}: {count}</title></rect>"
        )
    words = f"New articles a day, {len(site.days)} days to {max(site.days).isoformat()}; at most {max(site.days.values())}"
    return (
        f'<figure><svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(words)}">{"".join(bars)}</svg>'
        f"<figcaption>{escape(words)}</figcaption></figure>"
    )


def _fields_table(site: SiteStatus) -> str:
    """Return a line and a curve over the last runs for each share."""
    curves: dict[str, list[float | None]] = {"articles": [read for _, read, _ in site.course]}
    for name in ("headline", "body", "date", "byline"):
        curves[name] = [fields.get(name) for _, _, fields in site.course]
    now: Mapping[str, float | None] = {"articles": site.read, **site.fields}
    rows = [
        f"<tr><th scope=row>{name}</th><td>{_curve(name, values)}</td><td>{percent(now.get(name)) or '–'}</td></tr>"
        for name, values in curves.items()
        if any(value is not None for value in values)
    ]
    if not rows:
        return ""
    caption = f"Pages read as articles, and articles with the field, in the last {len(site.course)} runs"
    return f"<figure><table>{''.join(rows)}</table><figcaption>{caption}</figcaption></figure>"


def _curve(name: str, values: Sequence[float | None]) -> str:
    """Return a curve between 0 (bottom) and 1 (top); runs without articles are stepped over."""
    tall, step = 16, 200 / max(1, len(values) - 1)
    points = [(place * step, value) for place, value in enumerate(values) if value is not None]
    drawn = " ".join(f"{x:.1f},{1 + (tall - 2) * (1 - value):.1f}" for x, value in points)
    if len(points) == 1:
        drawn = f"{drawn} {points[0][0] + 2:.1f},{drawn.partition(',')[2]}"
    label = escape(f"{name}: {percent(points[0][1])} to {percent(points[-1][1])}")
    return (
        f'<svg class=fields viewBox="0 0 200 {tall}" preserveAspectRatio="none" height="{tall}" role="img" aria-label="{label}">'
        f'<line class=axis x1="0" y1="{tall - 0.5}" x2="200" y2="{tall - 0.5}"/><polyline class=curve points="{drawn}"/></svg>'
    )
