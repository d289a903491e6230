"""Saved queries: questions with a name, how much they find now, and a feed of what is new."""

from __future__ import annotations

from typing import Any

from archive.errors import QueryError, QueryTooSlow, UserError
from archive.index.operator_data import OperatorData
from archive.index.search import Search
from archive.web.screens import Asked, Screen, Shown, Told

_SECONDS = 1.0
"""How long may be counted for one of them."""


def show(asked: Asked) -> Shown:
    """Answer ``/saved``."""
    queries: list[dict[str, Any]] = []
    if asked.folder.operator.is_file():
        with OperatorData(asked.folder.operator, read_only=True) as decided:
            queries = [row | {"total": _count(asked, row["query"])} for row in decided.saved_queries()]
    return Shown(
        title="Saved queries",
        data={"saved": queries},
        values={"queries": queries, "is_staff": asked.is_staff, "draft": asked.text("q")},
    )


def _count(asked: Asked, query: str) -> int | None:
    try:
        with asked.index.within(_SECONDS):
            return asked.index.search(Search(text=query, limit=1)).total
    except (QueryError, QueryTooSlow):
        return None


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
