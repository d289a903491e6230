"""The nouns of Tearsheet: frozen records that pass between its parts. Standard library only."""

from archive.model.articles import (
    Article,
    Attribution,
    Credit,
    DatedValue,
    Image,
    Medium,
    Notice,
    Part,
    RightsWords,
    TextBlock,
    TextLink,
)
from archive.model.captures import Exchange, FetchNotes, Listing, Named, Page, Place, Record

__all__ = [
    "Article",
    "Attribution",
    "Credit",
    "DatedValue",
    "Exchange",
    "FetchNotes",
    "Image",
    "Listing",
    "Medium",
    "Named",
    "Notice",
    "Page",
    "Part",
    "Place",
    "Record",
    "RightsWords",
    "TextBlock",
    "TextLink",
]
