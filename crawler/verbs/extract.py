"""Read articles out of saved pages or WARC files, without an archive"""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from archive.errors import UserError
from archive.exit_codes import ExitCode
from archive.folder import ArchiveFolder
from archive.verbs.console import json_text
from archive.verbs.moments import Moment, read_moment
from crawler.verbs.site_options import sites_option, use_sites

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from archive.config.sections import Extraction
    from archive.model import Page
    from archive.verbs.console import Console

_LONGEST_LINE = 1_000_000
_LONGEST_PICTURE = 50_000_000


@click.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path), metavar="[FILE]…")
@click.option(
    "--url",
    help="The page's address (of a WARC file: read only that page). Default: what the page declares, else the file.",
)
@click.option(
    "--at",
    type=Moment(),
    help="When the pages were saved: later dates in them are not believed, and a profile's layout of that time is used. Default: now.",
)
@click.option(
    "--batch",
    is_flag=True,
    help='Read JSON lines {"id", "file", "url", "at"} from standard input instead of FILE.',
)
@sites_option
@click.pass_obj
def command(
    console: Console,
    *,
    files: tuple[Path, ...],
    url: str | None,
    at: datetime | None,
    batch: bool,
    sites_folder: Path | None,
) -> None:
    r"""Read the articles in each FILE: .html, .html.gz, the JSON of an article, or .warc(.gz) with all pages in it.

    Of a picture (JPEG, PNG, WebP) the words in it are read: who made it, whom to credit, whose rights (IPTC, XMP, Exif).

    Writes JSON: one object for each page, with --json or --batch on one line. With --batch each line of standard input
    gives one line of output, in order and at once; what cannot be read gives an "error" instead of the fields, and
    the exit code is 0 all the same.

    \b
    Example:
      tearsheet extract saved.html --url https://a-newspaper.example/harbour
      tearsheet extract crawl.warc.gz --json
      echo '{"id": "a1", "file": "saved.html.gz", "url": "https://a-newspaper.example/"}' | tearsheet extract --batch
    """
    use_sites(console, sites_folder)
    if batch == bool(files):
        raise click.UsageError("Name one or more files, or --batch to read their names from standard input.")
    if batch and (url or at):
        raise click.UsageError(
            "With --batch addresses and times stand in the lines, not behind --url and --at."
        )
    limits = ArchiveFolder(console.archive).config().extraction
    if batch:
        _run_batch(console, limits)
        return
    read = failed = 0
    for file in files:
        for values in _of_file(file, url, at, limits):
            failed += "error" in values
            read += "error" not in values
            if "error" in values and not console.as_json:
                click.echo(f"{file}: {values['error']}", err=True)
            elif console.as_json:
                console.emit({**values, "file": str(file)})
            else:
                console.write(json_text(values, indent=2))
    if failed:
        sys.exit(ExitCode.INCOMPLETE if read else ExitCode.FAILED)


def _of_file(
    file: Path, url: str | None, at: datetime | None, limits: Extraction
) -> Iterator[dict[str, Any]]:
    """Yield the values of each page in *file*; ``error`` instead of the fields for what cannot be read."""
    from crawler.verbs import saved_pages  # noqa: PLC0415  (extraction takes a third of a second to load)

    damages: list[Exception] = []
    try:
        if saved_pages.is_picture(file):
            yield _picture(file, url)
            return
        if saved_pages.is_warc(file):
            pages = saved_pages.warc_pages(file, damages.append)
        else:
            pages = iter([saved_pages.saved_page(file, url, limits, captured_at=at)])
        for page in pages:
            if url is None or page.url == url:
                yield _values(page, limits)
    except UserError as error:
        yield {"error": str(error)}
    for damage in damages:
        yield {"error": str(damage)}


def _picture(file: Path, url: str | None) -> dict[str, Any]:
    """Return what a picture says of itself, and who is credited by it."""
    from crawler.extraction.credits.embedded import embedded_credits, read_embedded  # noqa: PLC0415
    from crawler.extraction.summary import credit_as_json  # noqa: PLC0415

    with file.open("rb") as opened:
        words = read_embedded(opened.read(_LONGEST_PICTURE))
    return {
        "url": url or file.absolute().as_uri(),
        "picture": asdict(words) if words else None,
        "credits": [credit_as_json(credit) for credit in embedded_credits(words)] if words else [],
    }


def _values(page: Page, limits: Extraction) -> dict[str, Any]:
    from crawler.extraction.summary import as_json  # noqa: PLC0415
    from crawler.verbs.saved_pages import read_article  # noqa: PLC0415

    try:
        return as_json(read_article(page, limits))
    except UserError as error:
        return {"url": page.url, "error": str(error)}
    except Exception as error:  # noqa: BLE001  (one page must not end the others)
        return {"url": page.url, "error": f"{type(error).__name__}: {error}"}


# -- batch -------------------------------------------------------------------------------------------------------------


def _run_batch(console: Console, limits: Extraction) -> None:
    lines = sys.stdin.buffer
    while line := lines.readline(_LONGEST_LINE):
        rest = line
        while rest and not rest.endswith(b"\n"):  # too long to be a question, or the last one
            rest = lines.readline(_LONGEST_LINE)
        console.emit(_answer(line, limits))


def _answer(line: bytes, limits: Extraction) -> dict[str, Any]:
    """Return the answer to one line of the batch; never raises."""
    try:
        asked = json.loads(line, parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        return {"id": None, "error": f"not a line of JSON: {error}"}
    if not isinstance(asked, dict):
        return {"id": None, "error": 'not a JSON object with "id", "file" and "url"'}
    identifier, file, url = asked.get("id"), asked.get("file"), asked.get("url")
    if not isinstance(file, str) or not file or "\0" in file:
        return {"id": identifier, "error": '"file" is missing or not a text'}
    if url is not None and not isinstance(url, str):
        return {"id": identifier, "error": '"url" is not a text'}
    try:
        at = read_moment(asked["at"]) if asked.get("at") else None
    except (ValueError, TypeError, AttributeError):
        return {"id": identifier, "error": '"at" is no time such as 2024-03-01T08:30Z'}
    try:
        return {"id": identifier, **_only(_of_file(Path(file), url or None, at, limits))}
    except Exception as error:  # noqa: BLE001  (one page must not end the batch)
        return {"id": identifier, "error": f"{type(error).__name__}: {error}"}


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is no JSON")  # Python's own reader takes NaN and Infinity


def _only(found: Iterator[dict[str, Any]]) -> dict[str, Any]:
    """Return the one page of a file; of a WARC file with several, an error that asks for the address."""
    first = next(found, None)
    if first is None:
        return {"error": "no page in it, or none at this url"}
    if next(found, None) is not None and "error" not in first:
        return {"error": "holds several pages; name one by its url"}
    return first
