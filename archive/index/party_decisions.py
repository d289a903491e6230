"""Which parties are one: decisions of people, in the file that no reindex touches, logged, and taken back at will."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archive.errors import UserError
from archive.index.operator_data import OperatorData, now

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyDecision:
    """One line of the log: parties put together, or one taken out again."""

    number: int
    decided_at: str
    """UTC, ISO 8601."""
    decided_by: str
    action: str
    """merge | split"""
    keys: tuple[str, ...]
    """Keys of parties (``parties.key``)."""
    into_key: str | None
    """Of a merge: the key of the party as which the others count from then on."""
    note: str | None
    undone_at: str | None
    undone_by: str | None


class PartyDecisions(OperatorData):
    """The open file, to decide about parties. Keys are those of the index's parties: a rebuild does not change them."""

    def merge(self, keys: Sequence[str], into: str, *, by: str, note: str | None = None) -> int:
        """Decide that the parties *keys* are *into*; return the number of the decision. Raises UserError for none."""
        others = tuple(dict.fromkeys(key for key in keys if key != into))
        with self._writing():
            known = self._groups()
            shown = known.get(into, into)
            others = tuple(key for key in others if known.get(key, key) != shown)
            if not others:
                raise UserError("these are one party already; nothing was changed")
            return self._decide("merge", others, into, by, note)

    def split(self, keys: Sequence[str], *, by: str, note: str | None = None) -> int:
        """Decide that each of *keys* is a party by itself; return the number of the decision. Raises UserError for none."""
        with self._writing():
            known = self._groups()
            merged = {*known, *known.values()}
            alone = [key for key in keys if key not in merged]
            if alone:
                raise UserError(f"{alone[0]} was not merged with another party")
            return self._decide("split", tuple(dict.fromkeys(keys)), None, by, note)

    def undo(self, number: int | None = None, *, by: str) -> PartyDecision:
        """Take back the decision *number*, or the newest that stands; return it. Raises UserError when there is none."""
        with self._writing():
            standing = [one for one in self.party_decisions() if one.undone_at is None]
            chosen = [one for one in standing if number is None or one.number == number]
            if not chosen:
                raise UserError(
                    "there is no decision to take back"
                    if number is None
                    else f"there is no decision {number} that stands; see the log"
                )
            self._connection.execute(
                "update party_decisions set undone_at = ?, undone_by = ? where id = ?",
                (now(), by, chosen[-1].number),
            )
            return chosen[-1]

    def party_decisions(self) -> list[PartyDecision]:
        """Return the whole log, oldest first."""
        return [
            PartyDecision(
                number=row["id"],
                decided_at=row["decided_at"],
                decided_by=row["decided_by"],
                action=row["action"],
                keys=tuple(json.loads(row["keys"])),
                into_key=row["into_key"],
                note=row["note"],
                undone_at=row["undone_at"],
                undone_by=row["undone_by"],
            )
            for row in self._connection.execute("select * from party_decisions order by id")
        ]

    def party_groups(self) -> Mapping[str, str]:
        """Return, of each party that counts as another, its key and the other's, as all standing decisions have it."""
        there = self.rows("select 1 from sqlite_master where name = 'party_decisions'")
        return self._groups() if there else {}  # an older file that is only read has no such table yet

    def _groups(self) -> dict[str, str]:
        return group_parties(one for one in self.party_decisions() if one.undone_at is None)

    def _decide(self, action: str, keys: Sequence[str], into: str | None, by: str, note: str | None) -> int:
        row = self._connection.execute(
            "insert into party_decisions(decided_at, decided_by, action, keys, into_key, note)"
            " values (?, ?, ?, ?, ?, ?) returning id",
            (now(), by, action, json.dumps(keys, ensure_ascii=False), into, note),
        ).fetchone()
        return int(row["id"])


def group_parties(decisions: Iterable[PartyDecision]) -> dict[str, str]:
    """Return key → key of the party as which it counts, after *decisions* in their order; those that stand alone are not in it.

    A merge takes whole groups along. Who is split off stands alone; the others stay together, under the key that
    comes first where it was theirs.
    """
    shown: dict[str, str] = {}
    for decision in decisions:
        if decision.into_key is not None:
            target = shown.get(decision.into_key, decision.into_key)
            for key in decision.keys:
                old = shown.get(key, key)
                for member in [old, *(one for one, other in shown.items() if other == old)]:
                    shown[member] = target
            shown.pop(target, None)
        else:
            for key in decision.keys:
                shown.pop(key, None)
                rest = sorted(one for one, other in shown.items() if other == key)
                for one in rest:
                    shown[one] = rest[0]
                if rest:
                    del shown[rest[0]]
    return shown
