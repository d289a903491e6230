"""Prints what different writers archive of a server that answers oddly: byte for byte, cut, altered, or not at all.

    python tests/bench/bench_capture_table.py [--details]

The raw-socket server of the capture's tests is asked for every case over http and https, for redirects, retries, robots.txt
and through a proxy and a tunnel, by (a) our capture in a Scrapy crawl, (b) wget --warc-file, (c) a plain Scrapy spider
that writes what its callback gets with warcio. Then each WARC file is held against what the server saw and sent.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from base64 import b64decode
from collections import Counter, defaultdict
from http import HTTPStatus
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from scrapy.crawler import AsyncCrawlerProcess
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from archive.warc.reader import iter_records  # noqa: E402
from tests.crawler.capture.cases import ANSWERS, CASES, NO_RESPONSE, Case  # noqa: E402
from tests.crawler.capture.crawl_cases import SETTINGS, CasesSpider  # noqa: E402
from tests.crawler.capture.rawserver import RawServer, Seen  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Callable

    from archive.warc.reader import OpenRecord

Place = tuple[int, str]
BY_NAME = {case.name: case for case in CASES}
BY_NAME["retried"] = Case(name="retried", steps=[])
CHILD_SECONDS = 120


# -- the writers ---------------------------------------------------------------------------------------------------


def ours(server: RawServer, folder: Path) -> None:
    """Crawl with our capture, as its tests do."""
    places = [str(folder / name) for name in ("ports.json", "warc", "outcomes.json")]
    command = [sys.executable, "-m", "tests.crawler.capture.crawl_cases", *places]
    subprocess.run(command, cwd=ROOT, check=True, timeout=CHILD_SECONDS, stderr=subprocess.DEVNULL)


def plain(server: RawServer, folder: Path) -> None:
    """Crawl with Scrapy as it comes; the callback's responses are written."""
    command = [sys.executable, __file__, "plain", str(folder / "ports.json"), str(folder / "warc")]
    subprocess.run(command, cwd=ROOT, check=True, timeout=CHILD_SECONDS, stderr=subprocess.DEVNULL)


def wget(server: RawServer, folder: Path) -> None:
    """Ask for one address after the other; each has a WARC file of its own."""
    http, https = f"http://127.0.0.1:{server.http}", f"https://127.0.0.1:{server.https}"
    asked: list[tuple[str, list[str]]] = []
    for site in (http, https):
        asked += [(f"{site}/{case.name}?q=1&é=2", _wget_method(case, folder)) for case in CASES]
        asked += [(f"{site}/{name}", []) for name in ("redirects", "cut-tls", "robots.txt")]
    asked.append((f"{http}/retried", ["--tries=3", "--retry-on-http-error=503", "--waitretry=1"]))
    proxy = ["-e", "use_proxy=on", "-e", f"http_proxy={http}", "-e", f"https_proxy={http}"]
    asked += [(f"{http}/proxied", proxy), (f"{https}/tunnelled", proxy)]
    asked += [(f"{http}/{name}", []) for name in ("again-1", "again-2", "forty-megabytes")]
    for number, (url, options) in enumerate(asked):
        shared = [
            "--timeout=2",
            "--tries=1",
            "--no-check-certificate",
            "-q",
            "-O",
            "/dev/null",
            "--no-config",
        ]
        warc = [f"--warc-file={folder / 'warc' / str(number)}", "--no-warc-keep-log"]
        command = ["wget", *shared, "--header=Accept-Encoding: gzip", *warc, *options, url]
        subprocess.run(command, check=False, timeout=CHILD_SECONDS, cwd=folder, capture_output=True)


def _wget_method(case: Case, folder: Path) -> list[str]:
    if case.method != "POST":
        return [f"--method={case.method}"] if case.method != "GET" else []
    (folder / "body").write_bytes(case.body)
    return [f"--post-file={folder / 'body'}"]


class PlainSpider(CasesSpider):
    """Hands every response that Scrapy gives its callback to the pipeline, as spiders do."""

    def listen(self) -> None:
        """There is no keeper."""

    def note(self, response):
        self.add(response.request, "", response)
        yield {"response": response}
        if then := response.meta["then"]:
            yield self.ask(then)

    def note_failure(self, failure):
        self.add(failure.request, "", None)


class WritePlainly:
    """The pipeline that one writes when one wants a WARC file out of Scrapy."""

    def open_spider(self) -> None:
        self.file = Path(self.path).open("wb")  # noqa: SIM115
        self.writer = WARCWriter(self.file, gzip=True)

    @classmethod
    def from_crawler(cls, crawler):
        made = cls()
        made.path = crawler.settings["PLAIN_FILE"]
        return made

    def process_item(self, item):
        response = item["response"]
        request = response.request
        phrase = HTTPStatus(response.status).phrase if response.status in list(HTTPStatus) else ""
        status = StatusAndHeaders(f"{response.status} {phrase}", _pairs(response), protocol="HTTP/1.1")
        parts = urlsplit(request.url)
        target = f"{request.method} {parts.path}{'?' + parts.query if parts.query else ''} HTTP/1.1"
        asked = StatusAndHeaders(target, [("Host", parts.netloc), *_pairs(request)], is_http_request=True)
        make = self.writer.create_warc_record
        answer = make(response.url, "response", payload=BytesIO(response.body), http_headers=status)
        question = make(request.url, "request", payload=BytesIO(request.body), http_headers=asked)
        self.writer.write_request_response_pair(question, answer)
        return item

    def close_spider(self) -> None:
        self.file.close()


def _pairs(message: Any) -> list[tuple[str, str]]:
    return [
        (name.decode("latin-1"), value.decode("latin-1"))
        for name, values in message.headers.items()
        for value in values
    ]


def crawl_plainly(ports_file: str, warc_folder: str) -> None:
    """Run in a process of its own: one reactor, one crawl."""
    left_out = ("DOWNLOAD_HANDLERS", "EXTENSIONS", "DOWNLOADER_MIDDLEWARES")
    settings = {name: value for name, value in SETTINGS.items() if name not in left_out}
    settings |= {"ITEM_PIPELINES": {WritePlainly: 1}, "PLAIN_FILE": f"{warc_folder}/plain.warc.gz"}
    process = AsyncCrawlerProcess(settings)
    process.crawl(process.create_crawler(PlainSpider), ports=json.loads(Path(ports_file).read_text()))
    process.start()


# -- the comparison ------------------------------------------------------------------------------------------------


def tell(write: Callable[[RawServer, Path], None], details: list[str]) -> tuple[Counter[str], Counter[str]]:
    """Return what became of the requests, and of the responses, that the server saw while *write* ran."""
    requests: Counter[str] = Counter()
    responses: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "warc").mkdir()
        with RawServer(ANSWERS, folder) as server:
            ports = {port: getattr(server, port) for port in ("http", "https", "fragile")}
            (folder / "ports.json").write_text(json.dumps(ports))
            write(server, folder)
            records = read(folder / "warc")
            for place, seen in exchanges(server).items():
                kept = records.get(place, {})
                for number, one in enumerate(seen):
                    verdict = of_request(one, kept.get("request", []), number)
                    requests[verdict] += 1
                    answer = of_response(one, kept, number)
                    responses[answer] += 1
                    details.append(f"{write.__name__:6} {place[1]:26} {verdict:12} {answer}")
    return requests, responses


def exchanges(server: RawServer) -> dict[Place, list[Seen]]:
    """Return the requests that came, by the port that was meant and the case.

    Without those that Twisted, silently, sends again when a kept connection ends without a byte.
    """
    seen: dict[Place, list[Seen]] = defaultdict(list)
    for one in server.seen:
        port = server.https if one.case == "tunnelled" else one.port
        seen[port, one.case].append(one)
    return {
        place: [one for one in several if one.sent or one is several[-1]] for place, several in seen.items()
    }


def read(folder: Path) -> dict[Place, dict[str, list[OpenRecord]]]:
    """Return the records of all WARC files in *folder* by place and type."""
    found: dict[Place, dict[str, list[OpenRecord]]] = defaultdict(lambda: defaultdict(list))
    for path in sorted(folder.glob("*.warc.gz")):
        for opened in iter_records(path, on_damage=lambda _: None):
            parts = urlsplit(opened.record.target_uri or "")
            place = (parts.port or 0, parts.path.rpartition("/")[2])
            found[place][opened.record.record_type].append(opened)
    return found


def of_request(seen: Seen, records: list[OpenRecord], number: int) -> str:
    if number >= len(records):
        return "missing"
    return "identical" if records[number].block().read() == seen.request else "altered"


def of_response(seen: Seen, kept: dict[str, list[OpenRecord]], number: int) -> str:
    """Return what became of one response; *number* counts the exchanges of this case."""
    records = sorted(
        kept.get("response", []) + kept.get("revisit", []), key=lambda each: each.record.captured_at
    )
    case = BY_NAME.get(seen.case, Case(name=seen.case, steps=[]))
    sent = bytes(seen.sent)
    if not sent:
        return "nothing sent"
    if case.kept == NO_RESPONSE:
        aside = b"".join(_told(each.block().read()) for each in kept.get("metadata", []))
        if aside == sent:
            return "not HTTP: kept aside"
    if number >= len(records):
        return "missing"
    record = records[number]
    return _compare(record, case, sent, noise=seen.case == "forty-megabytes")


def _compare(record: OpenRecord, case: Case, sent: bytes, *, noise: bool) -> str:
    block, label = record.block().read(), record.record.truncated
    whole = sent[len(case.interim) : len(sent) - len(case.surplus)]
    if noise:  # the server does not note those
        whole = block if block.startswith(sent) and len(block) == len(sent) + (40 << 20) else sent
    if record.record.record_type == "revisit":
        return "identical" if block and whole.startswith(block) else "altered"  # its payload stands elsewhere
    is_cut = case.kept in {"disconnect", "time"} or _is_cut_retry(case, sent)
    if block == whole and not is_cut and not label:
        return "identical"
    if not whole.startswith(block) or not (b"\n\r\n" in block or b"\n\n" in block):
        return "altered"
    return "exact prefix, labelled" if label else "exact prefix, no label"


def _is_cut_retry(case: Case, sent: bytes) -> bool:
    return case.name == "retried" and sent.endswith(b"hal")


def _told(block: bytes) -> bytes:
    """Return the raw heads that a metadata record of ours holds in base 64."""
    lines = dict(line.partition(b": ")[::2] for line in block.split(b"\r\n") if b": " in line)
    return b"".join(b64decode(lines.get(name, b"")) for name in (b"interimResponses", b"responseHead"))


ROWS = (
    ("requests", ("identical", "altered", "missing")),
    (
        "responses",
        ("identical", "exact prefix, labelled", "not HTTP: kept aside", "exact prefix, no label", "altered", "missing", "nothing sent"),
    ),
)  # fmt: skip


def main(*options: str) -> int:
    """Run every writer against a server of its own, print the table, and return 1 when ours is not exact."""
    writers: dict[str, Callable[[RawServer, Path], None]] = {"Tearsheet": ours}
    if shutil.which("wget"):
        version = subprocess.run(["wget", "--version"], capture_output=True, text=True, check=True).stdout
        writers[" ".join(version.split()[1:3])] = wget
    else:
        print("skipped: no wget")
    writers["plain Scrapy + warcio"] = plain
    details: list[str] = []
    told = {name: tell(write, details) for name, write in writers.items()}
    print(f"{len(CASES)} cases over http and https, redirects, retries, robots.txt, proxy and tunnel")
    print(f"{'':38}" + "".join(f"{name:>24}" for name in told))
    for part, (what, verdicts) in enumerate(ROWS):
        print(f"{what:38}" + "".join(f"{counts[part].total():24}" for counts in told.values()))
        for verdict in verdicts:
            print(f"  {verdict:36}" + "".join(f"{counts[part][verdict]:24}" for counts in told.values()))
    if "--details" in options:
        print("\n".join(details))
    requests, responses = told["Tearsheet"]
    bad = ("altered", "missing", "exact prefix, no label")
    return int(any(counts[verdict] for counts in (requests, responses) for verdict in bad))


if __name__ == "__main__":
    if sys.argv[1:2] == ["plain"]:
        crawl_plainly(*sys.argv[2:])
    else:
        sys.exit(main(*sys.argv[1:]))
