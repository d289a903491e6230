"""Blocks, counts of what was left out, and parts in the index."""

import json
from dataclasses import replace

from archive.model import Part, TextBlock, TextLink
from tests.archive.index.cases import PAGE, article, capture, read

SECOND = f"{PAGE}?page=2"


def test_blocks_stand_beside_the_body_paragraph_by_paragraph(index):
    link = TextLink(url="https://other.example/", start=4, end=9)
    blocks = (
        TextBlock(kind="subhead", text="The storm", level=2, links=(link,)),
        TextBlock(kind="paragraph", text="It came at night.", entry=1, time="2026-11-01T07:00:00+01:00"),
    )
    shown = article(body=("The storm", "It came at night."), blocks=blocks, left_out=(("caption", 2),))
    read(index, (capture(1), shown))
    row = index._connection.execute("select body, blocks, left_out, part from article_texts").fetchone()
    kept = json.loads(row["blocks"])
    assert len(kept) == len(row["body"].split("\n\n"))
    assert kept == [
        {"kind": "subhead", "level": 2, "links": [[4, 9, "https://other.example/"]]},
        {"kind": "paragraph", "entry": 1, "time": "2026-11-01T07:00:00+01:00"},
    ]
    assert (json.loads(row["left_out"]), row["part"]) == ({"caption": 2}, None)


def test_a_second_page_that_declares_the_first_is_no_edit_of_it(index):
    first = article(part=Part(number=1, of=2, next_url=SECOND))
    second = replace(
        article(SECOND, body=("The morning after.",)),
        canonical_url=PAGE,
        part=Part(number=2, of=2, previous_url=PAGE),
    )
    assert read(index, (capture(1), first), (capture(2, SECOND), second)) == ["new-article", "new-article"]
    parts = index._connection.execute(
        "select number, of, previous_id, next_id, article_id from v_parts order by number"
    ).fetchall()
    assert [tuple(row)[:2] for row in parts] == [(1, 2), (2, 2)]
    assert parts[0]["next_id"] == parts[1]["article_id"]
    assert parts[1]["previous_id"] == parts[0]["article_id"]
