"""Who is at the desk: as a web server before it says, or whoever sits at this machine."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import Request


_NOBODY = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """Who may do what. The header is believed: the desk must be reachable through that web server only."""

    header: str
    """In which the web server says who has logged in; empty when there is no login."""
    staff: frozenset[str]
    at_this_machine: bool
    """Whether only this machine can reach the desk."""

    def name(self, headers: Mapping[str, str]) -> str:
        """Return who asks; empty for nobody we know."""
        if self.header:
            return headers.get(self.header, _NOBODY).strip()
        return "operator" if self.at_this_machine else _NOBODY

    def is_staff(self, headers: Mapping[str, str]) -> bool:
        """Return whether who asks sees what is restricted, and may decide."""
        name = self.name(headers)
        return bool(name) and (name in self.staff if self.header else self.at_this_machine)


def is_staff(request: Request) -> bool:
    """Return whether who sent *request* is staff."""
    people: People = request.app.state.people
    return people.is_staff(request.headers)
