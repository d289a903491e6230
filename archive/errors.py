"""Everything that can go wrong and has a name.

ArchiveError
├── UserError            the user can mend it: a file, a setting, an address
│   ├── ConfigError      tearsheet.toml
│   ├── UnknownArchive   the folder is no archive
│   ├── ArchiveInUse     another process is writing
│   │   └── SiteInUse    it crawls the very site that was to be crawled
│   ├── QueryError       a search that cannot be read; knows the position
│   └── QueryTooSlow     a question that took longer than it may
├── DamagedRecord        a WARC record that cannot be read; knows file and offset
├── DiskFull             no space, or the file-size limit is reached
└── SeamBroken           Scrapy's or Twisted's internals are not as the capture needs them
"""

from __future__ import annotations


class ArchiveError(Exception):
    """Base of all errors with a name."""


class UserError(ArchiveError):
    """Something the user can mend; shown as one line, exit code 1."""


class ConfigError(UserError):
    """A setting that cannot be used; the message names file and key."""


class UnknownArchive(UserError):  # noqa: N818  (says what it is)
    """The folder is no Tearsheet archive, or not yet."""


class ArchiveInUse(UserError):  # noqa: N818
    """Another process holds the archive's lock."""


class SiteInUse(ArchiveInUse):
    """A run of the same site is under way."""


class QueryError(UserError):
    """A search that cannot be read."""

    def __init__(self, message: str, position: int) -> None:
        super().__init__(f"{message} (character {position + 1})")
        self.position = position


class QueryTooSlow(UserError):  # noqa: N818
    """A question to the index that took longer than it may."""


class DamagedRecord(ArchiveError):  # noqa: N818
    """A WARC record that cannot be read; says where it stands and what is wrong."""

    def __init__(self, file: str, offset: int, reason: str) -> None:
        super().__init__(f"{file}, offset {offset}: {reason}")
        self.file, self.offset, self.reason = file, offset, reason


class DiskFull(ArchiveError):  # noqa: N818
    """The disk is full, or a quota or file-size limit is reached."""


class SeamBroken(ArchiveError):  # noqa: N818
    """A private name of Scrapy or Twisted is gone or behaves otherwise."""
