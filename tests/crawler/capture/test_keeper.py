from __future__ import annotations

import asyncio
import errno
import threading
import time

import pytest
from warcio.archiveiterator import ArchiveIterator

from archive.errors import ArchiveError, DiskFull
from archive.model import FetchNotes
from archive.warc.dedup import OriginalsInMemory
from archive.warc.writer import WarcWriter
from crawler.capture.keeper import QUEUE_LENGTH, Keeper
from crawler.capture.tape import Tape


class CountingWriter(WarcWriter):
    """Counts its syncs."""

    syncs = 0

    def sync(self):
        self.syncs += 1
        super().sync()


@pytest.fixture
def writer(tmp_path):
    return CountingWriter(tmp_path, prefix="T", info=[("software", "tests")], originals=OriginalsInMemory())


@pytest.fixture
def keeper(writer):
    return Keeper(lambda: writer, sync_seconds=60)


def exchange(number=0):
    tape = Tape(f"http://a.example/{number}", ip=None)
    tape.send(b"GET / HTTP/1.1\r\n\r\n")
    tape.receive(b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n%03d" % number)
    tape.end(0)
    return tape.exchange()


def keep(keeper, number=0):
    return keeper.keep(exchange(number), FetchNotes(discovery="seed"))


def urls_in(folder):
    [file] = folder.glob("*.warc.gz")
    with file.open("rb") as stream:
        records = ArchiveIterator(stream, no_record_parse=True)
        return [r.rec_headers.get_header("WARC-Target-URI") for r in records if r.rec_type == "response"]


def test_exchanges_are_written_in_the_order_they_come(keeper, tmp_path):
    async def crawl():
        kept = await asyncio.gather(*(keep(keeper, number) for number in range(3 * QUEUE_LENGTH)))
        await keeper.close()
        return kept

    kept = asyncio.run(crawl())

    assert urls_in(tmp_path) == [f"http://a.example/{number}" for number in range(3 * QUEUE_LENGTH)]
    assert [records[0].target_uri for records in kept] == urls_in(tmp_path)
    assert [record.record_type for record in kept[0]] == ["response", "request", "metadata"]


def test_listeners_hear_in_order_on_the_reactors_thread_before_the_caller_goes_on(keeper):
    heard, kinds, threads = [], [], set()

    def listen(records):
        heard.append(tuple(record for record in records if record.record_type != "warcinfo"))
        kinds.extend(record.record_type for record in records)
        threads.add(threading.current_thread())

    async def keep_one(number):
        records = await keep(keeper, number)
        assert records in heard
        return records

    async def crawl():
        keeper.on_records = listen
        kept = await asyncio.gather(*(keep_one(number) for number in range(20)))
        await keeper.close()
        return kept

    assert asyncio.run(crawl()) == heard
    assert threads == {threading.current_thread()}
    assert [place for place, kind in enumerate(kinds) if kind == "warcinfo"] == [0]


def test_writes_that_come_together_wake_the_thread_once(keeper):
    async def crawl():
        handed = []
        hand = keeper._thread.submit
        keeper._thread.submit = lambda function, *arguments: (
            handed.append(function) or hand(function, *arguments)
        )
        await asyncio.gather(*(keep(keeper, number) for number in range(QUEUE_LENGTH)))
        await keep(keeper, QUEUE_LENGTH)
        keeper._thread.submit = hand
        await keeper.close()
        return len(handed)

    assert asyncio.run(crawl()) == 2


def test_closing_waits_for_what_is_queued_and_refuses_what_comes_later(keeper, tmp_path):
    async def crawl():
        tasks = [asyncio.create_task(keep(keeper, number)) for number in range(2 * QUEUE_LENGTH)]
        await asyncio.sleep(0)
        await keeper.close()
        await keeper.close()
        assert all(task.done() for task in tasks)
        with pytest.raises(ArchiveError, match="closed already"):
            await keep(keeper)

    asyncio.run(crawl())

    assert len(urls_in(tmp_path)) == 2 * QUEUE_LENGTH
    assert list(tmp_path.glob("*.open")) == []


@pytest.mark.parametrize(
    ("error", "kind", "message"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), DiskFull, "write the archive: No space left"),
        (OSError(errno.EIO, "Input/output error"), ArchiveError, "write the archive: Input/output error"),
        (DiskFull("file.warc.gz: full"), DiskFull, "file.warc.gz: full"),
        (ZeroDivisionError("a bug"), ZeroDivisionError, "a bug"),
    ],
)
def test_a_failed_write_is_told_to_its_caller_and_to_the_run_alone(keeper, error, kind, message):
    failures = []

    def fail(writer):
        raise error

    async def crawl():
        keeper.on_failure = failures.append
        failing, good = keeper.write(fail), keep(keeper)
        outcomes = await asyncio.gather(failing, good, return_exceptions=True)
        await keeper.close()
        return outcomes

    failed, records = asyncio.run(crawl())

    assert type(failed) is kind
    assert message in str(failed)
    assert failures == [failed]
    assert records[0].record_type == "response"


def test_a_listener_that_fails_is_a_failure_of_the_write(keeper):
    failures = []

    def fail(records):
        raise OSError(errno.ENOSPC, "No space left on device")

    async def crawl():
        keeper.on_records, keeper.on_failure = fail, failures.append
        with pytest.raises(DiskFull):
            await keep(keeper)
        await keeper.close()

    asyncio.run(crawl())

    assert len(failures) == 1


def test_a_cancelled_caller_does_not_undo_the_write(keeper, tmp_path):
    heard = []

    async def crawl():
        keeper.on_records = heard.append
        task = asyncio.create_task(keep(keeper))
        await asyncio.sleep(0)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        await keep(keeper, 1)
        await keeper.close()

    asyncio.run(crawl())

    assert len(heard) == 2
    assert len(urls_in(tmp_path)) == 2


def test_the_file_is_synced_soon_after_a_write_and_then_left_alone(writer):
    async def crawl():
        keeper = Keeper(lambda: writer, sync_seconds=0.05)
        await asyncio.gather(*(keep(keeper, number) for number in range(5)))
        assert writer.syncs == 0
        await asyncio.sleep(0.3)
        synced = writer.syncs
        await keeper.close()
        return synced

    assert asyncio.run(crawl()) == 1


def test_a_sync_that_fails_is_told_to_the_run(writer, monkeypatch):
    def fail(self):
        raise OSError(errno.EIO, "Input/output error")

    async def crawl():
        failures = []
        keeper = Keeper(lambda: writer, sync_seconds=0.01)
        keeper.on_failure = failures.append
        await keep(keeper)
        await asyncio.sleep(0.2)
        await keeper.close()
        return failures

    monkeypatch.setattr(CountingWriter, "sync", fail)

    [failure] = asyncio.run(crawl())
    assert "Input/output error" in str(failure)


def test_a_file_that_cannot_be_closed_is_told_to_the_run(keeper, monkeypatch):
    failures = []

    def fail(self):
        raise OSError(errno.EIO, "Input/output error")

    async def crawl():
        keeper.on_failure = failures.append
        await keep(keeper)
        await keeper.close()

    monkeypatch.setattr(CountingWriter, "close", fail)
    asyncio.run(crawl())

    assert "Input/output error" in str(failures[0])


def test_the_reactor_goes_on_while_the_thread_writes(keeper):
    turns = 0

    def sleep(writer):
        time.sleep(0.3)
        return ()

    async def count():
        nonlocal turns
        while True:
            await asyncio.sleep(0.001)
            turns += 1

    async def crawl():
        counting = asyncio.create_task(count())
        await keeper.write(sleep)
        counting.cancel()
        await keeper.close()

    asyncio.run(crawl())

    assert turns > 20


def test_a_writer_that_cannot_be_opened_says_so():
    def refuse():
        raise PermissionError(errno.EACCES, "Permission denied")

    with pytest.raises(ArchiveError, match="WARC folder: Permission denied"):
        Keeper(refuse, sync_seconds=1)
