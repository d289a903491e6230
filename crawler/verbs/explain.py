"""Show why a page is read as it is: candidates, choices, and what each block was taken for"""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import TYPE_CHECKING

import click

from archive.errors import UserError
from archive.folder import ArchiveFolder
from archive.verbs.moments import Moment

if TYPE_CHECKING:
    from datetime import datetime

    from archive.model import Page
    from archive.picture_words import PictureWords
    from archive.verbs.console import Console
    from crawler.extraction.evidence import Explanation

_WIDTH = 150


@click.command()
@click.argument("target", metavar="URL-OR-FILE")
@click.option("--url", help="The page's address, where FILE is named. Default: what the page declares.")
@click.option("--at", type=Moment(), help="The capture of URL closest to this time. Default: the newest.")
@click.option(
    "--html", type=click.Path(path_type=Path, dir_okay=False), help="Write a page with coloured blocks, too."
)
@click.option(
    "--blocks", is_flag=True, help="List every block of text, not only those of the text's own box."
)
@click.pass_obj
def command(
    console: Console, *, target: str, url: str | None, at: datetime | None, html: Path | None, blocks: bool
) -> None:
    r"""Tell, for every field, what on the page could have become it, where that stands, and what was chosen by which rule;
    and for every block of text whether it is text, or why it was left out.

    URL-OR-FILE is the address of a page in the archive, or a saved page as extract reads it. This is how a site that is
    read wrongly is looked into: mend general rules, or write selectors into the site's profile.

    \b
    Example:
      tearsheet explain https://a-newspaper.example/harbour --html why.html
      tearsheet explain saved.html.gz --url https://a-newspaper.example/harbour --blocks
      tearsheet explain saved.html --json
    """
    from crawler.extraction.document import Document  # noqa: PLC0415  (extraction takes a third of a second to load)
    from crawler.extraction.evidence import explain  # noqa: PLC0415
    from crawler.profiles import load_profile  # noqa: PLC0415
    from crawler.verbs.explanation_page import as_html  # noqa: PLC0415

    page = _page(console, target, url, at)
    found = explain(Document(page, load_profile(page.url)))
    if html is not None:
        html.write_text(as_html(found), encoding="utf-8")
        console.say(f"{html} is written; open it in a browser.")
    if console.as_json:
        from crawler.extraction.summary import as_json  # noqa: PLC0415

        files = {picture: dataclasses.asdict(words) for picture, words in _files(console, target)}
        console.emit({**dataclasses.asdict(found), "article": as_json(found.article), "files": files})
    elif html is None:
        _tell(console, found, all_blocks=blocks)
        for picture, words in _files(console, target):
            console.write(f"\nthe file of {picture} says")
            for name, said in words.named():
                console.write(f"    {name}: {_short(said)}")


def _page(console: Console, target: str, url: str | None, at: datetime | None) -> Page:
    """Return the page that *target* names. Raises *UserError*."""
    if target.startswith(("http://", "https://")):
        return _captured(console, target, at)
    from crawler.verbs import saved_pages  # noqa: PLC0415

    path, limits = Path(target), ArchiveFolder(console.archive).config().extraction
    if not saved_pages.is_warc(path):
        return saved_pages.saved_page(path, url, limits, captured_at=at)
    damages: list[Exception] = []
    pages = saved_pages.warc_pages(path, damages.append)
    page = next((page for page in pages if url is None or page.url == url), None)
    if page is None:
        raise damages[0] if damages else UserError(f"{path} holds no page{f' at {url}' if url else ''}")
    return page


def _captured(console: Console, url: str, at: datetime | None) -> Page:
    from archive.index.reading_room import reading_room  # noqa: PLC0415
    from archive.replay.captured import read_capture  # noqa: PLC0415

    folder = console.folder()
    with reading_room(folder) as index:
        record = index.closest(url, at)
        if record is None:
            raise UserError(f"{url} is not in this archive; for a saved page give the name of its file")
        return read_capture(index, folder.warc, record).page


def _files(console: Console, target: str) -> list[tuple[str, PictureWords]]:
    """Return what the captured pictures of the article at *target* say of themselves, in their newest version's order."""
    if not target.startswith(("http://", "https://")):
        return []
    from archive.index.reading_room import reading_room  # noqa: PLC0415

    with reading_room(console.folder()) as index:
        article = index.article_at(target)
    images = article.content.images if article is not None else ()
    return [(image.url, image.embedded) for image in images if image.embedded is not None]


def _tell(console: Console, found: Explanation, *, all_blocks: bool) -> None:
    article = found.article
    console.write(f"{article.url}\n{article.page_type}: {article.reason}. Text from: {found.text_from}.")
    console.write("→ chosen, = says the same")
    for one in found.fields:
        console.write(f"\n{one.name} = {_short(one.value) if one.value else '(none)'}")
        console.write(f"    rule: {one.rule}")
        for candidate in one.candidates:
            mark = "→" if candidate.is_chosen else "=" if candidate.agrees else " "
            made = f"  ⇒ {candidate.read_as}" if candidate.read_as else ""
            sure = f"  [{candidate.confidence:.2f}]" if candidate.confidence is not None else ""
            console.write(f"  {mark} {candidate.found_in}: {_short(candidate.raw)}{made}{sure}")
    console.write("\nblocks")
    for block in found.blocks:
        if all_blocks or block.use != "elsewhere":
            why = f" ({block.reason})" if block.reason else ""
            console.write(f"  {block.position:>4} {block.use}{why}: <{block.tag}> {_short(block.text)}")
    if found.left_out:
        console.write(
            "\nleft out: " + ", ".join(f"{count} {reason}" for reason, count in found.left_out.items())
        )


def _short(text: str) -> str:
    return text if len(text) <= _WIDTH else f"{text[: _WIDTH - 1]}…"
