from datetime import UTC, datetime

import pytest

from archive.model import Article, DatedValue, Place, Record
from crawler.tally import Tallies, Tally

HOME = "https://a.example/"


def tally(is_other=lambda _: False):
    return Tally(HOME, is_other=is_other)


def finished(of):
    return of.finish(is_usual=True, is_reached=True, next_due=None)


def article(number, **more):
    fields = {
        "url": f"{HOME}story-{number}", "is_article": True, "page_type": "article", "headline": f"Story {number}", "body": ("Text.",),
        "date_published": DatedValue(value="2026-03-01", raw="1 March", found_in="time"), "byline": "Mara Ellison",
    }  # fmt: skip
    return Article(**(fields | more))


def test_articles_are_counted_once_with_what_they_have():
    counted = tally()
    counted.note_article(article(1), "new-article")
    counted.note_article(article(1), "unchanged")
    counted.note_article(article(2, byline=None, page_type="brief"), "new-version")
    counted.note_article(
        article(3, date_published=DatedValue(value="2026", raw="/2026/", found_in="url")), "unchanged"
    )
    run = finished(counted)
    assert (run.asked, run.articles, run.new_articles, run.new_versions) == (3, 3, 1, 1)
    assert (run.has_headline, run.has_body, run.has_date, run.has_byline, run.walls) == (3, 2, 2, 2, 0)


@pytest.mark.parametrize(
    ("page_type", "reason", "is_wall"),
    [
        ("error", "reads like an error page or a wall: 'Just a moment...'", True),
        ("error", "error or wall, by its name", True),
        ("other", "login or account page, by its name", True),
        ("error", "KeyError: 'headline'", False),
        ("listing", "the text is that of 11 teasers", False),
    ],
)
def test_walls_are_told_from_other_pages(page_type, reason, is_wall):
    counted = tally()
    counted.note_article(article(1, is_article=False, page_type=page_type, reason=reason), "not-an-article")
    assert (finished(counted).asked, finished(counted).walls) == (1, int(is_wall))


def test_the_reasons_of_extraction_are_those_that_count_as_walls():
    from archive.model import Page
    from crawler.extraction.article import extract_article
    from crawler.extraction.document import Document

    for title in ("Just a moment...", "Log in", "Access denied"):
        body = f"<!doctype html><html lang=en><title>{title}</title><h1>{title}</h1><p>{'Please show us that you are one of us, and then go on to the page that you wanted. ' * 3}</p>"
        page = Page(
            url=f"{HOME}2026/03/01/the-wall-holds", captured_at=datetime(2026, 3, 1, tzinfo=UTC),
            headers=(("Content-Type", "text/html"),), payload=body.encode(),
        )  # fmt: skip
        counted = tally()
        read = extract_article(Document(page, None))
        counted.note_article(read, "not-an-article")
        assert finished(counted).walls == 1, (title, read.page_type, read.reason)


def test_refusals_and_pages_that_all_say_the_same_are_walls():
    counted = tally()
    for status in (403, 429, 404, 500):
        counted.note_refusal(status)
    for number in range(6):
        counted.note_article(article(number, headline="Subscribe to read on"), "new-article")
    counted.note_article(article(9), "new-article")
    assert (finished(counted).asked, finished(counted).walls) == (9, 8)


def test_pages_that_all_say_the_same_are_walls_whatever_they_are_taken_for():
    counted = tally()
    for number in range(5):
        counted.note_article(
            article(number, is_article=False, page_type="other", headline="We value your privacy"),
            "not-an-article",
        )
    assert (finished(counted).asked, finished(counted).walls) == (5, 5)


def test_articles_that_all_lead_to_one_address_are_walls_and_requisites_are_not():
    tallies = Tallies(lambda _: False)
    tallies.watch([HOME])
    counted = tallies.of(HOME)
    for number in range(5):
        tallies.note_redirects([redirect(number, f"https://a.example/login?next={number}")])
        tallies.note_redirects([redirect(number, f"{HOME}new-{number}")])
    assert (finished(counted).asked, finished(counted).walls) == (5, 5)
    for number in range(9):
        note = record("metadata", fields={"discovery": "requisite"})
        tallies.note_redirects([redirect(number, "https://a.example/blank.png"), note])
    assert finished(counted).walls == 5
    assert tallies.of("https://b.example/") is None


def test_a_home_page_that_is_a_wall_stands_for_all():
    counted = tally()
    counted.note_home(
        article(0, is_article=False, page_type="error", reason="reads like an error page: 'captcha'"), ""
    )
    assert finished(counted).walls == finished(counted).asked == 5


def test_sections_that_never_were_articles_are_no_loss():
    counted = tally(is_other=lambda url: url.endswith("-7"))
    counted.note_article(article(7, is_article=False, page_type="listing"), "not-an-article")
    counted.note_article(article(8, is_article=False, page_type="listing"), "not-an-article")
    assert finished(counted).asked == 1


def record(record_type, **more):
    fields = {
        "record_type": record_type, "record_id": "urn:uuid:1", "target_uri": HOME, "captured_at": datetime(2026, 3, 1, tzinfo=UTC),
        "place": Place(file="a.warc.gz", offset=0, length=1),
    }  # fmt: skip
    return Record(**(fields | more))


def redirect(number, target):
    return record("response", target_uri=f"{HOME}story-{number}", status=302, redirect_to=target)
