"""Find articles by words, agency, site, date and more"""

from __future__ import annotations

import dataclasses
import re
import sys
from typing import TYPE_CHECKING

import click

from archive.errors import UserError
from archive.index.found import Total
from archive.index.reading_room import reading_room
from archive.index.search import Search
from archive.verbs.console import without_marks

if TYPE_CHECKING:
    from archive.index.search import Hit, Hits
    from archive.verbs.console import Console

_FACETS = ("site", "agency", "photo-agency", "person", "section", "language", "type", "year")
_DAY = re.compile(r"\d{4}(-\d\d){0,2}")
COLUMNS = ("date", "outlet", "headline", "by", "id")


@click.command()
@click.argument("query", nargs=-1)
@click.option(
    "--limit", type=click.IntRange(1), default=20, show_default=True, help="How many articles to show."
)
@click.option(
    "--offset", type=click.IntRange(0), default=0, show_default=True, help="How many to skip before that."
)
@click.option(
    "--sort",
    type=click.Choice(["newest", "oldest", "relevance"]),
    default="newest",
    show_default=True,
    help="What comes first: the newest article, the oldest, or the one that fits the words best.",
)
@click.option(
    "--since",
    metavar="DATE",
    help="Published then or later: 2015, 2015-11 or 2015-11-30, as published: takes.",
)
@click.option(
    "--until", metavar="DATE", help="Published then or earlier; the whole of a year or month counts."
)
@click.option(
    "--facets",
    is_flag=True,
    help="Instead of articles: how what was found is spread over outlets, agencies, people, sections, languages, years.",
)
@click.pass_obj
def command(
    console: Console,
    *,
    query: tuple[str, ...],
    limit: int,
    offset: int,
    sort: str,
    since: str | None,
    until: str | None,
    facets: bool,
) -> None:
    r"""Find the articles that QUERY asks for; without one, all of them.

    Words must all occur; OR, NOT, "a phrase" and the beginning* of a word work too. A field narrows it: headline:,
    by:, agency:, site:, section:, lang:, published:, type:, version:>1, is:removed. Put the whole query between
    single quotes, so that the shell leaves its double quotes alone.

    \b
    Example:
      tearsheet search harbour
      tearsheet search 'agency:afp published:2015-11..2016 "sea wall"'
      tearsheet search --sort relevance --json storm NOT weather
      tearsheet search --facets --since 2015-11 --until 2016 agency:afp
    """
    text = _within(" ".join(query), since, until)
    if facets:
        _show_facets(console, text, limit)
        return
    wanted = Search(text=text, sort=sort, limit=limit, offset=offset)
    with reading_room(console.folder()) as index:
        found = index.search(wanted)
    if console.as_json:
        for hit in found.hits:
            console.emit(_values(hit))
    elif sys.stdout.isatty():
        console.table(COLUMNS, (_row(hit, with_snippet=True) for hit in found.hits))
    else:
        rows = ((*_row(hit, with_snippet=False), without_marks(hit.snippet or "")) for hit in found.hits)
        console.table((*COLUMNS, "snippet"), rows)
    console.say(_in_words(found, wanted))


def _within(text: str, since: str | None, until: str | None) -> str:
    """Return *text* narrowed to what was published from *since* to *until*."""
    if since is None and until is None:
        return text
    for name, day in (("--since", since), ("--until", until)):
        if day is not None and not _DAY.fullmatch(day):
            raise UserError(f"{name} {day!r} is no date; write e.g. 2015, 2015-11 or 2015-11-30")
    whole = f"({text})" if " OR " in text else text
    return f"{whole} published:{since or ''}..{until or ''}".strip()


def _show_facets(console: Console, text: str, limit: int) -> None:
    with reading_room(console.folder()) as index:
        numbers = index.found(text)
        total = numbers.total
        facets = {name: numbers.facet(name, limit) for name in _FACETS}
    if console.as_json:
        for name, facet in facets.items():
            for value, n in facet.counts:
                console.emit(
                    {"facet": name, "value": value, "articles": n, "is_estimated": facet.is_estimated}
                )
    else:
        rows = (
            (name, value, Total(n, facet.is_estimated))
            for name, facet in facets.items()
            for value, n in facet.counts
        )
        console.table(("facet", "value", "articles"), rows)
    console.say(f"{total} article{'' if total.n == 1 else 's'}.")


def _row(hit: Hit, *, with_snippet: bool) -> tuple[object, ...]:
    headline = hit.headline or "(no headline)"
    if with_snippet and hit.snippet:
        headline += f"\n{hit.snippet}"
    return (hit.published_on, hit.site, headline, _signed(hit), hit.article_id)


def _signed(hit: Hit) -> str:
    """Return the byline, and behind it the agencies that it does not name."""
    byline = hit.byline or ""
    return " · ".join(filter(None, [byline, *(code for code in hit.agencies if code not in byline.split())]))


def _values(hit: Hit) -> dict[str, object]:
    values = {"id": hit.article_id, **dataclasses.asdict(hit)}
    del values["article_id"]
    values["snippet"] = without_marks(hit.snippet) if hit.snippet else None
    return values


def _in_words(found: Hits, wanted: Search) -> str:
    if not found.total:
        return f"Nothing found for {wanted.text!r}." if wanted.text else "The archive holds no articles yet."
    articles = "1 article" if found.total == 1 else f"{found.count} articles"
    first, last = wanted.offset + 1, wanted.offset + len(found.hits)
    if first > found.total:
        return f"{articles}; --offset {wanted.offset} is behind the last one."
    shown = "" if last - first + 1 == found.total else f"; {first:,} to {last:,} shown"
    more = f" (more: --offset {last})" if last < found.total else ""
    ranked = f" The best matches among the newest {found.ranked:,}." if found.ranked else ""
    return f"{articles}{shown}{more}.{ranked}"
