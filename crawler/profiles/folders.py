"""Where profiles are found: those of the house in ``spiders/sites``, and before them those in a folder of one's own."""

from __future__ import annotations

import os
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from archive.errors import ConfigError
from crawler.profiles.reading import read_profile

if TYPE_CHECKING:
    from crawler.profiles.records import SiteProfile

SITES = Path(__file__).resolve().parents[2] / "spiders" / "sites"
VARIABLE = "TEARSHEET_SITES"
"""Names a folder of one's own profiles; processes that this one starts know it from there, too."""

_given: list[tuple[str | None, str]] = []
"""What the variable said before *use_folder*, and what that put there."""


def use_folder(folder: Path | None) -> None:
    """Let profiles in *folder* count before those of the house, in this process and those that it starts; None ends that.

    What the variable said before counts again then.
    """
    if _given and os.environ.get(VARIABLE) == _given[-1][1]:
        before, _ = _given.pop()
        os.environ.pop(VARIABLE)
        if before is not None:
            os.environ[VARIABLE] = before
    if folder is not None:
        if not folder.is_dir():
            raise ConfigError(f"{folder} is no folder; profiles of your own stand in one as <domain>.toml")
        _given.append((os.environ.get(VARIABLE), str(folder.resolve())))
        os.environ[VARIABLE] = _given[-1][1]
    _by_host.cache_clear()


def load_profile(url: str, folder: Path | None = None) -> SiteProfile | None:
    """Return the profile of the site that *url* belongs to, or None. Raises ConfigError for a bad file.

    *folder* is where to look; without it, one's own folder and then that of the house.
    """
    try:
        host = (urlsplit(url).hostname or "").lower()
    except ValueError:
        return None
    if folder is None:
        return _by_host(host)
    return _find(host, load_profiles(folder))


@cache
def load_profiles(folder: Path = SITES) -> dict[str, SiteProfile]:
    """Return all profiles of *folder* by domain. Raises ConfigError, also when two files claim a domain."""
    by_domain: dict[str, SiteProfile] = {}
    files: dict[str, str] = {}
    for path in sorted(folder.glob("*.toml")):
        profile = read_profile(path)
        for domain in profile.domains:
            if domain in by_domain:
                raise ConfigError(f"{path}: domains: {domain} stands in {files[domain]} too")
            by_domain[domain], files[domain] = profile, path.name
    return by_domain


def all_profiles() -> dict[str, SiteProfile]:
    """Return the profiles that count, by domain: one's own, and those of the house that none of them replaces."""
    own = _own_folder()
    return load_profiles(SITES) | (load_profiles(own) if own else {})


def _own_folder() -> Path | None:
    named = os.environ.get(VARIABLE)
    return Path(named) if named else None


@lru_cache(maxsize=4096)
def _by_host(host: str) -> SiteProfile | None:
    return _find(host, all_profiles())


def _find(host: str, profiles: dict[str, SiteProfile]) -> SiteProfile | None:
    while host:
        if host in profiles:
            return profiles[host]
        host = host.partition(".")[2]
    return None
