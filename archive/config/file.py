"""``tearsheet.toml``: read, checked to the last key, and written with a comment for every setting."""

from __future__ import annotations

import ast
import dataclasses
import difflib
import inspect
import ipaddress
import json
import math
import re
import textwrap
import tomllib
import typing
from typing import TYPE_CHECKING, Any, Literal, get_args, get_origin, get_type_hints
from urllib.parse import urlsplit

from archive.config import sections as config_sections
from archive.config.sections import Bounds, Config, Shape
from archive.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

TYPE_WORDS = {bool: "true or false", int: "a whole number", float: "a number", str: "a text in quotes"}


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """One setting, as documents and messages speak of it."""

    section: str
    name: str
    type: type
    limit: Bounds | Shape | tuple[str, ...] | None
    """What the value must keep to; a tuple names the words allowed."""
    default: bool | float | str
    doc: str

    @property
    def key(self) -> str:
        """Return section and name, e.g. ``politeness.delay_seconds``."""
        return f"{self.section}.{self.name}"

    @property
    def expected(self) -> str:
        """Return in words what the value has to be."""
        if isinstance(self.limit, tuple):
            return " or ".join(json.dumps(word) for word in self.limit)
        if isinstance(self.limit, Shape):
            return f"{TYPE_WORDS[self.type]}: {self.limit}"
        return TYPE_WORDS[self.type] if self.limit is None else f"{TYPE_WORDS[self.type]}, {self.limit}"


def load(path: Path) -> Config:
    """Return the settings in the file *path*; all defaults when there is none.

    Raises *ConfigError* with file, line and key when the file is no TOML, holds a key that is not known (the
    nearest known one is named), or a value that does not fit.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return Config()
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path}: not UTF-8 text ({error.reason} at byte {error.start})") from error
    return parse(text, str(path))


def parse(text: str, name: str = "tearsheet.toml") -> Config:
    """Return the settings in the TOML *text*; *name* is the file's name in error messages (see *load*)."""
    try:
        tables = tomllib.loads(text.removeprefix("\ufeff"))
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{name}: {error}") from error
    return _checked(tables, lambda section, key: f"{name}{_line_of(text, section, key)}")


def override(config: Config, assignments: Iterable[str]) -> Config:
    """Return *config* changed by *assignments* as given on a command line: ``politeness.delay_seconds=1``.

    Values are TOML; a text needs no quotes. Raises *ConfigError* as *load* does.
    """
    tables = {name: dataclasses.asdict(section) for name, section in _sections(config)}
    for assignment in assignments:
        key, equals, words = assignment.partition("=")
        section, dot, name = key.strip().partition(".")
        if not equals or not dot:
            raise ConfigError(
                f"{assignment!r}: write section.setting=value, e.g. crawl.max_pages_per_site=100"
            )
        tables.setdefault(section, {})[name] = _value(words.strip())
    return _checked(tables, lambda _section, _key: "on the command line")


def render(config: Config) -> str:
    """Return *config* as the text of a ``tearsheet.toml``: above each setting its words, unit and default."""
    parts = ["# Settings of this Tearsheet archive. Delete a line to get its default back.\n"]
    for name, section in _sections(config):
        parts.append(f"\n{_comment(inspect.getdoc(type(section)) or '')}[{name}]\n")
        for setting in settings(name):
            value = _toml(getattr(section, setting.name))
            parts.append(
                f"{_comment(setting.doc)}# Default: {_toml(setting.default)}\n{setting.name} = {value}\n\n"
            )
    return "".join(parts).rstrip("\n") + "\n"


def settings(section: str | None = None) -> tuple[Setting, ...]:
    """Return every setting there is, in the order of the file; only those of *section* when it is given."""
    found: list[Setting] = []
    for name, table in _sections(Config()):
        if section in {None, name}:
            found.extend(_settings_of(name, table))
    return tuple(found)


def user_agent(config: Config, version: str) -> str:
    """Return the User-Agent header's value: product, version, and whom to write to."""
    operator = config.operator
    contact = (
        operator.contact if "://" in operator.contact else operator.contact and f"mailto:{operator.contact}"
    )
    comment = "; ".join(part for part in (contact and f"+{contact}", operator.name) if part)
    return f"{operator.user_agent_product}/{version}" + (f" ({comment})" if comment else "")


def require_contact(config: Config, url: str, file: Path) -> None:
    """Return when *url* may be crawled as far as the operator's contact goes: always on loopback.

    Raises *ConfigError* with the line to add to *file* when the site is another's and no contact is set.
    """
    if config.operator.contact or _is_loopback(urlsplit(url).hostname or ""):
        return
    raise ConfigError(
        f"{file}: operator.contact is empty. Before {url} is crawled, say how its owner can reach you: under "
        '[operator] set contact = "you@your-institution.example" (or the URL of a page about your crawl)'
    )


def _is_loopback(host: str) -> bool:
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _sections(config: Config) -> Iterator[tuple[str, Any]]:
    for part in dataclasses.fields(config):
        yield part.name, getattr(config, part.name)


def _settings_of(section: str, table: Any) -> Iterator[Setting]:
    hints = get_type_hints(type(table), vars(config_sections), include_extras=True)
    docs = _docs_under_attributes(type(table))
    for attribute in dataclasses.fields(table):
        type_, limit = _type_and_limit(hints[attribute.name])
        yield Setting(
            section=section,
            name=attribute.name,
            type=type_,
            limit=limit,
            default=typing.cast("bool | float | str", attribute.default),
            doc=docs.get(attribute.name, ""),
        )


def _type_and_limit(hint: Any) -> tuple[type, Bounds | Shape | tuple[str, ...] | None]:
    if get_origin(hint) is Literal:
        return str, get_args(hint)
    if get_origin(hint) is typing.Annotated:
        type_, limit = get_args(hint)
        return type_, limit
    return hint, None


def _docs_under_attributes(class_: type) -> dict[str, str]:
    [definition] = ast.parse(textwrap.dedent(inspect.getsource(class_))).body
    assert isinstance(definition, ast.ClassDef)
    docs: dict[str, str] = {}
    for statement, following in zip(definition.body, definition.body[1:], strict=False):
        match statement, following:
            case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(value=ast.Constant(value=str(words))):
                docs[name] = inspect.cleandoc(words)
    return docs


def _checked(tables: Mapping[str, Any], where: Any) -> Config:
    sections = dict(_sections(Config()))
    for name, table in tables.items():
        if name not in sections:
            raise ConfigError(_unknown(where(name, None), f"section [{name}]", name, list(sections)))
        if not isinstance(table, dict):
            raise ConfigError(
                f"{where(None, name)}: {name} is a section; write [{name}] on a line of its own"
            )
        known = {setting.name: setting for setting in settings(name)}
        for key in table:
            if key not in known:
                raise ConfigError(_unknown(where(name, key), f"setting {name}.{key}", key, list(known), name))
        values = {key: _fitting(known[key], value, where(name, key)) for key, value in table.items()}
        sections[name] = dataclasses.replace(sections[name], **values)
    return Config(**sections)


def _unknown(where: str, what: str, key: str, known: list[str], section: str = "") -> str:
    near = difflib.get_close_matches(key, known, n=1, cutoff=0.0)[0]
    elsewhere = next((setting.key for setting in settings() if section and setting.name == key), None)
    nearest = elsewhere or (f"{section}.{near}" if section else f"[{near}]")
    return f"{where}: there is no {what}; the nearest is {nearest}"


def _fitting(setting: Setting, value: Any, where: str) -> bool | float | str:
    if setting.type is float and type(value) is int:
        value = float(value)
    if type(value) is not setting.type or not _within(setting.limit, value):
        raise ConfigError(f"{where}: {setting.key} must be {setting.expected}, not {_toml(value)}")
    return typing.cast("bool | float | str", value)


def _within(limit: Bounds | Shape | tuple[str, ...] | None, value: Any) -> bool:
    match limit:
        case Bounds():
            return math.isfinite(value) and limit.least <= value <= (
                math.inf if limit.most is None else limit.most
            )
        case Shape():
            return limit.fits(value)
        case tuple():
            return value in limit
    return True


def _line_of(text: str, section: str | None, key: str | None) -> str:
    """Return ``, line N`` of a section or key; empty where it is written in a form this does not look for."""
    wanted = [part for part in (section, key) if part]
    inside: list[str] = []
    for number, line in enumerate(text.splitlines(), 1):
        header = re.match(r"\s*\[([^\[\]]+)\]", line)
        named = re.match(r"\s*([\w.\"' -]+?)\s*=", line)
        if header:
            inside = _parts(header[1])
        here = inside if header or not named else [*inside, *_parts(named[1])]
        if here == wanted and (header or named):
            return f", line {number}"
    return ""


def _parts(dotted: str) -> list[str]:
    return [part.strip().strip("\"'") for part in dotted.split(".")]


def _value(words: str) -> Any:
    try:
        return tomllib.loads(f"value = {words}")["value"]
    except tomllib.TOMLDecodeError:
        return words


def _toml(value: object) -> str:
    # A JSON string is a TOML basic string once DEL, the one control character JSON leaves bare, is escaped.
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007F")
    return str(value).lower() if isinstance(value, bool) else str(value)


def _comment(words: str) -> str:
    return "".join(f"# {line}\n" for line in textwrap.wrap(words, 108))
