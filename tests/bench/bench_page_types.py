"""Asks of pages whether they are articles: of our own negative set, and of the corpora beside the repository.

.venv/bin/python tests/bench/bench_page_types.py [variations of each kind and language, 3]
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from crawler.extraction.article import extract_article  # noqa: E402
from crawler.extraction.document import Document  # noqa: E402
from tests.bench.bench_extraction import SOURCES, page_of, tasks_of  # noqa: E402
from tests.crawler.extraction.negative_words import LANGUAGES  # noqa: E402
from tests.crawler.extraction.negatives import KINDS, negatives  # noqa: E402


def main() -> None:
    """Print both tables."""
    variations = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    read = [(one, extract_article(Document(one.page))) for one in negatives(variations, seed=2)]
    missed = Counter(one.kind for one, article in read if article.is_article)
    print(
        f"no articles: {len(KINDS)} kinds in {len(LANGUAGES)} languages, {len(read)} pages: {1 - missed.total() / len(read):.4f} are seen to be none"
    )
    print(f"  taken for articles: {dict(missed.most_common())}")
    print(f"  as: {dict(Counter(article.page_type for _, article in read).most_common())}")
    for source in SOURCES:
        tasks = tasks_of(ROOT.parent / "shared", source)
        articles = [
            (name, extract_article(Document(page_of(Path(path), url, encoding))))
            for _, name, path, url, encoding in tasks
        ]
        no = [(name, article) for name, article in articles if not article.is_article]
        print(f"{source}: {1 - len(no) / len(articles):.4f} of {len(articles)} pages are articles")
        for name, article in no:
            print(f"  {name}: {article.page_type}, {article.reason}")


if __name__ == "__main__":
    main()
