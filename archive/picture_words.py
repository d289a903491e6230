"""The words that a picture carries in itself, and what they mean. Standard library only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from archive.model import Credit, RightsWords


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureWords:
    """What a picture says of itself, verbatim; a field that it lacks is empty."""

    creators: tuple[str, ...] = ()
    """IPTC By-line, XMP dc:creator, Exif Artist."""
    credit: str = ""
    """The credit line that the supplier asks for, e.g. "AFP via Getty Images"."""
    source: str = ""
    rights: str = ""
    """The copyright notice."""
    headline: str = ""
    caption: str = ""
    instructions: str = ""
    """E.g. "Handout, editorial use only"."""
    usage_terms: str = ""
    licence: str = ""
    """The address of a statement of rights."""
    created: str = ""
    """When it was made: ISO 8601 where it can be read, else verbatim."""
    digital_source: str = ""
    """How it came to be, a term of IPTC's list, e.g. ``digitalCapture`` or ``trainedAlgorithmicMedia``."""

    def named(self) -> tuple[tuple[str, str], ...]:
        """Return what is said, each with its name in words, in the order in which people ask."""
        pairs = (
            ("Creator", ", ".join(self.creators)),
            ("Credit line", self.credit),
            ("Source", self.source),
            ("Copyright", self.rights),
            ("Usage terms", self.usage_terms),
            ("Instructions", self.instructions),
            ("Licence", self.licence),
            ("Headline", self.headline),
            ("Caption", self.caption),
            ("Created", self.created),
            ("Digital source", self.digital_source),
        )
        return tuple((name, words) for name, words in pairs if words)


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureReading:
    """What a captured picture says of itself, whom it credits, and under which rights it says it is."""

    words: PictureWords
    credits: tuple[Credit, ...] = ()
    rights: tuple[RightsWords, ...] = ()
