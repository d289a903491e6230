"""List, add, check and test the profiles of sites"""

from __future__ import annotations

import dataclasses
import sys
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import click

from archive import config as configuration
from archive.errors import UserError
from archive.exit_codes import ExitCode
from archive.folder import ArchiveFolder
from archive.index.store import Index
from archive.verbs.group import version
from crawler.profiles import all_profiles, load_profile, read_profile, use_folder
from crawler.verbs.site_options import assignments_option, sites_option, use_sites

if TYPE_CHECKING:
    from archive.config import Config
    from archive.verbs.console import Console
    from crawler.golden import Difference

_HELD = (
    "select site, count(*) as articles, min(first_captured_at) as first_at, max(last_captured_at) as last_at"
    " from articles group by site order by site"
)
SAMPLE = Path(str(resources.files("crawler.newsroom.sites")))
_PAGES = 20
_ENOUGH = 0.5
"""Share of articles that must have headline, body and date for a site to count as read."""


@click.group(invoke_without_command=True)
@sites_option
@click.pass_context
def command(context: click.Context, *, sites_folder: Path | None) -> None:
    r"""List every site that has a profile or articles in the archive; the verbs below add, check and test profiles.

    A profile is what somebody wrote down about a publisher (feeds, time zone, layouts); a site is crawled without one
    too. Your own stand in the archive's folder sites, or in the one named by --sites, and count before those of the house.

    \b
    Example:
      tearsheet sites
      tearsheet sites add https://a-newspaper.example/
      tearsheet sites check a-newspaper.example
    """
    console: Console = context.obj
    use_sites(console, sites_folder)
    if context.invoked_subcommand is None:
        _list(console)


@command.command()
@click.argument("url")
@sites_option
@assignments_option
@click.option(
    "--pages",
    type=click.IntRange(3, 200),
    default=_PAGES,
    show_default=True,
    help="Pages to look at, at most.",
)
@click.option("--force", is_flag=True, help="Write over a profile that is there.")
@click.pass_obj
def add(
    console: Console,
    *,
    url: str,
    sites_folder: Path | None,
    assignments: tuple[str, ...],
    pages: int,
    force: bool,
) -> None:
    r"""Look at the site with this home page and write a profile with what was found: feeds, sitemaps, sections, language,
    publisher, time zone, crawl-delay. What it does not know stands in it as a comment. Nothing is put into the archive.

    \b
    Example:
      tearsheet sites add https://a-newspaper.example/
      tearsheet sites add https://a-newspaper.example/ --sites my-profiles
    """
    archive = ArchiveFolder(console.archive)
    config = _config(archive, url, assignments)
    domain = (urlsplit(url).hostname or "").removeprefix("www.")
    path = (sites_folder or archive.path / "sites") / f"{domain}.toml"
    if path.exists() and not force:
        raise UserError(f"{path} is there already; --force writes over it")
    from crawler.site_profile_text import profile_text  # noqa: PLC0415  (Scrapy takes half a second to load)
    from crawler.trial import survey, trial  # noqa: PLC0415

    with trial(config, sites=(url,), pages=pages, version=version()) as looked:
        if looked.run.unread_sites:
            raise UserError("; ".join(f"{site}: {why}" for site, why in looked.run.unread_sites.items()))
        found = survey(looked, url)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(profile_text(found), "utf-8")
    read_profile(path)
    if console.as_json:
        console.emit({"profile": str(path), **dataclasses.asdict(found)})
        return
    console.write(
        f"{path}: {len(found.feeds)} feeds, {len(found.sitemaps)} sitemaps, {len(found.sections)} sections;"
        f" {found.articles} articles were read. Look through it, then: tearsheet sites check {domain}"
    )


@command.command()
@click.argument("site")
@sites_option
@assignments_option
@click.option(
    "--pages", type=click.IntRange(3, 500), default=_PAGES, show_default=True, help="Pages to crawl, at most."
)
@click.pass_obj
def check(
    console: Console, *, site: str, sites_folder: Path | None, assignments: tuple[str, ...], pages: int
) -> None:
    r"""Crawl a few pages of SITE with its profile, and tell how many of the articles have each field.

    Nothing is put into the archive. The exit code is 1 when no article is found, or when half of them lack a headline,
    a text or a date.

    \b
    Example:
      tearsheet sites check https://a-newspaper.example/ --pages 40
    """
    from crawler.trial import fill_rates, trial  # noqa: PLC0415  (Scrapy takes half a second to load)

    url = site if "://" in site else f"https://{site}/"
    use_sites(console, sites_folder)
    config = _config(ArchiveFolder(console.archive), url, assignments)
    with trial(config, sites=(url,), pages=pages, version=version()) as looked:
        unread = dict(looked.run.unread_sites)
        for home, why in unread.items():
            console.say(f"Not crawled: {home}: {why}")
        with Index.open(looked.folder.index, read_only=True) as index:
            rates = fill_rates(index)
            others = index.rows(
                "select page_type, count(*) as pages from v_not_articles group by 1 order by 2 desc"
            )
        failures = dict(looked.run.failures)
    rows = [
        (name, f"{filled}/{all_}", f"{filled / all_:.0%}" if all_ else "")
        for name, (filled, all_) in rates.items()
    ]
    if console.as_json:
        console.emit({"site": url, "fields": {name: {"filled": n, "articles": of} for name, (n, of) in rates.items()},
                      "no_articles": {row["page_type"]: row["pages"] for row in others}, "failures": failures})  # fmt: skip
    else:
        console.table(("field", "articles with it", "share"), rows)
        kinds = ", ".join(f"{row['page_type']} {row['pages']}" for row in others)
        console.say(f"Pages that are no article: {kinds or 'none'}.")
    poor = [
        name for name in ("headline", "body", "date_published") if rates[name][0] < _ENOUGH * rates[name][1]
    ]
    if not rates["headline"][1] and not unread:
        console.say(
            "No article was found. A feed, a section or a pattern of addresses in its profile may help."
        )
    elif poor:
        console.say(
            f"Half of the articles or more lack: {', '.join(poor)}. A [[layout]] with selectors may help."
        )
    sys.exit(ExitCode.OK if rates["headline"][1] and not poor else ExitCode.FAILED)


@command.command()
@click.argument("domains", nargs=-1, metavar="[DOMAIN]…")
@sites_option
@click.option("--golden", "golden", type=click.Path(path_type=Path), help="Folder of the golden pages.")
@click.option(
    "--update", is_flag=True, help="Write what is read now as what must be read; review it like code."
)
@click.pass_obj
def test(
    console: Console,
    *,
    domains: tuple[str, ...],
    sites_folder: Path | None,
    golden: Path | None,
    update: bool,
) -> None:
    r"""Read the golden pages and compare with what must be read of them; the exit code is 1 when anything differs.

    They stand in tests/sites of the source, and those of your own profiles in the folder golden beside them, as
    <domain>/<page>.warc.gz with a .json of the same name.

    \b
    Example:
      tearsheet sites test
      tearsheet sites test a-newspaper.example --sites my-profiles
    """
    from crawler.golden import HOUSE, differences, golden_files  # noqa: PLC0415
    from crawler.golden import update as write_expected  # noqa: PLC0415

    own = use_sites(console, sites_folder)
    folders = [golden] if golden else [HOUSE, *([own / "golden"] if own else [])]
    files = [path for folder in folders for path in golden_files(folder, domains)]
    if not files:
        raise UserError(
            f"there is no golden page in {' or '.join(map(str, folders))}; `tearsheet sites golden URL` makes one"
        )
    failed = 0
    for path in files:
        # Those of the house are pages of the sample newsroom, read with its outlets' profiles.
        use_folder(SAMPLE if HOUSE in path.parents else own)
        if update:
            write_expected(path)
        found = differences(path)
        failed += bool(found)
        _tell_differences(console, path, found)
    console.say(f"{len(files)} golden pages, {failed} read otherwise than they must be.")
    sys.exit(ExitCode.FAILED if failed else ExitCode.OK)


@command.command()
@click.argument("url")
@sites_option
@assignments_option
@click.option(
    "--golden",
    "golden",
    type=click.Path(path_type=Path),
    help="Folder for it. Default: golden, beside the profile.",
)
@click.pass_obj
def golden(
    console: Console,
    *,
    url: str,
    sites_folder: Path | None,
    assignments: tuple[str, ...],
    golden: Path | None,
) -> None:
    r"""Capture the page at URL and keep it, with what is read of it, as a golden page for `sites test`.

    \b
    Example:
      tearsheet sites golden https://a-newspaper.example/2026/11/23/storm
    """
    from crawler.golden import keep  # noqa: PLC0415  (Scrapy takes half a second to load)
    from crawler.trial import trial  # noqa: PLC0415

    own = use_sites(console, sites_folder)
    config = _config(ArchiveFolder(console.archive), url, assignments)
    folder = golden or (own or ArchiveFolder(console.archive).path / "sites") / "golden"
    with trial(config, urls=(url,), pages=1, version=version()) as looked:
        if url in looked.run.failed_urls:
            raise UserError(f"{url}: {looked.run.failed_urls[url]}")
        path = keep(looked.warcs[-1], url, folder)
    console.write(f"{path}: look through the .json beside it; it is what must be read from now on.")


def _config(archive: ArchiveFolder, url: str, assignments: tuple[str, ...]) -> Config:
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise UserError(f"{url}: a site is given by its address, with http:// or https://")
    config = configuration.override(archive.config(), assignments)
    configuration.require_contact(config, url, archive.config_file)
    return config


def _tell_differences(console: Console, path: Path, found: list[Difference]) -> None:
    name = f"{path.parent.name}/{path.name}"
    for one in found:
        if console.as_json:
            console.emit({"page": name, **dataclasses.asdict(one)})
        else:
            console.write(
                f"{name}: {one.field}\n  must be {_short(one.expected)}\n  is      {_short(one.found)}"
            )


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 300 else f"{text[:300]}…"


def _list(console: Console) -> None:
    folder = ArchiveFolder(console.archive)
    held = _held(folder.index) if folder.index.is_file() else {}
    if not folder.index.is_file():
        console.say(f"There is no index in {folder.path}; only the profiles are listed.")
    columns = ("site", "publisher", "profile", "articles", "first captured", "last captured")
    rows = (_row(site, held.get(site, {})) for site in sorted({*held, *_with_profile()}))
    if not console.as_json:  # people need no more than the minute
        rows = ((*row[:4], *(str(moment or "")[:16].replace("T", " ") for moment in row[4:])) for row in rows)
    console.table(columns, rows)


def _held(index_file: Path) -> dict[str, dict[str, object]]:
    with Index.open(index_file, read_only=True) as index:
        return {row["site"]: row for row in index.rows(_HELD)}


def _with_profile() -> set[str]:
    """Return the first domain of each profile: the name of its file."""
    return {profile.domains[0] for profile in all_profiles().values()}


def _row(site: str, held: dict[str, object]) -> tuple[object, ...]:
    profile = load_profile(f"https://{site}/")
    return (
        site,
        profile.publisher if profile else None,
        f"{profile.domains[0]}.toml" if profile else None,
        held.get("articles", 0),
        held.get("first_at"),
        held.get("last_at"),
    )
