"""Reads pages with one of the peers, in the peers' own environment; *bench_peers* starts it. Imports nothing of Tearsheet.

    python peer_readers.py PEER < tasks.jsonl > predictions.jsonl

A task is {"id", "path", "url", "encoding"}; a prediction has besides the fields the milliseconds of processor time it took.
"""

from __future__ import annotations

import gzip
import json
import sys
import time
import warnings
from contextlib import suppress
from importlib import metadata
from pathlib import Path

warnings.simplefilter("ignore")


def text_of(path: str, encoding: str | None) -> str:
    """Return the page as text, decoded beforehand as the corpus says or as trafilatura guesses: not timed."""
    payload = gzip.decompress(Path(path).read_bytes())
    if encoding:
        return payload.decode(encoding, "replace")
    from trafilatura.utils import decode_file

    return decode_file(payload)


def trafilatura():
    from trafilatura import bare_extraction

    def read(html: str, url: str) -> dict:
        found = bare_extraction(
            html, url=url, with_metadata=True, include_comments=False, include_tables=True
        )
        if found is None:
            return {}
        authors = [name.strip() for name in (found.author or "").split(";") if name.strip()]
        return {"body": found.text, "headline": found.title, "authors": authors, "date_published": found.date}

    return read


def newspaper4k():
    import newspaper

    def read(html: str, url: str) -> dict:
        article = newspaper.Article(url, fetch_images=False)
        article.download(input_html=html)
        article.parse()
        date = article.publish_date
        return {
            "body": article.text,
            "headline": article.title,
            "authors": list(article.authors),
            "date_published": date.isoformat() if date else None,
        }

    return read


def readability():
    import html_text
    from readability import Document

    def read(html: str, url: str) -> dict:
        document = Document(html, url=url)
        return {"body": html_text.extract_text(document.summary()), "headline": document.short_title()}

    return read


def resiliparse():
    from resiliparse.extract.html2text import extract_plain_text
    from resiliparse.parse.html import HTMLTree

    def read(html: str, url: str) -> dict:
        tree = HTMLTree.parse(html)
        body = extract_plain_text(tree, main_content=True, alt_texts=False, list_bullets=False)
        return {"body": body, "headline": tree.title}

    return read


PEERS = {
    "trafilatura": (trafilatura, "trafilatura"),
    "newspaper4k": (newspaper4k, "newspaper4k"),
    "readability": (readability, "readability-lxml"),
    "resiliparse": (resiliparse, "resiliparse"),
}


def main() -> None:
    make, package = PEERS[sys.argv[1]]
    read = make()
    sys.stderr.write(f"{package} {metadata.version(package)}\n")
    is_warm = False
    for line in sys.stdin:
        task = json.loads(line)
        html = text_of(task["path"], task["encoding"])
        if not is_warm:  # models and word lists are loaded
            with suppress(Exception):
                read(html, task["url"])
            is_warm = True
        started = time.process_time()
        try:
            found = read(html, task["url"])
        except Exception as error:  # noqa: BLE001  (a peer's failure on a page is its result)
            found = {"error": f"{type(error).__name__}: {error}"[:200]}
        found |= {"id": task["id"], "ms": (time.process_time() - started) * 1000}
        sys.stdout.write(json.dumps(found, ensure_ascii=False, default=str) + "\n")


if __name__ == "__main__":
    main()
