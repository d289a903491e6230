"""What a writer does at its limits: full files and disks, large bodies, other readers."""

import io
import json
import random
import resource
import subprocess
import sys

import pytest
from warcio.archiveiterator import ArchiveIterator

from archive.errors import DiskFull
from archive.warc.reader import iter_records
from tests.archive.warc.written import CHUNKED, NO_NOTES, OK, only_file


def test_a_file_is_closed_when_it_is_full_or_old(tmp_path, make_writer, make_exchange, clock):
    writer = make_writer(max_bytes=1000, max_seconds=60)
    files = []
    for seconds in (0, 0, 61, 0):
        clock.pass_seconds(seconds)
        files.append(writer.write_exchange(make_exchange(OK), NO_NOTES)[0].place.file)
    assert len(set(files)) >= 3
    assert len(list(tmp_path.glob("*.open"))) == 1
    writer.close()
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(set(files))
    assert all(next(iter_records(path)).record.record_type == "warcinfo" for path in tmp_path.iterdir())


def test_a_large_body_is_not_held_in_memory(tmp_path):
    code = """
import io, re, sys, tempfile
from datetime import UTC, datetime
from pathlib import Path
from archive.model import Exchange, FetchNotes
from archive.warc.dedup import OriginalsInMemory
from archive.warc.writer import WarcWriter
file = tempfile.TemporaryFile()
head = b"HTTP/1.1 200 OK\\r\\nContent-Type: video/mp4\\r\\n\\r\\n"
file.write(head)
for n in range(300):
    file.write(bytes([n % 256]) * (1 << 20))
size = file.tell()
writer = WarcWriter(Path(sys.argv[1]), prefix="t", info=[], originals=OriginalsInMemory())
writer.write_exchange(Exchange(target_uri="http://a.example/", started_at=datetime.now(UTC), request=b"", response=file,
    response_start=0, response_end=size, head_end=len(head), status=200, http_version="1.1", ip=None, tls_version=None,
    cipher=None, truncated=None), FetchNotes())
writer.close()
print(int(re.search(r"VmHWM:\\s*(\\d+)", Path("/proc/self/status").read_text())[1]) // 1024)
"""
    done = subprocess.run(
        [sys.executable, "-c", code, tmp_path], capture_output=True, text=True, check=True, timeout=60
    )
    assert int(done.stdout) < 100


def test_warcio_reads_what_we_write(tmp_path, make_writer, make_exchange):
    writer = make_writer()
    for response in (OK, OK, CHUNKED, b"HTTP/1.0 404\r\nOdd\r\n\r\nno"):
        writer.write_exchange(make_exchange(response, elapsed_ms=1), NO_NOTES)
    writer.close()
    with only_file(tmp_path).open("rb") as file:
        theirs = ArchiveIterator(file)
        seen = [
            (record.rec_type, theirs.get_record_offset(), theirs.get_record_length()) for record in theirs
        ]
    ours = [found.record for found in iter_records(only_file(tmp_path))]
    assert seen == [(record.record_type, record.place.offset, record.place.length) for record in ours]


CROWD_OUT = """
import io, json, resource, sys
from datetime import UTC, datetime
from pathlib import Path
from archive.errors import DiskFull
from archive.model import Exchange, FetchNotes
from archive.warc.dedup import OriginalsInMemory
from archive.warc.writer import WarcWriter
import random
noise = random.Random(1).randbytes(20_000)
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, resource.RLIM_INFINITY))
writer = WarcWriter(Path(sys.argv[1]), prefix="t", info=[], originals=OriginalsInMemory())
head = b"HTTP/1.1 200 OK\\r\\n\\r\\n"
for n in range(20):
    body = head + bytes([n]) + noise
    exchange = Exchange(target_uri=f"http://a.example/{n}", started_at=datetime.now(UTC), request=b"GET", response=io.BytesIO(body),
        response_start=0, response_end=len(body), head_end=len(head), status=200, http_version="1.1", ip=None, tls_version=None,
        cipher=None, truncated=None)
    try:
        records = writer.write_exchange(exchange, FetchNotes(discovery="link"))
    except DiskFull as error:
        print(json.dumps({"full": str(error)}))
        break
    print(json.dumps({"ids": [record.record_id for record in records]}))
writer.close()
"""


def test_a_full_disk_stops_with_a_valid_file_and_nothing_acknowledged_lost(tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", CROWD_OUT, tmp_path], capture_output=True, text=True, check=True, timeout=60
    )
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert "File too large" in lines[-1]["full"]
    acknowledged = [identity for line in lines[:-1] for identity in line["ids"]]
    read = [found.record.record_id for found in iter_records(only_file(tmp_path))]
    assert len(acknowledged) == 12
    assert read[1:] == acknowledged


def test_writing_goes_on_after_the_disk_had_been_full(tmp_path, make_writer, make_exchange):
    writer = make_writer()
    writer.write_exchange(make_exchange(OK), NO_NOTES)
    noise = make_exchange(b"HTTP/1.1 200 OK\r\n\r\n" + random.Random(1).randbytes(50_000))
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, hard))
    try:
        with pytest.raises(DiskFull):
            writer.write_exchange(noise, NO_NOTES)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    writer.write_exchange(noise, NO_NOTES)
    writer.close()
    kinds = [found.record.record_type for found in iter_records(only_file(tmp_path))]
    assert kinds == ["warcinfo", "response", "request", "response", "request"]


def test_a_response_that_cannot_be_read_leaves_no_trace(tmp_path, make_writer, make_exchange):
    class Failing(io.BytesIO):
        def read(self, *_):
            raise OSError("gone")

    writer = make_writer()
    first = writer.write_exchange(make_exchange(OK), NO_NOTES)
    with pytest.raises(OSError, match="gone"):
        writer.write_exchange(make_exchange(OK, response=Failing(OK)), NO_NOTES)
    writer.close()
    assert [found.record for found in iter_records(only_file(tmp_path))][1:] == list(first)


def test_a_writer_that_wrote_nothing_leaves_nothing(tmp_path, make_writer):
    writer = make_writer()
    writer.sync()
    writer.close()
    assert list(tmp_path.iterdir()) == []
