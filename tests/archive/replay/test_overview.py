from __future__ import annotations

from datetime import UTC, datetime, timedelta

from archive.model import Place, Record
from archive.replay.overview import Overview

FIRST = datetime(2024, 3, 1, 8, tzinfo=UTC)


def page(url: str, after: timedelta = timedelta(), status: int = 200, mime: str = "text/html") -> Record:
    place = Place(file="A.warc.gz", offset=0, length=1)
    return Record(
        record_type="response",
        record_id="x",
        target_uri=url,
        captured_at=FIRST + after,
        place=place,
        status=status,
        mime=mime,
    )


def html(*records: Record) -> str:
    overview = Overview()
    for record in records:
        overview.add(record)
    return overview.html("archive")


def test_a_site_is_entered_by_its_shortest_address():
    text = html(page("https://a.example/news/1"), page("https://a.example/", timedelta(days=1)))
    assert (
        '<a href="/archive/20240302080000/https://a.example/">a.example</a></td><td class="number">2</td>'
        in text
    )


def test_only_pages_are_listed_but_everything_is_counted():
    text = html(page("https://a.example/x.css", mime="text/css"), page("https://b.example/", status=404))
    assert "2 captures" in text
    assert "a.example" not in text
    assert "b.example" not in text


def test_the_newest_pages_come_first_and_are_few():
    text = html(*(page(f"https://a.example/{number}", timedelta(minutes=number)) for number in range(100)))
    assert text.index("https://a.example/99</a>") < text.index("https://a.example/98</a>")
    assert "https://a.example/50</a>" not in text


def test_addresses_are_text_never_markup():
    text = html(page('https://a.example/"><script>alert(1)</script>'), page("https://[bad/"))
    assert "<script" not in text
