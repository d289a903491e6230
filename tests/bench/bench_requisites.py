"""What a page requisite costs, against a bare aiohttp loop that writes the same WARC records.

    python tests/bench/bench_requisites.py [ARTICLES]

Serves a site made of real pages with nginx (``../shared/benchsite``), crawls it with and without requisites, lets aiohttp
fetch the same requisites, and crawls again. Prints processor time (user and system) per request; ratios of one run.
"""

from __future__ import annotations

import json
import resource
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
HOSTS, PORT = 4, 8097
SETTINGS = (
    "politeness.delay_seconds=0",
    "politeness.requisite_delay_seconds=0",
    "politeness.allow_private_addresses=true",
    "crawl.sitemap_days=0",
    "crawl.concurrent_hosts=16",
)
LOOP = r"""
import asyncio, io, sys
import aiohttp
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

async def main(urls, out):
    writer = WARCWriter(out, gzip=True)
    queue = iter(urls)
    async with aiohttp.ClientSession(auto_decompress=False, headers={"Accept-Encoding": "gzip"}) as session:
        async def work():
            for url in queue:
                async with session.get(url) as answer:
                    body = await answer.read()
                    head = StatusAndHeaders(f"{answer.status} {answer.reason}", [(k.decode(), v.decode()) for k, v in answer.raw_headers], "HTTP/1.1")
                    writer.write_record(writer.create_warc_record(url, "response", payload=io.BytesIO(body), http_headers=head))
                    asked = StatusAndHeaders(f"GET {url} HTTP/1.1", list(answer.request_info.headers.items()))
                    writer.write_record(writer.create_warc_record(url, "request", http_headers=asked))
        await asyncio.gather(*(work() for _ in range(16)))

with open(sys.argv[2], "wb") as out:
    asyncio.run(main(open(sys.argv[1]).read().split(), out))
"""


def cost(command: list[str]) -> tuple[float, str]:
    """Return the processor seconds of *command* and its standard output."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert done.returncode == 0, done.stderr[-2000:]
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, done.stdout


def crawl(archive: Path, *options: str) -> tuple[float, dict[str, int]]:
    """Return the processor seconds of a crawl of the site, and its counts."""
    sites = [f"http://127.0.0.{2 + host}:{PORT}/" for host in range(HOSTS)]
    settings = [part for setting in SETTINGS for part in ("--set", setting)]
    seconds, output = cost(
        [
            sys.executable,
            "-m",
            "crawler",
            "--archive",
            str(archive),
            "crawl",
            "--json",
            *settings,
            *options,
            *sites,
        ]
    )
    return seconds, json.loads(output)["counts"]


def main() -> None:
    """Print the costs."""
    if not SHARED.is_dir() or shutil.which("nginx") is None:
        print("skipped: no shared/ or no nginx")
        return
    articles = sys.argv[1] if len(sys.argv) > 1 else "150"
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        folder.chmod(0o755)
        site = folder / "site"
        generate = [
            "--pages",
            str(SHARED / "corpus/fundus"),
            "--out",
            str(site),
            "--articles",
            articles,
            "--hosts",
            str(HOSTS),
        ]
        subprocess.run(
            [sys.executable, str(SHARED / "benchsite/gensite.py"), *generate, "--dense", "--port", str(PORT)],
            check=True,
            capture_output=True,
        )
        subprocess.run(
            ["sh", str(SHARED / "benchsite/server.sh"), "start", str(site)], check=True, capture_output=True
        )
        try:
            measure(folder, int(articles))
        finally:
            subprocess.run(["sh", str(SHARED / "benchsite/server.sh"), "stop", str(site)], check=True)


def measure(folder: Path, articles: int) -> None:
    """Print what each way costs."""
    sys.path.insert(0, str(ROOT))
    from archive.index.store import Index

    pages, page_counts = crawl(folder / "pages", "--set", "requisites.fetch=false")
    whole, counts = crawl(folder / "whole")
    with Index.open(folder / "whole" / "index.db", read_only=True) as index:
        rows = index.rows("select target_uri from v_captures where discovery = 'requisite'")
    urls = folder / "urls"
    urls.write_text("\n".join(row["target_uri"] for row in rows))
    loop, _ = cost([sys.executable, "-c", LOOP, str(urls), str(folder / "loop.warc.gz")])
    again, later = crawl(folder / "whole", "--recheck")
    ours = (whole - pages) / len(rows)
    print(f"{articles} articles, {counts['fetched']} requests, {len(rows)} of them requisites")
    print(f"pages alone       {pages:6.1f} s  {1000 * pages / page_counts['fetched']:.2f} ms a request")
    print(f"requisites, ours  {whole - pages:6.1f} s  {1000 * ours:.2f} ms a request")
    print(f"aiohttp + warcio  {loop:6.1f} s  {1000 * loop / len(rows):.2f} ms a request")
    print(f"ratio {ours / (loop / len(rows)):.2f}")
    print(f"a later run       {again:6.1f} s  {later['fetched']} requests")


if __name__ == "__main__":
    main()
