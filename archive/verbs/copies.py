"""Find copy that several outlets ran, and who credits the agency it comes from"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from archive.errors import UserError
from archive.export.values import cluster_values
from archive.index.reading_room import reading_room
from archive.verbs.chosen import find_article
from archive.verbs.credit_table import write_csv

if TYPE_CHECKING:
    from archive.index.copies import Cluster
    from archive.verbs.console import Console

_CLUSTERS = ("first", "outlets", "articles", "origin", "not named by", "headline", "id")
_COPIES = ("published", "outlet", "credited", "names origin", "shared", "words", "headline", "url", "id")


@click.command()
@click.argument("article", metavar="[ID|URL]", required=False)
@click.option(
    "--limit", type=click.IntRange(1), default=20, show_default=True, help="How many clusters to show."
)
@click.option(
    "--offset", type=click.IntRange(0), default=0, show_default=True, help="How many to skip before that."
)
@click.option("--csv", "as_csv", is_flag=True, help="Write CSV, for a spreadsheet.")
@click.pass_obj
def command(console: Console, *, article: str | None, limit: int, offset: int, as_csv: bool) -> None:
    r"""List copy that more than one outlet ran, the newest first; or all that ran the copy of one ARTICLE.

    The origin is the agency that most of those who credit one credit. How much of the shorter text stands in the longer
    is the share; half is the least. Articles are compared after each crawl.

    \b
    Example:
      tearsheet copies
      tearsheet copies 1700000000
      tearsheet copies https://a-newspaper.example/harbour --csv > copies.csv
    """
    with reading_room(console.folder()) as index:
        if article is None:
            clusters = index.clusters(limit=limit, offset=offset)
            waiting = index.copies_waiting()
        else:
            found = find_article(index, article)
            cluster = index.cluster(found.id)
            if cluster is None:
                raise UserError(f"no other article here ran the copy of {found.url}")
            clusters, waiting = [cluster], 0
    columns = _CLUSTERS if article is None else _COPIES
    rows = [_summary(one) for one in clusters] if article is None else _rows(clusters[0])
    if as_csv:
        write_csv(columns, rows)
    elif console.as_json:
        for one in clusters:
            console.emit(cluster_values(one))
    else:
        console.table(columns, rows)
    if article is None and not clusters:
        console.say("No copy that more than one outlet ran was found.")
    if waiting:
        console.say(
            f"{waiting:,} articles are not compared yet; the next crawl or `tearsheet reindex` does it."
        )


def _summary(cluster: Cluster) -> tuple[object, ...]:
    first = cluster.copies[0]
    dropped = tuple(dict.fromkeys(copy.site for copy in cluster.copies if cluster.drops_origin(copy)))
    return (
        first.published_on, cluster.sites, len(cluster.copies), cluster.origin, dropped, first.headline, first.article_id,
    )  # fmt: skip


def _rows(cluster: Cluster) -> list[tuple[object, ...]]:
    return [
        (
            copy.published or copy.published_on, copy.site, copy.agencies, _names(cluster, copy.agencies), f"{copy.overlap:.2f}", copy.words,
            copy.headline, copy.url, copy.article_id,
        )
        for copy in cluster.copies
    ]  # fmt: skip


def _names(cluster: Cluster, agencies: tuple[str, ...]) -> str:
    if cluster.origin is None:
        return ""
    return "yes" if cluster.origin in agencies else "no"
