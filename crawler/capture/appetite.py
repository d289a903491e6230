"""Which bodies are handed to Scrapy: what nothing here can read is archived, but need not stand in memory."""

from __future__ import annotations

HEAP_MAX_BYTES = 20_000_000
"""Unless ``TEARSHEET_HEAP_MAX_BYTES`` says otherwise; of a body as sent, before its content coding is undone."""

_NEVER_READ = ("video/", "audio/")
_NEVER_READ_EITHER = frozenset(
    {
        "application/epub+zip",
        "application/java-archive",
        "application/pdf",
        "application/vnd.android.package-archive",
        "application/vnd.apple.installer+xml",
        "application/vnd.rar",
        "application/x-7z-compressed",
        "application/x-apple-diskimage",
        "application/x-bzip2",
        "application/x-iso9660-image",
        "application/x-msdownload",
        "application/x-rar-compressed",
        "application/x-tar",
        "application/x-zip-compressed",
        "application/zip",
    }
)
"""Not gzip and not octet-stream: sitemaps come under these names."""


def is_wanted(media_type: str, length: int | None, limit: int) -> bool:
    """Return whether Scrapy shall get a body of this type and announced length; *limit* 0 is none.

    >>> is_wanted("text/html; charset=utf-8", 60_000, 20_000_000)
    True
    >>> is_wanted("video/mp4", 60_000, 20_000_000), is_wanted("application/octet-stream", 30_000_000, 20_000_000)
    (False, False)
    """
    bare = media_type.partition(";")[0].strip().lower()
    if bare.startswith(_NEVER_READ) or bare in _NEVER_READ_EITHER:
        return False
    return not limit or length is None or length <= limit
