"""Saved queries: questions with a name, how much they find now, and a feed of what is new."""

from __future__ import annotations

from typing import Any

from archive.errors import QueryError, QueryTooSlow, UserError
from archive.index.operator_data import OperatorData
from archive.web.screens import Asked, Screen, Shown, Told

_SECONDS = 1.0
"""How long may be counted for one of them."""


def show(asked: Asked) -> Shown:
    """Answer ``/saved``."""
    queries: list[dict[str, Any]] = []
    if asked.folder.operator.is_file():
        with OperatorData(asked.folder.operator, read_only=True) as decided:
            queries = [row | _count(asked, row["query"]) for row in decided.saved_queries()]
    return Shown(
        title="Saved queries",
        data={"saved": queries},
        values={"queries": queries, "is_staff": asked.is_staff, "draft": asked.text("q")},
    )


def _count(asked: Asked, query: str) -> dict[str, Any]:
    """Return how much *query* finds; None where it cannot be told in time."""
    try:
        with asked.index.within(_SECONDS):
            total = asked.index.found(query).total
    except (QueryError, QueryTooSlow):
        return {"total": None, "total_is_estimated": False, "count": None}
    return {"total": total.n, "total_is_estimated": total.is_estimated, "count": str(total)}


def act(told: Told) -> str:
    """Save a query, or forget one."""
    with OperatorData(told.folder.operator) as decided:
        if number := told.text("delete"):
            if not number.isdecimal() or len(number) > 18:
                raise UserError("that is no number of a saved query")
            decided.delete_query(int(number))
        else:
            decided.save_query(told.text("name"), told.text("query"))
    return "/saved"


SCREENS = [Screen(path="/saved", template="saved.html", show=show, act=act, link="Saved", place=60)]
