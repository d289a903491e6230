"""Gives a failed write the name that the rest of Tearsheet knows it by."""

from __future__ import annotations

import errno

from archive.errors import ArchiveError, DiskFull

_NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


def named(error: Exception, doing: str) -> Exception:
    """Return *error* as an ``ArchiveError``: ``DiskFull`` when room ran out. Others come back as they are.

    Scrapy's retry middleware repeats downloads that end in an ``OSError``; a disk does not mend by asking
    the site again, so none may leave the capture.

    >>> named(OSError(errno.ENOSPC, "No space left on device"), "write the archive")
    DiskFull('cannot write the archive: No space left on device')
    >>> named(ValueError("a bug"), "write the archive")
    ValueError('a bug')
    """
    if not isinstance(error, OSError):
        return error
    kind = DiskFull if error.errno in _NO_ROOM else ArchiveError
    return kind(f"cannot {doing}: {error.strerror or error}")
