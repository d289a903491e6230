"""Compare two versions of an article, word by word"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from archive.comparison import compare_fields, compare_paragraphs, counted, disclosure
from archive.errors import UserError
from archive.export.values import change_values, version_values
from archive.index.reading_room import reading_room
from archive.verbs.article_text import time_in_words
from archive.verbs.chosen import find_article
from archive.verbs.console import printable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from archive.comparison import FieldComparison, Paragraph, Piece
    from archive.index.stored import Change, StoredArticle, StoredVersion
    from archive.verbs.console import Console

_MARKS = {"same": ("", ""), "gone": ("[-", "-]"), "new": ("{+", "+}")}
_STYLES = {"same": "", "gone": "red strike", "new": "green underline"}


@click.command()
@click.argument("article", metavar="ID|URL")
@click.option(
    "--from",
    "first",
    type=click.IntRange(1),
    metavar="N",
    help="The older version; the one before the newer when not given.",
)
@click.option(
    "--to", "last", type=click.IntRange(1), metavar="N", help="The newer version; the newest when not given."
)
@click.option("--whole", is_flag=True, help="Show the paragraphs that stayed the same, too.")
@click.pass_obj
def command(console: Console, *, article: str, first: int | None, last: int | None, whole: bool) -> None:
    r"""Show what was changed from one version of an article to another: the last two, when none are named.

    Words that are gone stand between [- and -], new ones between {+ and +}; on a terminal in red and struck through,
    and in green and underlined. What kind of change it was, and whether a correction was disclosed, stands above.

    \b
    Example:
      tearsheet diff 1700000000
      tearsheet diff https://a-newspaper.example/harbour --from 1 --to 3
      tearsheet diff 1700000000 --json
    """
    with reading_room(console.folder()) as index:
        found = find_article(index, article)
        versions = index.versions(found.id)
        changes = index.changes(found.id)
    before, after = _choose(versions, first, last)
    made = [change for change in changes if change.version and before.number < change.version <= after.number]
    fields = compare_fields(before.content, after.content)
    if console.as_json:
        console.emit(_values(found, (before, after), made, fields))
    else:
        _write(found, (before, after), made, fields, whole=whole)


def _choose(
    versions: tuple[StoredVersion, ...], first: int | None, last: int | None
) -> tuple[StoredVersion, StoredVersion]:
    known = {version.number: version for version in versions}
    if len(known) < 2:
        raise UserError("only one version was captured: there is nothing to compare it with")
    last = last if last is not None else max((n for n in known if first is None or n > first), default=0)
    first = first if first is not None else max((n for n in known if n < last), default=0)
    if last == min(known):
        raise UserError(f"version {last} is the oldest that was captured: there is nothing before it")
    for number in (first, last):
        if number not in known:
            raise UserError(
                f"there is no version {number} to compare; there are {', '.join(map(str, known))}"
            )
    if first >= last:
        raise UserError(f"version {first} is not older than version {last}")
    return known[first], known[last]


def _values(
    article: StoredArticle,
    versions: tuple[StoredVersion, StoredVersion],
    changes: list[Change],
    fields: tuple[FieldComparison, ...],
) -> dict[str, Any]:
    return {
        "id": article.id,
        "url": article.url,
        "from": version_values(versions[0]),
        "to": version_values(versions[1]),
        "changes": [change_values(change) for change in changes],
        "disclosure": disclosure(change.kind for change in changes) or None,
        "fields": [
            {
                "field": field.name.lower(),
                "words": counted(field.pieces),
                "pieces": [[piece.fate, piece.text] for piece in field.pieces],
            }
            for field in fields
        ],
    }


def _write(
    article: StoredArticle,
    versions: tuple[StoredVersion, StoredVersion],
    changes: list[Change],
    fields: tuple[FieldComparison, ...],
    *,
    whole: bool,
) -> None:
    before, after = versions
    kinds = ", ".join(dict.fromkeys(change.kind for change in changes))
    told = disclosure(change.kind for change in changes)
    _line([article.url])
    _line([f"Version {before.number}, seen until {time_in_words(before.seen_until)}"])
    _line([f"Version {after.number}, seen from {time_in_words(after.seen_from)}"])
    _line([f"Kind of change: {kinds or 'not told: two extractors read them'}"])
    if told:
        _line(["Corrected in silence." if told == "silent" else "The correction is disclosed."])
    for field in fields:
        if field.name != "Text":
            _line([])
            _line([f"{field.name}: ", *field.pieces])
    if any(field.name == "Text" for field in fields):
        for paragraph in _shown(compare_paragraphs(before.content.body, after.content.body), whole=whole):
            _line([])
            _line([paragraph] if isinstance(paragraph, str) else paragraph.pieces)
    if not fields:
        _line(["Nothing that is compared here differs."])


def _shown(paragraphs: Iterable[Paragraph], *, whole: bool) -> Iterator[Paragraph | str]:
    """Yield the paragraphs that differ, and between them how many stayed the same; all of them when *whole*."""
    same = 0
    for paragraph in paragraphs:
        if paragraph.fate == "same" and not whole:
            same += 1
            continue
        if same:
            yield _as_before(same)
        same = 0
        yield paragraph
    if same:
        yield _as_before(same)


def _as_before(count: int) -> str:
    return f"… {count} paragraph{'' if count == 1 else 's'} as before …"


def _line(pieces: Iterable[Piece | str]) -> None:
    """Write *pieces* as one line: in colours on a terminal, with marks elsewhere."""
    if not sys.stdout.isatty():
        click.echo("".join(map(_marked, pieces)))
        return
    from rich.console import Console as Terminal  # noqa: PLC0415  (a tenth of a second)
    from rich.text import Text  # noqa: PLC0415

    text = Text()
    for piece in pieces:
        if isinstance(piece, str):
            text.append(printable(piece))
        else:
            text.append(printable(piece.text), style=_STYLES[piece.fate])
    Terminal().print(text)


def _marked(piece: Piece | str) -> str:
    if isinstance(piece, str):
        return printable(piece)
    on, off = _MARKS[piece.fate]
    return f"{on}{printable(piece.text)}{off}"
