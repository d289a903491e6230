"""Which extractor this is: part of the provenance of everything it reads."""

from __future__ import annotations

from functools import cache
from hashlib import blake2b
from importlib import metadata
from pathlib import Path

_ROOT = Path(__file__).resolve().parent.parent
READS = (
    "archive/content_coding.py",
    "archive/http.py",
    "archive/picture_words.py",
    "crawler/candidates.py",
    "crawler/pictures.py",
    "crawler/discovery/*.py",
    "crawler/pictures.py",
    "crawler/profiles/*.py",
    "crawler/extraction/**/*",
    "spiders/sites/*.toml",
)
"""What the reading of a page depends on: from the payload to the article, with the words and the profiles."""
_KINDS = frozenset({".py", ".toml", ".csv"})


@cache
def extractor() -> str:
    """Return the release and a digest of the code and data that read pages, e.g. ``0.1.0-3fa94c1204b7``.

    Two that differ in a single line are two extractors: nobody has to remember to count a number up.
    """
    digest = blake2b(digest_size=6)
    for path in sorted(path for pattern in READS for path in _ROOT.glob(pattern) if path.suffix in _KINDS):
        content = path.read_bytes()
        digest.update(f"{path.relative_to(_ROOT).as_posix()} {len(content)}\n".encode())
        digest.update(content)
    return f"{metadata.version('tearsheet')}-{digest.hexdigest()}"
