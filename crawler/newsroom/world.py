"""The made-up outlets and their articles, edition by edition, from the prose under ``data/``."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Any

from crawler.newsroom.records import NewsArticle, Outlet, Photo, TrueCredit, Update

OUTLET_KEYS = ("courier", "talbote", "bayvoice", "shiomi", "faro")
DEFAULT_PORT = 8470
LAST_EDITION = 4
"""From here on nothing changes any more."""


def read_data(name: str) -> dict[str, Any]:
    """Return the TOML file *name* of the package's data folder as it stands."""
    return tomllib.loads(resources.files("crawler.newsroom.data").joinpath(name).read_text(encoding="utf-8"))


@cache
def _outlet_data(key: str) -> dict[str, Any]:
    outlet = read_data(f"{key}.toml")
    extra = resources.files("crawler.newsroom.data").joinpath(f"{key}_more.toml")
    if extra.is_file():
        outlet["article"] = [*outlet["article"], *read_data(f"{key}_more.toml")["article"]]
    by_slug = {entry["slug"]: entry for entry in outlet["article"]}
    outlet["article"] = [
        by_slug[entry["same_as"]] | entry if "same_as" in entry else entry for entry in outlet["article"]
    ]
    return outlet


@cache
def agency_names() -> dict[str, str]:
    """Return code → name of the agencies that the outlets credit."""
    return dict(read_data("agencies.toml"))


def outlets(port: int = DEFAULT_PORT) -> tuple[Outlet, ...]:
    """Return the outlets, served on *port*."""
    return tuple(_outlet(_outlet_data(key)["outlet"], port) for key in OUTLET_KEYS)


def _outlet(facts: dict[str, Any], port: int) -> Outlet:
    plain = {name: value for name, value in facts.items() if name not in {"paths", "sections", "static_host"}}
    return Outlet(
        **plain,
        port=port,
        static_host=facts.get("static_host", facts["host"]),
        sections=tuple((key, label) for key, label in facts["sections"]),
    )


@cache
def articles(edition: int = 1, port: int = DEFAULT_PORT) -> tuple[NewsArticle, ...]:
    """Return all articles that can be read in *edition*, newest first within each outlet."""
    found: list[NewsArticle] = []
    for outlet in outlets(port):
        entries = [entry for entry in _outlet_data(outlet.key)["article"] if is_up(entry, edition)]
        read = [_article(entry, outlet, edition) for entry in entries]
        found += sorted(read, key=lambda article: (article.date_published, article.number), reverse=True)
    return tuple(found)


def article(slug: str, edition: int = 1, port: int = DEFAULT_PORT) -> NewsArticle:
    """Return the article called *slug*; KeyError when there is none in *edition*."""
    for candidate in articles(edition, port):
        if candidate.slug == slug:
            return candidate
    raise KeyError(slug)


def having_case(case: str, edition: int = 1, port: int = DEFAULT_PORT) -> tuple[NewsArticle, ...]:
    """Return the articles marked with *case* (see README.md) in *edition*."""
    return tuple(candidate for candidate in articles(edition, port) if case in candidate.cases)


def former_paths(edition: int, port: int = DEFAULT_PORT) -> dict[tuple[str, str], tuple[int, str]]:
    """Return (host, path) → (status, new path or "") of what is no longer there, or never was."""
    former: dict[tuple[str, str], tuple[int, str]] = {}
    for outlet in outlets(port):
        for entry in _outlet_data(outlet.key)["article"]:
            if entry.get("until", edition) < edition:
                former[outlet.host, _path(entry, outlet, edition)] = (entry.get("gone", 404), "")
            elif is_up(entry, edition):
                now = _path(entry, outlet, edition)
                olds = [_path(entry, outlet, earlier) for earlier in range(1, edition)]
                former |= {
                    (outlet.host, old): (301, now)
                    for old in [*olds, *entry.get("old_paths", [])]
                    if old != now
                }
    return former


def is_up(entry: dict[str, Any], edition: int) -> bool:
    """Return whether an article's data say that it can be read in *edition*."""
    return bool(entry.get("since", 1) <= edition <= entry.get("until", LAST_EDITION + edition))


def _path(entry: dict[str, Any], outlet: Outlet, edition: int) -> str:
    paths = _outlet_data(outlet.key)["outlet"]["paths"]
    pattern: str = paths.get(entry.get("layout", ""), paths["default"])
    slug = entry.get("web_slug", entry["slug"])
    if edition >= entry.get("moved", {}).get("edition", edition + 1):
        slug = entry["moved"]["slug"]
    year, month, day = str(entry["published"])[:10].split("-")
    return pattern.format(
        section=entry["section"], year=year, month=month, day=day, slug=slug, number=entry["number"]
    )


def _article(entry: dict[str, Any], outlet: Outlet, edition: int) -> NewsArticle:
    entry = _edited(entry, edition)
    path = _path(entry, outlet, edition)
    modified = entry.get("modified")
    return NewsArticle(
        outlet=outlet.key,
        slug=entry["slug"],
        number=entry["number"],
        path=path,
        url=outlet.base + path,
        layout=entry.get("layout", outlet.layout),
        language=entry.get("lang", outlet.language),
        headline=entry["headline"],
        standfirst=entry.get("standfirst"),
        byline=entry.get("byline"),
        credits=_text_credits(entry),
        credit_lines=tuple(entry.get("closing", ())),
        dateline_raw=entry.get("dateline"),
        dateline=tuple(entry.get("places", ())),
        date_published=entry["published"],
        date_modified=modified,
        section=dict(outlet.sections)[entry["section"]],
        section_key=entry["section"],
        tags=tuple(entry.get("tags", ())),
        photos=tuple(_photo(photo) for photo in entry.get("photo", ())),
        body=tuple(
            " ".join(paragraph.split())
            for paragraph in entry["body"].strip().split("\n\n")
            if paragraph.strip()
        ),
        updates=tuple(
            Update(**update)
            for update in entry.get("update", ())
            if update["at"] <= (modified or update["at"])
        ),
        corrections=tuple(entry.get("corrections", ())),
        publisher=outlet.name,
        page_type=entry.get("type", "article"),
        cases=frozenset(entry.get("cases", ())),
    )


def _edited(entry: dict[str, Any], edition: int) -> dict[str, Any]:
    """Return the article's data with all edits up to *edition* applied."""
    current = dict(entry)
    for edit in entry.get("edit", ()):
        if edit["edition"] > edition:
            continue
        for old, new in edit.get("replace", ()):
            if old not in current["body"]:
                raise ValueError(
                    f"{entry['slug']}: edit of edition {edit['edition']} replaces words that are not there: {old!r}"
                )
            current["body"] = current["body"].replace(old, new)
        current |= {name: value for name, value in edit.items() if name not in {"edition", "replace"}}
    return current


def _text_credits(entry: dict[str, Any]) -> tuple[TrueCredit, ...]:
    persons = [TrueCredit(name=name, kind="person", role="author") for name in entry.get("authors", ())]
    staff = [TrueCredit(name=name, kind="staff", role="author") for name in entry.get("staff", ())]
    helpers = [
        TrueCredit(name=name, kind="person", role=role) for name, role in entry.get("contributors", ())
    ]
    agencies = [_agency(words) for words in entry.get("agencies", ())]
    return (*persons, *staff, *helpers, *agencies)


def _agency(words: str, role: str = "source") -> TrueCredit:
    """Return the credit of an agency written as its code, or code and role."""
    code, _, own_role = words.partition(" ")
    return TrueCredit(name=agency_names()[code], kind="agency", role=own_role or role, agency=code)


def _photo(entry: dict[str, Any]) -> Photo:
    named = [
        TrueCredit(name=name, kind="person", role=entry.get("role", "photo")) for name in entry.get("by", ())
    ]
    agencies = [_agency(code, "photo") for code in entry.get("agencies", ())]
    others = [TrueCredit(name=name, kind=kind, role="photo") for name, kind in entry.get("others", ())]
    return Photo(
        key=entry["key"],
        caption=entry["caption"],
        alt=entry.get("alt", entry["caption"]),
        credit=entry.get("credit"),
        credits=(*named, *agencies, *others),
        archive=entry.get("archive", False),
        clean_caption=entry.get("clean", entry["caption"]),
        embedded=tuple(entry.get("embedded", {}).items()),
        embedded_credits=tuple(
            _agency(name, role) if kind == "agency" else TrueCredit(name=name, kind=kind, role=role)
            for name, kind, role in entry.get("embedded_only", ())
        ),
    )
