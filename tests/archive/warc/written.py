"""What writers are given in tests, and what they have written."""

import gzip

from archive.model import FetchNotes
from archive.warc.reader import iter_records

OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 5\r\n\r\nhello"
CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n"
HELLO = "sha1:VL2MMHO4YXUKFWV63YHTWSBM3GXKSQ2N"
NO_NOTES = FetchNotes()


def only_file(folder):
    (path,) = folder.glob("*.warc.gz")
    return path


def raw_records(path):
    """Return the decompressed records of a file; each must be a gzip member of its own."""
    return [gzip.decompress(path.read_bytes()[r.offset : r.offset + r.length]) for r in places(path)]


def places(path):
    return [found.record.place for found in iter_records(path)]
