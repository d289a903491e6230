"""List and count who is credited, and read credit lines"""

from __future__ import annotations

import sys
from dataclasses import asdict, replace
from typing import Any
from urllib.parse import urlsplit

import click

from archive.index.credit_lists import BY, KINDS, ROLES, CreditQuery
from archive.verbs.console import Console
from archive.verbs.credit_table import show_credits

_LONGEST_LINE = 20_000_000
AGENCY_KINDS = (
    "wire", "financial", "sports", "religious", "photo", "video", "syndicate", "pr", "state", "generic",
)  # fmt: skip


@click.group(invoke_without_command=True)
@click.option("--person", help="Credited by this name, in any spelling, or with this key of a party.")
@click.option("--agency", help="Crediting this agency: its code (AFP) or name.")
@click.option("--role", type=click.Choice(ROLES), help="In this role.")
@click.option("--kind", type=click.Choice(KINDS), help="Parties of this kind.")
@click.option("--outlet", metavar="HOST", help="In articles of this outlet.")
@click.option("--since", metavar="TIME", help="Published then or later: 2015, 2015-11 or 2015-11-24.")
@click.option("--until", metavar="TIME", help="Published then or earlier; a year or month means its end.")
@click.option("--found-in", metavar="PLACE", help="Read there: byline, json-ld, dateline, closing, caption …")
@click.option("--pictures/--texts", default=None, help="Of pictures only, or of texts only. Default: both.")
@click.option(
    "--by", multiple=True, type=click.Choice(sorted(BY)), help="Count by this; may be given several times."
)
@click.option("--limit", type=click.IntRange(0), default=50, show_default=True, help="Lines at most; 0: all.")
@click.option("--csv", "as_csv", is_flag=True, help="Write CSV for spreadsheets.")
@click.pass_context
def command(
    ctx: click.Context, /, *, by: tuple[str, ...], limit: int, as_csv: bool, **conditions: Any
) -> None:
    r"""List or count who is credited, in the newest version of each article.

    Parties that were put together (tearsheet parties merge) count as one. Without --by each credit is a line, with the
    words it was read from. Words that cite an agency ("AFP reported") are no credits; see the table attributions.

    \b
    Example:
      tearsheet credits --agency AFP --since 2015 --until 2015 --by outlet
      tearsheet credits --person "Jane Doe" --texts
      tearsheet credits --pictures --kind agency --by agency --by month --csv
      tearsheet credits agencies photo
      tearsheet credits parse < lines.jsonl
    """
    if ctx.invoked_subcommand is not None:
        return
    query = CreditQuery(**conditions)
    if query.outlet:
        query = replace(
            query,
            outlet=(urlsplit(f"//{query.outlet.rpartition('//')[2]}").hostname or query.outlet).removeprefix(
                "www."
            ),
        )
    show_credits(ctx.ensure_object(Console), query, by=by, limit=limit or None, as_csv=as_csv)


@command.command()
@click.argument("words", required=False)
@click.option("--kind", type=click.Choice(AGENCY_KINDS), help="Only services of this kind.")
@click.option("--country", metavar="CODE", help="Only of this country, e.g. FR.")
@click.pass_obj
def agencies(console: Console, *, words: str | None, kind: str | None, country: str | None) -> None:
    r"""List the agencies that credits are read as, with the codes by which --agency asks: all, or those named by WORDS.

    \b
    Example:
      tearsheet credits agencies kyodo
      tearsheet credits agencies --country FR --kind photo
    """
    from crawler.extraction.credits.agencies import agency_table  # noqa: PLC0415  (the table loads when it is needed)
    from crawler.extraction.text import fold  # noqa: PLC0415

    sought = fold(words or "")
    found = [
        agency
        for agency in agency_table().agencies
        if (kind is None or agency.kind == kind)
        and (country is None or agency.country == country.upper())
        and any(sought in fold(name) for name in (agency.code, agency.name, *agency.names))
    ]
    if console.as_json:
        for agency in found:
            console.emit(asdict(agency) | {"ambiguous": sorted(agency.ambiguous)})
        return
    console.table(
        ("code", "name", "country", "kind", "Wikidata", "printed as"),
        [(a.code, a.name, a.country, a.kind, a.wikidata, "; ".join(a.names)) for a in found],
    )
    if not found:
        console.say(
            "No agency of that name is in the table; it is one line in crawler/extraction/credits/data."
        )


@command.command()
@click.pass_obj
def parse(console: Console) -> None:
    r"""Read JSON lines {"id", "raw", "where", "lang"} from standard input, and write what each says as a line of JSON.

    WHERE the words stand is byline, head, tail, dateline, opening, caption, image_credit, intext, copyright, json-ld,
    meta or microdata. Each line of input gives one line of output, in order and at once:
    {"id", "credits": [{"name", "kind", "role", "agency", "raw"}], "dateline": [{"place"}], "archive"}. The words of
    pages are read by the same functions. What cannot be read gives an "error" instead, and the exit code is 0 all the same.

    \b
    Example:
      echo '{"id": 1, "raw": "Von Anna Muster, dpa", "where": "byline"}' | tearsheet credits parse
    """
    from crawler.extraction.credits.lines import read_line  # noqa: PLC0415  (word lists load when they are needed)

    lines = sys.stdin.buffer
    while line := lines.readline(_LONGEST_LINE):
        if len(line) == _LONGEST_LINE and not line.endswith(b"\n"):
            while (rest := lines.readline(_LONGEST_LINE)) and not rest.endswith(b"\n"):
                pass
            console.emit({"id": None, "error": f"a line longer than {_LONGEST_LINE:,} bytes"})
        elif line.strip():
            console.emit(read_line(line))
