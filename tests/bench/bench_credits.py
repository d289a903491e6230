"""How long the credits of one page take: byline, opening, closing lines, citations, three captions.

Run: python tests/bench/bench_credits.py
"""

import statistics
import sys
import time

from crawler.extraction.credits.page import (
    find_attributions,
    merge_credits,
    split_caption,
    split_opening,
    split_tail,
)
from crawler.extraction.credits.reading import read_credits

OUTLETS = ("The Daily Example",)
PARAGRAPH = (
    "The council voted on Tuesday to close the old bridge for repairs, Mayor Jane Doe said, and to open a ferry "
    "until the work is done. According to Reuters, two other towns on the river plan the same for next year. "
    '"Nobody likes it, but the iron is older than the railway," she told the paper (and laughed).'
)
BODY = [
    "HARROW BAY, Nov. 12 (AP) — " + PARAGRAPH,
    *[PARAGRAPH.replace("According to Reuters, two", "Two")] * 15,
    *[PARAGRAPH] * 3,
    "AFP contributed to this report.",
]
NAMES = ["Jane", "Anna", "Mary", "Ruth", "Lena", "Eva", "Nora"]
CAPTIONS = [
    "The old bridge in fog, seen from the north quay on Sunday afternoon. (AP Photo/Jane Doe, File)",
    "Workers on the quay. Photo: John Roe/Reuters",
    "Mayor Jane Doe and the engineer on the new ferry, which will cross the bay in eleven minutes.",
]


def one_page(number: int) -> None:
    """Do all the credit work of one page; no two pages have a line in common, so that nothing is remembered."""
    body = [f"{text} {number}." if text.startswith("The council") else text for text in BODY]
    body = [
        text.replace("Jane", NAMES[number % 7]).replace("bridge", f"bridge {number}-{n}")
        for n, text in enumerate(body)
    ]
    visible = read_credits(
        f"By {NAMES[number % 7]} Doe-{number} and John Roe, Associated Press", "byline", outlets=OUTLETS
    ).credits
    opening = split_opening(body[0], language="en", outlets=OUTLETS)
    tail = split_tail(body, language="en", outlets=OUTLETS)
    merge_credits(visible, (), opening.credits, tail.credits)
    find_attributions(tail.body, language="en")
    for caption in CAPTIONS:
        split_caption(
            caption.replace("bay", f"bay {number}").replace("quay", f"quay {number}"),
            language="en",
            outlets=OUTLETS,
        )


def main(rounds: int = 300) -> int:
    """Print the median and the 95th percentile in milliseconds of processor time; fail above 1 ms median."""
    for number in range(20):
        one_page(number)
    times = []
    for number in range(20, rounds + 20):
        start = time.process_time()
        one_page(number)
        times.append((time.process_time() - start) * 1000)
    median = statistics.median(times)
    print(
        f"credits of one page: median {median:.3f} ms, 95 % below {sorted(times)[int(rounds * 0.95)]:.3f} ms"
    )
    return 0 if median < 1 else 1


if __name__ == "__main__":
    sys.exit(main())
