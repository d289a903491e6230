"""Fixtures: a small archive, written by WarcWriter and read into an index, and the command line run in this process."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from archive.folder import ArchiveFolder
from archive.index.store import Index
from archive.model import Article, Attribution, Credit, DatedValue, FetchNotes, Image, Notice
from archive.warc.dedup import OriginalsInMemory
from archive.warc.writer import WarcWriter
from crawler.cli import main
from tests.archive.replay.small_archive import exchange

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

RUN = "20240301080000-0badcafe"
HOME = "http://herald.example/"
HARBOUR = "http://herald.example/2024/harbour"
WIRE = "http://herald.example/2024/wire"
TIDES = "http://gazette.example/shio"
FIRST = datetime(2024, 3, 1, 8, tzinfo=UTC)
EDITED = FIRST + timedelta(days=1)

STAFFED = Article(
    url=HARBOUR,
    is_article=True,
    page_type="article",
    headline="Harbour wall holds",
    standfirst="Through the spring tide.",
    byline="By Mara van der Berg",
    byline_raw="By Mara van der Berg,",
    credits=(
        Credit(name="Mara van der Berg", kind="person", role="author", raw="Mara van der Berg", found_in="byline"),
        Credit(name="Agence France-Presse", kind="agency", role="contributor", raw="with AFP", found_in="closing", agency="AFP"),
    ),
    attributions=(Attribution(name="Reuters", agency="REUTERS", paragraph=0, text="It held, Reuters reported."),),
    date_published=DatedValue(value="2024-03-01T07:30:00+01:00", raw="1 March, 7.30", found_in="time"),
    section="Local & county",
    tags=("sea", "walls"),
    language="en",
    publisher="The Herald",
    images=(
        Image(
            url="http://pictures.example/wall.jpg",
            caption="The wall",
            credit_raw="Photo: Jo Reed/AP",
            credits=(Credit(name="Jo Reed", kind="person", role="photo", raw="Jo Reed/AP", found_in="caption"),),
        ),
    ),
    body=("The wall held. It held, Reuters reported.", "Nobody was hurt."),
    notices=(Notice(kind="correction", words="An earlier version named the wrong pier."),),
)  # fmt: skip
AGENCY_ONLY = Article(
    url=WIRE,
    is_article=True,
    page_type="brief",
    headline='=HYPERLINK("http://evil.example")',
    credits=(Credit(name="Associated Press", kind="agency", role="source", raw="AP", found_in="byline", agency="AP"),),
    byline="AP",
    date_published=DatedValue(value="2024-02-29", raw="29 February", found_in="text"),
    language="en",
    body=("Steered\x1b[2J, \u202ehe said; 100 % {sure} of_it.",),
)  # fmt: skip
JAPANESE = Article(
    url=TIDES,
    is_article=True,
    page_type="article",
    headline="潮見表を公開",
    credits=(Credit(name="潮見太郎", kind="person", role="author", raw="潮見太郎", found_in="byline"),),
    byline="潮見太郎",
    language="ja",
    body=("港の潮見表が公開された。" * 20,),
)


@dataclass(frozen=True)
class Done:
    """What a call of the command line gave."""

    code: int
    out: str
    err: str


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the archive as made once; tests get copies."""
    folder = ArchiveFolder(tmp_path_factory.mktemp("made") / "archive").create()
    writer = WarcWriter(
        folder.warc,
        prefix="HERALD",
        info=[("software", "a test"), ("run", RUN)],
        originals=OriginalsInMemory(),
        clock=lambda: FIRST,
    )
    with Index.open(folder.index) as index:

        def got(
            url: str, body: str, at: datetime, article: Article | None = None, status: str = "200 OK"
        ) -> None:
            answered = exchange(
                url, at, body.encode(), status=status, headers=[("Content-Type", "text/html")]
            )
            notes = FetchNotes(via=HOME, discovery="front", robots="allowed", robots_record="urn:uuid:robots")
            records = writer.write_exchange(answered, notes)
            for record in records if index.rows("select 1 from runs") else (writer.warcinfo, *records):
                index.add_record(record)
            if article is not None:
                index.add_reading(records[0], article)

        edited = replace(
            STAFFED, headline="Harbour wall holds, just", body=("The wall held, just.", "Nobody was hurt.")
        )
        got(HOME, "<h1>Herald</h1>", FIRST, Article(url=HOME, is_article=False, page_type="listing"))
        got(HARBOUR, "<h1>Harbour wall holds</h1>", FIRST, STAFFED)
        got(WIRE, "<h1>Wire</h1>", FIRST, AGENCY_ONLY)
        got(TIDES, "<h1>Tides</h1>", FIRST, JAPANESE)
        got(HARBOUR, "<h1>Harbour wall holds, just</h1>", EDITED, edited)
        got(HARBOUR, "<h1>Harbour wall holds, just</h1>", EDITED + timedelta(1), edited)
        got(WIRE, "gone", EDITED, status="404 Not Found")
        fields = (
            ("run", RUN),
            ("finishReason", "shutdown"),
            ("counts", '{"captured": 7, "fetched": 7, "new-article": 3, "new-version": 1}'),
            ("failures", '{"status 404": 1, "timed out": 2}'),
            ("failedUrls", json.dumps({WIRE: "status 404"})),
            ("notCrawled", '{"http://slow.example/": "timed out"}'),
        )
        index.add_record(writer.write_metadata(f"urn:tearsheet:run:{RUN}", fields))
        writer.close()
        [file] = folder.warc.iterdir()
        index.set_position(file.name, file.stat().st_size)
    return folder.path


@pytest.fixture
def archive(made: Path, tmp_path: Path) -> ArchiveFolder:
    """Return an archive of one's own: two papers, three articles, one of them with two versions, one gone."""
    return ArchiveFolder(shutil.copytree(made, tmp_path / "archive"))


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str]) -> Callable[..., Done]:
    """Return a function that runs ``tearsheet`` in this process and returns how it ended and what it wrote."""

    def run(*arguments: object) -> Done:
        capsys.readouterr()
        try:
            code = main([str(argument) for argument in arguments])
        except SystemExit as end:
            code = end.code or 0
        out, err = capsys.readouterr()
        return Done(int(code), out, err)

    return run


@pytest.fixture
def tearsheet_on(archive: ArchiveFolder, call: Callable[..., Done]) -> Callable[..., Done]:
    """Return a function that runs a verb on *archive*."""
    return lambda *arguments: call("--archive", archive.path, *arguments)
