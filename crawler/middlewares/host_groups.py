"""Hosts that stand on one server and are crawled as one: as tearsheet.toml says, and as site profiles say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crawler.profiles import all_profiles

if TYPE_CHECKING:
    from collections.abc import Iterable


class HostGroups:
    """The name under which each host has its turn."""

    def __init__(self, setting: str) -> None:
        """Take *setting*: groups between semicolons, of hosts (with their port) between blanks."""
        profiles = {id(profile): profile for profile in all_profiles().values()}.values()
        told = [group.split() for group in setting.lower().split(";")]
        self._first_of = first_of([*told, *(profile.host_group for profile in profiles)])

    def of(self, host: str) -> str:
        """Return the first host of the group of *host*, which is given with its port; *host* itself when it is in none.

        A group that names no port holds for all.
        """
        name = host.partition(":")[0] if host.count(":") == 1 else host
        return self._first_of.get(host) or self._first_of.get(name) or host


def first_of(groups: Iterable[Iterable[str]]) -> dict[str, str]:
    """Return host → first host of its group; groups that share a host are one.

    >>> first_of([["a.example", "b.example"], ["c.example"], ["d.example", "b.example"]])
    {'a.example': 'a.example', 'b.example': 'a.example', 'c.example': 'c.example', 'd.example': 'a.example'}
    """
    found: dict[str, str] = {}
    for group in groups:
        hosts = [host.lower() for host in group]
        known = list(dict.fromkeys(found[host] for host in hosts if host in found))
        if hosts:
            first = known[0] if known else hosts[0]
            found.update(dict.fromkeys(hosts, first))
            found.update({host: first for host, before in found.items() if before in known})
    return found
