"""Articles as they come out of the index again."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from archive.index.edits import KINDS
from archive.index.pictures import read_words
from archive.index.stored_blocks import read_blocks, read_left_out, read_part
from archive.model import Article, Attribution, Credit, DatedValue, Image, Medium, Notice, RightsWords
from archive.times import parse_warc_date

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from archive.picture_words import PictureWords


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """The WARC record that an article's version was first read from."""

    file: str
    offset: int
    length: int
    record_id: str
    target_uri: str
    captured_at: datetime
    status: int | None
    payload_digest: str | None
    run: str | None
    via: str | None
    discovery: str | None
    robots: str | None
    robots_record: str | None
    extractor: str | None
    """What read it: release and digest of the code; empty when that was not noted yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredVersion:
    """What an article said between two times."""

    number: int
    """1 is the oldest that was captured."""
    seen_from: datetime
    seen_until: datetime
    changed: tuple[str, ...]
    """Fields that differ from the version before."""
    content: Article
    provenance: Provenance


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredArticle:
    """An article in its newest version."""

    id: int
    identity: str
    url: str
    site: str
    content: Article
    version_count: int
    first_captured_at: datetime
    last_captured_at: datetime
    gone_at: datetime | None
    redirected_to: str | None
    aliases: tuple[str, ...]
    """All its addresses."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One kind of thing that happened to an article, with the captures that prove it."""

    kind: str
    """One of archive.index.edits.KINDS, or removed, moved or restored."""
    version: int | None
    """The version it made; None for removed, moved and restored."""
    seen_at: datetime
    detail: str | None
    """The words of a notice; the new address of what was moved."""
    before: str
    """Record id of the last capture that showed the article as it was before."""
    capture: str
    """Record id of the first capture that showed the change."""
    confirmed: str | None
    """Record id of the capture that made a removal certain, or that shows the article at its new address."""


_ARTICLE = (
    "select a.*, (select json_group_array(url) from (select distinct url from article_urls u"
    " where u.article_id = a.id order by url)) as aliases from articles a "
)


def articles(connection: sqlite3.Connection, ids: Iterable[int]) -> Iterator[StoredArticle]:
    """Yield the articles with *ids*, in that order; ids that are not there are left out."""
    for article_id in ids:
        row = connection.execute(_ARTICLE + "where a.id = ?", (article_id,)).fetchone()
        if row is not None:
            yield _article(connection, row)


def versions(connection: sqlite3.Connection, article_id: int) -> tuple[StoredVersion, ...]:
    """Return the versions of an article, oldest first."""
    rows = connection.execute(
        "select v.* from versions v where v.article_id = ? order by v.number", (article_id,)
    ).fetchall()
    return tuple(
        StoredVersion(
            number=row["number"],
            seen_from=parse_warc_date(row["seen_from"]),
            seen_until=parse_warc_date(row["seen_until"]),
            changed=tuple(row["changed"].split()),
            content=content(connection, row["text_id"]),
            provenance=provenance(connection, row["first_capture_id"]),
        )
        for row in rows
    )


def changes(connection: sqlite3.Connection, article_id: int) -> tuple[Change, ...]:
    """Return what happened to an article, in the order of time; the kinds of one version in the order of KINDS."""
    rows = connection.execute("select * from v_changes where article_id = ?", (article_id,)).fetchall()
    order = {kind: place for place, kind in enumerate(KINDS)}
    rows.sort(key=lambda row: (row["seen_at"], row["version"] is None, order.get(row["kind"], 0)))
    return tuple(
        Change(
            kind=row["kind"],
            version=row["version"],
            seen_at=parse_warc_date(row["seen_at"]),
            detail=row["detail"],
            before=row["before_record"],
            capture=row["record"],
            confirmed=row["confirmed_by"],
        )
        for row in rows
    )


def provenance(connection: sqlite3.Connection, capture: int) -> Provenance:
    """Return where the capture with the id *capture* stands and how it came about."""
    row = connection.execute(
        "select c.*, r.extractor from v_captures c left join readings r on r.capture_id = c.id where c.id = ?",
        (capture,),
    ).fetchone()
    names = ("file", "offset", "length", "record_id", "target_uri", "status", "payload_digest", "run", "via", "discovery",
             "robots", "robots_record", "extractor")  # fmt: skip
    return Provenance(captured_at=parse_warc_date(row["captured_at"]), **{name: row[name] for name in names})


def content(connection: sqlite3.Connection, text_id: int) -> Article:
    """Return the text *text_id* as the article that was read."""
    row = connection.execute("select * from article_texts where id = ?", (text_id,)).fetchone()
    credited = connection.execute(
        "select c.*, p.kind, p.code from credits c join parties p on p.id = c.party_id where c.text_id = ? order by c.number",
        (text_id,),
    ).fetchall()
    modified = connection.execute(
        "select r.date_modified, r.date_modified_raw from readings r where r.capture_id = ?",
        (row["capture_id"],),
    ).fetchone()
    body = tuple(paragraph for paragraph in row["body"].split("\n\n") if paragraph)
    return Article(
        url=row["url"],
        is_article=True,
        page_type=row["page_type"],
        headline=row["headline"],
        headline_variants=tuple(json.loads(row["headline_variants"])),
        standfirst=row["standfirst"],
        byline=row["byline"],
        byline_raw=row["byline_raw"],
        credits=tuple(_credit(c) for c in credited if c["image_position"] is None),
        credit_lines=tuple(json.loads(row["credit_lines"])),
        attributions=_attributions(connection, text_id),
        dateline=tuple(json.loads(row["dateline"])),
        dateline_raw=row["dateline_raw"],
        date_published=_published(row),
        date_modified=_dated(modified[0], modified[1], "reading") if modified else None,
        section=row["section"],
        tags=_texts(connection, "select tag from article_tags where text_id = ? order by position", text_id),
        language=row["language"],
        language_confidence=row["language_confidence"] or 0.0,
        direction=row["direction"],
        publisher=row["publisher"],
        masthead=row["masthead"],
        images=_images(connection, text_id, credited),
        body=body,
        blocks=read_blocks(row["blocks"], body),
        left_out=read_left_out(row["left_out"]),
        part=read_part(row["part"]),
        notices=tuple(
            Notice(kind=kind, words=words)
            for kind, words in connection.execute(
                "select kind, notice from corrections where text_id = ? order by position", (text_id,)
            )
        ),
        paywalled=None if row["paywalled"] is None else bool(row["paywalled"]),
        paywall_reason=row["paywall_reason"],
        rights=_rights(connection, text_id),
        copyright_notice=row["copyright_notice"],
        kicker=row["kicker"],
        genre=row["genre"],
        genre_reason=row["genre_reason"],
        breadcrumbs=tuple(json.loads(row["breadcrumbs"])),
        media=tuple(Medium(**one) for one in json.loads(row["media"])),
        alternates=tuple((language, url) for language, url in json.loads(row["alternates"])),
    )


def _article(connection: sqlite3.Connection, row: sqlite3.Row) -> StoredArticle:
    return StoredArticle(
        id=row["id"],
        identity=row["identity"],
        url=row["url"],
        site=row["site"],
        content=content(connection, row["text_id"]),
        version_count=row["version_count"],
        first_captured_at=parse_warc_date(row["first_captured_at"]),
        last_captured_at=parse_warc_date(row["last_captured_at"]),
        gone_at=parse_warc_date(row["gone_at"]) if row["gone_at"] else None,
        redirected_to=row["redirected_to"],
        aliases=tuple(json.loads(row["aliases"])),
    )


def _credit(row: sqlite3.Row) -> Credit:
    return Credit(
        name=row["name"],
        kind=row["kind"],
        role=row["role"],
        raw=row["raw"],
        found_in=row["found_in"],
        agency=row["code"],
        position=row["position"],
        confidence=row["confidence"],
    )


def _images(connection: sqlite3.Connection, text_id: int, credited: list[sqlite3.Row]) -> tuple[Image, ...]:
    rows = connection.execute(
        "select m.*, i.url from article_images m join images i on i.id = m.image_id where m.text_id = ? order by m.position",
        (text_id,),
    ).fetchall()
    return tuple(
        Image(
            url=row["url"],
            caption=row["caption"],
            caption_raw=row["caption_raw"],
            alt=row["alt"],
            credit_raw=row["credit_raw"],
            archive=bool(row["archive"]),
            credits=tuple(_credit(c) for c in credited if c["image_position"] == row["position"]),
            embedded=_embedded(connection, row["payload"]),
        )
        for row in rows
    )


def _embedded(connection: sqlite3.Connection, payload: str | None) -> PictureWords | None:
    if payload is None:
        return None
    row = connection.execute("select * from picture_words where payload = ?", (payload,)).fetchone()
    return read_words(row) if row is not None else None


def _rights(connection: sqlite3.Connection, text_id: int) -> tuple[RightsWords, ...]:
    rows = connection.execute("select * from rights where text_id = ? order by number", (text_id,))
    return tuple(
        RightsWords(
            kind=row["kind"],
            words=row["words"],
            image_position=row["image_position"],
            found_in=row["found_in"],
        )
        for row in rows
    )


def _attributions(connection: sqlite3.Connection, text_id: int) -> tuple[Attribution, ...]:
    rows = connection.execute("select * from attributions where text_id = ? order by number", (text_id,))
    return tuple(
        Attribution(name=row["name"], agency=row["agency"], paragraph=row["paragraph"], text=row["words"])
        for row in rows
    )


def _texts(connection: sqlite3.Connection, query: str, text_id: int) -> tuple[str, ...]:
    return tuple(row[0] for row in connection.execute(query, (text_id,)))


def _published(row: sqlite3.Row) -> DatedValue | None:
    found = _dated(row["date_published"], row["date_published_raw"], row["date_published_from"])
    if found is None:
        return None
    sure = row["date_published_confidence"]
    return replace(found, zone_from=row["date_published_zone"], confidence=1.0 if sure is None else sure)


def _dated(value: str | None, raw: str | None, found_in: str | None) -> DatedValue | None:
    return DatedValue(value=value, raw=raw or value, found_in=found_in or "text") if value else None
