"""An article as text for a reader on a terminal: what it says, who is credited, and where it comes from."""

from __future__ import annotations

import shutil
import sys
from typing import TYPE_CHECKING

from archive.verbs.console import printable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from archive.index.stored import Provenance, StoredArticle, StoredVersion
    from archive.index.together import PageOfArticle
    from archive.model import Credit, Image, Notice, RightsWords

WIDEST = 100
"""Columns; longer lines are hard to read."""


def article_text(article: StoredArticle, version: StoredVersion) -> str:
    """Return *version* of *article* for reading; on a terminal wrapped to its width."""
    content = version.content
    parts = [
        [content.headline or "(no headline)"],
        [content.standfirst or ""],
        list(_facts(article, version)),
        *([paragraph] for paragraph in content.body or ("(no text)",)),
        _section("What the newsroom says about this text", (_notice(notice) for notice in content.notices)),
        _section("Pictures", (line for image in content.images for line in _image(image))),
        _section("Credits", map(_credit, content.credits)),
        _section(
            "Sources cited in the text", (f"{found.name}: {found.text}" for found in content.attributions)
        ),
        _section("Rights", map(_rights, content.rights)),
        _section("Provenance", _provenance(version.provenance)),
    ]
    return "\n\n".join("\n".join(_wrapped(part)) for part in parts if any(part))


def whole_text(article: StoredArticle, pages: Sequence[PageOfArticle]) -> str:
    """Return the text of all *pages* of *article* in their order; before each its address and when it was captured."""
    first = next((page.article for page in pages if page.article), article)
    parts: list[list[str]] = [[first.content.headline or "(no headline)"], [first.content.standfirst or ""]]
    missing = 0
    for page in pages:
        if page.article is None:
            missing += 1
            parts.append([f"[Page {page.number}: {page.url} — not in the archive]"])
            continue
        when = time_in_words(page.article.last_captured_at)
        parts.append([f"[Page {page.number}: {page.url} — captured {when}, article {page.article.id}]"])
        parts += [[paragraph] for paragraph in page.article.content.body or ("(no text)",)]
    lost = f" {missing} of them not in the archive." if missing else ""
    parts.append(
        [f"{len(pages)} pages, each captured at its own time; no page ever showed them as one text.{lost}"]
    )
    return "\n\n".join("\n".join(_wrapped(part)) for part in parts if any(part))


def time_in_words(moment: datetime) -> str:
    """Return *moment* to the second, in UTC."""
    return f"{moment:%Y-%m-%d %H:%M:%S} UTC"


def _section(title: str, lines: Iterator[str] | tuple[str, ...] | map[str]) -> list[str]:
    found = [f"  {line}" for line in lines]
    return [title, *found] if found else []


def _facts(article: StoredArticle, version: StoredVersion) -> Iterator[str]:
    content = version.content
    if content.byline:
        yield content.byline
    outlet = content.masthead or content.publisher or article.site
    genre = content.genre if content.genre != "news" else ""
    yield " · ".join(filter(None, [outlet, content.section, genre, content.language]))
    if content.publisher and content.publisher != outlet:
        yield f"Published by {content.publisher}"
    dates = [("Published", content.date_published), ("modified", content.date_modified)]
    yield ", ".join(f"{word} {date.value}" for word, date in dates if date) or "No date of publication"
    yield article.url
    yield (
        f"Version {version.number} of {article.version_count}, seen from {time_in_words(version.seen_from)}"
        f" to {time_in_words(version.seen_until)}" + _changed(version)
    )
    if content.paywalled:
        reason = f" ({content.paywall_reason})" if content.paywall_reason else ""
        yield f"Behind a paywall{reason}: the text may be a part of it."
    if article.gone_at:
        yield f"Gone from the site since {time_in_words(article.gone_at)}."
    if article.redirected_to:
        yield f"Its address leads to {article.redirected_to} now."


def _notice(notice: Notice) -> str:
    return f"{notice.kind}: {notice.words}"


def _changed(version: StoredVersion) -> str:
    if version.number > 1 and not version.changed:
        return (
            "; read by another extractor than the version before: `tearsheet reindex` makes them comparable"
        )
    return f"; changed: {', '.join(version.changed)}" if version.changed else ""


def _image(image: Image) -> Iterator[str]:
    yield image.caption or image.alt or "(no caption)"
    yield f"  {image.url}"
    if image.archive:
        yield "  An old or symbolic picture, its caption says."
    for credit in image.credits:
        yield f"  {_credit(credit)}"
    if image.credit_raw and not image.credits:
        yield f'  "{image.credit_raw}"'
    if image.embedded is not None:
        yield "  The picture says of itself:"
        yield from (f"    {name}: {words}" for name, words in image.embedded.named())


def _credit(credit: Credit) -> str:
    code = f" ({credit.agency})" if credit.agency and credit.agency != credit.name else ""
    return f'{credit.role}: {credit.name}{code}, {credit.kind} — "{credit.raw}" ({credit.found_in})'


def _rights(words: RightsWords) -> str:
    place = "text" if words.image_position is None else f"picture {words.image_position + 1}"
    return f'{words.kind}: "{words.words}" ({place}{", iptc" if words.found_in == "iptc" else ""})'


def _provenance(provenance: Provenance) -> Iterator[str]:
    yield f"captured     {time_in_words(provenance.captured_at)}, status {provenance.status}"
    yield f"from         {provenance.target_uri}"
    yield f"WARC file    {provenance.file}"
    yield f"offset       {provenance.offset}, length {provenance.length}"
    yield f"record       {provenance.record_id}"
    for name, value in (
        ("digest", provenance.payload_digest),
        ("run", provenance.run),
        ("found by", provenance.discovery),
        ("found on", provenance.via),
        ("robots.txt", provenance.robots and f"{provenance.robots} (record {provenance.robots_record})"),
        ("read by", provenance.extractor),
    ):
        if value:
            yield f"{name:<12} {value}"


def _wrapped(lines: list[str]) -> Iterator[str]:
    """Yield *lines*, on a terminal broken to its width; scripts without blanks are as wide as they look."""
    if not sys.stdout.isatty():
        yield from map(printable, lines)
        return
    from rich.console import Console  # noqa: PLC0415  (a tenth of a second)
    from rich.text import Text  # noqa: PLC0415

    console = Console(width=min(shutil.get_terminal_size().columns, WIDEST))
    for line in lines:
        indent = " " * (len(line) - len(line.lstrip()))
        for piece in Text(printable(line.strip())).wrap(console, console.width - len(indent)):
            yield indent + piece.plain.rstrip()
