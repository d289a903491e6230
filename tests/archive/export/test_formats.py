"""What every format must keep to; a new one is tested by being there."""

import csv
import io
import itertools
import json
import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

import archive.export
from archive.export.citation import cite, split_name
from archive.export.formats import find_formats
from archive.export.values import content_values
from archive.index.stored import StoredArticle
from archive.model import Article, Credit, DatedValue, Place, Record
from crawler.extraction.summary import as_json

AT = datetime(2024, 3, 2, 8, tzinfo=UTC)
PLAIN = Article(
    url="http://herald.example/harbour?a=1&b={2}",
    is_article=True,
    page_type="article",
    headline='50 % of "R&D" is {gone}_\\ ~ ^ #1 $',
    standfirst="Two\nlines.",
    byline="Mara van der Berg",
    credits=(
        Credit(name="Mara van der Berg", kind="person", role="author", raw="Mara van der Berg", found_in="byline"),
        Credit(name="Agence France-Presse", kind="agency", role="source", raw="AFP", found_in="byline", agency="AFP"),
    ),
    date_published=DatedValue(value="2024-03-01T23:30:00-05:00", raw="1 March", found_in="time"),
    section="Local",
    tags=("sea", "R&D"),
    language="en",
    publisher="The Herald",
    body=("One.", "Two."),
)  # fmt: skip
EMPTY = Article(url="http://herald.example/x", is_article=True, page_type="brief")
FORMULA = replace(EMPTY, headline="=1+1", standfirst="+1", byline="@x", section="-1", publisher="\tx")
SHIOMI = replace(
    EMPTY,
    headline="潮見表",
    credits=(Credit(name="潮見太郎", kind="person", role="author", raw="潮見太郎", found_in="byline"),),
)
WIRE = replace(EMPTY, credits=PLAIN.credits[1:], headline="Wire")
ARTICLES = [PLAIN, EMPTY, FORMULA, SHIOMI, WIRE]


TEXTS = [known for known in find_formats().values() if not known.is_binary]


def stored(content: Article, number: int) -> StoredArticle:
    return StoredArticle(
        id=1_700_000_000 + number,
        identity=content.url,
        url=content.url,
        site="herald.example",
        content=content,
        version_count=2,
        first_captured_at=AT,
        last_captured_at=AT,
        gone_at=None,
        redirected_to=None,
        aliases=(content.url,),
    )


def items(of_captures: bool):
    if not of_captures:
        return [stored(content, number) for number, content in enumerate(ARTICLES)]
    return [
        Record(
            record_type="response",
            record_id=f"urn:uuid:{n}",
            target_uri=f"http://herald.example/{n}",
            captured_at=AT,
            place=Place(file="A.warc.gz", offset=n, length=9),
        )
        for n in range(len(ARTICLES))
    ]


def written(name: str, some=None) -> str:
    known = find_formats()[name]
    out = io.StringIO(newline="")
    given = items(known.of_captures) if some is None else some
    assert known.export(iter(given), out) == len(given)
    return out.getvalue()


def test_every_module_with_an_export_is_a_format():
    modules = Path(archive.export.__path__[0]).glob("*.py")
    defining = [module.stem for module in modules if "\ndef export(" in module.read_text(encoding="utf-8")]

    assert len(defining) == len(find_formats())
    assert find_formats().keys() >= {"bibtex", "cdxj", "csl-json", "csv", "jsonl", "ris", "wacz", "warc"}


@pytest.mark.parametrize("name", [known.name for known in TEXTS])
def test_a_format_keeps_the_contract(name: str):
    known = find_formats()[name]

    text = written(name)
    assert known.summary
    assert text.endswith("\n")
    assert written(name) == text
    assert len(written(name, [])) < len(text)


@pytest.mark.parametrize("name", [known.name for known in TEXTS if not known.of_captures])
def test_a_format_of_articles_writes_each_before_it_takes_the_next(name: str):
    known = find_formats()[name]
    out, lengths = io.StringIO(), []
    article = items(of_captures=False)[0]

    def watched():
        for _ in range(50):
            lengths.append(out.tell())
            yield article

    known.export(watched(), out)

    assert all(later > earlier for earlier, later in itertools.pairwise(lengths))


def test_json_lines_have_the_names_and_values_of_extract():
    values = [json.loads(line) for line in written("jsonl").splitlines()]

    theirs = as_json(PLAIN)
    # What the index does not keep: all in it is an article, canonical addresses are among the aliases.
    unkept = {
        "is_article",
        "reason",
        "canonical_url",
    }
    for name in theirs.keys() - unkept:
        assert values[0][name] == theirs[name], name
    assert values[0]["last_captured_at"] == "2024-03-02T08:00:00.000000Z"


def test_csv_is_read_back_and_runs_no_formula():
    rows = list(csv.DictReader(io.StringIO(written("csv"), newline="")))

    assert rows[0]["headline"] == PLAIN.headline
    assert rows[0]["credits"] == "Mara van der Berg (author); Agence France-Presse (source)"
    assert rows[0]["body"] == "One.\n\nTwo."
    assert [rows[2][name] for name in ("headline", "standfirst", "byline", "section", "publisher")] == [
        "'=1+1",
        "'+1",
        "'@x",
        "'-1",
        "'\tx",
    ]
    assert written("csv").count("\r\n") == 1 + len(ARTICLES)


def test_bibtex_escapes_what_latex_would_read():
    entry = written("bibtex").partition("\n\n")[0]

    assert entry == (
        "@misc{herald-example-1700000000,\n"
        "  author = {van der Berg, Mara},\n"
        '  title = {{50 \\% of "R\\&D" is \\{gone\\}\\_\\textbackslash{} \\textasciitilde{} \\textasciicircum{} \\#1 \\$}},\n'
        "  howpublished = {The Herald, 2024-03-01},\n"
        "  year = {2024},\n"
        "  month = {3},\n"
        "  url = {http://herald.example/harbour?a=1&b=%7B2%7D},\n"
        "  urldate = {2024-03-02},\n"
        "  langid = {en},\n"
        "  note = {Archived copy, captured 2024-03-02T08:00:00Z; version 2; Tearsheet article 1700000000},\n"
        "}"
    )


def test_ris_begins_with_ty_and_ends_with_er():
    records = written("ris").split("\r\n\r\n")[:-1]

    assert len(records) == len(ARTICLES)
    for record in records:
        assert record.startswith("TY  - NEWS\r\n")
        assert record.endswith("ER  - ")
        assert all(re.fullmatch(r"[A-Z][A-Z0-9]  - .*", line) for line in record.split("\r\n"))
    assert "\r\nAB  - Two lines.\r\n" in records[0]
    assert "\r\nDA  - 2024/03/01\r\n" in records[0]


def test_csl_json_is_one_array_with_names_as_citation_processors_read_them():
    found = json.loads(written("csl-json"))

    assert [item["id"] for item in found] == [f"herald-example-170000000{number}" for number in range(5)]
    assert found[0]["author"] == [{"family": "van der Berg", "given": "Mara"}]
    assert found[0]["issued"] == {"date-parts": [[2024, 3, 1]]}
    assert found[3]["author"] == [{"literal": "潮見太郎"}]
    assert found[4]["author"] == [{"literal": "Agence France-Presse"}]
    assert "author" not in found[1]
    assert json.loads(written("csl-json", [])) == []


@pytest.mark.parametrize(
    ("name", "family", "given"),
    [
        ("Mara Ellison", "Ellison", "Mara"),
        ("Jean-Luc de La Rue", "de La Rue", "Jean-Luc"),
        ("Banksy", "Banksy", ""),
        ("田中 花子", "田中 花子", ""),
        ("김하늘", "김하늘", ""),
        ("דנה לוי", "לוי", "דנה"),
    ],
)
def test_names_are_split_where_that_is_sure(name: str, family: str, given: str):
    split = split_name(name)

    assert (split.family, split.given) == (family, given)


def test_an_article_without_headline_is_cited_by_its_address():
    citation = cite(stored(EMPTY, 1))

    assert (citation.title, citation.container, citation.date) == (EMPTY.url, "herald.example", ())


def test_content_values_are_plain_json():
    assert json.loads(json.dumps(content_values(PLAIN))) == content_values(PLAIN)
