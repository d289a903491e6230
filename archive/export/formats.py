"""Which formats there are. A module of this package that defines ``export`` is one; nobody registers it.

``export(articles, out)`` takes the articles one by one and returns how many it wrote. A format that lists captures
instead (CDXJ) names its parameter ``captures``; one that writes captures with their bytes, and therefore to a file,
names it ``subset``; one that writes articles as bytes names the file ``raw``. What may be missing says ``check()``. The module's name is the format's, or what its ``NAME`` says.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import archive.export

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """One export format."""

    name: str
    summary: str
    """What it is good for: the first line of its module."""
    of_captures: bool
    """Whether it lists captures (*archive.model.Record*), not articles (*StoredArticle*)."""
    is_binary: bool
    """Whether it is written to a binary, seekable file."""
    of_subset: bool
    """Whether it takes a *Subset* instead of articles; it returns how many captures were written."""
    check: Callable[[], None]
    """Raises UserError where something is missing to write it."""
    export: Callable[..., int]
    """Takes an iterable of these and a text file; returns how many were written."""


@cache
def find_formats() -> dict[str, Format]:
    """Return all formats by name, in alphabetical order. Raises *ImportError* when two claim a name."""
    found: dict[str, Format] = {}
    for info in pkgutil.iter_modules(archive.export.__path__):
        module = importlib.import_module(f"archive.export.{info.name}")
        if not hasattr(module, "export"):
            continue
        known = _format(module, info.name)
        if known.name in found:
            raise ImportError(f"two modules of archive.export claim the format {known.name!r}")
        found[known.name] = known
    return dict(sorted(found.items()))


def _format(module: Any, module_name: str) -> Format:
    parameters = inspect.signature(module.export).parameters
    return Format(
        name=getattr(module, "NAME", module_name.replace("_", "-")),
        summary=(inspect.getdoc(module) or "").partition("\n")[0].removesuffix("."),
        of_captures="captures" in parameters,
        is_binary="subset" in parameters or "raw" in parameters,
        of_subset="subset" in parameters,
        check=getattr(module, "check", _nothing_is_missing),
        export=module.export,
    )


def _nothing_is_missing() -> None:
    """Return: most formats need nothing but what is installed."""
