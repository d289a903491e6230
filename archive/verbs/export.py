"""Write articles for other programs: JSON lines, CSV, Parquet, BibTeX, RIS, CSL-JSON, CDXJ, WARC, WACZ"""

from __future__ import annotations

import json
import os
import sys
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from archive.errors import UserError
from archive.export.formats import find_formats
from archive.export.manifest import Manifest, Written, digest_of_file
from archive.export.subset import Subset, articles_for_subset
from archive.index.reading_room import reading_room
from archive.verbs.group import version

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import IO, TextIO

    from archive.export.formats import Format
    from archive.index.store import Index
    from archive.verbs.console import Console


def _formats_in_words() -> str:
    return "\n".join(f"  {known.name:<9} {known.summary}" for known in find_formats().values())


@click.command(epilog="\b\nFormats:\n" + _formats_in_words())
@click.argument("query", nargs=-1)
@click.option(
    "--format",
    "format_name",
    type=click.Choice(list(find_formats())),
    default="jsonl",
    show_default=True,
    help="See below.",
)
@click.option("--warc", "format_name", flag_value="warc", help="The same as --format warc.")
@click.option("--wacz", "format_name", flag_value="wacz", help="The same as --format wacz.")
@click.option("--cdxj", "format_name", flag_value="cdxj", help="The same as --format cdxj.")
@click.option(
    "--output",
    type=click.Path(path_type=str, dir_okay=False),
    metavar="FILE",
    help="Write to FILE, which is replaced when all is written; without it, to standard output.",
)
@click.option(
    "--manifest",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write, too, what was taken away: query, time, counts, SHA-256, versions, state of the archive. Needs --output.",
)
@click.pass_obj
def command(
    console: Console, *, query: tuple[str, ...], format_name: str, output: str | None, manifest: Path | None
) -> None:
    r"""Write all articles that QUERY finds, newest first; without QUERY, all there are.

    QUERY is what `tearsheet search` takes, and there is no limit to what is written. Each article comes in its
    newest version. CDXJ lists captures: those of the articles found, or with no QUERY all captures of the archive.

    WARC and WACZ hold the captures themselves, of all versions, with all that was captured to show them. They are
    written to a file, so --output is needed.

    \b
    Example:
      tearsheet export --format csv --output afp.csv agency:afp
      tearsheet export --format bibtex 'headline:"sea wall"' > wall.bib
      tearsheet export --wacz --output wall.wacz 'headline:"sea wall"'
      tearsheet export --format ninjs --output all.json --manifest all.manifest.json
    """
    if manifest is not None and output in {None, "-"}:
        raise UserError("a manifest names the file that was written: say which with --output FILE")
    chosen = find_formats()[format_name]
    chosen.check()
    words = " ".join(query)
    with reading_room(console.folder()) as index:
        found = index.ids(words)
        if chosen.of_subset:
            count = _write_subset(chosen, _subset(console, index, words, found, output), output)
        elif chosen.is_binary:
            with _binary(chosen, output) as raw:
                count = chosen.export(index.iter_articles(found), raw)
        else:
            items = (
                index.captures_of(found if words else None)
                if chosen.of_captures
                else index.iter_articles(found)
            )
            with _written(output) as out:
                count = chosen.export(items, out)
        if manifest is not None and output is not None:
            _write_manifest(manifest, index, words, _written_file(chosen, Path(output), count))
    noun = "capture" if chosen.of_captures or chosen.of_subset else "article"
    console.say(f"{count:,} {noun}{'' if count == 1 else 's'} written{f' to {output}' if output else ''}.")


def _written_file(chosen: Format, path: Path, count: int) -> Written:
    size, sha256 = digest_of_file(path)
    return Written(name=path.name, format=chosen.name, count=count, size=size, sha256=sha256)


def _write_manifest(path: Path, index: Index, words: str, written: Written) -> None:
    values = Manifest(query=words, files=(written,)).values(index)
    with _replaced(path) as partial:
        partial.write_text(json.dumps(values, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _subset(console: Console, index: Index, words: str, found: Sequence[int], output: str | None) -> Subset:
    if words and not found:
        raise UserError("no article is found, so nothing is written")
    return Subset(
        index=index,
        warc_folder=console.folder().warc,
        articles=articles_for_subset(index, words, found),
        query=words,
        file_name=Path(output or "").name,
        software=f"Tearsheet/{version()}",
        made_at=datetime.now(UTC),
        warn=lambda text: console.say(f"warning: {text}"),
    )


def _write_subset(chosen: Format, subset: Subset, output: str | None) -> int:
    with _binary(chosen, output) as out:
        return chosen.export(subset, out)


@contextmanager
def _binary(chosen: Format, output: str | None) -> Iterator[IO[bytes]]:
    """Yield a binary file that becomes *output* when nothing went wrong."""
    if output is None or output == "-":
        raise UserError(f"{chosen.name} is written to a file: say which with --output FILE")
    with _replaced(Path(output)) as partial, partial.open("w+b") as out:
        yield out


@contextmanager
def _written(output: str | None) -> Iterator[TextIO]:
    """Yield a text file in UTF-8 that becomes *output* when nothing went wrong; standard output when it is None."""
    if output is None or output == "-":
        sys.stdout.reconfigure(encoding="utf-8", newline="")  # type: ignore[union-attr]  # a test may have replaced it
        yield sys.stdout
        return
    with _replaced(Path(output)) as partial, partial.open("w", encoding="utf-8", newline="") as out:
        yield out


@contextmanager
def _replaced(path: Path) -> Iterator[Path]:
    """Yield the path of a file to be written, which becomes *path* when nothing went wrong, and vanishes else."""
    if not path.parent.is_dir():
        raise UserError(f"{path}: there is no folder {path.parent}")
    partial = path.with_name(f".{path.name}.{os.getpid()}.partial")
    try:
        yield partial
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)
