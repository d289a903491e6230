"""The numbered steps that make the index's schema; each is applied once, in order, by sqlite-utils."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlite_utils import Migrations

from archive.index.fill import fill_changes, fill_version_tokens
from archive.index.schema.alerts import ALERTS, BY_SITE, LIMITED
from archive.index.schema.articles import ARTICLES
from archive.index.schema.blocks import BLOCKS
from archive.index.schema.captures import CAPTURES
from archive.index.schema.certainty import CERTAINTY
from archive.index.schema.changes import CHANGES
from archive.index.schema.copies import COPIES
from archive.index.schema.credits import CREDITS
from archive.index.schema.extractors import EXTRACTORS
from archive.index.schema.labels import LABELS
from archive.index.schema.ledger import DROPPED, LEDGER, LISTINGS
from archive.index.schema.live import LIVE
from archive.index.schema.pictures import PICTURES, STORIES
from archive.index.schema.reservations import BY_SITE as RESERVED_BY_SITE
from archive.index.schema.reservations import RESERVATIONS
from archive.index.schema.rights import RIGHTS
from archive.index.schema.search import SEARCH
from archive.index.schema.shares import SHARES
from archive.index.schema.views import CREDIT_VIEWS, VIEWS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlite_utils.db import Database

migrations = Migrations("tearsheet")
"""Add a step at the end to change the schema; never change a step that a release has applied."""


@migrations()
def m001_captures(db: Database) -> None:
    """WARC files, runs, captures."""
    _run(db, CAPTURES)


@migrations()
def m002_articles(db: Database) -> None:
    """Articles, texts, versions, readings, addresses."""
    _run(db, ARTICLES)


@migrations()
def m003_credits(db: Database) -> None:
    """Parties, credits, attributions, images."""
    _run(db, CREDITS)


@migrations()
def m004_search(db: Database) -> None:
    """Full text."""
    _run(db, SEARCH)


@migrations()
def m005_views(db: Database) -> None:
    """Views for people."""
    _run(db, VIEWS)


@migrations()
def m006_changes(db: Database) -> None:
    """Kinds of edits, removals and moves; the lead image makes a version."""
    _run(db, CHANGES)
    fill_changes(db.conn)


@migrations()
def m007_dropped_revisits(db: Database) -> None:
    """What the budget of revisits left no room for."""
    _run(db, DROPPED)


@migrations()
def m008_ledger(db: Database) -> None:
    """What feeds, sitemaps and fronts named. An older index holds it from the next `reindex --rebuild` on."""
    _run(db, LISTINGS)
    _run(db, LEDGER)


@migrations()
def m009_extractors(db: Database) -> None:
    """Which extractor read a capture."""
    _run(db, EXTRACTORS)


@migrations()
def m010_credit_views(db: Database) -> None:
    """Agencies that a later version no longer credits; photo agencies by outlet and month."""
    _run(db, CREDIT_VIEWS)


@migrations()
def m011_blocks(db: Database) -> None:
    """What the paragraphs of a text are. An older index holds it from the next `reindex --rebuild` on."""
    _run(db, BLOCKS)


@migrations()
def m012_copies(db: Database) -> None:
    """Copy that several outlets ran."""
    _run(db, COPIES)


@migrations()
def m013_rights(db: Database) -> None:
    """Words about rights. An older index holds them from the next `reindex --rebuild` on."""
    _run(db, RIGHTS)


@migrations()
def m014_labels(db: Database) -> None:
    """Kicker, genre, breadcrumbs, media, twins. An older index holds them from the next `reindex --rebuild` on."""
    _run(db, LABELS)


@migrations()
def m015_alerts(db: Database) -> None:
    """What each run did at each site, and alerts. Runs of before this step have none of it."""
    _run(db, ALERTS)


@migrations()
def m016_large_indexes(db: Database) -> None:
    """Tokens for numbers of versions, shares to sample by, and indexes for whole-archive counts."""
    _run(db, SHARES)
    fill_version_tokens(db.conn)


@migrations()
def m017_runs_by_site(db: Database) -> None:
    """A site's own runs and alerts are found without looking through all."""
    _run(db, BY_SITE)


@migrations()
def m018_reservations(db: Database) -> None:
    """What pages reserve. An older index holds it from the next `reindex --rebuild` on."""
    _run(db, RESERVATIONS)


@migrations()
def m019_certainty(db: Database) -> None:
    """How sure the fields are; kinds of notices. An older index holds them from the next `reindex --rebuild` on."""
    _run(db, CERTAINTY)


@migrations()
def m020_pictures(db: Database) -> None:
    """What pictures say of themselves. An older index holds it from the next `reindex --rebuild` on."""
    _run(db, PICTURES)


@migrations()
def m021_reserved_by_site(db: Database) -> None:
    """What tdmrep.json files reserve. An older index holds it of what is captured from now on."""
    _run(db, RESERVED_BY_SITE)


@migrations()
def m022_live(db: Database) -> None:
    """Until when live blogs go on. An older index holds it from the next `reindex --rebuild` on."""
    _run(db, LIVE)


@migrations()
def m023_limited_runs(db: Database) -> None:
    """Runs that a limit cut short are held against each other."""
    _run(db, LIMITED)


@migrations()
def m024_agency_stories(db: Database) -> None:
    """Stories by the agency that they credit."""
    _run(db, STORIES)


@migrations()
def m025_many_versions(db: Database) -> None:
    """Tokens for numbers of versions above twenty, so that they stand in an OR."""
    fill_version_tokens(db.conn, least=21)


def _run(db: Database, script: str) -> None:
    for statement in statements(script):
        db.execute(statement)


def statements(script: str) -> Iterator[str]:
    """Yield the statements of *script*; each ends with a semicolon at the end of a line (comments may hold others)."""
    statement: list[str] = []
    for line in script.strip().splitlines():
        statement.append(line)
        if line.endswith(";"):
            yield "\n".join(statement).rstrip(";")
            statement = []
