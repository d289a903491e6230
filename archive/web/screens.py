"""What a screen of the desk is: a question, answered as a page for people and as JSON for programs."""

from __future__ import annotations

import importlib
import pkgutil
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

import archive.web.pages
from archive.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from archive.folder import ArchiveFolder
    from archive.index.store import Index


class NotHere(UserError):  # noqa: N818  (says what it is)
    """What was asked for is not in the archive, or may not be shown: nobody can tell which."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question to a screen."""

    index: Index
    folder: ArchiveFolder
    path: Mapping[str, Any]
    """What stands in the address: ``{"id": 7}`` for ``/article/7``."""
    parameters: Mapping[str, str]
    """What stands behind the question mark; of several with one name the last."""
    replay_origin: str
    """Where captures are replayed: an origin of its own."""
    is_staff: bool = False
    """Whether who asks may decide about access, merges and saved queries."""

    def text(self, name: str, default: str = "") -> str:
        """Return the parameter *name* without blanks around."""
        return self.parameters.get(name, default).strip()

    def number(self, name: str, default: int, *, at_most: int = 2**31) -> int:
        """Return the parameter *name* as number from 0 to *at_most*; *default* when it is none."""
        text = self.text(name)
        return min(int(text), at_most) if text.isascii() and text.isdecimal() and len(text) < 12 else default


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A screen's answer."""

    title: str
    data: Any
    """For programs: what JSON can hold."""
    values: Mapping[str, Any] = field(default_factory=dict)
    """For the template, beside the data."""
    status: int = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What somebody decided on a screen, by sending its form."""

    folder: ArchiveFolder
    form: Mapping[str, str]
    path: Mapping[str, Any]
    who: str

    def text(self, name: str) -> str:
        """Return the field *name* without blanks around."""
        return self.form.get(name, "").strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class Screen:
    """One screen. A module in archive.web.pages that has ``SCREENS`` defines some; nobody registers them."""

    path: str
    """As Starlette writes it, e.g. ``/article/{id:int}``. The same path with ``.json`` behind it answers in JSON."""
    template: str
    show: Callable[[Asked], Shown]
    link: str = ""
    """The word that leads to it in the head of every page; empty when none does."""
    place: int = 0
    """Order of these words."""
    act: Callable[[Told], str] | None = None
    """Does what a form of this screen asks for, to the operator's data, and returns the path to go to. Staff only."""


@cache
def find_screens() -> tuple[Screen, ...]:
    """Return all screens, those with a link first, in its order. Raises *ImportError* when two claim a path."""
    found: dict[str, Screen] = {}
    for info in pkgutil.iter_modules(archive.web.pages.__path__):
        module = importlib.import_module(f"archive.web.pages.{info.name}")
        for screen in module.SCREENS:
            if screen.path in found:
                raise ImportError(f"two modules of archive.web.pages claim {screen.path}")
            found[screen.path] = screen
    return tuple(sorted(found.values(), key=lambda screen: (not screen.link, screen.place)))
