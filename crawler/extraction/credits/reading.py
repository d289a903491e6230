"""One line of credits read: the one door for every place where credits stand."""

from __future__ import annotations

from dataclasses import dataclass

from archive.model import Credit
from crawler.extraction.credits.agencies import agency_table

MAX_LINE = 2_000


@dataclass(frozen=True, slots=True)
class CreditReading:
    """What a line says about who made something."""

    credits: tuple[Credit, ...] = ()
    dateline: tuple[str, ...] = ()
    archive: bool = False


def read_credits(raw: str, where: str, *, language: str | None = None, outlets: tuple[str, ...] = ()) -> CreditReading:
    """Return the credits of *raw*, which stands at *where*."""
    found = agency_table().find(raw[:MAX_LINE])
    role = "photo" if where in {"caption", "image_credit"} else "source"
    return CreditReading(
        tuple(
            Credit(name=m.agency.name, kind="agency", role=role, raw=raw[m.start : m.end], found_in=where, agency=m.agency.code, position=n)
            for n, m in enumerate(found)
        )
    )
