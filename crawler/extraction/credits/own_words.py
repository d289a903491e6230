"""The words of a line that one credit was read from: its name as printed, and the words that say what for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crawler.extraction.credits.agencies import agency_table
from crawler.extraction.credits.byline import by_end
from crawler.extraction.credits.copyright_line import opens_with_copyright
from crawler.extraction.credits.noise import without_noise
from crawler.extraction.credits.roles import find_markers

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from archive.model import Credit
    from crawler.extraction.credits.role_markers import Marker

_OF_PICTURES = frozenset({"caption", "image-credit", "iptc"})
_AROUND = {
    "": " |\t",
    "closing": " ()[]（）［］【】.*_–—-|",
    **dict.fromkeys(_OF_PICTURES, " ()[]（）［］"),
}
"""Signs around a line, as those who read it take them off: what they looked up is then remembered."""
_OUTSIDE = " \t,;:|/·•&-–—([（［【"
_BREAKS = ";|\n"
_MOST_PLACES = 8
"""Places of one name in a line that are looked at."""
_SHORTEST = 2
"""Characters of a name that is looked for by its letters."""


def own_words(line: str, found: Sequence[Credit]) -> list[str]:
    """Return, for each credit that was read in *line*, the shortest stretch of it that holds its name and its role's words.

    A name that does not stand in the line as printed (it was turned, or put together) gives the whole line.

    >>> from crawler.extraction.credits.reading import read_credits
    >>> [c.raw for c in read_credits("Reporting by Ann Lee in Rome; Editing by Bo Ray", "tail").credits]
    ['Reporting by Ann Lee in Rome', 'Editing by Bo Ray']
    >>> [c.raw for c in read_credits("By Ann Lee and Bo Ray, Reuters", "byline").credits]
    ['By Ann Lee', 'By Ann Lee and Bo Ray', 'Reuters']
    """
    if not found:
        return []
    whole, line = line, line.strip(_AROUND.get(found[0].found_in, _AROUND[""]))
    places = [list(_places(line, credit)) for credit in found]
    markers: Sequence[Marker] = ()
    if _has_other_words(line, places):
        markers = find_markers(without_noise(line), photo=found[0].found_in in _OF_PICTURES)
    told = [
        _own_words(line, credit, at, markers) if at else whole
        for credit, at in zip(found, places, strict=True)
    ]
    return [whole if len(words) == len(line.strip(_OUTSIDE)) else words for words in told]


def _has_other_words(line: str, places: Sequence[Sequence[tuple[int, int]]]) -> bool:
    """Return whether there are words in the line beside the names: most lines are nothing but names and signs."""
    end = 0
    for start, stop in sorted(place for some in places for place in some):
        if any(map(str.isalpha, line[end:start])):
            return True
        end = max(end, stop)
    return any(map(str.isalpha, line[end:]))


def _own_words(
    line: str, credit: Credit, places: Sequence[tuple[int, int]], markers: Sequence[Marker]
) -> str:
    told = (_governed(line, start, end, credit, markers) for start, end in places)
    start, end = next((span for span in told if span is not None), places[0])
    words = line[start:end]
    if words[:3].lower() == "(c)":
        return words.rstrip(_OUTSIDE)
    return words.strip(_OUTSIDE) or line


def _places(line: str, credit: Credit) -> Iterator[tuple[int, int]]:
    """Yield where the credit's name stands in the line, as printed."""
    if credit.kind == "agency":
        mentions = [m for m in agency_table().find(line) if m.agency.code == credit.agency]
        yield from ((mention.start, mention.end) for mention in mentions[:_MOST_PLACES])
        return
    small = line.lower()
    if len(small) != len(line):  # letters that change their number with their case: places would not fit
        small = line
    for printed in dict.fromkeys((credit.raw, credit.name)):
        sought = printed.lower() if small is not line else printed
        at = small.find(sought) if len(sought) >= _SHORTEST else -1
        for _ in range(_MOST_PLACES):
            if at < 0:
                break
            if not _inside_word(line, at, at + len(sought)):
                yield at, at + len(sought)
            at = small.find(sought, at + 1)


def _inside_word(line: str, start: int, end: int) -> bool:
    """Return whether letters without a space go on before *start* or behind *end*, in a script that has spaces."""
    before, after = line[start - 1 : start], line[end : end + 1]
    return (before.isalpha() and before < "\u0e00" and line[start].isalpha() and line[start].islower()) or (
        after.isalpha() and after < "\u0e00" and line[end - 1].isalpha() and after.islower()
    )


def _governed(
    line: str, start: int, end: int, credit: Credit, markers: Sequence[Marker]
) -> tuple[int, int] | None:
    """Return the stretch from the words that give the role to the name, or from it to them; None where no words do."""
    before = [marker for marker in markers if marker.end <= start]
    behind = [marker for marker in markers if marker.start >= end]
    if before and before[-1].shape != "closer" and _gives(before[-1], credit):
        return before[-1].start, end
    if behind and behind[0].shape == "closer" and _gives(behind[0], credit):
        return start, behind[0].end
    if credit.role == "copyright" and opens_with_copyright(line):
        return 0, end
    if before or credit.role not in {"author", "contributor"}:
        return None
    head = max(line.rfind(sign, 0, start) for sign in _BREAKS) + 1
    opening = by_end(line[head:start])
    return (head, end) if opening else None


def _gives(marker: Marker, credit: Credit) -> bool:
    """Return whether *marker* gives the credit its role: in pictures any does, and a source that is a person is an author."""
    if credit.found_in in _OF_PICTURES or credit.role in marker.roles:
        return True
    return credit.role in {"author", "source", "copyright"} and bool(
        {"author", "source", "copyright"} & set(marker.roles)
    )
