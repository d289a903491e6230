"""Records and readings that the index's tests are made of."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from archive.model import Article, Credit, DatedValue, Image, Place, Record

START = datetime(2026, 11, 1, 8, tzinfo=UTC)
PAGE = "https://www.herald.example/2026/11/01/storm"
OTHER_PAGE = "https://www.herald.example/2026/11/02/ferry"


def capture(number=0, url=PAGE, *, status=200, **more):
    """Return the record of a capture *number* hours after the start, at its own place in one file."""
    fields = {"record_type": "response", "mime": "text/html", "payload_digest": f"sha1:{number:032d}"} | more
    return Record(
        record_id=f"urn:uuid:{number:012d}",
        target_uri=url,
        captured_at=START + timedelta(hours=number),
        place=Place(file="a.warc.gz", offset=1000 * number, length=900),
        status=status,
        **fields,
    )


def redirect(number, source, target):
    return capture(number, source, status=301, redirect_to=target)


def article(url=PAGE, headline="Storm cuts off the harbour", body=("The storm came at night.",), **more):
    fields = {
        "language": "en",
        "date_published": DatedValue(value="2026-11-01T07:00:00+01:00", raw="1 Nov", found_in="json-ld"),
        "credits": (credit("Ana Prado"), credit("Agence France-Presse", kind="agency", role="contributor", agency="AFP")),
        "images": (Image(url="https://img.example/1.jpg", caption="The pier", caption_raw="The pier. Reuters",
                         credits=(credit("Reuters", kind="agency", role="photo", agency="REUTERS"),)),),
    } | more  # fmt: skip
    return Article(
        url=url, is_article=True, page_type="article", headline=headline, body=tuple(body), **fields
    )


def credit(name, kind="person", role="author", **more):
    return Credit(
        name=name, kind=kind, role=role, raw=more.pop("raw", f"By {name}"), found_in="byline", **more
    )


def listing(url="https://www.herald.example/"):
    return Article(url=url, is_article=False, page_type="listing", reason="the site's home page")


def read(index, *pairs):
    """Add records with their readings (None: no page)."""
    outcomes = []
    for record, reading in pairs:
        index.add_record(record)
        outcomes.append(index.add_reading(record, reading).value if reading is not None else None)
    return outcomes
