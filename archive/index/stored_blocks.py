"""Blocks, what was left out, and the part of a whole, as they come out of the index again."""

from __future__ import annotations

import json

from archive.model import Part, TextBlock, TextLink


def read_blocks(text: str, paragraphs: tuple[str, ...]) -> tuple[TextBlock, ...]:
    """Return the blocks in the JSON *text*, which has one entry for each of *paragraphs*; none where the two do not fit."""
    entries = json.loads(text)
    if len(entries) != len(paragraphs):
        return ()
    return tuple(
        TextBlock(
            kind=entry["kind"],
            text=paragraph,
            level=entry.get("level"),
            entry=entry.get("entry"),
            time=entry.get("time"),
            links=tuple(
                TextLink(start=start, end=end, url=url) for start, end, url in entry.get("links", ())
            ),
        )
        for entry, paragraph in zip(entries, paragraphs, strict=True)
    )


def read_part(text: str | None) -> Part | None:
    """Return which page of an article this is, from the JSON *text*."""
    if text is None:
        return None
    found = json.loads(text)
    return Part(
        number=found["number"],
        of=found.get("of"),
        previous_url=found.get("previous_url"),
        next_url=found.get("next_url"),
    )


def read_left_out(text: str) -> tuple[tuple[str, int], ...]:
    """Return (reason, blocks) from the JSON object *text*."""
    return tuple((reason, int(count)) for reason, count in json.loads(text).items())
