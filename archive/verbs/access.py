"""Decide what may not be shown: take down, embargo, restrict; with reason and log"""

from __future__ import annotations

import getpass
from datetime import date
from typing import TYPE_CHECKING

import click

from archive.errors import UserError
from archive.index.operator_data import EFFECTS, OperatorData
from archive.index.reading_room import reading_room
from archive.times import format_warc_date
from archive.verbs.moments import Moment

if TYPE_CHECKING:
    from datetime import datetime

    from archive.verbs.console import Console

_SHOWN = (
    "id",
    "effect",
    "pattern",
    "captured_from",
    "captured_until",
    "ends_on",
    "reason",
    "decided_by",
    "made_at",
)


@click.group()
def command() -> None:
    r"""Rules of access: what they withhold is in no search, page, export, answer in JSON, CDX or Memento, and no replay.

    PATTERN is the address of a page, the beginning of addresses with * behind, or *.domain. The WARC files are not
    touched; the rules stand in operator.db beside the index, and survive a reindex. Nothing is ever deleted from the log.

    \b
    Example:
      tearsheet access add takedown 'https://a-newspaper.example/2024/name*' --reason 'court order 12/2024'
      tearsheet access list
      tearsheet access withdraw 1 --reason 'order lifted'
    """


@command.command("add")
@click.argument("effect", type=click.Choice(EFFECTS))
@click.argument("pattern")
@click.option("--reason", required=True, help="Why; stands in the log.")
@click.option("--requested-by", default="", help="Who asked for it.")
@click.option("--decided-by", default="", help="Who decides. Default: the name of your account.")
@click.option("--from", "since", type=Moment(), help="Only captures from then on.")
@click.option("--until", type=Moment(), help="Only captures until then; a day means its end.")
@click.option("--ends-on", metavar="YYYY-MM-DD", help="First day on which an embargo no longer holds.")
@click.pass_obj
def add(
    console: Console,
    *,
    effect: str,
    pattern: str,
    reason: str,
    requested_by: str,
    decided_by: str,
    since: datetime | None,
    until: datetime | None,
    ends_on: str | None,
) -> None:
    r"""Make a rule: takedown (shown to nobody), embargo (to nobody until a day), restrict (to staff at the desk).

    \b
    Example:
      tearsheet access add embargo '*.a-newspaper.example' --ends-on 2027-01-01 --reason 'deposit agreement, 4.2'
      tearsheet access add takedown a-newspaper.example/story --until 2024-03-01 --reason 'first version libellous'
    """
    folder = console.folder()
    with OperatorData(folder.operator) as decided:
        number = decided.add_rule(
            effect,
            pattern,
            reason=reason,
            requested_by=requested_by,
            decided_by=decided_by or getpass.getuser(),
            captured=(format_warc_date(since) if since else None, format_warc_date(until) if until else None),
            ends_on=_day(ends_on),
        )
    with reading_room(folder) as index:
        [hidden] = index.rows(
            "select (select count(*) from temp.withheld_articles) as articles, (select count(*) from temp.withheld_captures) as captures"
        )
    if console.as_json:
        console.emit({"id": number, "withheld": hidden})
    console.say(
        f"Rule {number} holds. All rules together withhold {hidden['articles']:,} articles, {hidden['captures']:,} captures."
    )


@command.command("withdraw")
@click.argument("number", type=click.IntRange(1))
@click.option("--reason", required=True, help="Why; stands in the log.")
@click.option("--decided-by", default="", help="Who decides. Default: the name of your account.")
@click.pass_obj
def withdraw(console: Console, *, number: int, reason: str, decided_by: str) -> None:
    r"""Let a rule hold no longer. It stays in the list of all rules, and in the log.

    \b
    Example:
      tearsheet access withdraw 1 --reason 'order lifted'
    """
    with OperatorData(console.folder().operator) as decided:
        decided.withdraw_rule(number, decided_by=decided_by or getpass.getuser(), reason=reason)
    console.say(f"Rule {number} no longer holds.")


@command.command("list")
@click.option("--all", "all_of_them", is_flag=True, help="Also those withdrawn or ended.")
@click.pass_obj
def list_(console: Console, *, all_of_them: bool) -> None:
    r"""List the rules that hold.

    \b
    Example:
      tearsheet access list --all
    """
    with OperatorData(console.folder().operator) as decided:
        rules = decided.rules(all_of_them=all_of_them)
    if console.as_json:
        for rule in rules:
            console.emit(rule)
    else:
        console.table(_SHOWN, ([rule[name] for name in _SHOWN] for rule in rules))


@command.command("log")
@click.pass_obj
def log(console: Console) -> None:
    r"""List every decision about access, newest first.

    \b
    Example:
      tearsheet access log
    """
    with OperatorData(console.folder().operator) as decided:
        entries = decided.access_log()
    if console.as_json:
        for entry in entries:
            console.emit(entry)
    else:
        names = ("at", "action", "rule_id", "effect", "pattern", "who", "words")
        console.table(names, ([entry[name] for name in names] for entry in entries))


def _day(text: str | None) -> str | None:
    if text is None:
        return None

    try:
        return date.fromisoformat(text).isoformat()
    except ValueError as error:
        raise UserError(f"--ends-on takes a day, e.g. 2027-01-01, not {text}") from error
