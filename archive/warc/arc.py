"""Header lines of ARC files, the format before WARC, as the header fields a WARC record would have."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from warcio.recordloader import ARCHeadersParser
from warcio.statusandheaders import StatusAndHeadersParserException

from archive.times import format_warc_date, parse_timestamp

if TYPE_CHECKING:
    from archive.warc.records import Pairs

_VERSION_2_FIELDS = 10
"""URL, address, date, type, result code, checksum, location, offset, file name, length."""


def arc_fields(line: bytes) -> tuple[Pairs, str]:
    """Return the WARC header fields that say what the ARC header *line* says, and the media type it names.

    WARC-Type and Content-Type are not among them: they depend on the block. Raises ValueError when *line* has too
    few fields. A date that cannot be read is handed on as it is.
    """
    try:
        parsed = ARCHeadersParser().parse(io.BytesIO(), line)
    except (StatusAndHeadersParserException, EOFError) as error:
        raise ValueError("the ARC header line has too few fields") from error
    given = dict(parsed.headers)
    words = line.decode("utf-8", "replace").split()
    if len(words) == _VERSION_2_FIELDS and words[-2:] != words[3:5]:
        names = ("uri", "ip-address", "archive-date", "content-type")
        given |= dict(zip(names, words, strict=False))
    try:
        date = format_warc_date(parse_timestamp(given["archive-date"]))
    except ValueError:
        date = given["archive-date"]
    pairs = [("WARC-Date", date), ("Content-Length", given["length"])]
    if given["uri"].startswith("filedesc:"):
        pairs.append(("WARC-Filename", given["uri"].partition("//")[2]))
    else:
        pairs.append(("WARC-Target-URI", given["uri"]))
    if given["ip-address"] not in {"0.0.0.0", "-"}:  # noqa: S104  (what writers put where they know none)
        pairs.append(("WARC-IP-Address", given["ip-address"]))
    return pairs, given["content-type"]
