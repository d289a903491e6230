"""Texts of articles: every row that says what one version of an article says."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from archive.index import pictures
from archive.index.identity import shown_url, site_of
from archive.index.parties import forget_unused, party_id
from archive.index.records import key_of
from archive.urls import canonical

if TYPE_CHECKING:
    import sqlite3

    from archive.model import Article, Credit, Medium, Part, TextBlock

_WORD = re.compile(
    r"[\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]|\w+"
)
_PLAIN_WORD = re.compile(r"\w+", re.ASCII)


def add_text(
    connection: sqlite3.Connection,
    article_id: int,
    article: Article,
    *,
    hashes: tuple[str, str],
    capture: int,
) -> int:
    """Insert what *article* says as a text of the article *article_id*; return its id.

    *hashes* are its content hash and its field hashes; *capture* the id of the capture that showed it.
    """
    values = {**_text_columns(article), "article_id": article_id, "capture_id": capture}
    values["content_hash"], values["field_hashes"] = hashes
    [text_id] = connection.execute(
        f"insert into article_texts({', '.join(values)}) values ({', '.join('?' * len(values))}) returning id",
        tuple(values.values()),
    ).fetchone()
    _add_details(connection, int(text_id), article)
    pictures.join(connection, int(text_id))
    return int(text_id)


def replace_details(connection: sqlite3.Connection, text_id: int, article: Article, *, capture: int) -> None:
    """Let the text *text_id* take its details from *article*, an earlier capture of the same text."""
    values = {**_text_columns(article), "capture_id": capture, "id": text_id}
    changes = ", ".join(f"{name} = :{name}" for name in values if name != "id")
    connection.execute(f"update article_texts set {changes} where id = :id", values)
    images = [
        row[0]
        for row in connection.execute("select image_id from article_images where text_id = ?", (text_id,))
    ]
    parties = [
        row[0]
        for row in connection.execute("select distinct party_id from credits where text_id = ?", (text_id,))
    ]
    for table in ("credits", "rights", "attributions", "article_images", "article_tags", "corrections"):
        connection.execute(f"delete from {table} where text_id = ?", (text_id,))
    for image in images:
        connection.execute(
            "delete from images where id = ? and not exists (select 1 from article_images where image_id = ?)",
            (image, image),
        )
    _add_details(connection, text_id, article)
    pictures.join(connection, text_id)
    forget_unused(connection, parties)


def count_words(text: str) -> int:
    """Return how many words *text* has; in scripts without spaces every character counts as one.

    >>> count_words("Two words."), count_words("北京の天気")
    (2, 5)
    """
    return len((_PLAIN_WORD if text.isascii() else _WORD).findall(text))


def _text_columns(article: Article) -> dict[str, object]:
    published = article.date_published
    body = "\n\n".join(article.body)
    return {
        "url": shown_url(article),
        "page_type": article.page_type,
        "headline": article.headline,
        "headline_variants": _list(article.headline_variants),
        "standfirst": article.standfirst,
        "byline": article.byline,
        "byline_raw": article.byline_raw,
        "credit_lines": _list(article.credit_lines),
        "dateline": _list(article.dateline),
        "dateline_raw": article.dateline_raw,
        "date_published": published.value if published else None,
        "date_published_raw": published.raw if published else None,
        "date_published_from": published.found_in if published else None,
        "date_published_zone": published.zone_from if published else None,
        "date_published_confidence": published.confidence if published else None,
        "section": article.section,
        "language": article.language,
        "language_confidence": article.language_confidence,
        "direction": article.direction,
        "publisher": article.publisher,
        "masthead": article.masthead,
        "paywalled": None if article.paywalled is None else int(article.paywalled),
        "paywall_reason": article.paywall_reason,
        "copyright_notice": article.copyright_notice,
        "word_count": count_words(body),
        "body": body,
        "blocks": _json([_block(block) for block in article.blocks]),
        "left_out": _json(dict(article.left_out)),
        "part": _json(_part(article.part)) if article.part else None,
        "kicker": article.kicker,
        "genre": article.genre,
        "genre_reason": article.genre_reason,
        "breadcrumbs": _list(article.breadcrumbs),
        "media": _json([_medium(one) for one in article.media]),
        "alternates": _json(article.alternates),
    }


def _block(block: TextBlock) -> dict[str, object]:
    values = {"kind": block.kind, "level": block.level, "entry": block.entry, "time": block.time}
    found: dict[str, object] = {name: value for name, value in values.items() if value is not None}
    if block.links:
        found["links"] = [[link.start, link.end, link.url] for link in block.links]
    return found


def _medium(one: Medium) -> dict[str, object]:
    return {"kind": one.kind, "url": one.url, "title": one.title, "found_in": one.found_in}


def _part(part: Part) -> dict[str, object]:
    neighbours = {"previous": part.previous_url, "next": part.next_url}
    found: dict[str, object] = {"number": part.number, "of": part.of}
    for name, url in neighbours.items():
        if url:
            found |= {f"{name}_url": canonical(url), f"{name}_key": key_of(canonical(url))}
    return found


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _list(texts: tuple[str, ...]) -> str:
    return json.dumps(list(texts), ensure_ascii=False)


def _add_details(connection: sqlite3.Connection, text_id: int, article: Article) -> None:
    site = site_of(shown_url(article))
    connection.executemany(
        "insert into article_tags values (?, ?, ?)", ((text_id, n, tag) for n, tag in enumerate(article.tags))
    )
    connection.executemany(
        "insert into corrections(text_id, position, notice, kind) values (?, ?, ?, ?)",
        ((text_id, n, notice.words, notice.kind) for n, notice in enumerate(article.notices)),
    )
    connection.executemany(
        "insert into attributions values (?, ?, ?, ?, ?, ?)",
        ((text_id, n, a.paragraph, a.agency, a.name, a.text) for n, a in enumerate(article.attributions)),
    )
    connection.executemany(
        "insert into rights(text_id, number, image_position, kind, words) values (?, ?, ?, ?, ?)",
        ((text_id, n, r.image_position, r.kind, r.words) for n, r in enumerate(article.rights)),
    )
    for position, image in enumerate(article.images):
        connection.execute(
            "insert into article_images(text_id, position, image_id, caption, caption_raw, alt, credit_raw, archive)"
            " values (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                text_id,
                position,
                _image_id(connection, image.url),
                image.caption,
                image.caption_raw,
                image.alt,
                image.credit_raw,
                int(image.archive),
            ),
        )
    credited: list[tuple[int | None, Credit]] = [(None, credit) for credit in article.credits]
    credited += [(n, credit) for n, image in enumerate(article.images) for credit in image.credits]
    for number, (image_position, credit) in enumerate(credited):
        connection.execute(
            "insert into credits values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                text_id,
                number,
                image_position,
                party_id(connection, credit, site),
                credit.name,
                credit.role,
                credit.raw,
                credit.found_in,
                credit.position,
                credit.confidence,
            ),
        )


def _image_id(connection: sqlite3.Connection, url: str) -> int:
    row = connection.execute("select id from images where url = ?", (url,)).fetchone()
    if row is None:
        row = connection.execute(
            "insert into images(url, urlkey) values (?, ?) returning id", (url, key_of(url))
        ).fetchone()
    return int(row[0])
