"""From a TOML file to a profile; every mistake is told with file, line and key."""

from __future__ import annotations

import re
import tomllib
from datetime import datetime
from typing import TYPE_CHECKING, Any

from cssselect import HTMLTranslator

from archive.errors import ConfigError
from crawler.profiles.checking import problems
from crawler.profiles.lines import line_of
from crawler.profiles.records import SELECTABLE, Api, DateArchive, Identity, Layout, ListApi, SiteProfile

if TYPE_CHECKING:
    from pathlib import Path

_PLACE = re.compile(r" \(at line (\d+), column \d+\)$")
_LISTS = ("domains", "outlets", "feeds", "sitemaps", "sections", "host_group")
_PLAIN = (
    "publisher", "timezone", "date_order", "language", "revisits", "delay_seconds", "requisites", "scripts",
)  # fmt: skip


def read_profile(path: Path) -> SiteProfile:
    """Return the profile in the file *path*. Raises ConfigError naming file, line and key of every mistake."""
    try:
        text = path.read_text("utf-8")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise ConfigError(f"{path}, line {line}: not UTF-8") from error
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(_of_toml(path, text, str(error))) from error
    found = [
        _in_words(str(path), text, problem.path, f"{problem.key}: {problem.words}")
        for problem in problems(table)
    ]
    if found:
        raise ConfigError("\n".join(found))
    return _profile(table)


def _of_toml(path: Path, text: str, words: str) -> str:
    """Return what the TOML reader says in the form of all others: the place first."""
    where = _PLACE.search(words)
    line = where[1] if where else len(text.splitlines())
    return f"{path}, line {line}: {_PLACE.sub('', words)}"


def _in_words(name: str, text: str, path: tuple[str | int, ...], words: str) -> str:
    line = line_of(text, path)
    return f"{name}, line {line}: {words}" if line else f"{name}: {words}"


def _profile(table: dict[str, Any]) -> SiteProfile:
    values: dict[str, Any] = {key: tuple(table[key]) for key in _LISTS if key in table}
    values |= {key: table[key] for key in _PLAIN if key in table}
    values |= {
        key: tuple(map(re.compile, table[key])) for key in ("articles", "not_articles") if key in table
    }
    if "next_page" in table:
        values["next_page"] = _xpath(table["next_page"])
    return SiteProfile(
        **values,
        archive=tuple(DateArchive(**entry) for entry in table.get("archive", ())),
        list_api=tuple(ListApi(**entry) for entry in table.get("list_api", ())),
        layouts=tuple(map(_layout, table.get("layout", ()))),
        api=_api(table["api"]) if "api" in table else None,
        identities=tuple(
            Identity(pattern=re.compile(entry["pattern"]), canonical=entry["canonical"])
            for entry in table.get("identity", ())
        ),
    )


def _layout(table: dict[str, Any]) -> Layout:
    until = table.get("valid_until")
    return Layout(
        name=table.get("name", ""),
        url=re.compile(table["url"]) if "url" in table else None,
        valid_until=until.date() if isinstance(until, datetime) else until,
        date_order=table.get("date_order"),
        page_type=table.get("page_type"),
        selectors={key: _xpath(table[key]) for key in SELECTABLE if key in table},
    )


def _api(table: dict[str, Any]) -> Api:
    return Api(
        url=re.compile(table["url"]),
        fields=table.get("fields", {}),
        missing_date=table.get("missing_date"),
        public_url=table.get("public_url"),
    )


def _xpath(selector: str) -> str:
    return HTMLTranslator().css_to_xpath(selector)
