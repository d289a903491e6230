"""Precision and recall of the search for copied text, on the newsroom and the corpora; and what an article costs.

Labelled are: every pair of different articles of the corpora (all are negative but one story that stands there twice); of
each corpus text five copies as desks make them: whole, cut to its first 60 %, with a lede of its own and one paragraph
less, every tenth word changed, paragraphs in another order. The newsroom's two wire stories, run by two outlets each.
"""

import json
import random
import resource
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from archive.index.store import Index  # noqa: E402
from crawler.newsroom.server import Newsroom  # noqa: E402
from tests.archive.index.cases import article, capture  # noqa: E402

SHARED = ROOT.parent / "shared" / "corpus"
NEWSROOM = ({"lighthouse-keepers-conference-afp", "310244"}, {"monk-seal-pilot-boat-ap", "310236"})


def corpus():
    for name in ("aeb", "fundus", "trafilatura"):
        for line in (SHARED / name / "truth.jsonl").open(encoding="utf-8"):
            row = json.loads(line)
            if row.get("body"):
                body = row["body"] if isinstance(row["body"], str) else "\n\n".join(row["body"])
                yield row["url"], tuple(filter(None, map(str.strip, body.split("\n"))))


def edits(body, pick):
    [" ".join(pick.choices(["ab", "cd", "ef", "gh", "ij", "kl", "mn", "op"], k=1)) for _ in range(1)]
    yield "whole", body
    text, length = [], sum(map(len, body))
    for paragraph in body:
        if sum(map(len, text)) < 0.6 * length:
            text.append(paragraph)
    yield "cut", tuple(text)
    yield (
        "lede",
        (
            "A desk wrote these opening words itself, and they stand in no other copy of the story at all.",
            *body[1:-1],
            *body[-1:][:0],
        )
        if len(body) > 3
        else body,
    )
    changed = [" ".join(w if n % 10 else f"other{n}" for n, w in enumerate(p.split(), 1)) for p in body]
    yield "words", tuple(changed)
    order = list(body)
    pick.shuffle(order)
    yield "order", tuple(order)


def main():
    pick = random.Random(7)
    texts = list(corpus())
    labelled, cost = {}, 0.0
    with tempfile.TemporaryDirectory() as folder, Index.open(Path(folder) / "index.db") as index:
        number = 0

        def add(url, body, label):
            nonlocal number
            number += 1
            record = capture(number, url)
            index.add_record(record)
            index.add_reading(record, article(url, f"Headline {number}", body, credits=(), images=()))
            labelled[url] = label

        for n, (url, body) in enumerate(texts):
            label = "taz-twice" if "Selbstbestimmungsgesetzes/!5928990" in url else f"story-{n}"
            for kind, copy in edits(body, pick):
                add(f"https://{kind}-{n}.example/{n}", copy, label)
        room = Newsroom(port=0)
        for story in room.articles(1):
            label = next(
                (str(sorted(group)) for group in NEWSROOM if any(part in story.url for part in group)),
                story.url,
            )
            add(story.url, tuple(story.body), label)
        start = time.process_time()
        count = index.compare_copies()
        cost = time.process_time() - start
        found = {
            tuple(sorted((row["a"], row["b"])))
            for row in index.rows(
                "select a.url as a, b.url as b from copies c join articles a on a.text_id = c.text_id join articles b on b.text_id = c.other_text_id"
            )
        }
        compared = {
            row["url"]
            for row in index.rows(
                "select a.url from articles a join text_sketches s on s.text_id = a.text_id where s.shingles > 0"
            )
        }
    groups = {}
    for url in compared:
        groups.setdefault(labelled[url], []).append(url)
    wanted = {tuple(sorted((a, b))) for urls in groups.values() for i, a in enumerate(urls) for b in urls[:i]}
    right = found & wanted
    whole = {pair for pair in wanted if any("whole" in url for url in pair)}
    print(
        f"articles {count}, of them long enough {len(compared)}; labelled pairs {len(wanted)}, found {len(found)}"
    )
    print(f"precision {len(right) / len(found):.4f}")
    print(
        f"recall {len(right) / len(wanted):.4f} of all pairs of copies, {len(right & whole) / len(whole):.4f} of copy and original"
    )
    for kind in ("cut", "lede", "words", "order"):
        of_kind = {pair for pair in whole if any(f"//{kind}-" in url for url in pair)}
        print(f"  {kind}: {len(right & of_kind) / len(of_kind):.4f}")
    print(
        f"CPU {1000 * cost / count:.2f} ms an article; {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB at most"
    )
    for pair in sorted(found - wanted)[:10]:
        print("  wrong:", *pair)


if __name__ == "__main__":
    main()
