import gzip
import itertools
import os
import random
import re
import signal
import subprocess
import sys
import time

import pytest

from archive.errors import ArchiveInUse
from archive.warc.files import OpenFile, file_name
from archive.warc.reader import iter_records
from archive.warc.recovery import recover

MEMBER = gzip.compress(b"WARC/1.1\r\nWARC-Type: metadata\r\nContent-Length: 0\r\n\r\n\r\n\r\n", mtime=0)
HALF = gzip.compress(b"WARC/1.1\r\nWARC-Type: metadata\r\nContent-Length: 5\r\n\r\nhel", mtime=0)


def test_a_name_says_prefix_time_serial_and_host(clock):
    assert (
        file_name("my site", clock(), 7, "host-1.example") == "my_site-20260301120000000-00007-host_1.warc.gz"
    )


def test_what_is_appended_stays_open_until_closed(tmp_path):
    file = OpenFile(tmp_path, "a.warc.gz")
    assert file.append([MEMBER[:10], MEMBER[10:]]) == len(MEMBER)
    assert (tmp_path / "a.warc.gz.open").read_bytes() == MEMBER
    file.close()
    assert [path.name for path in tmp_path.iterdir()] == ["a.warc.gz"]


def test_a_failing_append_is_taken_back(tmp_path):
    def chunks():
        yield bytes(300_000)
        raise RuntimeError("no more")

    file = OpenFile(tmp_path, "a.warc.gz")
    file.append([MEMBER])
    with pytest.raises(RuntimeError, match="no more"):
        file.append(chunks())
    file.append([MEMBER])
    assert file.path.read_bytes() == MEMBER * 2
    file.close()


HOLD = """
import sys
from pathlib import Path
from archive.warc.files import OpenFile
file = OpenFile(Path(sys.argv[1]), "a.warc.gz")
file.append([bytes.fromhex(sys.argv[2])])
print("open", flush=True)
sys.stdin.read()
"""


def test_two_processes_cannot_write_one_file(tmp_path):
    command = [sys.executable, "-c", HOLD, tmp_path, MEMBER.hex()]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout.readline() == b"open\n"
        with pytest.raises(ArchiveInUse, match="another process"):
            OpenFile(tmp_path, "a.warc.gz")
        assert recover(tmp_path) == []
        other.kill()
    (recovered,) = recover(tmp_path)
    assert (recovered.file, recovered.size, recovered.torn) == ("a.warc.gz", len(MEMBER), None)


@pytest.mark.parametrize("tail", [MEMBER[:1], MEMBER[:-1], HALF, b"\0" * 5000, MEMBER[:20] + b"\0" * 100])
def test_a_torn_tail_is_set_aside(tmp_path, tail):
    (tmp_path / "a.warc.gz.open").write_bytes(MEMBER * 3 + tail)
    (recovered,) = recover(tmp_path)
    aside = f"a.warc.gz.torn-{3 * len(MEMBER)}"
    assert (recovered.size, recovered.torn) == (3 * len(MEMBER), aside)
    assert (tmp_path / "a.warc.gz").read_bytes() == MEMBER * 3
    assert (tmp_path / aside).read_bytes() == tail
    assert len(list(tmp_path.iterdir())) == 2


def test_a_file_without_a_whole_record_leaves_only_its_tail(tmp_path):
    (tmp_path / "a.warc.gz.open").write_bytes(MEMBER[:30])
    (tmp_path / "b.warc.gz.open").write_bytes(b"")
    assert [(found.size, found.torn) for found in recover(tmp_path)] == [(0, "a.warc.gz.torn-0"), (0, None)]
    assert [path.name for path in tmp_path.iterdir()] == ["a.warc.gz.torn-0"]


def test_whole_records_behind_damage_are_not_cut_off(tmp_path):
    damaged = bytearray(MEMBER)
    damaged[-5] ^= 1
    (tmp_path / "a.warc.gz.open").write_bytes(MEMBER + damaged + MEMBER)
    (recovered,) = recover(tmp_path)
    assert (recovered.size, recovered.torn) == (3 * len(MEMBER), None)


WRITE = """
import io, sys
from datetime import UTC, datetime
from pathlib import Path
import random
from archive.model import Exchange, FetchNotes
from archive.warc.dedup import OriginalsInMemory
from archive.warc.writer import WarcWriter
writer = WarcWriter(Path(sys.argv[1]), prefix="t", info=[], originals=OriginalsInMemory(), max_bytes=400_000)
dice = random.Random(1)
head = b"HTTP/1.1 200 OK\\r\\n\\r\\n"
for n in range(100_000):
    body = head + dice.randbytes(dice.randrange(100, 60_000))
    exchange = Exchange(target_uri=f"http://a.example/{n}", started_at=datetime.now(UTC), request=b"GET", response=io.BytesIO(body),
        response_start=0, response_end=len(body), head_end=len(head), status=200, http_version="1.1", ip=None, tls_version=None,
        cipher=None, truncated=None)
    for record in writer.write_exchange(exchange, FetchNotes(discovery="link")):
        print(record.record_id, flush=True)
"""


def test_no_acknowledged_record_is_lost_to_kill_9(tmp_path):
    dice = random.Random(int(os.environ.get("KILL_SEED", "1")))
    acknowledged: list[str] = []
    for _ in range(20):
        command = [sys.executable, "-c", WRITE, tmp_path]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as writer:
            acknowledged.append(writer.stdout.readline().strip())
            time.sleep(dice.uniform(0, 0.1))
            os.kill(writer.pid, signal.SIGKILL)
            acknowledged += [line.strip() for line in writer.stdout.read().splitlines() if len(line) == 45]
        recover(tmp_path)
    files = sorted(tmp_path.glob("*.warc.gz"))
    read = {found.record.record_id for found in itertools.chain.from_iterable(map(iter_records, files))}
    assert len(acknowledged) > 20
    assert set(acknowledged) <= read
    assert not list(tmp_path.glob("*.open"))
    assert all(re.fullmatch(r"t-\d{17}-\d{5}-\w+\.warc\.gz", path.name) for path in files)
