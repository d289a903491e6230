"""Checks a profile against its JSON schema: every mistake with its place, and the nearest known key.

The schema is ``profile.schema.json``, which editors can use too. What it may use of JSON Schema is what is read here: type, enum,
required, properties, items, minItems, minimum, and formats; TOML dates are of the format date. A library would bring four packages
and could not name the nearest key.
"""

from __future__ import annotations

import difflib
import json
import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from cssselect import HTMLTranslator, SelectorError

from archive.times import parse_ages

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Path_ = tuple[str | int, ...]
SCHEMA = Path(__file__).with_name("profile.schema.json")
_TYPES: dict[str, tuple[type | tuple[type, ...], str]] = {
    "string": (str, "a string"),
    "boolean": (bool, "true or false"),
    "number": ((int, float), "a number"),
    "array": (list, "a list"),
    "object": (dict, "a table"),
}


@dataclass(frozen=True, slots=True)
class Problem:
    """A mistake in a profile: the way to it, and what is wrong."""

    path: Path_
    words: str

    @property
    def key(self) -> str:
        """Return the way in words, e.g. ``layout.headline``."""
        return ".".join(part for part in self.path if isinstance(part, str))


@cache
def schema() -> dict[str, Any]:
    """Return the schema of profiles."""
    read: dict[str, Any] = json.loads(SCHEMA.read_text("utf-8"))
    return read


def problems(table: dict[str, Any]) -> Iterator[Problem]:
    """Yield every mistake in a profile's *table*, in the order of the file."""
    yield from _check(table, schema(), ())
    for number, rule in enumerate(table.get("identity") or ()):
        yield from _check_identity(rule, ("identity", number))


def _check(value: Any, rule: dict[str, Any], path: Path_) -> Iterator[Problem]:
    words = _mistyped(value, rule)
    if words:
        yield Problem(path, words)
    elif isinstance(value, dict):
        yield from _check_table(value, rule, path)
    elif isinstance(value, list):
        if len(value) < rule.get("minItems", 0):
            yield Problem(path, f"name at least {rule['minItems'] if rule['minItems'] > 1 else 'one'}")
        for number, item in enumerate(value):
            yield from _check(item, rule["items"], (*path, number))
    elif "format" in rule:
        words = _misshapen(value, rule["format"])
        if words:
            yield Problem(path, words)


def _mistyped(value: Any, rule: dict[str, Any]) -> str | None:
    if "enum" in rule:
        return None if value in rule["enum"] else f"{value!r} is none of {', '.join(rule['enum'])}"
    if rule.get("type") in _TYPES:
        type_, words = _TYPES[rule["type"]]
        is_fit = isinstance(value, type_) and (rule["type"] == "boolean" or not isinstance(value, bool))
        if not is_fit and rule["type"] == "array" and rule["items"].get("type") == "object":
            return "write it as [[{}]]"
        if not is_fit:
            return f"must be {words}" + (" of strings" if rule["type"] == "array" else "")
        if "minimum" in rule and value < rule["minimum"]:
            return f"must be {rule['minimum']} or more"
    return None


def _check_table(table: dict[str, Any], rule: dict[str, Any], path: Path_) -> Iterator[Problem]:
    known = rule["properties"]
    for key, value in table.items():
        if key in known:
            for found in _check(value, known[key], (*path, key)):
                yield Problem(found.path, found.words.replace("{}", key))
        else:
            near = difflib.get_close_matches(key, known, n=1, cutoff=0.0)
            yield Problem((*path, key), f"unknown key; the nearest known one is {near[0]!r}")
    for key in rule.get("required", ()):
        if key not in table:
            yield Problem((*path, key), "is missing")


def _check_identity(rule: Any, path: Path_) -> Iterator[Problem]:
    try:
        groups = re.compile(str(rule["pattern"])).groupindex
        str(rule["canonical"]).format(**dict.fromkeys(groups, ""))
    except (KeyError, IndexError, ValueError) as error:
        if isinstance(rule, dict) and {"pattern", "canonical"} <= rule.keys():
            yield Problem((*path, "canonical"), f"{error} is no named group of the pattern")
    except (re.error, TypeError):  # told already
        return


def _misshapen(value: Any, format_: str) -> str | None:
    """Return what is wrong with *value*, or None."""
    return _FORMATS[format_](value)


def _regex(value: str) -> str | None:
    try:
        re.compile(value)
    except re.error as error:
        return f"no regular expression: {error}"
    return None


def _css(value: str) -> str | None:
    try:
        HTMLTranslator().css_to_xpath(value)
    except SelectorError as error:
        return f"no CSS selector: {error}"
    return None


def _zone(value: str) -> str | None:
    try:
        ZoneInfo(value)
    except (KeyError, ValueError, OSError):
        return f"{value!r} is no IANA time zone"
    return None


def _ages(value: str) -> str | None:
    try:
        parse_ages(value)
    except ValueError as error:
        return str(error)
    return None


def _url(value: str) -> str | None:
    try:
        parts = urlsplit(value)
        is_url = parts.scheme in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        is_url = False
    return None if is_url else f"{value!r} is no address with http:// or https://"


def _dated_url(value: str) -> str | None:
    try:
        filled = value.format(year=2026, month=1, day=1)
    except (KeyError, IndexError, ValueError) as error:
        return f"{error} is none of {{year}}, {{month}}, {{day}}"
    return _url(filled) or (None if filled != value else "names no {year}")


def _matching(pattern: str, words: str) -> Callable[[str], str | None]:
    return lambda value: None if re.fullmatch(pattern, value) else f"{value!r} is no {words}"


_FORMATS: dict[str, Callable[[Any], str | None]] = {
    "regex": _regex,
    "css": _css,
    "time-zone": _zone,
    "ages": _ages,
    "http-url": _url,
    "dated-url": _dated_url,
    "domain": _matching(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?", "domain (lower case, without http:// and path)"),
    "language": _matching(r"[a-zA-Z]{2,3}(-[A-Za-z0-9]{2,8})*", "language tag such as en or pt-BR"),
    "date": lambda value: None if isinstance(value, date) else "must be a date such as 2019-05-31",
}
