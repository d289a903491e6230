"""Rules of access: what is withheld and why, to decide about it, and the log of every decision."""

from __future__ import annotations

from datetime import date
from typing import Any

from archive.errors import UserError
from archive.index.operator_data import EFFECTS, OperatorData
from archive.web.screens import Asked, Screen, Shown, Told


def show(asked: Asked) -> Shown:
    """Answer ``/access``; who is no staff learns how many rules there are, and not of what."""
    rules: list[dict[str, Any]] = []
    log: list[dict[str, Any]] = []
    if asked.folder.operator.is_file():
        with OperatorData(asked.folder.operator, read_only=True) as decided:
            rules, log = decided.rules(all_of_them=True), decided.access_log()
            holding = {rule["id"] for rule in decided.rules()}
    else:
        holding = set()
    withheld = None
    if asked.index.withholds:
        [withheld] = asked.index.rows(
            "select (select count(*) from temp.withheld_articles) as articles, (select count(*) from temp.withheld_captures) as captures"
        )
    return Shown(
        title="Access",
        data={
            "rules_that_hold": len(holding),
            "rules": rules if asked.is_staff else [],
            "log": log if asked.is_staff else [],
            "withheld": withheld,
        },
        values={
            "rules": rules,
            "holding": holding,
            "log": log,
            "withheld": withheld,
            "is_staff": asked.is_staff,
            "effects": EFFECTS,
        },
    )


def act(told: Told) -> str:
    """Make a rule, or withdraw one."""
    with OperatorData(told.folder.operator) as decided:
        if number := told.text("withdraw"):
            if not number.isdecimal() or len(number) > 18:
                raise UserError("that is no number of a rule")
            decided.withdraw_rule(int(number), decided_by=told.who, reason=told.text("reason"))
        else:
            decided.add_rule(
                told.text("effect"),
                told.text("pattern"),
                reason=told.text("reason"),
                requested_by=told.text("requested_by"),
                decided_by=told.who,
                captured=(_start(told.text("from")), _end(told.text("until"))),
                ends_on=_day(told.text("ends_on")) or None,
            )
    return "/access"


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat() if text else ""
    except ValueError as error:
        raise UserError(f"{text} is no day; write 2027-01-31") from error


def _start(text: str) -> str | None:
    return f"{_day(text)}T00:00:00Z" if text else None


def _end(text: str) -> str | None:
    return f"{_day(text)}T23:59:59.999999Z" if text else None


SCREENS = [Screen(path="/access", template="access.html", show=show, act=act, link="Access", place=90)]
