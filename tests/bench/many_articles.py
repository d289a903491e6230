"""Makes a large index to measure on: a part of it through the real write path, the rest as multiplied.py copies its rows.

Words are drawn by Zipf's law from made-up vocabularies in several scripts; articles differ in length, outlet, language,
credits, pictures and versions, some are copy of others, and pages have requisites.
"""

from __future__ import annotations

import random
import time
from bisect import bisect
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from typing import TYPE_CHECKING

import multiplied

from archive.index.store import Index
from archive.model import Article, Credit, DatedValue, Image, Listing, Named, Place, Record

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

BASE = 20_000
"""Articles that go through the real write path."""
_EVERY = timedelta(seconds=630)
_START = datetime(2026, 1, 1, tzinfo=UTC)
_DAYS = (_EVERY * BASE).days
_VOCABULARY = 40_000
_SCRIPTS = {
    "en": ("bcdfghklmnprstvw", "aeiou"), "de": ("bdfghklmnrstwzß", "aeiouäöü"), "fr": ("bcdfglmnprstv", "aeiouéèê"),
    "es": ("bcdfglmnprstvñ", "aeioué"), "ru": ("бвгдклмнпрстш", "аеиоуяё"), "ar": ("بتجحدرسشعفقكلمنه", "اوي"),
    "he": ("אבגדהזחטכלמנספצקרשת", "ויא"), "zh": ("中国北京政府天气经济市场人民学生大学新闻", "的了在是有"),
}  # fmt: skip
_LANGUAGES = ("en",) * 9 + ("de", "de", "fr", "fr", "es", "es", "ru", "ar", "he", "zh")
_AGENCIES = (
    ("AFP", "Agence France-Presse"),
    ("AP", "Associated Press"),
    ("Reuters", "Reuters"),
    ("dpa", "Deutsche Presse-Agentur"),
)
_SECTIONS = ("world", "politics", "local", "sport", "business", "culture", "science", "opinion")


class Words:
    """A vocabulary whose words come as often as Zipf's law says."""

    def __init__(self, language: str) -> None:
        consonants, vowels = _SCRIPTS[language]
        chance = random.Random(language)
        self._words: list[str] = []
        for rank in range(_VOCABULARY):
            syllables = 1 + (rank > 60) + (rank > 3000) + (rank > 20_000)
            self._words.append(
                "".join(chance.choice(consonants) + chance.choice(vowels) for _ in range(syllables))
            )
        if language == "en":
            for rank, word in (
                (1, "the"),
                (150, "police"),
                (400, "harbour"),
                (2500, "ferry"),
                (9000, "lighthouse"),
            ):
                self._words[rank] = word
        self._sums = list(accumulate(1 / (rank + 2.7) for rank in range(_VOCABULARY)))

    def some(self, chance: random.Random, count: int) -> list[str]:
        """Return *count* words in a row."""
        whole = self._sums[-1]
        return [self._words[bisect(self._sums, chance.random() * whole)] for _ in range(count)]


def make(path: Path, articles: int) -> tuple[float, float]:
    """Make an index of *articles* articles at *path*; return processor seconds an article of the real path, and in all."""
    started = time.process_time()
    with Index.open(path) as index:
        each = _add_base(index)
        index.optimize()
    copies = articles // BASE - 1
    if copies > 0:
        multiplied.multiply(path, copies, days=_DAYS)
        with Index.open(path) as index:
            index.optimize()
    return each, time.process_time() - started


def _add_base(index: Index) -> float:
    words = {language: Words(language) for language in _SCRIPTS}
    made = list(pairs(words, 0, BASE))
    _add_run(index, _START)
    started = time.process_time()
    add(index, made)
    return (time.process_time() - started) / BASE


def add(index: Index, made: list[tuple[list[Record], Article]]) -> None:
    """Add captures and readings as a crawl does: a transaction for each 50 articles."""
    for number, (records, article) in enumerate(made):
        for record in records:
            index.add_record(record)
        index.add_reading(records[0], article, extractor="bench 1")
        if number % 100 == 0:
            named = Named(url=article.url, title=article.headline)
            index.add_listing(records[0], Listing(channel="feed", named=(named,)))
        if number % 50 == 49:
            index.commit()
    index.commit()


def _add_run(index: Index, at: datetime) -> None:
    place = Place(file="bench-0.warc.gz", offset=0, length=400)
    fields = {"run": "20260101000000-00000000", "software": "bench"}
    index.add_record(
        Record(record_type="warcinfo", record_id="urn:uuid:info", target_uri=None, captured_at=at, place=place, fields=fields)
    )  # fmt: skip


def pairs(words: dict[str, Words], first: int, last: int) -> Iterator[tuple[list[Record], Article]]:
    """Yield the captures (page, then picture and style sheet) and the reading of each article from *first* to *last*."""
    wire: Article | None = None
    for number in range(first, last):
        chance = random.Random(number)
        article = _article(words, number, chance)
        if wire is not None and chance.random() < 0.05:
            article = replace(article, body=wire.body, language=wire.language, credits=wire.credits)
        elif len(article.credits) > 1:
            wire = article
        yield _captures(article, number, 0), article
        if chance.random() < 0.08:
            again = replace(
                article,
                headline=f"{article.headline} {number}",
                body=(*article.body[:-1], article.body[0] + " !"),
            )
            yield _captures(again, number, 1), again


def _captures(article: Article, number: int, again: int) -> list[Record]:
    at = _START + _EVERY * number + timedelta(minutes=20 + 600 * again)
    offset = 1000 + 60_000 * (2 * number + again)
    urls = [
        (article.url, "text/html"),
        (article.images[0].url, "image/jpeg"),
        (article.url + "/style.css", "text/css"),
    ]
    return [
        Record(
            record_type="response", record_id=f"urn:uuid:{number:08d}-{again}-{which}", target_uri=url, captured_at=at, mime=mime,
            status=200 if which < 2 or number % 40 else 404, place=Place(file="bench-0.warc.gz", offset=offset + 20_000 * which, length=19_000),
            payload_digest=f"sha1:{number:024d}{again}{which}", payload_length=40_000, warcinfo_id="urn:uuid:info",
        )
        for which, (url, mime) in enumerate(urls)
    ]  # fmt: skip


def _article(words: dict[str, Words], number: int, chance: random.Random) -> Article:
    language = chance.choice(_LANGUAGES)
    known = words[language]
    at = _START + _EVERY * number
    site = f"outlet{min(int(chance.paretovariate(0.6)), 240)}.example"
    body = tuple(
        " ".join(known.some(chance, chance.randint(20, 70))) + "."
        for _ in range(min(60, 3 + int(chance.expovariate(0.25))))
    )
    people = [f"Ana {chance.randint(0, 4000)} Prado" for _ in range(chance.choice((0, 1, 1, 1, 2)))]
    credits_ = [
        Credit(name=name, kind="person", role="author", raw=f"By {name}", found_in="byline")
        for name in people
    ]
    if chance.random() < 0.35:
        code, name = chance.choice(_AGENCIES)
        credits_.append(
            Credit(name=name, kind="agency", role="source", agency=code, raw=code, found_in="closing")
        )
    url = f"https://{site}/{at:%Y/%m/%d}/story-{number}"
    photo = Credit(
        name="Reuters", kind="agency", role="photo", agency="Reuters", raw="Reuters", found_in="caption"
    )
    image = Image(
        url=f"{url}.jpg", caption=" ".join(known.some(chance, 12)), caption_raw=" ".join(known.some(chance, 12)),
        credits=(photo,) if chance.random() < 0.4 else (), credit_raw="Reuters",
    )  # fmt: skip
    return Article(
        url=url, is_article=True, page_type="article", headline=" ".join(known.some(chance, 9)), standfirst=" ".join(known.some(chance, 22)),
        body=body, language=language, section=chance.choice(_SECTIONS), credits=tuple(credits_), byline=" and ".join(people) or None,
        date_published=DatedValue(value=at.isoformat(), raw="", found_in="json-ld"), images=(image,), publisher=site.title(),
        direction="rtl" if language in {"ar", "he"} else "ltr",
    )  # fmt: skip


def number_after(article_id: int) -> int:
    """Return the number of the first article that is newer than the one with this id, by more than a copy of it can be."""
    return int((article_id - _START.timestamp()) // _EVERY.total_seconds()) + 100
